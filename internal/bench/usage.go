package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"time"
)

// usage is what processes have used: CPU together, and the most memory of one,
// in bytes.
type usage struct {
	CPU  time.Duration
	Peak int64
}

// The environment of a provider that this program stands in for.
const (
	wrappedProgram = "BENCH_PROGRAM"
	wrappedUsage   = "BENCH_USAGE"
)

// wrap runs a provider in place of which Terraform has started this program, and
// notes what it has used: a provider ends before anybody else could ask.
func wrap(program string) int {
	signal.Ignore(os.Interrupt)  // The provider decides.
	cmd := exec.Command(program) //nolint:noctx // Terraform ends it.
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	line, err := json.Marshal(usage{cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peakOf(cmd.ProcessState)})
	if err != nil {
		return 1
	}
	file, err := os.OpenFile(os.Getenv(wrappedUsage), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return 1
	}
	_, err = file.Write(append(line, '\n'))
	if errors.Join(err, file.Close()) != nil {
		return 1
	}
	return cmd.ProcessState.ExitCode()
}

// takeUsage reads what the providers of a command have noted, and forgets it.
func takeUsage(path string) (usage, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return usage{}, err
	}
	var out usage
	for line := range strings.Lines(string(raw)) {
		var one usage
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			return usage{}, err
		}
		out.CPU += one.CPU
		out.Peak = max(out.Peak, one.Peak)
	}
	return out, os.Remove(path)
}

// usageOf asks Linux about a process that runs.
func usageOf(pid int) (usage, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return usage{}, err
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return usage{}, err
	}
	var out usage
	// The second field is a name, which may have blanks. Fields 14 and 15 are in
	// ticks of 10 ms on all architectures.
	_, numbers, _ := strings.Cut(string(stat), ") ")
	ticks := strings.Fields(numbers)
	for _, i := range []int{14 - 3, 15 - 3} {
		n, err := strconv.ParseInt(ticks[i], 10, 64)
		if err != nil {
			return usage{}, err
		}
		out.CPU += time.Duration(n) * 10 * time.Millisecond
	}
	for line := range strings.Lines(string(status)) {
		if kib, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			n, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(kib), " kB"), 10, 64)
			if err != nil {
				return usage{}, err
			}
			out.Peak = n << 10
		}
	}
	return out, nil
}
