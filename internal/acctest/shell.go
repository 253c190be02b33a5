package acctest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// Install makes "terraform init" find the provider under test, and the stub of
// the official one, as in a registry of its own.
func (w *Terraform) Install() {
	w.t.Helper()
	if err := errors.Join(buildProvider(), buildStub()); err != nil {
		w.t.Fatal(err)
	}
	for provider, folder := range map[string]string{"gitlabservices/gitlabservices": binaries, "gitlabhq/gitlab": filepath.Join(binaries, "stub")} {
		name := "terraform-provider-" + filepath.Base(provider)
		for _, registry := range []string{"registry.terraform.io", "registry.opentofu.org"} {
			dir := w.Path(filepath.Join("mirror", registry, provider, "1.0.0", runtime.GOOS+"_"+runtime.GOARCH))
			if err := errors.Join(os.MkdirAll(dir, 0o755), os.Symlink(filepath.Join(folder, name), filepath.Join(dir, name+"_v1.0.0"))); err != nil {
				w.t.Fatal(err)
			}
		}
	}
	w.write(w.Path("cli.tfrc"), fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", w.Path("mirror")))
}

// Shell runs a line as a user types it: "terraform" is the CLI, which is told
// "yes" when it asks, and an export lasts.
func (w *Terraform) Shell(line string) Output {
	w.t.Helper()
	if assignment, ok := strings.CutPrefix(line, "export "); ok {
		name, value, _ := strings.Cut(assignment, "=")
		w.Setenv(name, value)
		return Output{}
	}
	cli, err := exec.LookPath(cliPath())
	if err == nil {
		cli, err = filepath.Abs(cli)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(w.t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-c", `terraform() { "$CLI" "$@"; }; `+line)
	cmd.Dir, cmd.Stdin = w.dir, strings.NewReader("yes\n")
	cmd.Env = slices.Concat(w.env, []string{"CLI=" + cli, "TF_INPUT=1", "TF_CLI_ARGS=-no-color"})
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.t.Fatalf("%s: %v", line, err)
	}
	return Output{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}
