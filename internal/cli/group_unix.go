//go:build unix

package cli

import (
	"os/exec"
	"syscall"
)

// ownGroup keeps a Ctrl-C at the keyboard from the child: a CLI that hears of it
// twice ends at once and leaves its providers running.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}
