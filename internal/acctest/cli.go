package acctest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/cli"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// Terraform is a folder with a configuration, and the real CLI in it with the
// real provider.
type Terraform struct {
	*cli.Folder
	t testing.TB
	// provider is the provider block of a configuration that has none; "" where
	// the provider has the environment of the folder.
	provider string
	// Patience is how long one command may take: five minutes, unless a test has more
	// to do.
	Patience time.Duration
}

// Output is what a command printed, and how it ended.
type Output = cli.Output

// patience is how long one command may take by itself.
const patience = 5 * time.Minute

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
	code := m.Run()
	if err := theStanding.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "the standing provider:", err)
		return 1
	}
	return code
}

const module = "github.com/gitlabservices/terraform-provider-gitlabservices"

// stubSource is where configurations have the official provider from.
const stubSource = "gitlabhq/gitlab"

var (
	buildProvider = sync.OnceValue(func() error { return build(cli.Source, module) })
	buildStub     = sync.OnceValue(func() error { return build(stubSource, module+"/internal/acctest/stubprovider") })
)

// programs are the providers, each in a folder of its own, by source.
func programs(sources ...string) map[string]string {
	out := map[string]string{}
	for _, source := range sources {
		out[source] = filepath.Join(binaries, source, cli.Executable("terraform-provider-"+path.Base(source)))
	}
	return out
}

func build(source, pkg string) error {
	if binaries == "" {
		return errors.New("the package's TestMain must run acctest.Main")
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return cli.Build(ctx, programs(source)[source], pkg, cli.Linked)
}

// NewTerraform makes an empty folder whose provider is the one under test, talks
// to server, and runs already: a command costs a third of what it does where it
// starts the provider. What is about the provider's processes wants [Starting].
func NewTerraform(t testing.TB, server *fakegitlab.Server) *Terraform {
	t.Helper()
	w := newFolder(t, server)
	running, err := theStanding.provider()
	w.must(err)
	w.attach(server, running)
	return w
}

// attach has the commands use a provider that runs already, whose environment is
// not that of the folder.
func (w *Terraform) attach(server *fakegitlab.Server, running string) {
	w.t.Helper()
	w.must(w.Reattach(running))
	w.provider = Provider(server)
}

// Starting makes an empty folder whose commands start the provider, as those of
// users do: for what counts its processes and connections, reads its environment
// or its log, or interrupts it.
func Starting(t testing.TB, server *fakegitlab.Server) *Terraform {
	t.Helper()
	w := newFolder(t, server)
	w.must(errors.Join(buildProvider(), w.Override(programs(cli.Source))))
	return w
}

// Program is where the provider under test was built.
func Program(t testing.TB) string {
	t.Helper()
	if err := buildProvider(); err != nil {
		t.Fatal(err)
	}
	return programs(cli.Source)[cli.Source]
}

func newFolder(t testing.TB, server *fakegitlab.Server) *Terraform {
	t.Helper()
	program, err := cli.Find()
	if err != nil {
		t.Fatal(err)
	}
	env := append(os.Environ(), "GITLAB_BASE_URL="+server.URL(), "GITLAB_TOKEN="+server.Token())
	// Commands are too short to collect garbage: a fifth of their CPU went into it.
	env = append(env, "GOGC=off", "GOMEMLIMIT=256MiB")
	return &Terraform{Folder: cli.New(t.TempDir(), program, env), t: t, Patience: patience}
}

// InProcess is NewTerraform whose provider is served by the test's own process,
// which can look at it, and the race detector with it.
func InProcess(t *testing.T, server *fakegitlab.Server, provider tfprotov6.ProviderServer) *Terraform {
	t.Helper()
	w := newFolder(t, server)
	ctx, stop := context.WithCancel(t.Context())
	running, ended, err := cli.Serve(ctx, provider, tf6server.WithLoggingSink(t))
	w.must(err)
	t.Cleanup(func() {
		stop()
		<-ended
	})
	w.attach(server, running)
	return w
}

func (w *Terraform) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// Peer makes the folder's state that of resources of the official GitLab
// provider, of which a stub is installed: attributes by address. The provider
// comes from the registry, such as registry.terraform.io.
func (w *Terraform) Peer(registry string, resources map[string]map[string]any) {
	w.t.Helper()
	sources := []string{stubSource}
	if w.provider == "" {
		sources = append(sources, cli.Source)
	}
	w.must(errors.Join(buildStub(), w.Override(programs(sources...))))
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
	w.must(err)
	w.Write("terraform.tfstate", string(state))
}

// Configure replaces the configuration. Where the provider does not have the
// folder's environment, and no block configures it, one more does.
func (w *Terraform) Configure(blocks ...string) {
	w.t.Helper()
	if !slices.ContainsFunc(blocks, func(block string) bool { return strings.HasPrefix(block, "provider ") }) {
		blocks = append([]string{w.provider}, blocks...)
	}
	w.Write("main.tf", `terraform {
  required_providers {
    gitlabservices = { source = "`+cli.Source+`" }
  }
}

`+strings.Join(blocks, "\n"))
}

// Write makes a file in the folder, beside the configuration.
func (w *Terraform) Write(name, text string) {
	w.t.Helper()
	w.must(os.WriteFile(w.Path(name), []byte(text), 0o600))
}

// Setenv sets a variable for all commands that follow.
func (w *Terraform) Setenv(name, value string) { w.Env = append(w.Env, name+"="+value) }

// Run runs a command and gives what it printed, however it ended.
func (w *Terraform) Run(args ...string) Output {
	w.t.Helper()
	return w.RunUntil(w.t.Context(), args...)
}

// RunUntil is Run, with a Ctrl-C for the CLI when ctx ends.
func (w *Terraform) RunUntil(ctx context.Context, args ...string) Output {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(ctx, w.Patience)
	defer cancel()
	out, err := cli.Capture(w.Command(ctx, args...))
	w.must(err)
	return out
}

// Must runs a command that has to succeed.
func (w *Terraform) Must(args ...string) Output {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), w.Patience)
	defer cancel()
	out, err := w.Folder.Must(ctx, args...)
	w.must(err)
	return out
}

// Apply applies the configuration.
func (w *Terraform) Apply(args ...string) Output {
	w.t.Helper()
	return w.Must(append([]string{"apply", "-auto-approve", "-no-color"}, args...)...)
}

// changes is the plan that Changes saves.
const changes = "changes.tfplan"

// Changes plans and gives the changes by address: which attributes differ, or
// "create", "delete" and so on. No changes are an empty map.
func (w *Terraform) Changes(args ...string) map[string][]string {
	w.t.Helper()
	out := w.Run(append([]string{"plan", "-no-color", "-detailed-exitcode", "-out=" + changes}, args...)...)
	if out.Code != 0 && out.Code != 2 {
		w.t.Fatalf("plan: exit code %d\n%s", out.Code, out.Text())
	}
	if out.Code == 0 {
		return nil // It takes a command less to know.
	}
	found, err := w.Folder.Changes(w.t.Context(), changes)
	w.must(err)
	return found
}

// ApplyChanges applies what the last Changes has planned.
func (w *Terraform) ApplyChanges() Output {
	w.t.Helper()
	return w.Apply(changes)
}

// Install makes "terraform init" find the provider under test, and the stub of
// the official one, as in a registry of its own.
func (w *Terraform) Install() {
	w.t.Helper()
	w.must(buildStub())
	w.must(w.Mirror("1.0.0", programs(cli.Source, stubSource)))
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
	ctx, cancel := context.WithTimeout(w.t.Context(), w.Patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-c", `terraform() { "$CLI" "$@"; }; `+line)
	cmd.Dir, cmd.Stdin = w.Dir, strings.NewReader("yes\n")
	cmd.Env = slices.Concat(w.Env, []string{"CLI=" + w.Program, "TF_INPUT=1", "TF_CLI_ARGS=-no-color"})
	out, err := cli.Capture(cmd)
	w.must(err)
	return out
}
