package provider_test

import (
	"bytes"
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
	names := map[string]*regexp.Regexp{}
	for _, s := range catalog.All() {
		for _, name := range []string{s.Slug, s.TypeName(), s.Title} {
			names[name] = regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(name) + `\b`)
		}
	}
	for file, code := range readProvider(t) {
		lower := bytes.ToLower(code)
		for name, pattern := range names {
			if bytes.Contains(lower, []byte(strings.ToLower(name))) && pattern.Match(code) {
				t.Errorf("%s names %s: it wants a column or a kind of parameter in the catalog", file, name)
			}
		}
	}
}

// TestShapesAloneKnowTheKindsOfPlaces: what differs between projects and groups
// is a field of their level, and no branch of the code.
func TestShapesAloneKnowTheKindsOfPlaces(t *testing.T) {
	t.Parallel()
	kinds := regexp.MustCompile(`gitlab\.(Projects|Groups)\b|Noun [!=]= "|"(project|group)" [!=]=`)
	for file, code := range readProvider(t) {
		if found := kinds.Find(code); found != nil && file != "shape.go" && file != "provider.go" {
			t.Errorf("%s has %s: it wants a field of gitlab.Level or of the shape", file, found)
		}
	}
}

// readProvider gives the code of the provider, by file.
func readProvider(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, file := range files {
		if !strings.HasSuffix(file, "_test.go") {
			out[file] = bytes.ReplaceAll(readFile(t, file), []byte("github.com/"), nil) // of imports
		}
	}
	if len(out) == 0 {
		t.Error("no file was read")
	}
	return out
}
