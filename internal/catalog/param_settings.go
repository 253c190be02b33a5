package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Settings are the parameters of a service without a row: whatever somebody
// writes by GitLab's names. They become three attributes: `settings`, an object
// that stands in the state; `secret_settings_wo`, which is write-only and stands
// nowhere; and `secret_settings_wo_version`, which goes as that of a [Secret].
//
// Nothing is known of such parameters, so that only those are sent and compared
// that are written. One that is taken out is cleared, except a secret: which
// there were, nothing remembers.
//
// What GitLab answers is read in the type that was written: Terraform refuses a
// state that differs from its plan in a type alone, and GitLab stores a text as
// the number that it declares, or the other way round.
type Settings struct {
	// row is the service's own row, if it has one: by it secrets are known, which
	// some versions of GitLab show.
	row *Service
}

const (
	settings       = "settings"
	secretSettings = "secret_settings"
)

// Any is a row for the service of any slug, made when it is asked for. What a row
// of its own says of the service holds whoever writes the settings: all but the
// parameters.
func Any(slug string) *Service {
	s := Service{Slug: slug, Title: slug}
	row := rowOf(slug)
	if row != nil {
		s = *row
	}
	s.Params, s.Events, s.Channels, s.Peer = []Param{Settings{row: row}}, nil, NoChannels, Peer{}
	made := *anyMade()
	made.params = s.join()
	s.compiled = func() *compiled { return &made }
	return &s
}

// anyMade is what all such rows have in common.
var anyMade = sync.OnceValue((&Service{Params: []Param{Settings{}}}).compile)

// rowOf is the row of the table for a slug; nil where there is none.
func rowOf(slug string) *Service {
	rows := compiledTable()
	if i := slices.IndexFunc(rows, func(s *Service) bool { return s.Slug == slug }); i >= 0 {
		return rows[i]
	}
	return nil
}

// secret is what the secrets have in common with any other one, of which the form
// that stands in the state is missing.
func (p Settings) secret() Secret { return Secret{Name: secretSettings} }

func (p Settings) attributes() map[string]schema.Attribute {
	out := p.secret().attributes()
	delete(out, secretSettings)
	out[settings] = schema.DynamicAttribute{
		Optional: true,
		MarkdownDescription: sentence(p.help(),
			"An object of strings, numbers, booleans and lists of strings.",
			"Only those in the configuration are sent and compared with GitLab; one that is removed from it is cleared.",
			"GitLab refuses some services, such as Slack, without a parameter that it wants in every write, also while they inherit their settings: set it to `\"\"` then.",
			"Stored in the state: put secrets into `secret_settings_wo`."),
	}
	out[secretSettings+suffixWriteOnly] = schema.DynamicAttribute{
		Optional:  true,
		Sensitive: true,
		WriteOnly: true,
		MarkdownDescription: sentence("Secret settings by GitLab's names, written as `settings` are.",
			"Sent with every write. One that is removed stays in GitLab: set it to `\"\"` first.",
			"Write-only: never stored in the state or a plan. Needs Terraform 1.11 or later."),
	}
	return out
}

func (p Settings) help() string { return "Settings of the service by GitLab's names." }

func (p Settings) plan(c Change) {
	p.secret().plan(c)
	delete(c.Plan, secretSettings)
}

func (p Settings) encode(c Change, b *Body) {
	planned, _ := members(c.Plan[settings])
	before, _ := members(c.Prior[settings])
	for name, was := range before {
		if settled(was) && !given(planned[name]) {
			b.Values[name] = cleared(was)
		}
	}
	for name, value := range planned {
		if wire, ok := plain(value); ok {
			b.Values[name] = wire
		}
	}
	secrets, _ := members(c.Config[secretSettings+suffixWriteOnly])
	for name, value := range secrets {
		if wire, ok := plain(value); ok {
			p.hide(b, name, wire)
		}
	}
}

// hide sends one secret. A boolean has no text that could be hidden.
func (p Settings) hide(b *Body, name string, wire any) {
	switch wire := wire.(type) {
	case string:
		b.secret(name, p.secret().form().sent(wire))
		return
	case []string:
		b.Secrets = append(b.Secrets, wire...)
	case fmt.Stringer:
		b.Secrets = append(b.Secrets, wire.String())
	}
	b.Values[name] = wire
}

func (p Settings) decode(a Answer, out *Reading) {
	held := Reading{Values: Values{}}
	p.secret().decode(Answer{Prior: a.Prior, Foreign: a.Foreign}, &held)
	if len(held.Forgotten) > 0 {
		out.Forgotten = append(out.Forgotten, secretSettings+suffixWriteOnly)
	}
	out.Values[secretSettings+suffixVersion] = held.Values[secretSettings+suffixVersion]
	out.Values[secretSettings+suffixWriteOnly] = types.DynamicNull()
	prior := a.Prior[settings]
	switch written, _ := members(prior); {
	case a.As == Import, a.Prior == nil:
		out.Values[settings] = p.all(a, out)
	case len(written) > 0:
		out.Values[settings] = p.those(a, prior, written, out)
	case prior == nil || concrete(prior).IsUnknown():
		out.Values[settings] = types.DynamicNull()
	default:
		out.Values[settings] = prior
	}
}

// all are the settings of a service that nobody has written: those that have a
// value, and for display all of them.
func (p Settings) all(a Answer, out *Reading) attr.Value {
	var hidden []string
	if p.row != nil {
		hidden = p.row.Secrets()
	}
	values := map[string]attr.Value{}
	for _, name := range slices.Sorted(maps.Keys(a.Values)) {
		wire := a.Values[name]
		if slices.Contains(hidden, name) || refusedKey(name) != "" || wire == nil && a.As != Display {
			continue
		}
		if value, ok := readPlain(wire); ok {
			values[name] = value
		} else {
			p.impossible(a, name, wire, out)
		}
	}
	if len(values) == 0 && a.As != Display {
		return types.DynamicNull()
	}
	return types.DynamicValue(objectLike(nil, values))
}

// those are the settings that were written, as GitLab has them now.
func (p Settings) those(a Answer, prior attr.Value, written map[string]attr.Value, out *Reading) attr.Value {
	configured, _ := members(a.Config[settings])
	next := map[string]attr.Value{}
	for _, name := range slices.Sorted(maps.Keys(written)) {
		was := written[name]
		next[name] = was
		wire, told := a.Values[name]
		switch {
		case !settled(was):
		case !told:
			if a.As == Written && settled(configured[name]) && !empty(was) {
				out.Unanswered = append(out.Unanswered, name)
			}
		default:
			is, ok := readLike(was, wire)
			if !ok {
				p.impossible(a, name, wire, out)
				continue
			}
			if a.As == Written && !is.Equal(was) {
				p.notKept(name, out)
			}
			next[name] = is
		}
	}
	return types.DynamicValue(objectLike(prior, next))
}

// impossible notes an answer that is none of what settings may be.
func (p Settings) impossible(a Answer, name string, wire any, out *Reading) {
	out.impossible(a, name, wire, kinds)
	out.Problems[len(out.Problems)-1].Attribute = settings
}

// notKept notes that GitLab has another value than the one that was sent. It says
// neither: somebody may have marked them as sensitive, which a plan heeds.
func (p Settings) notKept(name string, out *Reading) {
	out.Problems.add(settings, "GitLab did not keep a value", fmt.Sprintf(
		"GitLab answers another value for `%s` than it was sent. It may write the value in another way, or derive it from others. The next plan shows both: write it as GitLab does, or take it out.", name))
	out.Problems[len(out.Problems)-1].Warning = true
}

const kinds = "a text, a number, a boolean or a list of texts"

func (p Settings) validate(s *Service, config Values) Problems {
	problems := append(p.secret().validate(s, config), p.check(config)...)
	if p.row == nil {
		return problems
	}
	instead := "`" + p.row.ResourceType() + "`"
	if !p.row.ProjectOnly {
		instead += fmt.Sprintf(", or of a group `%s`", strings.Replace(p.row.ResourceType(), "_", "_group_", 1))
	}
	problems.add("slug", "Service has a resource of its own", fmt.Sprintf(
		"The resource of %s is %s, which knows its parameters, their defaults and its secrets. Use it instead, unless a parameter is missing there.", p.row.Title, instead))
	problems[len(problems)-1].Warning = true
	return problems
}

// require checks what validate has not known.
func (p Settings) require(_ *Service, c Change) Problems {
	writeOnly := secretSettings + suffixWriteOnly
	return p.check(Values{settings: c.Plan[settings], writeOnly: c.Config[writeOnly]})
}

// check finds what cannot be a setting.
func (p Settings) check(values Values) Problems {
	var problems Problems
	writeOnly := secretSettings + suffixWriteOnly
	for _, attribute := range []string{settings, writeOnly} {
		if !settled(values[attribute]) {
			continue
		}
		all, ok := members(values[attribute])
		if !ok {
			problems.add(attribute, "Not an object", fmt.Sprintf("`%s` must be an object with GitLab's names of the settings, such as { token_type = \"bot\" }.", attribute))
		}
		for _, name := range slices.Sorted(maps.Keys(all)) {
			if why := refusedKey(name); why != "" {
				problems.add(attribute, "Not a setting", fmt.Sprintf("`%s` has the name %q: %s", attribute, name, why))
			} else if !maySet(all[name]) {
				problems.add(attribute, "Not a value of a setting", fmt.Sprintf("`%s` of `%s` must be %s.", name, attribute, kinds))
			}
		}
	}
	open, _ := members(values[settings])
	secret, _ := members(values[writeOnly])
	for _, name := range slices.Sorted(maps.Keys(secret)) {
		if given(secret[name]) && given(open[name]) {
			problems.add(writeOnly, "Two values for "+name, fmt.Sprintf("`%s` stands in both `%s` and `%s`. Keep one: the latter stays out of the state.", name, settings, writeOnly))
		}
	}
	return problems
}

// refusedKey says why there is no setting of that name; empty: there may be one.
func refusedKey(name string) string {
	switch name {
	case UseInheritedSettings:
		return "it is an argument of the resource itself."
	case "id", "title", "slug", "created_at", "updated_at", "active", "inherited", "properties":
		return "GitLab tells it of each service and does not take it as a setting."
	}
	if strings.TrimSpace(name) == "" {
		return "write GitLab's name of the setting."
	}
	return ""
}

// maySet reports whether a value can be that of a setting, once it is known.
func maySet(v attr.Value) bool {
	if !settled(v) {
		return true
	}
	list, ok := items(v)
	if !ok {
		_, ok = plain(v)
		return ok
	}
	return !slices.ContainsFunc(list, func(item attr.Value) bool {
		text, _ := concrete(item).(types.String)
		return !item.IsUnknown() && text.IsNull()
	})
}

// arguments are none: what a service takes is not known.
func (p Settings) arguments() []Argument { return nil }

// shown are the settings in a data source.
func (p Settings) shown() []Argument {
	return []Argument{{Name: settings, Help: p.help(), apart: true}}
}
