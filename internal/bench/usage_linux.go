package main

import (
	"os"
	"syscall"
)

// peakOf is the most memory that a process has had, in bytes.
func peakOf(state *os.ProcessState) int64 {
	if used, ok := state.SysUsage().(*syscall.Rusage); ok {
		return used.Maxrss << 10
	}
	return 0
}
