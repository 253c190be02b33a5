package catalog

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Bool is a parameter that is true or false. Without a Legacy note it has a
// default, as null means false to GitLab and says so by chance only.
type Bool struct {
	Name     string
	Required bool
	// Default is GitLab's documented value for a new record, always sent; for a
	// legacy parameter, what it is set to when it leaves the configuration.
	Default bool
	// Stricter says why Default is sent although a new record of GitLab has
	// something else; empty: it has the same.
	Stricter string
	// Legacy says why the parameter is left alone unless configured.
	Legacy Legacy
	// Life is when GitLab has the parameter.
	Life Life
	// Only: GitLab refuses true unless the condition holds.
	Only Condition
	// Help is one sentence.
	Help string

	// flag: the parameter is an event flag. Some of those are NOT NULL columns,
	// where null is answered with 500, so a flag is cleared to its default.
	flag bool
}

// on is the parameter where GitLab switches it on in a new record of the
// service.
func (p Bool) on() Bool {
	p.Default = true
	return p
}

func (p Bool) attributes() map[string]schema.Attribute {
	a := schema.BoolAttribute{
		Required:            p.Required,
		Optional:            !p.Required,
		MarkdownDescription: sentence(p.Help, p.Life.note(), p.words(), p.Legacy.note()),
	}
	if !p.Required && !p.Legacy.is() {
		a.Computed = true
		a.Default = booldefault.StaticBool(p.Default)
	}
	return map[string]schema.Attribute{p.Name: a}
}

func (p Bool) words() string {
	var out []string
	if !p.Required && !p.Legacy.is() {
		out = append(out, fmt.Sprintf("Defaults to `%t`.", p.Default))
	}
	if p.Only.Param != "" {
		out = append(out, fmt.Sprintf("Only while `%s` is `%s`.", p.Only.Param, p.Only.Is))
	}
	return strings.Join(out, " ")
}

func (p Bool) legacy() (string, Legacy) { return p.Name, p.Legacy }

func (p Bool) encode(c Change, b *Body) {
	var cleared any
	if p.flag || p.Default {
		cleared = p.Default
	}
	b.put(c, p.Name, p.Legacy.is(), func(v attr.Value) any {
		x, _ := v.(types.Bool)
		return x.ValueBool()
	}, cleared)
}

func (p Bool) decode(a Answer, out *Reading) {
	r := reader{
		name:   p.Name,
		legacy: p.Legacy.is(),
		absent: types.BoolNull(),
		// A column or property that is null counts as off in GitLab's code.
		empty: types.BoolValue(false),
		parse: parseBool,
		want:  "true or false",
	}
	if !p.Legacy.is() {
		r.absent = types.BoolValue(p.Default)
	}
	r.decode(a, out)
}

func (p Bool) arguments() []Argument {
	a := Argument{Name: p.Name, Value: !p.Default, Help: p.Help, Required: p.Required, Legacy: p.Legacy.is(), Life: p.Life, Event: p.flag, With: p.Only.beside(), Stricter: p.Stricter}
	if !p.Required && !p.Legacy.is() {
		a.Default = p.Default
	}
	return []Argument{a}
}

// parseBool reads a boolean as GitLab's versions wrote it: up to 13.x the API
// shows what was stored, and web forms store "1" and "0".
func parseBool(wire any) (attr.Value, bool) {
	var text string
	switch w := wire.(type) {
	case bool:
		return types.BoolValue(w), true
	case json.Number:
		text = w.String()
	case string:
		text = strings.ToLower(strings.TrimSpace(w))
	}
	switch text {
	case "true", "1", "t", "yes", "y", "on":
		return types.BoolValue(true), true
	case "false", "0", "f", "no", "n", "off":
		return types.BoolValue(false), true
	}
	return nil, false
}
