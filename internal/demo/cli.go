package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// demoVersion is the version that the demo's build of the provider goes by.
const demoVersion = "0.0.1"

// grace is how long a command that was interrupted may take to end by itself.
const grace = 10 * time.Second

// terminal is a folder with a configuration in it and a shell to work there.
type terminal struct {
	dir  string // the configuration
	cli  string
	env  []string
	out  io.Writer
	name string // "terraform" or "tofu", as a reader would type it
}

// builder puts the provider's program at a path whose folder exists.
type builder func(ctx context.Context, output string) error

// newTerminal builds the provider and makes it known to the CLI the way "make
// install" does: through a folder that mirrors the registry. All files are under
// root. (Development overrides need no "init", but make every command warn.)
func newTerminal(ctx context.Context, root, cli string, build builder, env []string, out io.Writer) (*terminal, error) {
	t := &terminal{
		dir:  filepath.Join(root, "work"),
		cli:  cli,
		out:  out,
		name: "terraform",
	}
	if strings.HasPrefix(filepath.Base(cli), "tofu") {
		t.name = "tofu"
	}
	mirror, config := filepath.Join(root, "mirror"), filepath.Join(root, "cli.tfrc")

	// OpenTofu looks up a source without a host in a registry of its own.
	var built string
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		dir := filepath.Join(mirror, host, "gitlabservices", "gitlabservices", demoVersion, runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
		program := filepath.Join(dir, "terraform-provider-gitlabservices_v"+demoVersion+exe())
		if built != "" {
			if err := os.Link(built, program); err != nil {
				return nil, err
			}
			continue
		}
		if err := build(ctx, program); err != nil {
			return nil, err
		}
		built = program
	}
	if err := os.Mkdir(t.dir, 0o755); err != nil {
		return nil, err
	}
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return nil, err
	}
	t.env = append(slices.Clone(env), "TF_CLI_CONFIG_FILE="+config)
	return t, nil
}

// goBuild builds the provider of the module that the demo is run in.
func goBuild(ctx context.Context, output string) error {
	module, err := moduleRoot(ctx)
	if err != nil {
		return err
	}
	cmd := command(ctx, module, "go", "build", "-ldflags", "-X main.version="+demoVersion, "-o", output, ".")
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, text)
	}
	return nil
}

// moduleRoot is the folder of the module that the demo is run in.
func moduleRoot(ctx context.Context) (string, error) {
	out, err := command(ctx, "", "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	mod := strings.TrimSpace(string(out))
	if mod == "" || mod == os.DevNull {
		return "", errors.New("run the demo inside the repository")
	}
	return filepath.Dir(mod), nil
}

func exe() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

// cleanEnv is the environment without what would make the CLI or the provider
// behave unlike the demo's text: the reader's own settings for them.
func cleanEnv() []string {
	var env []string
	for _, pair := range os.Environ() {
		if !strings.HasPrefix(pair, "TF_") && !strings.HasPrefix(pair, "TOFU_") && !strings.HasPrefix(pair, "GITLAB_") {
			env = append(env, pair)
		}
	}
	return append(env, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_INPUT=0")
}

// command is a child that ends when ctx does: it is interrupted first, so that
// the CLI can end its providers.
func command(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = grace
	ownGroup(cmd)
	return cmd
}

// show prints a command as the reader would type it, runs it, prints what it
// says, and returns its exit code. An error means that it did not run.
func (t *terminal) show(ctx context.Context, args ...string) (int, error) {
	t.typed(t.name + " " + strings.Join(args, " "))
	cmd := command(ctx, t.dir, t.cli, args...)
	cmd.Env = t.env
	indented := &indenter{out: t.out, prefix: "    │ "}
	cmd.Stdout, cmd.Stderr = indented, indented // one writer: nothing is written at the same moment
	err := cmd.Run()
	indented.end()
	return exitCode(cmd, err)
}

// must is show for a command whose exit code has to be 0.
func (t *terminal) must(ctx context.Context, args ...string) error {
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

// ask runs a command that the story does not tell of and returns its standard
// output.
func (t *terminal) ask(ctx context.Context, args ...string) ([]byte, error) {
	cmd := command(ctx, t.dir, t.cli, args...)
	cmd.Env = t.env
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("%s %s: %w: %s", t.name, strings.Join(args, " "), err, strings.TrimSpace(stderr.String()))
	}
	return out, err
}

// typed prints command lines as the reader would type them.
func (t *terminal) typed(lines ...string) {
	fmt.Fprintln(t.out)
	for _, line := range lines {
		fmt.Fprintln(t.out, "  $ "+line)
	}
}

// atLeast tells whether the CLI is of that version or a newer one.
func (t *terminal) atLeast(ctx context.Context, major, minor int) (bool, error) {
	out, err := t.ask(ctx, "version", "-json")
	if err != nil {
		return false, err
	}
	// OpenTofu uses the same name.
	var answer struct {
		Version string `json:"terraform_version"`
	}
	if err := json.Unmarshal(out, &answer); err != nil {
		return false, fmt.Errorf("%s version: %w", t.name, err)
	}
	parts := strings.SplitN(answer.Version, ".", 3)
	if len(parts) < 2 {
		return false, fmt.Errorf("%s version: cannot read %q", t.name, answer.Version)
	}
	gotMajor, err := strconv.Atoi(parts[0])
	if err != nil {
		return false, err
	}
	gotMinor, err := strconv.Atoi(parts[1])
	if err != nil {
		return false, err
	}
	return gotMajor > major || gotMajor == major && gotMinor >= minor, nil
}

// exitCode tells an exit code that is not 0, which may be as told, from a
// command that could not be run or was interrupted.
func exitCode(cmd *exec.Cmd, err error) (int, error) {
	var exit *exec.ExitError
	if err == nil || errors.As(err, &exit) && exit.Exited() {
		return cmd.ProcessState.ExitCode(), nil
	}
	return 0, err
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
