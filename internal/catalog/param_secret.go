package catalog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
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
	// Nullable: GitLab takes null for it, although it is required, and clears it.
	// 10.5 and 12.3 were run.
	Nullable bool
	// Unwatched says why a change made outside Terraform cannot be noticed.
	Unwatched string
	// WatchedWithout is a key that all answers have from a version on that is no
	// younger than the reason: an answer without it comes from a GitLab where a
	// change can still be noticed, and Watched says which these are.
	WatchedWithout, Watched string
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

// Always is where GitLab returns a secret in all versions that have it.
const Always = "in every version"

const (
	suffixWriteOnly = "_wo"
	suffixVersion   = "_wo_version"
)

func (p Secret) attributes() map[string]schema.Attribute {
	need := ""
	if p.Required {
		need = fmt.Sprintf("Either this or `%s` is required, unless the settings are inherited.", p.Name+suffixWriteOnly)
	}
	unwatched := ""
	if p.Unwatched != "" {
		unwatched = "A change made outside Terraform is not detected: " + p.Unwatched + " To rotate it, raise the version."
	}
	validators := p.Form.rules(p.Required)
	return map[string]schema.Attribute{
		p.Name: schema.StringAttribute{
			Optional:  true,
			Computed:  true, // For imports alone: see the type.
			Sensitive: true,
			MarkdownDescription: sentence(p.Help, p.Form.help, p.Life.note(), need,
				fmt.Sprintf("Stored in the state: prefer `%s` with Terraform 1.11 or later.", p.Name+suffixWriteOnly)),
			Validators:    validators,
			PlanModifiers: p.form().planModifiers(),
		},
		p.Name + suffixWriteOnly: schema.StringAttribute{
			Optional:  true,
			Sensitive: true,
			WriteOnly: true,
			MarkdownDescription: sentence(p.Help, p.Form.help, p.Life.note(),
				"Write-only: never stored in the state or a plan. Needs Terraform 1.11 or later."),
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

// form is how the text is written, without line breaks at its end: a file has
// one, and no credential has.
func (p Secret) form() Form {
	bare := func(s string) string { return strings.TrimRight(s, "\r\n") }
	f := p.Form
	f.send = func(s string) string { return p.Form.sent(bare(s)) }
	f.canon = func(s string) string { return p.Form.canonical(bare(s)) }
	return f
}

// held reports whether the state knows that Terraform has set the secret.
func (p Secret) held(state Values) bool {
	return !state.null(p.Name) || !state.null(p.Name+suffixVersion)
}

// value is the secret that is sent: x as it was planned, else what the
// configuration has. The two differ where ignore_changes names an attribute: the
// plan is then made with the prior value in place of the configured one, which
// for x_wo is none, while the apply sees the configuration as it stands.
func (p Secret) value(c Change) (string, bool) {
	for _, v := range []types.String{c.Plan.text(p.Name), c.Config.text(p.Name + suffixWriteOnly), c.Config.text(p.Name)} {
		if !v.IsNull() && !v.IsUnknown() {
			return p.form().sent(v.ValueString()), true
		}
	}
	return "", false
}

func (p Secret) validate(s *Service, config Values) Problems {
	var problems Problems
	if config.known(p.Name) && config.known(p.Name+suffixWriteOnly) {
		problems = p.twoValues(s)
	}
	if config.known(p.Name+suffixVersion) && config.null(p.Name+suffixWriteOnly) {
		problems.add(p.Name+suffixVersion, fmt.Sprintf("%s without %s", p.Name+suffixVersion, p.Name+suffixWriteOnly),
			fmt.Sprintf("`%s` says when to send `%s` again, so it means nothing without it. Set `%s` (it needs Terraform 1.11 or later), or remove `%s`.",
				p.Name+suffixVersion, p.Name+suffixWriteOnly, p.Name+suffixWriteOnly, p.Name+suffixVersion))
	}
	return problems
}

func (p Secret) twoValues(s *Service) Problems {
	return problem(p.Name+suffixWriteOnly, fmt.Sprintf("Two values for %s of %s", p.Name, s.Title),
		fmt.Sprintf("Both `%s` and `%s` are set. Keep one: `%s` stays out of the state, `%s` does not.",
			p.Name, p.Name+suffixWriteOnly, p.Name+suffixWriteOnly, p.Name))
}

// require also refuses two values, of which validate has not known one. Those of
// a plan with ignore_changes are none: there x is that of the prior state.
func (p Secret) require(s *Service, c Change) Problems {
	x, writeOnly := p.Name, p.Name+suffixWriteOnly
	given := !c.Plan.null(x) || !c.Config.null(x) || !c.Config.null(writeOnly)
	if c.Config.known(x) && c.Config.known(writeOnly) && !c.Config[x].Equal(c.Prior.text(x)) {
		return p.twoValues(s)
	}
	// Without a value, one with Each would be cleared although the plan holds it.
	wanted := p.Required || p.Each && !c.Plan.null(x+suffixVersion)
	if given || !wanted {
		return nil
	}
	return problem(x, fmt.Sprintf("Missing %s for %s", x, s.Title),
		sentence(fmt.Sprintf("GitLab wants `%s` with every write, and never shows it. Set `%s` (write-only: kept out of the state; needs Terraform 1.11 or later) or `%s` (kept in the state).",
			x, writeOnly, x), p.ignored(c)))
}

// ignored explains why a secret can seem to be missing that is not.
func (p Secret) ignored(c Change) string {
	if c.Plan.null(p.Name+suffixVersion) && !c.takesOver() {
		return ""
	}
	return fmt.Sprintf("A plan does not see `%s` where ignore_changes names it; an apply does.", p.Name+suffixWriteOnly)
}

func (p Secret) plan(c Change) { p.settle(c, p.Required) }

// settle plans what the configuration leaves open. wanted says whether GitLab
// wants the secret, with both answers where that is not known.
//
// The version shows that a write-only secret is held: nobody has to invent one,
// and drift or removal of the secret changes an attribute. Where GitLab wants the
// secret, the version outlives a configuration that has none: it may be one from
// which ignore_changes has taken x_wo, and removal would be refused.
//
// A secret that an import has found, because GitLab still shows it, stays until
// one is configured: the configuration that Terraform generates for the import
// has none, and must change nothing.
//
// Of settings that are inherited GitLab has a secret that is not this one, so
// that no version is held: taking over shows it as new, which it is.
//
// Terraform plans again once everything is known, and wants to see the same, so
// that what depends on a value that is not known is unknown.
func (p Secret) settle(c Change, wanted ...bool) {
	version := p.Name + suffixVersion
	var xs, versions []attr.Value
	for _, inherits := range c.Plan.mayInherit() {
		for _, want := range wanted {
			for _, plain := range c.Config.mayBeSet(p.Name) {
				for _, writeOnly := range c.Config.mayBeSet(p.Name + suffixWriteOnly) {
					given := plain || writeOnly
					if want && !given && c.Prior == nil {
						continue // It will be refused, or inherits and holds nothing.
					}
					x, held := types.StringNull(), attr.Value(types.Int64Null())
					if !given && slices.Contains(c.Adopted, p.Name) {
						x = c.Prior.text(p.Name)
					}
					switch {
					case inherits:
					case writeOnly:
						held = types.Int64Value(1)
					case want && !given && !c.Prior.null(version):
						held = c.Prior[version]
					}
					xs, versions = append(xs, x), append(versions, held)
				}
			}
		}
	}
	if c.Config.null(p.Name) {
		c.Plan[p.Name] = agreed(xs, types.StringNull(), types.StringUnknown())
	}
	if c.Config.null(version) {
		c.Plan[version] = agreed(versions, types.Int64Null(), types.Int64Unknown())
	}
}

// agreed is the one value that all are, else unknown; none where there are none.
func agreed(values []attr.Value, none, unknown attr.Value) attr.Value {
	if len(values) == 0 {
		return none
	}
	for _, v := range values {
		if !v.Equal(values[0]) {
			return unknown
		}
	}
	return values[0]
}

// encode sends the secret with every write: GitLab wipes what is left out when
// an address changes. An optional one is cleared where the plan shows that it
// goes and the configuration has none, as that of a group above goes when its
// settings are taken over; one that is unknown here, or of which the plan says
// that it stays, is left alone.
func (p Secret) encode(c Change, b *Body) {
	value, ok := p.value(c)
	switch {
	case ok:
		b.secret(p.Name, value)
	case p.Required && c.inherits():
		b.Values[p.Name] = nil
		if p.Nullable {
			b.clearings = append(b.clearings, clearing{p.Name, func(map[string]any) bool { return true }})
		}
	case p.Each, (p.held(c.Prior) || c.takesOver()) && !p.held(c.Plan):
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
		} else if !p.form().sameText(x, shown) {
			x, _ = shown.(types.String)
		}
		if ok && a.As == Import {
			out.Adopted = append(out.Adopted, p.Name)
		}
	case a.Foreign && p.watched(a) && p.held(a.Prior):
		x, held = types.StringNull(), types.Int64Null()
		out.Forgotten = append(out.Forgotten, p.Name)
	}
	out.Values[p.Name] = x
	out.Values[p.Name+suffixWriteOnly] = types.StringNull()
	out.Values[p.Name+suffixVersion] = held
}

// watched reports whether a foreign write may be one of the secret: the stamp of
// the answer moves with it, or all settings are somebody else's.
func (p Secret) watched(a Answer) bool {
	_, newer := a.Values[p.WatchedWithout]
	return a.TakenOver() || p.Unwatched == "" || p.WatchedWithout != "" && !newer
}

func (p Secret) arguments() []Argument {
	return []Argument{{Name: p.Name, Value: p.Example, Help: p.Help, Required: p.Required,
		WriteOnly: p.Name + suffixWriteOnly, Unwatched: p.Unwatched, Watched: p.Watched, Shown: p.Shown, Life: p.Life}}
}
