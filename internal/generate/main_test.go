package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// TestGeneratedFilesAreCurrent makes a change of the contract with users (a
// schema, an example, a page) a visible difference in a file.
func TestGeneratedFilesAreCurrent(t *testing.T) {
	t.Parallel()
	files, err := derived(t.Context(), os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		if name == dumped {
			continue
		}
		got, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Errorf("%v: run make generate, and commit what it makes", err)
		} else if string(got) != want {
			t.Errorf("%s is not what is made of the catalog: run make generate, read the difference, and commit it", name)
		}
	}
}

func TestEveryServiceHasItsPages(t *testing.T) {
	t.Parallel()
	for _, s := range catalog.All() {
		for _, kind := range []string{"resources", "data-sources", "list-resources"} {
			if _, err := os.Stat("../../docs/" + kind + "/" + s.TypeName() + ".md"); err != nil {
				t.Errorf("%v: run make generate, and commit what it makes", err)
			}
		}
	}
}

// TestModulesAreDescribed looks at what terraform-docs made of them: "n/a" for a
// description that is missing, and no row for a provider without a version. The
// version of this provider is one that exists.
func TestModulesAreDescribed(t *testing.T) {
	t.Parallel()
	missing := regexp.MustCompile(`(?m)^\| (\S+) \| n/a \|`)
	readmes, err := filepath.Glob("../../examples/modules/*/README.md")
	if err != nil || len(readmes) == 0 {
		t.Fatalf("no READMEs of modules: %v", err)
	}
	changes, err := os.ReadFile("../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	versions := regexp.MustCompile(`(?m)^## ([0-9.]+)`).FindAllStringSubmatch(string(changes), -1)
	first := versions[len(versions)-1] // Older ones do not exist.
	for _, name := range readmes {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, tables, found := strings.Cut(string(text), "<!-- BEGIN_TF_DOCS -->")
		if !found {
			t.Errorf("%s has no place for tables", name)
		}
		for _, row := range []string{"| terraform | >= ", "| gitlabservices | >= " + first[1] + " |"} {
			if !strings.Contains(tables, row) {
				t.Errorf("%s has no row %q: the module does not say what it needs, or make generate was not run", name, row)
			}
		}
		for _, found := range missing.FindAllStringSubmatch(tables, -1) {
			t.Errorf("%s: %s has no description", name, found[1])
		}
	}
}
