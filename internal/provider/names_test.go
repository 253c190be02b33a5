package provider_test

import (
	"bytes"
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
	names := map[string]*regexp.Regexp{}
	for _, s := range catalog.All() {
		for _, name := range []string{s.Slug, s.TypeName(), s.Title} {
			names[name] = regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(name) + `\b`)
		}
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
		code = bytes.ReplaceAll(code, []byte("github.com/"), nil) // of imports
		for name, pattern := range names {
			if pattern.Match(code) {
				t.Errorf("%s names %s: it wants a column or a kind of parameter in the catalog", file, name)
			}
		}
	}
	if read == 0 {
		t.Error("no file was read")
	}
}
