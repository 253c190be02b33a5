package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestAServiceMoreIsARowAWordAnEntryAndGenerate does what CONTRIBUTING.md says,
// with the blocks that stand there, in a copy of the repository: the service is on
// every version of the fake GitLab, and lives there.
func TestAServiceMoreIsARowAWordAnEntryAndGenerate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	copyRepository(t, dir)
	guide := contents(t, filepath.Join(dir, "CONTRIBUTING.md"))
	row, entry := block(t, guide, "go"), block(t, guide, "json")

	write(t, filepath.Join(dir, "internal/catalog/service_acme_cards.go"), row)
	rewrite(t, filepath.Join(dir, "internal/catalog/catalog.go"), "var table = []Service{\n", "var table = []Service{\n\tacmeCards,\n")
	contracts, err := filepath.Glob(filepath.Join(dir, "internal/fakegitlab/contract/*.json"))
	if err != nil {
		t.Fatal(err)
	}
	entries := 0
	for _, file := range contracts {
		if !strings.Contains(contents(t, file), `"like":`) {
			rewrite(t, file, `"services": [`, `"services": [`+"\n"+entry+",")
			entries++
		}
	}
	if entries == 0 {
		t.Fatal("no contract has entries of its own")
	}
	run(t, dir, "run", "./internal/generate")

	// The pages are made by another command, which is not there on every machine.
	run(t, dir, "test", "./internal/catalog")
	run(t, dir, "test", "./internal/fakegitlab", "-run", "Contract|Profile|Sweep")
	run(t, dir, "test", "./internal/generate", "-run", "TestGeneratedFiles")
	run(t, dir, "test", "./internal/provider", "-run", "TestLifecycle/acme-cards")
}

// copyRepository copies what the tests of the packages need, and no test of this
// kind.
func copyRepository(t *testing.T, dir string) {
	t.Helper()
	root := os.DirFS("../..")
	for _, name := range []string{"CONTRIBUTING.md", "go.mod", "go.sum", "docs", "examples", "internal", "templates"} {
		err := fs.WalkDir(root, name, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || entry.Name() == "howto_test.go" {
				return err
			}
			raw, err := fs.ReadFile(root, path)
			if err != nil {
				return err
			}
			write(t, filepath.Join(dir, path), string(raw))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// block is the one block of a language in a page.
func block(t *testing.T, page, language string) string {
	t.Helper()
	found := regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```").FindAllStringSubmatch(page, -1)
	if len(found) != 1 {
		t.Fatalf("CONTRIBUTING.md has %d blocks of %s, want the one of the new service", len(found), language)
	}
	return found[0][1]
}

func contents(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func rewrite(t *testing.T, file, old, text string) {
	t.Helper()
	before := contents(t, file)
	if strings.Count(before, old) != 1 {
		t.Fatalf("%s has %q %d times", file, old, strings.Count(before, old))
	}
	write(t, file, strings.Replace(before, old, text, 1))
}

func run(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
