package acctest

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/go-version"
)

// Feature is what only some versions of the CLIs know. The provider works with
// all that speak protocol 6, from Terraform 1.0 on; a test of a feature is
// skipped, and says so, where the CLI lacks it.
type Feature struct {
	name string
	// The first versions that have it; "" is none.
	terraform, tofu string
}

// The features that tests need.
var (
	// WriteOnly are write-only arguments, and the ephemeral variables and
	// resources that fill them.
	WriteOnly = Feature{"write-only arguments", "1.11.0", "1.11.0"}
	// OneProcess is a CLI that an interrupt reaches by its process id. Before 1.1
	// Terraform ran itself a second time and left interrupts to the terminal.
	OneProcess = Feature{"interrupts sent to one process", "1.1.0", "1.6.0"}
	// TerraformData is the built-in resource terraform_data.
	TerraformData = Feature{"terraform_data", "1.4.0", "1.6.0"}
	// ConfigDriven are import blocks and removed blocks.
	ConfigDriven = Feature{"import and removed blocks", "1.7.0", "1.7.0"}
	// TypeMoves are moved blocks from one type of resource to another.
	TypeMoves = Feature{"moves between types of resources", "1.8.0", "1.10.0"}
	// ListResources are list resources, and their files.
	ListResources = Feature{"list resources", "1.14.0", ""}
)

// Needs skips the test where the CLI lacks the feature.
func Needs(t testing.TB, f Feature) {
	t.Helper()
	if has, cli := supported(t, f); !has {
		t.Skipf("%s does not know %s", cli, f.name)
	}
}

// Has tells whether the CLI has the feature, for a test that has another way.
func Has(t testing.TB, f Feature) bool {
	t.Helper()
	has, cli := supported(t, f)
	if !has {
		t.Logf("%s does not know %s: going another way", cli, f.name)
	}
	return has
}

func supported(t testing.TB, f Feature) (bool, string) {
	t.Helper()
	cli, err := theCLI()
	if err != nil {
		t.Fatal(err)
	}
	has, err := f.in(cli)
	if err != nil {
		t.Fatal(err)
	}
	return has, cli.name + " " + cli.version
}

// cli is what a CLI says of itself.
type cli struct{ name, version string }

// in tells whether the CLI has the feature. A version before a release counts as
// the release: it is there to be tried.
func (f Feature) in(c cli) (bool, error) {
	first := f.terraform
	if c.name == "OpenTofu" {
		first = f.tofu
	}
	if first == "" {
		return false, nil
	}
	v, err := version.NewVersion(c.version)
	if err != nil {
		return false, fmt.Errorf("%s says that its version is %q: %w", c.name, c.version, err)
	}
	return v.Core().GreaterThanOrEqual(version.Must(version.NewVersion(first))), nil
}

// theCLI asks the CLI once what it is.
var theCLI = sync.OnceValues(func() (cli, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	text, err := exec.CommandContext(ctx, cliPath(), "version").Output()
	if err != nil {
		return cli{}, fmt.Errorf("%s version: %w", cliPath(), err)
	}
	out, err := exec.CommandContext(ctx, cliPath(), "version", "-json").Output()
	if err != nil {
		return cli{}, fmt.Errorf("%s version -json: %w", cliPath(), err)
	}
	return parseCLI(string(text), out)
})

// parseCLI reads what "version" and "version -json" print. OpenTofu names its
// version as Terraform does, and itself in the text alone.
func parseCLI(text string, inJSON []byte) (cli, error) {
	var said struct {
		Version string `json:"terraform_version"`
	}
	if err := json.Unmarshal(inJSON, &said); err != nil {
		return cli{}, fmt.Errorf("reading the CLI's version: %w", err)
	}
	name, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	return cli{name, said.Version}, nil
}
