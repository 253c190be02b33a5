package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

func TestExamplesAreValidAndFormatted(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	workspace := acctest.Starting(t, acctest.Server(t, fakegitlab.V19_1))
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	if out := workspace.Run("fmt", "-check", "-recursive", "-diff", examples); out.Code != 0 {
		t.Errorf("terraform fmt -check:\n%s", out.Text())
	}
	// One command for all: the names in the examples do not clash.
	var blocks []string
	for _, s := range catalog.All() {
		text, err := os.ReadFile(filepath.Join(examples, "resources", s.ResourceType(), "resource.tf"))
		if err != nil {
			t.Error(err)
		}
		blocks = append(blocks, string(text))
	}
	workspace.Configure(blocks...)
	if out := workspace.Run("validate", "-no-color"); out.Code != 0 || strings.Contains(out.Text(), "Deprecated") {
		t.Errorf("terraform validate:\n%s", out.Text())
	}
}
