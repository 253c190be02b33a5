package catalog

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// String is a text parameter.
type String struct {
	Name string
	// Required: GitLab wants it, not blank, with every PUT.
	Required bool
	// OneOf are the words that mean something to GitLab.
	OneOf []string
	// Refused is another word that people write, and Likely a sentence that says
	// what is likely to be meant by one that resembles none of OneOf.
	Refused, Likely string
	// Default is GitLab's value for a new record, always sent.
	Default string
	// Legacy says why the parameter is left alone unless configured.
	Legacy Legacy
	// Life is when GitLab has the parameter.
	Life Life
	// Form is how the text is written.
	Form Form
	// While makes the parameter required under a condition.
	While Condition
	// Unless names the parameter in whose place GitLab wants this one: one of the
	// two must not be blank.
	Unless string
	// Echo names the parameter whose value GitLab 14 and later show in place of
	// this one while this one is blank.
	Echo string
	// Titles: GitLab up to 12.6 tells it as the title of the record, not among the
	// settings. Later ones have a title of their own there.
	Titles bool
	// Example satisfies the row; taken from OneOf where there is none.
	Example string
	// Help is one sentence.
	Help string
}

func (p String) attributes() map[string]schema.Attribute {
	a := schema.StringAttribute{
		Required:            p.Required,
		Optional:            !p.Required,
		MarkdownDescription: sentence(p.Help, p.Form.help, p.Life.note(), p.words(), p.Legacy.note()),
		Validators:          p.validators(),
		PlanModifiers:       p.Form.planModifiers(),
	}
	if p.Default != "" {
		a.Computed = true
		a.Default = stringdefault.StaticString(p.Default)
	}
	return map[string]schema.Attribute{p.Name: a}
}

// words describes the enumeration and the default.
func (p String) words() string {
	var out []string
	if len(p.OneOf) > 0 {
		out = append(out, "One of `"+strings.Join(p.OneOf, "`, `")+"`.")
	}
	if p.Default != "" {
		out = append(out, "Defaults to `"+p.Default+"`.")
	}
	if p.While.Param != "" {
		out = append(out, fmt.Sprintf("Required while `%s` is `%s`.", p.While.Param, p.While.Is))
	}
	if p.Unless != "" {
		out = append(out, fmt.Sprintf("May be empty (`\"\"`) only where `%s` is set.", p.Unless))
	}
	return strings.Join(out, " ")
}

func (p String) validators() []validator.String {
	var out []validator.String
	if len(p.OneOf) > 0 {
		out = append(out, p.oneOf())
	}
	return append(out, p.Form.rules(p.Required)...)
}

func (p String) validate(s *Service, config Values) Problems {
	var problems Problems
	if p.Form.doubt != nil {
		if why := p.Form.doubt(config.text(p.Name).ValueString()); why != "" {
			problems = problem(p.Name, "Likely not what is meant", fmt.Sprintf("`%s` of %s: %s", p.Name, s.Title, why))
			problems[0].Warning = true
		}
	}
	return append(problems, p.wanted(s, config)...)
}

func (p String) legacy() (string, Legacy) { return p.Name, p.Legacy }

func (p String) encode(c Change, b *Body) {
	b.put(c, p.Name, p.Legacy.is(), func(v attr.Value) any {
		s, _ := v.(types.String)
		return p.Form.sent(s.ValueString())
	}, "")
}

func (p String) decode(a Answer, out *Reading) {
	r := reader{
		name:   p.Name,
		legacy: p.Legacy.is(),
		absent: types.StringNull(),
		empty:  types.StringNull(),
		parse:  parseText,
		want:   "text",
		same:   p.Form.sameText,
	}
	if a.As == Move && p.Form.separator != "" {
		r.parse, r.want = p.Form.parseList, "text or a list of texts"
	}
	if p.Default != "" {
		r.absent = types.StringValue(p.Default)
	}
	if shown, ok := a.Values[p.Name].(string); ok && p.Echo != "" && a.Prior.text(p.Name).ValueString() == "" {
		if other, _ := a.Values[p.Echo].(string); shown == other {
			// What GitLab shows is the other parameter's value: this one is blank.
			a.Values = map[string]any{p.Name: nil}
		}
	}
	if _, told := a.Values[p.Name]; p.Titles && !told && a.Slug == "" && !a.Prior.blank(p.Name) {
		// Of one that is empty, the title is the service's own.
		a.Values = map[string]any{p.Name: a.Title}
	}
	r.decode(a, out)
}

func (p String) arguments() []Argument {
	value := p.Example
	for _, word := range p.OneOf {
		if value == "" && word != p.Default {
			value = word
		}
	}
	a := Argument{Name: p.Name, Value: value, Help: p.Help, Required: p.Required, Legacy: p.Legacy.is(), Life: p.Life, while: p.While}
	for _, word := range p.OneOf {
		a.OneOf = append(a.OneOf, word)
	}
	if p.Default != "" {
		a.Default = p.Default
	}
	return []Argument{a}
}

// parseText reads text. Numbers and booleans are text too: what GitLab stores is
// what a web form or an old version once sent.
func parseText(wire any) (attr.Value, bool) {
	switch w := wire.(type) {
	case string:
		return types.StringValue(w), true
	case json.Number:
		return types.StringValue(w.String()), true
	case bool:
		return types.StringValue(strconv.FormatBool(w)), true
	}
	return nil, false
}
