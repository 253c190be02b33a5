package provider_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// TestTheProviderKnowsNoServiceByName holds the house's first rule: data varies
// by service, code does not.
func TestTheProviderKnowsNoServiceByName(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		read++
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range catalog.All() {
			for _, name := range []string{s.Slug, s.TypeName(), s.Title} {
				if regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(name) + `\b`).Match(code) {
					t.Errorf("%s names %s: it wants a column or a kind of parameter in the catalog", file, name)
				}
			}
		}
	}
	if read == 0 {
		t.Error("no file was read")
	}
}
