package catalog

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// Service is one row of the table: a service (integration) that GitLab offers
// to a project.
type Service struct {
	// Slug is GitLab's name of the service in addresses.
	Slug string
	// Title is GitLab's name of the service for people.
	Title string
	// AlsoKnownAs are other names that people look for.
	AlsoKnownAs []string
	// Docs is the anchor of the service on
	// https://docs.gitlab.com/api/project_integrations/; empty for services that
	// GitLab has removed.
	Docs string
	// Purpose groups the documentation, where GitLab still has the service.
	Purpose Purpose
	// Help is one sentence: what the service does.
	Help string
	// Note is said after Help: a limit or a danger that users must know.
	Note string
	// Params are the parameters besides flags and channels, in the order in which
	// documentation shows them.
	Params []Param
	// Events are the kinds of events that can trigger the service.
	Events []Event
	// Since is the version that added the service; empty: older than 9.0.
	Since string
	// Builds says which builds of GitLab have the service; empty: all do.
	Builds string
	// ProjectOnly: GitLab does not offer the service to groups, or had removed it
	// before groups got an API for services, in 17.9.
	ProjectOnly bool
	// Installation is how the service gets into a project where GitLab's API
	// changes it and does not set it up.
	Installation Installation
	// Gone says that GitLab has removed the service.
	Gone Gone
	// Apart: GitLab keeps settings in a second table, where no change moves the
	// record's updated_at.
	Apart bool
	// Withheld: GitLab has the service only where a licence, an app or a setting of
	// the instance allows it. Where it was allowed once, GitLab (18.9) goes on to
	// list what it answers with 404.
	Withheld bool
	// ExistsWhile names the parameter whose value, rather than GitLab's own
	// active flag, tells that the service is set up.
	ExistsWhile string
	// Channels is what routes each event to a channel.
	Channels Channels
	// Use is one use of the service, as an example. A row without parameters and
	// events may do without.
	Use Use
	// Peer is the same service in the official GitLab provider.
	Peer Peer

	// compiled is set for the rows of the table, and does its work once; one that
	// was made by hand works without.
	compiled func() *compiled
}

// Gone is the end of a service: the version that removed it, and what became of
// it. The zero Gone is a service that GitLab still has.
type Gone struct {
	In, Why string
}

func (g Gone) String() string {
	if g.In == "" {
		return ""
	}
	return fmt.Sprintf("GitLab removed this service in version %s: %s.", g.In, g.Why)
}

// Installation is the way of a service into a project, and out of it, where the
// API of GitLab refuses to set it up. The zero Installation is a service that a
// PUT sets up and a DELETE ends.
type Installation struct {
	// In is a sentence that says how the service is set up.
	In string
	// Out is a sentence that says how it is ended, where the API refuses that too.
	Out string
}

func (i Installation) String() string {
	if i.In == "" {
		return ""
	}
	return sentence("GitLab's API changes this service but cannot set it up: the resource takes over an installed one.", i.In, i.Out)
}

// Purpose is what a service is for, or was.
type Purpose string

// The purposes, in the words of the documentation's menu.
const (
	Chat         Purpose = "Chat"
	IssueTracker Purpose = "Issue trackers"
	CI           Purpose = "CI"
	Email        Purpose = "E-mail"
	Wiki         Purpose = "Wiki"
	Deployment   Purpose = "Deployment and monitoring"
	Security     Purpose = "Security"
)

// TypeName is the slug as Terraform writes it: with underscores.
func (s *Service) TypeName() string { return strings.ReplaceAll(s.Slug, "-", "_") }

// ResourceType is the type of the service's resource in configurations.
func (s *Service) ResourceType() string { return "gitlabservices_" + s.TypeName() }

// GroupResourceType is that of the service of a group, where groups have it.
func (s *Service) GroupResourceType() string { return "gitlabservices_group_" + s.TypeName() }

// compiled is what is made of a row once, because every call asks for it.
type compiled struct {
	params     []Param
	attributes map[string]schema.Attribute
	types      map[string]attr.Type
	print      string
	// shown are the parameters that a data source has.
	shown func() []Argument
}

func (s *Service) compile() *compiled {
	c := &compiled{params: s.join(), attributes: map[string]schema.Attribute{}, types: map[string]attr.Type{}}
	for _, p := range c.params {
		maps.Copy(c.attributes, p.attributes())
	}
	for name, a := range c.attributes {
		c.types[name] = a.GetType()
	}
	h := fnv.New64a()
	for _, name := range slices.Sorted(maps.Keys(c.types)) {
		fmt.Fprintln(h, name, c.types[name])
	}
	c.print = strconv.FormatUint(h.Sum64(), 36)
	c.shown = sync.OnceValue(s.shown)
	return c
}

// Print stands for how an answer becomes values: where it is another one, a
// state has to be read anew although GitLab has not changed.
func (s *Service) Print() string { return s.made().print }

// made is what there is of the row once for all.
func (s *Service) made() *compiled {
	if s.compiled != nil {
		return s.compiled()
	}
	return s.compile()
}

// Stamped reports whether GitLab's updated_at tells of every change, and the
// list of a place of every record that counts as set up, and of no other.
func (s *Service) Stamped() bool { return !s.Apart && !s.Withheld && s.ExistsWhile == "" }

// params is every parameter: those of the row, then channels, then flags, then
// whether all of them are inherited.
func (s *Service) params() []Param {
	if s.compiled != nil {
		return s.compiled().params
	}
	return s.join()
}

func (s *Service) join() []Param {
	out := make([]Param, 0, len(s.Params)+2*len(s.Events)+1)
	out = append(out, s.Params...)
	events := slices.Clone(s.Events)
	for i, e := range events {
		events[i].Life, events[i].ChannelLife = e.Life.after(s.Since), e.ChannelLife.after(s.Since)
	}
	for _, e := range events {
		if channel := s.Channels.of(e, s.webhook()); channel != nil {
			out = append(out, channel)
		}
	}
	for _, e := range events {
		if e.Flag != "" {
			out = append(out, e.param())
		}
	}
	return append(out, inheritance{})
}

// webhook is the secret address that messages go to.
func (s *Service) webhook() Secret {
	for _, p := range s.Params {
		if secret, ok := p.(Secret); ok {
			return secret
		}
	}
	return Secret{}
}

// Attributes is the schema of the service's parameters: everything of the
// resource but what names the place where the service lives. The caller owns the
// map.
func (s *Service) Attributes() map[string]schema.Attribute {
	return maps.Clone(s.made().attributes)
}

// AttributeTypes are the types of Attributes. The map is shared: it must not be
// changed.
func (s *Service) AttributeTypes() map[string]attr.Type {
	return s.made().types
}

// AttributeOf is the attribute in which GitLab's parameter of that name stands; ""
// where the resource does not have it.
func (s *Service) AttributeOf(parameter string) string {
	for _, name := range []string{parameter, settings} {
		if _, ok := s.AttributeTypes()[name]; ok {
			return name
		}
	}
	return ""
}

// Known reports whether the table has the service.
func (s *Service) Known() bool { return s.Help != "" }

// Integration is the service in a sentence, by both words that GitLab has had for
// it: people look for either.
func (s *Service) Integration() string { return s.Title + " integration (service)" }

// Description is what documentation says of what the service does and of how it
// is set up, in Markdown.
func (s *Service) Description() string {
	return s.describe(s.Help, s.Note, s.Installation.String())
}

// Summary is what is left of the description for those who only read.
func (s *Service) Summary() string { return s.describe("", "", "") }

func (s *Service) describe(help, note, installation string) string {
	builds, link, names := "", "", ""
	if len(s.AlsoKnownAs) > 0 {
		names = "Also known as " + strings.Join(s.AlsoKnownAs, ", ") + "."
	}
	if s.Builds != "" {
		builds = "In " + s.Builds + "."
	}
	if s.Docs != "" {
		link = "See [GitLab's documentation](https://docs.gitlab.com/api/project_integrations/#" + s.Docs + ")."
	}
	return sentence(s.Gone.String(), help, names, builds, note, installation, link)
}

// Availability is which versions and builds of GitLab have the service; empty:
// all of them.
func (s *Service) Availability() string {
	var versions, parts []string
	if s.Since != "" {
		versions = append(versions, "since "+s.Since)
	}
	if s.Gone.In != "" {
		versions = append(versions, "removed in "+s.Gone.In)
	}
	for _, part := range []string{strings.Join(versions, ", "), s.Builds} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "; ")
}

// Exists reports whether a record that GitLab shows counts as set up, by its
// active flag and its values. One that inherits them is as active as GitLab says.
func (s *Service) Exists(active bool, inherits *bool, values map[string]any) bool {
	if s.ExistsWhile != "" && (inherits == nil || !*inherits) {
		return !unset(values[s.ExistsWhile])
	}
	return active
}

// HoldsSecret reports whether the state knows of a secret that Terraform has set and
// whose change by somebody else can be noticed. inherited is what GitLab answers:
// nil before 17.3, where the settings count as the service's own.
func (s *Service) HoldsSecret(state Values, inherited *bool) bool {
	return len(s.Decode(Answer{Prior: state, Inherits: inherited, Foreign: true}).Forgotten) > 0
}

// Secrets are GitLab's names of the parameters that are credentials.
func (s *Service) Secrets() []string {
	var out []string
	for _, a := range s.Arguments() {
		if a.WriteOnly != "" {
			out = append(out, a.Name)
		}
	}
	return out
}

// Arguments are all parameters with example values, in the order of the row.
func (s *Service) Arguments() []Argument {
	var out []Argument
	for _, p := range s.params() {
		out = append(out, p.arguments()...)
	}
	for _, p := range s.params() {
		if r, ok := p.(replaced); ok {
			name, legacy := r.legacy()
			legacy.example(name, out)
		}
	}
	for i, a := range out {
		out[i].Required = a.Required || a.while.Param != "" && s.met(a.while, nil)
	}
	return out
}

// Life is when GitLab has the parameter of that name.
func (s *Service) Life(name string) Life {
	arguments := s.Arguments()
	if i := slices.IndexFunc(arguments, func(a Argument) bool { return a.Name == name }); i >= 0 {
		return arguments[i].Life
	}
	return Life{}
}

// Validate finds what is wrong with a configuration by itself, beyond what the
// schema's validators see. Unknown values pass.
func (s *Service) Validate(config Values) Problems {
	var problems Problems
	for _, p := range s.params() {
		if v, ok := p.(validating); ok {
			problems = append(problems, v.validate(s, config)...)
		}
		if r, ok := p.(replaced); ok {
			name, legacy := r.legacy()
			problems = append(problems, legacy.validate(name, config)...)
		}
	}
	return problems
}

// Require finds what is missing for a change: secrets, which an unchanged
// resource does without. Unknown values pass; a change that is about to be
// written has none. Nothing is missing where the settings are inherited.
func (s *Service) Require(c Change) Problems {
	if slices.Contains(c.Plan.mayInherit(), true) {
		return nil
	}
	var problems Problems
	for _, p := range s.params() {
		if r, ok := p.(requiring); ok {
			problems = append(problems, r.require(s, c)...)
		}
	}
	return problems
}

// Plan decides, in c.Plan, all that a plan shows beyond the schema: forms and
// versions of secrets, and defaults that follow a predecessor.
func (s *Service) Plan(c Change) {
	for _, p := range s.params() {
		if v, ok := p.(planning); ok {
			v.plan(c)
		}
		if r, ok := p.(replaced); ok {
			name, legacy := r.legacy()
			legacy.plan(name, c)
		}
	}
}

// Settle takes over into c.Plan, of what Plan decides by the configuration at
// apply, only what the plan has left unknown: what it has shown holds, although
// the configuration may be another now (see [Secret]).
func (s *Service) Settle(c Change) {
	again := c
	again.Plan = s.Decode(Answer{}).Values // What the schema's defaults say.
	for name, value := range c.Plan {
		switch {
		case !c.Plan.unknown(name):
			again.Plan[name] = value
		case !c.Config.null(name):
			again.Plan[name] = c.Config[name]
		}
	}
	s.Plan(again)
	for name := range c.Plan {
		if value := again.Plan[name]; value != nil && c.Plan.unknown(name) {
			c.Plan[name] = value
		}
	}
}

// StillAdopted are those of the adopted secrets that are so after a change: the
// plan keeps them, and no configuration has had them.
func (s *Service) StillAdopted(c Change) []string {
	return slices.DeleteFunc(slices.Clone(c.Adopted), func(name string) bool {
		return c.Plan.null(name) || c.Config.known(name) || c.Config.known(name+suffixWriteOnly)
	})
}

// Encode makes the body of the PUT that says everything of the service. It goes
// by the plan; see [Secret] for what the configuration adds.
func (s *Service) Encode(c Change) Body {
	b := Body{Values: map[string]any{}}
	for _, p := range s.params() {
		p.encode(c, &b)
	}
	return b
}

// Decode reads GitLab's answer. It never fails as a whole: what cannot be read
// is a problem of its attribute. While GitLab tells that the settings are
// inherited, only that is read of it, unless for display.
func (s *Service) Decode(a Answer) Reading {
	if a.Inherits != nil && *a.Inherits && a.As != Display {
		a = s.ofInherited(a)
	}
	out := Reading{Values: Values{}}
	for _, p := range s.params() {
		p.decode(a, &out)
	}
	return out
}
