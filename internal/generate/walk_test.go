package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheWalkNamesFunctionsThatExist holds the way through the house that
// internal/README tells to the code.
func TestTheWalkNamesFunctionsThatExist(t *testing.T) {
	t.Parallel()
	exists := map[string]bool{}
	for _, dir := range []string{"../catalog", "../gitlab", "../provider"} {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range parsed.Decls {
				if f, ok := d.(*ast.FuncDecl); ok {
					exists[receiver(f)+f.Name.Name] = true
				}
			}
		}
	}
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, walk, _ := strings.Cut(string(text), "## The path of a value")
	walk, _, _ = strings.Cut(walk, "\n## ")
	named := regexp.MustCompile("`([A-Za-z]+\\.)?[a-z][A-Za-z]*`|`[A-Za-z]+\\.[A-Z][A-Za-z]*`").FindAllString(walk, -1)
	for _, name := range named {
		if !exists[strings.Trim(name, "`")] {
			t.Errorf("there is no function %s", name)
		}
	}
	if len(named) < 20 {
		t.Errorf("the walk names %d functions only", len(named))
	}
}

// receiver is the type that a method belongs to, with a dot.
func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return ""
	}
	t := f.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if name, ok := t.(*ast.Ident); ok {
		return name.Name + "."
	}
	return ""
}
