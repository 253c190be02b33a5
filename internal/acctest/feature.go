package acctest

import (
	"context"
	"sync"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/cli"
)

// Feature is what only some versions of the CLIs know. The provider works with
// all that speak protocol 6, from Terraform 1.0 on; a test of a feature is
// skipped, and says so, where the CLI lacks it.
type Feature struct {
	name string
	// The first versions that have it; "" is none.
	terraform, tofu string
	// The first version of Terraform that gets it wrong, and the first that does
	// not any more; "" is none.
	broken, mended string
}

// The features that tests need.
var (
	// WriteOnly are write-only arguments, and the ephemeral variables and
	// resources that fill them.
	WriteOnly = Feature{name: "write-only arguments", terraform: "1.11.0", tofu: "1.11.0"}
	// OneProcess is a CLI that an interrupt reaches by its process id. Before 1.1
	// Terraform ran itself a second time and left interrupts to the terminal.
	OneProcess = Feature{name: "interrupts sent to one process", terraform: "1.1.0", tofu: "1.6.0"}
	// TerraformData is the built-in resource terraform_data.
	TerraformData = Feature{name: "terraform_data", terraform: "1.4.0", tofu: "1.6.0"}
	// ConfigDriven are import blocks and removed blocks.
	ConfigDriven = Feature{name: "import and removed blocks", terraform: "1.7.0", tofu: "1.7.0"}
	// Generation is a configuration that is written for import blocks. From 1.16.0
	// on Terraform looked for the providers of import blocks at hashicorp/, which
	// 1.16.3 mended.
	Generation = Feature{name: "generated configurations of providers that are not HashiCorp's", terraform: "1.5.0", tofu: "1.6.0", broken: "1.16.0", mended: "1.16.3"}
	// MinimalRefresh is a plan that reads nothing but what it changes.
	MinimalRefresh = Feature{name: "-minimal-refresh", terraform: "1.17.0"}
	// TypeMoves are moved blocks from one type of resource to another.
	TypeMoves = Feature{name: "moves between types of resources", terraform: "1.8.0", tofu: "1.10.0"}
	// Identities are import blocks that name what is imported by its identity.
	Identities = Feature{name: "imports by identity", terraform: "1.12.0", tofu: "1.12.0"}
	// TerraformsWords are those that Terraform 1.11 and later say of a
	// configuration, which a test quotes.
	TerraformsWords = Feature{name: "the words that are quoted", terraform: "1.11.0"}
	// ListResources are list resources, and their files.
	ListResources = Feature{name: "list resources", terraform: "1.14.0"}
	// ModuleImports are import blocks outside of the root module.
	ModuleImports = Feature{name: "import blocks in modules", terraform: "1.16.0"}
)

// Needs skips the test where the CLI lacks the feature.
func Needs(t testing.TB, f Feature) {
	t.Helper()
	if has, version := f.supported(t); !has {
		t.Skipf("%s does not know %s", version, f.name)
	}
}

// Has tells whether the CLI has the feature, for a test that has another way.
func Has(t testing.TB, f Feature) bool {
	t.Helper()
	has, version := f.supported(t)
	if !has {
		t.Logf("%s does not know %s: going another way", version, f.name)
	}
	return has
}

func (f Feature) supported(t testing.TB) (bool, cli.Version) {
	t.Helper()
	version, err := theCLI()
	if err != nil {
		t.Fatal(err)
	}
	return f.in(version), version
}

// in tells whether the CLI has the feature.
func (f Feature) in(v cli.Version) bool {
	first := f.terraform
	if v.Name == "OpenTofu" {
		first = f.tofu
	}
	wrong := v.Name == "Terraform" && f.broken != "" && v.AtLeast(f.broken) && !v.AtLeast(f.mended)
	return first != "" && v.AtLeast(first) && !wrong
}

// theCLI asks the CLI once what it is.
var theCLI = sync.OnceValues(func() (cli.Version, error) {
	program, err := cli.Find()
	if err != nil {
		return cli.Version{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return (&cli.Folder{Program: program}).Version(ctx)
})
