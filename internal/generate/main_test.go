package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// TestGeneratedFilesAreCurrent makes a change of the contract with users (a
// schema, an example, a page) a visible difference in a file.
func TestGeneratedFilesAreCurrent(t *testing.T) {
	t.Parallel()
	files, err := derived(t.Context())
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
			t.Errorf("%s is not what the catalog makes of it: run make generate, read the difference, and commit it", name)
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
