package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
)

// goPackage is a package with its types, without its tests.
type goPackage struct {
	folder  string
	dir     string
	files   *token.FileSet
	syntax  []*ast.File
	sources [][]byte
	info    *types.Info
	types   *types.Package
}

// load reads the package in a folder of the module that the tool runs in.
func load(ctx context.Context, folder string) (*goPackage, error) {
	type listed struct {
		ImportPath, Dir, Export string
		GoFiles                 []string
	}
	out, err := exec.CommandContext(ctx, "go", "list", "-deps", "-export", "-json=ImportPath,Dir,Export,GoFiles", "./"+folder).Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s: %w", folder, err)
	}
	exports := map[string]string{}
	var last listed
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var one listed
		if err := decoder.Decode(&one); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		exports[one.ImportPath], last = one.Export, one
	}
	pkg := &goPackage{folder: folder, dir: last.Dir, files: token.NewFileSet(), info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}}
	for _, name := range last.GoFiles {
		src, err := os.ReadFile(filepath.Join(pkg.dir, name))
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(pkg.files, filepath.Join(pkg.dir, name), src, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		pkg.syntax, pkg.sources = append(pkg.syntax, file), append(pkg.sources, src)
	}
	checker := types.Config{Importer: importer.ForCompiler(pkg.files, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})}
	pkg.types, err = checker.Check(last.ImportPath, pkg.files, pkg.syntax, pkg.info)
	return pkg, err
}

// copies is the code of packages with all their mutants, asleep.
type copies struct {
	pkgs    []*goPackage
	mutants []mutant
	// edits are those of each file of each package.
	edits [][][]edit
}

// mutate finds all mutants of packages. No two have one name.
func mutate(pkgs ...*goPackage) *copies {
	c := &copies{pkgs: pkgs}
	last := 0
	next := func() int { last++; return last }
	for _, pkg := range pkgs {
		var edits [][]edit
		for i, file := range pkg.syntax {
			m := &mutator{pkg: pkg, file: file, src: pkg.sources[i], next: next}
			m.find()
			c.mutants, edits = append(c.mutants, m.mutants...), append(edits, m.edits)
		}
		c.edits = append(c.edits, edits)
	}
	slices.SortFunc(c.mutants, func(a, b mutant) int { return a.id - b.id })
	seen := map[string]int{}
	for i := range c.mutants {
		name := c.mutants[i].String()
		if seen[name]++; seen[name] > 1 {
			c.mutants[i].what += " #" + strconv.Itoa(seen[name])
		}
	}
	return c
}

// print stands for the names of all mutants.
func (c *copies) print() string {
	h := sha256.New()
	for _, m := range c.mutants {
		fmt.Fprintln(h, m)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// hooks is what the broken places ask. The first time that a test comes to one,
// its number is noted, where that is wanted.
const hooks = `package %s

import (
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
)

var (
	mutantAwake, _ = strconv.Atoi(os.Getenv("MUTANT"))
	mutantsReached = os.Getenv("MUTANTS_REACHED")
	mutantsNoted   [%d]atomic.Bool
)

func mutant(id int) bool {
	if mutantsReached != "" && !mutantsNoted[id].Swap(true) {
		if f, err := os.OpenFile(mutantsReached, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
			fmt.Fprintln(f, id)
			f.Close()
		}
	}
	return id == mutantAwake
}

func mutated[T any](id int, broken, whole T) T {
	if mutant(id) {
		return broken
	}
	return whole
}
`

var compilerSays = regexp.MustCompile(`(?m)^([^\s:]+\.go):(\d+):`)

// compile builds the tests of a folder with the mutants. What the compiler
// refuses is left out.
func (c *copies) compile(ctx context.Context, tests, scratch, binary string) error {
	for {
		overlay, err := c.write(scratch)
		if err != nil {
			return err
		}
		out, err := exec.CommandContext(ctx, "go", "test", "-c", "-gcflags=-e", "-vet=off", "-overlay", overlay, "-o", binary, "./"+tests).CombinedOutput()
		if err == nil {
			return nil
		}
		refused := map[string]bool{}
		for _, at := range compilerSays.FindAllStringSubmatch(string(out), -1) {
			refused[filepath.Base(filepath.Dir(at[1]))+"/"+filepath.Base(at[1])+":"+at[2]] = true
		}
		before := len(c.mutants)
		c.mutants = slices.DeleteFunc(c.mutants, func(m mutant) bool {
			return refused[filepath.Base(m.folder)+"/"+m.file+":"+strconv.Itoa(m.line)]
		})
		if len(c.mutants) == before {
			return fmt.Errorf("the copy with the mutants does not compile:\n%s", out)
		}
		fmt.Printf("%d mutants left out: no Go\n", before-len(c.mutants))
	}
}

// write writes the copy, and the overlay that has the compiler take it.
func (c *copies) write(scratch string) (string, error) {
	alive := map[int]bool{0: true}
	size := 1
	for _, m := range c.mutants {
		alive[m.id], size = true, max(size, m.id+1)
	}
	replace := map[string]string{}
	for n, pkg := range c.pkgs {
		folder := filepath.Join(scratch, filepath.Base(pkg.folder))
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return "", err
		}
		files := map[string][]byte{filepath.Join(pkg.dir, "mutants.go"): fmt.Appendf(nil, hooks, pkg.types.Name(), size)}
		for i, file := range pkg.syntax {
			edits := slices.DeleteFunc(slices.Clone(c.edits[n][i]), func(e edit) bool { return !alive[e.mutant] })
			files[pkg.files.Position(file.Pos()).Filename] = apply(pkg.sources[i], edits)
		}
		for name, src := range files {
			replace[name] = filepath.Join(folder, filepath.Base(name))
			if err := os.WriteFile(replace[name], src, 0o600); err != nil {
				return "", err
			}
		}
	}
	raw, _ := json.Marshal(map[string]any{"Replace": replace})
	path := filepath.Join(scratch, "overlay.json")
	return path, os.WriteFile(path, raw, 0o600)
}
