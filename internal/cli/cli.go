// Package cli drives the real Terraform or OpenTofu in a folder, for the tests
// and for the demo.
package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/hashicorp/go-version"
)

// grace is how long a command that was interrupted may take to end by itself.
const grace = time.Minute

// configFile is the CLI's own configuration, in the folder.
const configFile = "cli.tfrc"

// Find gives the path of the CLI to drive: the one that TF_ACC_TERRAFORM_PATH
// names, else terraform or tofu on PATH.
func Find() (string, error) {
	names := []string{"terraform", "tofu"}
	if named := os.Getenv("TF_ACC_TERRAFORM_PATH"); named != "" {
		names = []string{named}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return filepath.Abs(path)
		}
	}
	return "", fmt.Errorf(`no program %s; "make test" and "make demo" install a CLI`, strings.Join(names, " or "))
}

// Folder holds a configuration, and the CLI works in it.
type Folder struct {
	// Dir is the folder, and Program the CLI.
	Dir, Program string
	// Env is the environment of all commands; nil is that of the process.
	Env []string
	// Detached keeps a Ctrl-C at the keyboard from the commands. Who sets it passes
	// the interrupt on by the context.
	Detached bool
}

// New makes a folder whose commands ask nobody at the keyboard, and take the
// provider from where Override or Mirror says.
func New(dir, program string, env []string) *Folder {
	env = append(env, "TF_CLI_CONFIG_FILE="+filepath.Join(dir, configFile), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_INPUT=0")
	return &Folder{Dir: dir, Program: program, Env: env}
}

// Path is a file in the folder.
func (f *Folder) Path(name string) string { return filepath.Join(f.Dir, name) }

// Command is a command of the CLI.
func (f *Folder) Command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := command(ctx, f.Program, args...)
	cmd.Dir, cmd.Env = f.Dir, f.Env
	if f.Detached {
		ownGroup(cmd)
	}
	return cmd
}

// command is interrupted when ctx ends, so that a CLI can end its providers.
func command(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = grace
	return cmd
}

// Wait runs a command and gives its exit code. The error tells a command that
// could not be run, or that did not end by itself, from one that failed.
func Wait(cmd *exec.Cmd) (int, error) {
	err := cmd.Run()
	var exit *exec.ExitError
	if err == nil || errors.As(err, &exit) && exit.Exited() {
		return cmd.ProcessState.ExitCode(), nil
	}
	return 0, err
}

// Output is what a command printed, and how it ended.
type Output struct {
	Stdout, Stderr string
	Code           int
}

// Text is all that was printed.
func (o Output) Text() string { return o.Stdout + o.Stderr }

// Capture is [Wait] that keeps what the command prints.
func Capture(cmd *exec.Cmd) (Output, error) {
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	code, err := Wait(cmd)
	if err != nil {
		err = fmt.Errorf("%s: %w", cmd, err)
	}
	return Output{stdout.String(), stderr.String(), code}, err
}

// Must runs a command of the CLI that has to succeed.
func (f *Folder) Must(ctx context.Context, args ...string) (Output, error) {
	cmd := f.Command(ctx, args...)
	out, err := Capture(cmd)
	if err == nil && out.Code != 0 {
		err = fmt.Errorf("%s: exit code %d\n%s", cmd, out.Code, out.Text())
	}
	return out, err
}

// Version is what a CLI says of itself.
type Version struct {
	// Name is Terraform or OpenTofu.
	Name   string
	number *version.Version
}

// Version asks the CLI what it is.
func (f *Folder) Version(ctx context.Context) (Version, error) {
	out, err := f.Must(ctx, "version")
	if err != nil {
		return Version{}, err
	}
	return ParseVersion(out.Stdout)
}

// ParseVersion reads what "version" prints. Its JSON does not tell OpenTofu from
// Terraform.
func ParseVersion(printed string) (Version, error) {
	var v Version
	var number string
	if _, err := fmt.Sscanf(printed, "%s v%s", &v.Name, &number); err != nil {
		return v, fmt.Errorf("no version in %q: %w", printed, err)
	}
	var err error
	v.number, err = version.NewVersion(number)
	return v, err
}

// String is the name and the version.
func (v Version) String() string { return v.Name + " " + v.number.String() }

// AtLeast tells whether the CLI is of that version or a newer one. A version
// before a release counts as the release: it is there to be tried.
func (v Version) AtLeast(first string) bool {
	return v.number.Core().GreaterThanOrEqual(version.Must(version.NewVersion(first)))
}

// Number is the version alone.
func (v Version) Number() string { return v.number.String() }
