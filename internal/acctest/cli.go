package acctest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// Terraform is a folder with a configuration, and the real CLI in it with the
// real provider: what counts processes, connections and races between them, or
// searches everything that Terraform writes, wants no test framework between.
type Terraform struct {
	t   testing.TB
	dir string
	env []string
}

// Output is what a command printed, and how it ended.
type Output struct {
	Stdout, Stderr string
	Code           int
}

// Text is all that was printed.
func (o Output) Text() string { return o.Stdout + o.Stderr }

// binaries is where the provider under test is built, once for all tests of a
// process; empty outside of [Main].
var binaries string

// Main runs the tests of a package that uses [NewTerraform].
func Main(m *testing.M) int {
	dir, err := os.MkdirTemp("", "gitlabservices-provider-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	binaries = dir
	return m.Run()
}

var buildProvider = sync.OnceValue(func() error {
	if binaries == "" {
		return errors.New("the package's TestMain must run acctest.Main")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	build := exec.CommandContext(ctx, "go", "build", "-o", filepath.Join(binaries, "terraform-provider-gitlabservices"),
		"github.com/gitlabservices/terraform-provider-gitlabservices")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w: %s", err, out)
	}
	return nil
})

// NewTerraform makes an empty folder whose provider is the one under test and
// talks to server.
func NewTerraform(t testing.TB, server *fakegitlab.Server) *Terraform {
	t.Helper()
	if err := buildProvider(); err != nil {
		t.Fatal(err)
	}
	w := &Terraform{t: t, dir: t.TempDir()}
	config := filepath.Join(w.dir, "cli.tfrc")
	w.write(config, fmt.Sprintf(`provider_installation {
  dev_overrides {
    "registry.terraform.io/gitlabservices/gitlabservices" = %[1]q
    "registry.opentofu.org/gitlabservices/gitlabservices" = %[1]q
  }
  direct {}
}
`, binaries))
	w.env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+config, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_INPUT=0",
		"GITLAB_BASE_URL="+server.URL(), "GITLAB_TOKEN="+server.Token())
	return w
}

func (w *Terraform) write(path, text string) {
	w.t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// Configure replaces the configuration.
func (w *Terraform) Configure(blocks ...string) {
	w.t.Helper()
	w.write(w.Path("main.tf"), `terraform {
  required_providers {
    gitlabservices = { source = "gitlabservices/gitlabservices" }
  }
}

`+strings.Join(blocks, "\n"))
}

// Path is a file in the folder.
func (w *Terraform) Path(name string) string { return filepath.Join(w.dir, name) }

// Setenv sets a variable for all commands that follow.
func (w *Terraform) Setenv(name, value string) { w.env = append(w.env, name+"="+value) }

// Run runs a command and gives what it printed, however it ended.
func (w *Terraform) Run(args ...string) Output {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, cliPath(), args...)
	cmd.Dir, cmd.Env = w.dir, w.env
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.t.Fatalf("terraform %s: %v", strings.Join(args, " "), err)
	}
	return Output{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// cliPath is the CLI that tests run.
func cliPath() string {
	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		return path
	}
	return "terraform"
}

// Must runs a command that has to succeed.
func (w *Terraform) Must(args ...string) Output {
	w.t.Helper()
	out := w.Run(args...)
	if out.Code != 0 {
		w.t.Fatalf("terraform %s: exit %d\n%s", strings.Join(args, " "), out.Code, out.Text())
	}
	return out
}

// Apply applies the configuration.
func (w *Terraform) Apply(args ...string) Output {
	w.t.Helper()
	return w.Must(append([]string{"apply", "-auto-approve", "-no-color"}, args...)...)
}

// Changes plans and gives the changes by address: which attributes differ, or
// "create", "delete" and so on. No changes are an empty map.
func (w *Terraform) Changes(args ...string) map[string][]string {
	w.t.Helper()
	w.Must(append([]string{"plan", "-no-color", "-out=changes.tfplan"}, args...)...)
	var plan struct {
		ResourceChanges []struct {
			Address string
			Change  struct {
				Actions       []string
				Before, After map[string]any
			}
		} `json:"resource_changes"`
	}
	if err := json.Unmarshal([]byte(w.Must("show", "-json", "changes.tfplan").Stdout), &plan); err != nil {
		w.t.Fatal(err)
	}
	changes := map[string][]string{}
	for _, r := range plan.ResourceChanges {
		switch actions := strings.Join(r.Change.Actions, " "); actions {
		case "no-op", "read":
		case "update":
			changes[r.Address] = differing(r.Change.Before, r.Change.After)
		default:
			changes[r.Address] = []string{actions}
		}
	}
	return changes
}

// differing names the attributes whose values differ, sorted.
func differing(before, after map[string]any) []string {
	var names []string
	for name, value := range after {
		if !reflect.DeepEqual(before[name], value) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
