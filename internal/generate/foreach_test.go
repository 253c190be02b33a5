package main

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// TestWhatIsShippedIteratesOverMaps holds every for_each of the examples and
// pages to an expression that is a map by its form, as Terraform takes several
// times as long over the instances of a set.
func TestWhatIsShippedIteratesOverMaps(t *testing.T) {
	t.Parallel()
	count := 0
	for where, module := range shipped(t) {
		for _, e := range module.iterations {
			count++
			if !module.isMap(e, 0) {
				t.Errorf("%s: nothing says that the for_each in line %d is over a map: { for x in ... : x => x } is one", where, e.Range().Start.Line)
			}
		}
	}
	if count < 15 {
		t.Errorf("only %d are found", count)
	}
}

// module is what the HCL of a folder, or of a page, says about iteration.
type module struct {
	locals     map[string]hclsyntax.Expression
	variables  map[string]hclsyntax.Expression // types
	iterations []hclsyntax.Expression
}

var shippedCode = regexp.MustCompile("(?ms)^ *```(?:terraform|hcl)\n(.*?)^ *```[ \t]*$")

// shipped are the modules of the repository, by folder or page.
func shipped(t *testing.T) map[string]*module {
	t.Helper()
	modules := map[string]*module{}
	add := func(where, text string) {
		file, diags := hclsyntax.ParseConfig([]byte(text), where, hcl.InitialPos)
		body, ok := file.Body.(*hclsyntax.Body)
		if diags.HasErrors() || !ok {
			t.Errorf("%s: %v", where, diags)
			return
		}
		if modules[where] == nil {
			modules[where] = &module{locals: map[string]hclsyntax.Expression{}, variables: map[string]hclsyntax.Expression{}}
		}
		modules[where].read(body)
	}
	repository := os.DirFS("../..")
	err := fs.WalkDir(repository, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{".git", "bin", "dist", "internal"}, name):
			return fs.SkipDir
		case entry.IsDir() || !slices.Contains([]string{".tf", ".hcl", ".md", ".tmpl"}, path.Ext(name)):
			return nil
		}
		text, err := fs.ReadFile(repository, name)
		if err != nil {
			return err
		}
		if ext := path.Ext(name); ext == ".tf" || ext == ".hcl" {
			add(path.Dir(name), string(text))
			return nil
		}
		for _, code := range shippedCode.FindAllStringSubmatch(string(text), -1) {
			if !strings.Contains(code[1], "{{") { // a template's own
				add(name, code[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return modules
}

func (m *module) read(body *hclsyntax.Body) {
	for _, block := range body.Blocks {
		switch block.Type {
		case "locals":
			for name, a := range block.Body.Attributes {
				m.locals[name] = a.Expr
			}
		case "variable":
			if a := block.Body.Attributes["type"]; a != nil && len(block.Labels) == 1 {
				m.variables[block.Labels[0]] = a.Expr
			}
		case "dynamic":
		default:
			if a := block.Body.Attributes["for_each"]; a != nil {
				m.iterations = append(m.iterations, a.Expr)
			}
		}
		m.read(block.Body)
	}
}

// isMap reports whether an expression is a map by its form, or with depth the
// values so many levels below it are.
func (m *module) isMap(e hclsyntax.Expression, depth int) bool {
	switch e := e.(type) {
	case *hclsyntax.ParenthesesExpr:
		return m.isMap(e.Expression, depth)
	case *hclsyntax.ConditionalExpr:
		return m.isMap(e.TrueResult, depth) && m.isMap(e.FalseResult, depth)
	case *hclsyntax.ForExpr:
		return e.KeyExpr != nil && (depth == 0 || m.isMap(e.ValExpr, depth-1))
	case *hclsyntax.ObjectConsExpr:
		return depth == 0 || !slices.ContainsFunc(e.Items, func(item hclsyntax.ObjectConsItem) bool { return !m.isMap(item.ValueExpr, depth-1) })
	case *hclsyntax.FunctionCallExpr:
		return depth == 0 && slices.Contains([]string{"merge", "tomap", "zipmap"}, e.Name)
	case *hclsyntax.ScopeTraversalExpr:
		if len(e.Traversal) < 2 {
			return false
		}
		name, _ := e.Traversal[1].(hcl.TraverseAttr)
		below := depth + len(e.Traversal) - 2
		switch e.Traversal.RootName() {
		case "local":
			return m.isMap(m.locals[name.Name], below)
		case "var":
			return isMapType(m.variables[name.Name], below)
		}
	}
	return false
}

// isMapType is isMap for the type of a variable.
func isMapType(e hclsyntax.Expression, depth int) bool {
	call, ok := e.(*hclsyntax.FunctionCallExpr)
	switch {
	case !ok || len(call.Args) != 1 || call.Name != "map" && call.Name != "object":
		return false
	case depth == 0:
		return true
	}
	return call.Name == "map" && isMapType(call.Args[0], depth-1)
}

func TestSetsAreToldFromMaps(t *testing.T) {
	t.Parallel()
	const text = `
		variable "set"   { type = set(string) }
		variable "list"  { type = list(string) }
		variable "any"   { type = any }
		variable "map"   { type = map(set(string)) }
		variable "maps"  { type = map(map(string)) }
		variable "plain" {}
		locals {
			set   = toset(["a"])
			map   = { for x in var.set : x => x }
			deep  = { a = local.map }
			sets  = { a = var.set }
			alias = local.set
		}
	`
	for expression, want := range map[string]bool{
		"var.set": false, "var.list": false, "var.any": false, "var.plain": false, "var.unknown": false,
		"local.set": false, "local.alias": false, "local.unknown": false,
		`toset(["a"])`: false, `["a"]`: false, "[for x in var.map : x]": false, "keys(var.map)": false, "data.x.y.ids": false,
		"var.map": true, "var.maps.a": true, "var.map.a": false, "local.map": true, "local.deep.a": true, "local.sets.a": false, `local.deep["a"]`: true,
		"{}": true, `{ a = "b" }`: true, "{ for x in var.set : x => x }": true, "merge(var.map, {})": true,
		"true ? var.map : {}": true, "true ? var.set : []": false, "true ? {} : local.set": false, "(local.map)": true,
	} {
		file, diags := hclsyntax.ParseConfig([]byte(text+"resource \"x\" \"y\" {\n for_each = "+expression+"\n}\n"), "", hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		m := &module{locals: map[string]hclsyntax.Expression{}, variables: map[string]hclsyntax.Expression{}}
		m.read(file.Body.(*hclsyntax.Body))
		if got := m.isMap(m.iterations[0], 0); got != want {
			t.Errorf("%s is a map: %t", expression, got)
		}
	}
}
