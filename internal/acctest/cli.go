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

const module = "github.com/gitlabservices/terraform-provider-gitlabservices"

var (
	buildProvider = sync.OnceValue(func() error { return build("terraform-provider-gitlabservices", module) })
	buildStub     = sync.OnceValue(func() error {
		return build("stub/terraform-provider-gitlab", module+"/internal/acctest/stubprovider")
	})
)

func build(name, pkg string) error {
	if binaries == "" {
		return errors.New("the package's TestMain must run acctest.Main")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", "build", "-o", filepath.Join(binaries, name), pkg)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w: %s", err, out)
	}
	return nil
}

// NewTerraform makes an empty folder whose provider is the one under test and
// talks to server.
func NewTerraform(t testing.TB, server *fakegitlab.Server) *Terraform {
	t.Helper()
	if err := buildProvider(); err != nil {
		t.Fatal(err)
	}
	w := &Terraform{t: t, dir: t.TempDir()}
	w.override(map[string]string{"gitlabservices/gitlabservices": binaries})
	w.env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+w.Path("cli.tfrc"), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_INPUT=0",
		"GITLAB_BASE_URL="+server.URL(), "GITLAB_TOKEN="+server.Token())
	return w
}

// override tells the CLI in which folder the binary of a provider is.
func (w *Terraform) override(folders map[string]string) {
	w.t.Helper()
	var lines strings.Builder
	for provider, folder := range folders {
		for _, registry := range []string{"registry.terraform.io", "registry.opentofu.org"} {
			fmt.Fprintf(&lines, "    %q = %q\n", registry+"/"+provider, folder)
		}
	}
	w.write(w.Path("cli.tfrc"), "provider_installation {\n  dev_overrides {\n"+lines.String()+"  }\n  direct {}\n}\n")
}

// Peer makes the folder's state that of resources of the official GitLab
// provider, of which a stub is installed: attributes by address. The provider
// comes from the registry, such as registry.terraform.io.
func (w *Terraform) Peer(registry string, resources map[string]map[string]any) {
	w.t.Helper()
	if err := buildStub(); err != nil {
		w.t.Fatal(err)
	}
	w.override(map[string]string{
		"gitlabservices/gitlabservices": binaries,
		"gitlabhq/gitlab":               filepath.Join(binaries, "stub"),
	})
	recorded := []map[string]any{}
	for address, attributes := range resources {
		kind, name, _ := strings.Cut(address, ".")
		recorded = append(recorded, map[string]any{
			"mode": "managed", "type": kind, "name": name, "provider": `provider["` + registry + `/gitlabhq/gitlab"]`,
			"instances": []any{map[string]any{"schema_version": 0, "attributes": attributes, "sensitive_attributes": []any{}}},
		})
	}
	state, err := json.Marshal(map[string]any{
		"version": 4, "terraform_version": "1.8.0", "serial": 1, "lineage": "00000000-0000-0000-0000-000000000000",
		"outputs": map[string]any{}, "resources": recorded,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(w.Path("terraform.tfstate"), string(state))
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

// Write makes a file in the folder, beside the configuration.
func (w *Terraform) Write(name, text string) {
	w.t.Helper()
	w.write(w.Path(name), text)
}

// Path is a file in the folder.
func (w *Terraform) Path(name string) string { return filepath.Join(w.dir, name) }

// Setenv sets a variable for all commands that follow.
func (w *Terraform) Setenv(name, value string) { w.env = append(w.env, name+"="+value) }

// Run runs a command and gives what it printed, however it ended.
func (w *Terraform) Run(args ...string) Output {
	w.t.Helper()
	return w.RunInterrupted(nil, args...)
}

// RunInterrupted is Run, with a Ctrl-C for Terraform as soon as the channel is
// closed.
func (w *Terraform) RunInterrupted(interrupt <-chan struct{}, args ...string) Output {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, cliPath(), args...)
	cmd.Dir, cmd.Env = w.dir, w.env
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Start()
	if err == nil {
		ended := make(chan struct{})
		go func() {
			select {
			case <-interrupt:
				_ = cmd.Process.Signal(os.Interrupt) // it may have ended by itself
			case <-ended:
			}
		}()
		err = cmd.Wait()
		close(ended)
	}
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
