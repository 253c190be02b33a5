package catalog

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Secret is a credential. It becomes three attributes: x, which stands in the
// state; x_wo, which is write-only and stands nowhere; and x_wo_version, whose
// change sends x_wo again.
//
// GitLab 10.2.6 and later do not show secrets (webhooks until about 15.10), so
// the state is what Terraform last sent, and a write by somebody else makes it
// forget.
//
// x is computed although nobody computes it, for one case: GitLab 12.3 shows
// an import the webhook of Slack, and the configuration that Terraform
// generates for the import has no secret. The plan must then keep the webhook of
// the state beside a configuration without one, which Terraform allows for
// computed attributes only. Everywhere else, plan says null where the
// configuration does.
type Secret struct {
	Name string
	// Required: GitLab wants it with every PUT.
	Required bool
	// Each: GitLab wants the parameter with every PUT but takes empty text for
	// none.
	Each bool
	// Unwatched says why a change made outside Terraform cannot be noticed.
	Unwatched string
	// Shown says in which versions GitLab tells the secret, so that it is
	// compared; empty: in none since 10.2.6.
	Shown string
	// Life is when GitLab has the parameter.
	Life Life
	// Form is how the text is written.
	Form    Form
	Example string
	// Help is one sentence.
	Help string
}

// always is where GitLab tells a secret in all versions.
const always = "in every version"

const (
	suffixWriteOnly = "_wo"
	suffixVersion   = "_wo_version"
)

func (p Secret) attributes() map[string]schema.Attribute {
	need := ""
	if p.Required {
		need = fmt.Sprintf("Either this or `%s` is required.", p.Name+suffixWriteOnly)
	}
	unwatched := ""
	if p.Unwatched != "" {
		unwatched = "A change made outside Terraform cannot be noticed: " + p.Unwatched + " To rotate it, raise the version."
	}
	validators := p.Form.rules(p.Required)
	return map[string]schema.Attribute{
		p.Name: schema.StringAttribute{
			Optional:  true,
			Computed:  true, // For imports alone: see the type.
			Sensitive: true,
			MarkdownDescription: sentence(p.Help, p.Form.help, p.Life.note(), need,
				fmt.Sprintf("Kept in the state: prefer `%s` with Terraform 1.11 or later.", p.Name+suffixWriteOnly)),
			Validators:    validators,
			PlanModifiers: p.Form.planModifiers(),
		},
		p.Name + suffixWriteOnly: schema.StringAttribute{
			Optional:  true,
			Sensitive: true,
			WriteOnly: true,
			MarkdownDescription: sentence(p.Help, p.Form.help, p.Life.note(),
				"Write-only: it never stands in the state or a plan. Needs Terraform 1.11 or later."),
			Validators: validators,
		},
		p.Name + suffixVersion: schema.Int64Attribute{
			Optional: true,
			Computed: true,
			MarkdownDescription: sentence(fmt.Sprintf("Any number; changing it sends `%s` again.", p.Name+suffixWriteOnly),
				fmt.Sprintf("Defaults to `1` while `%s` is set.", p.Name+suffixWriteOnly), unwatched),
		},
	}
}

// given reports whether the secret is, or may turn out to be, configured.
func (p Secret) given(config Values) bool {
	return !config.null(p.Name) || !config.null(p.Name+suffixWriteOnly)
}

// held reports whether the state knows that Terraform has set the secret.
func (p Secret) held(state Values) bool {
	return !state.null(p.Name) || !state.null(p.Name+suffixVersion)
}

// value is the configured secret: x from the plan, x_wo from the configuration,
// where alone it stands.
func (p Secret) value(c Change) (string, bool) {
	for _, v := range []types.String{c.Plan.text(p.Name), c.Config.text(p.Name + suffixWriteOnly)} {
		if !v.IsNull() && !v.IsUnknown() {
			return p.Form.sent(v.ValueString()), true
		}
	}
	return "", false
}

func (p Secret) validate(s *Service, config Values) Problems {
	var problems Problems
	if !config.null(p.Name) && !config.unknown(p.Name) && !config.null(p.Name+suffixWriteOnly) && !config.unknown(p.Name+suffixWriteOnly) {
		problems.add(p.Name+suffixWriteOnly, fmt.Sprintf("Two values for %s of %s", p.Name, s.Title),
			fmt.Sprintf("Both `%s` and `%s` are set. Keep one: `%s` stays out of the state, `%s` stands in it.",
				p.Name, p.Name+suffixWriteOnly, p.Name+suffixWriteOnly, p.Name))
	}
	if !config.null(p.Name+suffixVersion) && !config.unknown(p.Name+suffixVersion) && config.null(p.Name+suffixWriteOnly) {
		problems.add(p.Name+suffixVersion, fmt.Sprintf("%s without %s", p.Name+suffixVersion, p.Name+suffixWriteOnly),
			fmt.Sprintf("`%s` says when to send `%s` again, so it means nothing without it. Set `%s` (it needs Terraform 1.11 or later), or remove `%s`.",
				p.Name+suffixVersion, p.Name+suffixWriteOnly, p.Name+suffixWriteOnly, p.Name+suffixVersion))
	}
	return problems
}

func (p Secret) require(s *Service, c Change) Problems {
	if !p.Required || p.given(c.Config) {
		return nil
	}
	return Problems{{p.Name, fmt.Sprintf("Missing %s for %s", p.Name, s.Title),
		fmt.Sprintf("GitLab wants `%s` with every write and never tells it. Set `%s` (write-only: it stays out of the state, needs Terraform 1.11 or later) or `%s` (it stands in the state).",
			p.Name, p.Name+suffixWriteOnly, p.Name)}}
}

// plan shows that a write-only secret is held: nobody has to invent a version,
// and drift or removal of the secret changes an attribute. A secret that an
// import has found, because GitLab still shows it, stays until one is
// configured: the configuration that Terraform generates for the import has
// none, and must change nothing.
func (p Secret) plan(c Change) {
	if c.Config.null(p.Name) {
		c.Plan[p.Name] = types.StringNull()
		if c.Adopted && c.Config.null(p.Name+suffixWriteOnly) {
			c.Plan[p.Name] = c.Prior.text(p.Name)
		}
	}
	if !c.Config.null(p.Name + suffixVersion) {
		return
	}
	switch {
	case c.Config.null(p.Name + suffixWriteOnly):
		c.Plan[p.Name+suffixVersion] = types.Int64Null()
	case c.Config.unknown(p.Name+suffixWriteOnly) && !p.Required:
		c.Plan[p.Name+suffixVersion] = types.Int64Unknown()
	default:
		c.Plan[p.Name+suffixVersion] = types.Int64Value(1)
	}
}

// encode sends the secret with every write: GitLab wipes what is left out when
// an address changes. An optional one that nobody knows of is left alone; one
// that was taken out of the configuration is cleared.
func (p Secret) encode(c Change, b *Body) {
	if value, ok := p.value(c); ok {
		b.secret(p.Name, value)
	} else if p.Each || p.held(c.Prior) {
		b.Values[p.Name] = ""
	}
}

func (p Secret) decode(a Answer, out *Reading) {
	x, held := a.Prior.text(p.Name), a.Prior[p.Name+suffixVersion]
	if held == nil {
		held = types.Int64Null()
	}
	switch wire := a.Values[p.Name]; {
	case !unset(wire) && (!x.IsNull() || a.As == Import || a.As == Move):
		shown, ok := parseText(wire)
		if !ok {
			out.impossible(a, p.Name, wire, "text")
		} else if !p.Form.sameText(x, shown) {
			x, _ = shown.(types.String)
		}
	case a.Foreign && p.Unwatched == "" && p.held(a.Prior):
		x, held = types.StringNull(), types.Int64Null()
		out.Forgotten = append(out.Forgotten, p.Name)
	}
	out.Values[p.Name] = x
	out.Values[p.Name+suffixWriteOnly] = types.StringNull()
	out.Values[p.Name+suffixVersion] = held
}

func (p Secret) arguments() []Argument {
	return []Argument{{Name: p.Name, Value: p.Example, Help: p.Help, Required: p.Required,
		WriteOnly: p.Name + suffixWriteOnly, Unwatched: p.Unwatched, Shown: p.Shown, Life: p.Life}}
}
