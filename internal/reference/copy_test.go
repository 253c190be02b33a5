package reference

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// copied is a copy of the repository to try a change in, without what is built
// and without the pages that are made by tfplugindocs.
type copied struct {
	dir string
	t   *testing.T
}

func copyRepository(t *testing.T) copied {
	t.Helper()
	const root = "../.."
	dir := t.TempDir()
	left := []string{".git", "bin", "dist", "docs", "examples"}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		switch {
		case err != nil:
			return err
		case slices.Contains(left, name) && entry.IsDir():
			return fs.SkipDir
		case slices.Contains(left, name):
			return nil
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(dir, name), 0o755)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, name), text, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return copied{dir, t}
}

func (c copied) write(name, text string) {
	c.t.Helper()
	if err := os.WriteFile(filepath.Join(c.dir, name), []byte(text), 0o644); err != nil {
		c.t.Fatal(err)
	}
}

func (c copied) read(name string) string {
	c.t.Helper()
	text, err := os.ReadFile(filepath.Join(c.dir, name))
	if err != nil {
		c.t.Fatal(err)
	}
	return string(text)
}

// insert puts text after the first place where after stands.
func (c copied) insert(name, after, text string) {
	c.t.Helper()
	before, rest, found := strings.Cut(c.read(name), after)
	if !found {
		c.t.Fatalf("%s has no %q", name, after)
	}
	c.write(name, before+after+text+rest)
}

// add adds a service as a contributor does: its row, the word in the table, and
// its entry in the contracts.
func (c copied) add(d Draft, contracts ...string) {
	c.t.Helper()
	c.write("internal/catalog/"+d.File, d.Row)
	c.insert("internal/catalog/catalog.go", "var table = []Service{\n", "\t"+d.Variable+",\n")
	for _, contract := range contracts {
		c.insert(contract, "\"services\": [\n", d.Entry+",\n")
	}
}

// run runs the go command, and gives what it prints and whether all went well.
func (c copied) run(args ...string) (output string, ok bool) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 5*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, "go", args...)
	command.Dir = c.dir
	text, err := command.CombinedOutput()
	return string(text), err == nil
}

func (c copied) must(args ...string) {
	c.t.Helper()
	if output, ok := c.run(args...); !ok {
		c.t.Errorf("go %s:\n%s", strings.Join(args, " "), output)
	}
}

// contracts are the files of the fake's contracts, by the version that each
// stands for, the oldest first.
func (c copied) contracts() []string {
	c.t.Helper()
	files, err := filepath.Glob(filepath.Join(c.dir, "internal/fakegitlab/contract/*.json"))
	if err != nil || len(files) == 0 {
		c.t.Fatalf("no contracts: %v", err)
	}
	for i, file := range files {
		files[i] = filepath.Join("internal/fakegitlab/contract", filepath.Base(file))
	}
	slices.Sort(files)
	return files
}
