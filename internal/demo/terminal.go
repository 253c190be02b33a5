package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/cli"
)

// terminal is a folder with a configuration in it and a shell to work there.
type terminal struct {
	*cli.Folder
	out  io.Writer
	name string // "terraform" or "tofu", as a reader would type it
}

// builder puts the provider's program at a path whose folder exists.
type builder func(ctx context.Context, output string) error

// newTerminal builds the provider and makes it known to the CLI the way "make
// install" does: through a folder that mirrors the registry. All files are under
// root. (Development overrides need no "init", but make every command warn.)
func newTerminal(ctx context.Context, root, program string, build builder, env []string, out io.Writer) (*terminal, error) {
	t := &terminal{Folder: cli.New(root, program, env), out: out, name: "terraform"}
	t.Detached = true
	if strings.HasPrefix(filepath.Base(program), "tofu") {
		t.name = "tofu"
	}
	built := t.Path(cli.Executable("terraform-provider-gitlabservices"))
	if err := build(ctx, built); err != nil {
		return nil, err
	}
	return t, t.Mirror(cli.Release, map[string]string{cli.Source: built})
}

const module = "github.com/gitlabservices/terraform-provider-gitlabservices"

// goBuild builds the provider of the module that the demo is run in.
func goBuild(ctx context.Context, output string) error {
	return cli.Build(ctx, output, module, append(cli.Flags, cli.Linked)...)
}

// moduleRoot is the folder of the module that the demo is run in.
func moduleRoot(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		return "", fmt.Errorf("run the demo inside the repository: go list: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// cleanEnv is the environment without what would make the CLI or the provider
// behave unlike the demo's text: the reader's own settings for them.
func cleanEnv() []string {
	return slices.DeleteFunc(os.Environ(), func(pair string) bool {
		return strings.HasPrefix(pair, "TF_") || strings.HasPrefix(pair, "TOFU_") || strings.HasPrefix(pair, "GITLAB_")
	})
}

// show prints a command as the reader would type it, runs it, prints what it
// says, and returns its exit code. An error means that it did not run.
func (t *terminal) show(ctx context.Context, args ...string) (int, error) {
	t.typed(t.name + " " + strings.Join(args, " "))
	cmd := t.Command(ctx, args...)
	indented := &indenter{out: t.out, prefix: "    │ "}
	cmd.Stdout, cmd.Stderr = indented, indented // one writer: nothing is written at the same moment
	defer indented.end()
	return cli.Wait(cmd)
}

// succeeds is show for a command whose exit code has to be 0.
func (t *terminal) succeeds(ctx context.Context, args ...string) error {
	return t.exits(ctx, 0, args...)
}

// exits is show for a command whose exit code is known.
func (t *terminal) exits(ctx context.Context, want int, args ...string) error {
	code, err := t.show(ctx, args...)
	if err != nil {
		return err
	}
	if code != want {
		return fmt.Errorf("%s %s: exit code %d, want %d", t.name, args[0], code, want)
	}
	if code != 0 {
		fmt.Fprintf(t.out, "    exit code %d\n", code)
	}
	return nil
}

// typed prints command lines as the reader would type them.
func (t *terminal) typed(lines ...string) {
	fmt.Fprintln(t.out)
	for _, line := range lines {
		fmt.Fprintln(t.out, "  $ "+line)
	}
}

// indenter puts a prefix before each line.
type indenter struct {
	out    io.Writer
	prefix string
	within bool // a line has begun
}

// Write implements [io.Writer].
func (w *indenter) Write(p []byte) (int, error) {
	var out bytes.Buffer
	for line := range bytes.Lines(p) {
		if !w.within {
			out.WriteString(w.prefix)
		}
		out.Write(line)
		w.within = line[len(line)-1] != '\n'
	}
	if _, err := w.out.Write(out.Bytes()); err != nil {
		return 0, err
	}
	return len(p), nil
}

// end finishes a line that has begun.
func (w *indenter) end() {
	if w.within {
		fmt.Fprintln(w.out)
		w.within = false
	}
}
