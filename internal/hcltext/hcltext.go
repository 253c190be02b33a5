// Package hcltext writes Terraform configuration, laid out as "terraform fmt"
// does. Tests and the documentation's examples render rows of the catalog with
// it.
package hcltext

import (
	"fmt"
	"strings"
	"unicode/utf8"
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
		b.WriteString(" " + Quote(l))
	}
	b.WriteString(" {\n")
	for start := 0; start < len(attributes); {
		end := start
		width := 0
		for end < len(attributes) && attributes[end].Name != "" {
			width = max(width, utf8.RuneCountInString(attributes[end].Name))
			end++
		}
		for _, a := range attributes[start:end] {
			fmt.Fprintf(&b, "  %-*s = %s\n", width, a.Name, Expression(a.Value))
		}
		if end < len(attributes) {
			b.WriteString("\n")
		}
		start = end + 1
	}
	b.WriteString("}\n")
	return b.String()
}

// Expression writes a value; null for a type that [Attribute] does not allow.
func Expression(value any) string {
	switch v := value.(type) {
	case Raw:
		return string(v)
	case string:
		return Quote(v)
	case int64, bool:
		return fmt.Sprint(v)
	case []string:
		quoted := make([]string, len(v))
		for i, s := range v {
			quoted[i] = Quote(s)
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	}
	return "null"
}

// Quote writes text as a literal: no part of it is taken for a template.
func Quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteRune('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case (r == '$' || r == '%') && strings.HasPrefix(s[i+1:], "{"):
			b.WriteRune(r)
			b.WriteRune(r)
		case r < ' ':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
