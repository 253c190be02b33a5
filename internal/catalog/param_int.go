package catalog

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Int is a parameter that is a whole number.
type Int struct {
	Name     string
	Required bool
	// OneOf are the numbers that mean something to GitLab, with their meaning.
	OneOf []Number
	// Min and Max bound the number; both 0: no bounds.
	Min, Max int64
	// Default is GitLab's value for a new record, always sent; nil: none.
	Default *int64
	// Legacy says why the parameter is left alone unless configured.
	Legacy Legacy
	// Life is when GitLab has the parameter.
	Life    Life
	Example int64
	// Help is one sentence.
	Help string
}

// Number is a number that stands for something.
type Number struct {
	Value   int64
	Meaning string
}

func (p Int) attributes() map[string]schema.Attribute {
	a := schema.Int64Attribute{
		Required:            p.Required,
		Optional:            !p.Required,
		MarkdownDescription: sentence(p.Help, p.Life.note(), p.words(), p.Legacy.note()),
		Validators:          p.validators(),
	}
	if p.Default != nil {
		a.Computed = true
		a.Default = int64default.StaticInt64(*p.Default)
	}
	return map[string]schema.Attribute{p.Name: a}
}

func (p Int) words() string {
	var out []string
	if len(p.OneOf) > 0 {
		var words []string
		for _, n := range p.OneOf {
			words = append(words, fmt.Sprintf("`%d` (%s)", n.Value, n.Meaning))
		}
		out = append(out, "One of "+strings.Join(words, ", ")+".")
	}
	if p.Default != nil {
		out = append(out, fmt.Sprintf("Defaults to `%d`.", *p.Default))
	}
	return strings.Join(out, " ")
}

func (p Int) validators() []validator.Int64 {
	var out []validator.Int64
	if len(p.OneOf) > 0 {
		out = append(out, p.oneOf())
	}
	if p.Min != 0 || p.Max != 0 {
		out = append(out, numbers{
			must:   fmt.Sprintf("must be between %d and %d", p.Min, p.Max),
			taken:  func(n int64) bool { return n >= p.Min && n <= p.Max },
			sample: p.Max + 1,
		})
	}
	return out
}

func (p Int) legacy() (string, Legacy) { return p.Name, p.Legacy }

func (p Int) encode(c Change, b *Body) {
	b.put(c, p.Name, p.Legacy.is(), func(v attr.Value) any {
		n, _ := v.(types.Int64)
		return n.ValueInt64()
	}, nil)
}

func (p Int) decode(a Answer, out *Reading) {
	r := reader{
		name:   p.Name,
		legacy: p.Legacy.is(),
		absent: types.Int64Null(),
		empty:  types.Int64Null(),
		parse:  parseInt,
		want:   "a whole number",
	}
	if p.Default != nil {
		r.absent = types.Int64Value(*p.Default)
	}
	r.decode(a, out)
}

func (p Int) arguments() []Argument {
	value := p.Example
	for _, n := range p.OneOf {
		if value == 0 && (p.Default == nil || n.Value != *p.Default) {
			value = n.Value
		}
	}
	a := Argument{Name: p.Name, Value: value, Help: p.Help, Required: p.Required, Legacy: p.Legacy.is(), Life: p.Life}
	for _, n := range p.OneOf {
		a.OneOf = append(a.OneOf, n.Value)
	}
	if p.Default != nil {
		a.Default = *p.Default
	}
	return []Argument{a}
}

// parseInt reads a whole number, also from text: ports that were set in a web
// form stay text in every version.
func parseInt(wire any) (attr.Value, bool) {
	var text string
	switch w := wire.(type) {
	case json.Number:
		text = w.String()
	case string:
		text = strings.TrimSpace(w)
	default:
		return nil, false
	}
	// An exponent could ask for any amount of memory; 0b1 and 1/1 are no numbers.
	if len(text) > 40 || strings.Trim(text, "+-.0123456789") != "" {
		return nil, false
	}
	n, ok := new(big.Rat).SetString(text)
	if !ok || !n.IsInt() || !n.Num().IsInt64() {
		return nil, false
	}
	return types.Int64Value(n.Num().Int64()), true
}
