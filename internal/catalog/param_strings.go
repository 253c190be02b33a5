package catalog

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Strings is a parameter that is a list of texts, each not blank, in the order
// given. GitLab drops blanks around them, empty ones and duplicates, so those
// are refused at plan time.
type Strings struct {
	Name string
	// Legacy says why the parameter is left alone unless configured.
	Legacy Legacy
	// Life is when GitLab has the parameter.
	Life    Life
	Example []string
	// Help is one sentence.
	Help string
}

func (p Strings) attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{p.Name: schema.ListAttribute{
		ElementType:         types.StringType,
		Optional:            true,
		MarkdownDescription: sentence(p.Help, p.Life.note(), p.Legacy.note()),
		Validators: []validator.List{
			listvalidator.NoNullValues(),
			listvalidator.UniqueValues(),
			listvalidator.ValueStringsAre(trimmedText),
		},
	}}
}

var trimmedText = matching(`^\S(.*\S)?$`, "must not be blank and must not begin or end with blanks", " A")

func (p Strings) legacy() (string, Legacy) { return p.Name, p.Legacy }

func (p Strings) encode(c Change, b *Body) {
	b.put(c, p.Name, p.Legacy.is(), func(v attr.Value) any {
		out := []string{}
		l, _ := v.(types.List)
		for _, e := range l.Elements() {
			s, _ := e.(types.String)
			out = append(out, s.ValueString())
		}
		return out
	}, []string{})
}

func (p Strings) decode(a Answer, out *Reading) {
	null := types.ListNull(types.StringType)
	reader{
		name:   p.Name,
		legacy: p.Legacy.is(),
		absent: null,
		empty:  null,
		parse:  parseStrings,
		want:   "a list of texts",
		same: func(prior, got attr.Value) bool {
			a, _ := prior.(types.List)
			b, _ := got.(types.List)
			return len(a.Elements()) == 0 && len(b.Elements()) == 0
		},
	}.decode(a, out)
}

func (p Strings) arguments() []Argument {
	return []Argument{{Name: p.Name, Value: p.Example, Help: p.Help, Legacy: p.Legacy.is(), Life: p.Life}}
}

func parseStrings(wire any) (attr.Value, bool) {
	items, ok := wire.([]any)
	if !ok {
		return nil, false
	}
	if len(items) == 0 {
		return types.ListNull(types.StringType), true
	}
	var out []attr.Value
	for _, item := range items {
		s, ok := parseText(item)
		if !ok {
			return nil, false
		}
		out = append(out, s)
	}
	return types.ListValueMust(types.StringType, out), true
}
