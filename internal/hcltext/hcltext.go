// Package hcltext writes Terraform configuration, laid out as "terraform fmt"
// does. Tests and the documentation's examples render rows of the catalog with
// it.
package hcltext

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
)

// Raw is an expression that is written as it is, such as a reference.
type Raw string

// Attribute is one argument of a block. Value is a string, an int64, a bool, a
// []string or a [Raw].
type Attribute struct {
	Name  string
	Value any
}

// Block writes a block with its labels, such as resource "type" "name". Blank
// attributes (without a name) separate groups, which are aligned each for
// itself.
func Block(kind string, labels []string, attributes []Attribute) string {
	var b strings.Builder
	b.WriteString(kind)
	for _, l := range labels {
		b.WriteString(" " + quote(l))
	}
	b.WriteString(" {\n")
	for _, a := range attributes {
		if a.Name != "" {
			b.WriteString(a.Name + " = " + Expression(a.Value))
		}
		b.WriteString("\n")
	}
	b.WriteString("}\n")
	return string(hclwrite.Format([]byte(b.String())))
}

// Expression writes a value; null for a type that [Attribute] does not allow.
func Expression(value any) string {
	switch v := value.(type) {
	case Raw:
		return string(v)
	case string:
		return quote(v)
	case int, int64, bool:
		return fmt.Sprint(v)
	case []string:
		quoted := make([]string, len(v))
		for i, s := range v {
			quoted[i] = quote(s)
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	}
	return "null"
}

// escapes leave no part of a text to be taken for a template. (What hclwrite has
// for this wants values of go-cty, a dependency that nothing else needs.)
var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "${", "$${", "%{", "%%{")

func quote(text string) string { return Quote(text, "", "") }

// Quote is a text in which a reference to something else, such as ${each.key},
// stands as it is between two parts.
func Quote(before, reference, after string) string {
	return `"` + escapes.Replace(before) + reference + escapes.Replace(after) + `"`
}
