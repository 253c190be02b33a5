package hcltext

import (
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

func TestATextIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "plain", `a "b" \c`, `\n \"`, "two\nlines\r\n", "\x00\x01\t\x1f\x7f", "ä 😀\u2028",
		"$x 5%", "${x} %{y}", "$${x} %%{y}", "$$${x}", `\${x}`, "$", "%", "{${", "${", "%{ if }", "$%{$", "~}",
	} {
		block := Block("b", []string{text}, []Attribute{{"text", text}, {"list", []string{"x", text}}})
		file, diags := hclsyntax.ParseConfig([]byte(block), "", hcl.InitialPos)
		if diags.HasErrors() {
			t.Errorf("%q is written as\n%s: %v", text, block, diags)
			continue
		}
		read := file.Body.(*hclsyntax.Body).Blocks[0]
		value, diags := read.Body.Attributes["text"].Expr.Value(nil)
		list, more := read.Body.Attributes["list"].Expr.Value(nil)
		if diags = append(diags, more...); diags.HasErrors() {
			t.Errorf("%q is written as\n%s: %v", text, block, diags)
		} else if inList := list.AsValueSlice()[1].AsString(); read.Labels[0] != text || value.AsString() != text || inList != text {
			t.Errorf("%q is read as %q, %q and %q", text, read.Labels[0], value.AsString(), inList)
		}
	}
}

func TestBlockAlignsEachGroup(t *testing.T) {
	t.Parallel()
	got := Block("resource", []string{"a_b", "this"}, []Attribute{
		{"project", int64(42)}, {"on", true}, {},
		{"list", []string{"x", "y"}}, {"ref", Raw("var.x")},
	})
	want := `resource "a_b" "this" {
  project = 42
  on      = true

  list = ["x", "y"]
  ref  = var.x
}
`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
