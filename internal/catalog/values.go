package catalog

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Values holds the attribute values of one resource by attribute name, as they
// stand in a configuration, a plan or a state. A name that is missing reads as
// null, so that a nil Values is the state of a resource that does not exist.
type Values map[string]attr.Value

// null reports whether the attribute has no value, as Terraform sees it. Unknown
// is not null: it will get a value.
func (v Values) null(name string) bool {
	return !given(v[name])
}

func (v Values) unknown(name string) bool {
	value := concrete(v[name])
	return value != nil && value.IsUnknown()
}

// blank reports whether the attribute is null or a text without content, which
// is how some write "none" in a configuration.
func (v Values) blank(name string) bool {
	return !v.unknown(name) && strings.TrimSpace(v.text(name).ValueString()) == ""
}

// mayBeSet has every answer that there can still be to whether the attribute has
// a value.
func (v Values) mayBeSet(name string) []bool {
	switch {
	case v.unknown(name):
		return []bool{true, false}
	case v.null(name):
		return []bool{false}
	}
	return []bool{true}
}

// known reports whether the attribute has a value, and which is known.
func (v Values) known(name string) bool { return !v.null(name) && !v.unknown(name) }

// text is the attribute as text; null where it is missing or of another type.
func (v Values) text(name string) types.String {
	s, _ := v[name].(types.String)
	return s
}

// Change is a write that Terraform asks for: the planned values, the
// configuration (the only place where write-only values stand) and the prior
// state, which is nil where the resource is about to be created.
type Change struct {
	Plan, Config, Prior Values
	// Adopted names the secrets of Prior that GitLab showed to an import and that
	// no configuration has had since: one that lacks them has not removed them.
	Adopted []string
	// Untold says that GitLab does not tell whether Prior inherits, as no version
	// before 17.3 does: what it has is the service's own then, whatever Prior says.
	Untold bool
}

// Body is what one PUT sends: every parameter under GitLab's name, and the
// texts among them that must not appear in any message.
type Body struct {
	Values  map[string]any
	Secrets []string
	// clearings are the secrets that a GitLab which does not know of inheritance
	// may clear; see Clears.
	clearings []clearing
	// unless are the keys that some versions of GitLab refuse; see Fallback.
	unless []string
	// rest is what was left out because nothing is known of it; see Rest.
	rest *Body
}

// clearing is a secret that is cleared where null stands in for it, or where it is
// left out, if what GitLab has now is such.
type clearing struct {
	secret string
	where  func(answer map[string]any) bool
}

// MayClear reports whether there is something that Clears has to be asked for
// before the body is sent.
func (b *Body) MayClear() bool { return len(b.clearings) > 0 }

// Clears names the secrets that a GitLab which does not know of inheritance would
// clear, by what it answers of the service before it is sent the body.
func (b *Body) Clears(answer map[string]any) []string {
	var names []string
	for _, c := range b.clearings {
		if c.where(answer) {
			names = append(names, c.secret)
		}
	}
	return names
}

// Fallback is what to send where GitLab refuses Values with 400 and no reason;
// false: nothing else. Versions that refuse a mere key are too old to give one.
func (b *Body) Fallback() (map[string]any, bool) {
	less := maps.Clone(b.Values)
	maps.DeleteFunc(less, func(key string, _ any) bool { return slices.Contains(b.unless, key) })
	return less, len(b.unless) > 0
}

// Rest is what to send after Values where GitLab's answer shows that it has what
// was left out of them; false: nothing. inherited is what GitLab answers, nil
// before 17.3: what was sent to be inherited may show what a group has, unless
// GitLab does not know of that.
func (b *Body) Rest(answer map[string]any, inherited *bool) (Body, bool) {
	if b.rest == nil || inherited != nil && b.Values[UseInheritedSettings] == true {
		return Body{}, false
	}
	for name := range b.rest.Values {
		if !unset(answer[name]) {
			return b.Whole()
		}
	}
	return Body{}, false
}

// Whole is the body with what was left out of it because nothing is known of it;
// false: nothing was. GitLab may refuse a body for what it has and was not sent.
func (b *Body) Whole() (Body, bool) {
	if b.rest == nil {
		return Body{}, false
	}
	whole := Body{Values: maps.Clone(b.Values), Secrets: b.Secrets, unless: b.rest.unless}
	maps.Copy(whole.Values, b.rest.Values)
	return whole, true
}

func (b *Body) secret(name, value string) {
	b.Values[name] = value
	b.Secrets = append(b.Secrets, value)
}

// put writes one parameter by the rules of its management: a planned value is
// sent; one that is not planned is sent as cleared, except a legacy one, which
// is left alone unless the prior state held it.
func (b *Body) put(c Change, name string, legacy bool, planned func(attr.Value) any, cleared any) {
	switch {
	case !c.Plan.null(name):
		b.Values[name] = planned(c.Plan[name])
	case !legacy || !c.Prior.null(name):
		b.Values[name] = cleared
	}
}

// Answer is what GitLab said of a service, to be read in the light of what is
// known already.
type Answer struct {
	// Values are the service's properties and event flags by GitLab's name, as
	// decoded from JSON with numbers as [json.Number].
	Values map[string]any
	// Slug and Title are those of the record, beside its settings. GitLab up to
	// 12.6 tells no slug.
	Slug, Title string
	// Inherits tells whether the settings are those of a group or of the instance;
	// nil: GitLab, before 17.3, does not tell.
	Inherits *bool
	// Prior is the state, or after a write the plan, that the answer is compared
	// with: a value that means the same keeps the spelling of Prior.
	Prior Values
	// As says what the answer is read for.
	As ReadAs
	// Config is the configuration that was written, where As is Written.
	Config Values
	// Foreign says that somebody else has written the service since Terraform
	// last did: secrets that GitLab does not return may be others now.
	Foreign bool
}

// ReadAs is what an answer is read for.
type ReadAs int

const (
	// Refresh compares the answer with what Terraform has set.
	Refresh ReadAs = iota
	// Written compares the answer to a write with what was planned.
	Written
	// Import adopts the service: Prior is empty because nobody has managed it yet,
	// not because somebody left its attributes out.
	Import
	// Display reads the answer for its own sake, as nobody manages the service.
	Display
	// Move reads what is no answer of GitLab but the state of another provider:
	// what stands there was configured, secrets included.
	Move
)

// takesLegacy reports whether legacy parameters are read that Prior does not
// hold.
func (a Answer) takesLegacy() bool { return a.As == Display || a.As == Move }

// Reading is what an [Answer] means to Terraform.
type Reading struct {
	// Values has every attribute of the resource but `project`.
	Values Values
	// Adopted names the secrets that GitLab showed to an import.
	Adopted []string
	// Forgotten names the secrets that were held, cannot be compared and may
	// have been changed by somebody else.
	Forgotten []string
	// Unanswered names the settings that somebody wrote and that the answer to the
	// write does not have: this GitLab may not know them. Secrets and legacy
	// parameters are not among them, as no answer is what they get.
	Unanswered []string
	// InheritUnknown says that the settings were to be inherited, and that this
	// GitLab does not tell whether they are.
	InheritUnknown bool
	// Problems are answers of an impossible type, one an attribute. They are
	// warnings where there is a resource to be read: an error would lock its owner
	// out of all that is beside it.
	Problems Problems
}

// impossible notes a value of a type that the parameter cannot have.
func (r *Reading) impossible(a Answer, name string, wire any, want string) {
	if a.As == Move {
		r.Problems.add(name, "Unexpected state", "The state to move has "+describe(wire)+" for `"+name+"`, where "+want+" is expected.")
		return
	}
	meaning := map[ReadAs]string{
		Refresh: "Its prior value is kept, so that a change made outside Terraform is not seen.",
		Written: "The settings were written; whether GitLab kept this one is not known. The state has what was planned.",
		Import:  "It is imported as if nobody had set it.",
	}[a.As]
	r.Problems.add(name, "Unexpected answer from GitLab", sentence(
		"GitLab answered with "+describe(wire)+" for `"+name+"`, where "+want+" is expected.", meaning, "Please report this with the version of GitLab."))
	r.Problems[len(r.Problems)-1].Warning = a.As != Display
}

// Problem is something wrong with one attribute, in words for a user.
type Problem struct {
	Attribute, Summary, Detail string
	// Warning: what was asked for can be done all the same.
	Warning bool
}

// Problems collects what is wrong. Its zero value is ready to use.
type Problems []Problem

func (p *Problems) add(attribute, summary, detail string) {
	*p = append(*p, problem(attribute, summary, detail)...)
}

// problem is the only one there is.
func problem(attribute, summary, detail string) Problems {
	return Problems{{Attribute: attribute, Summary: summary, Detail: detail}}
}

// unset reports whether GitLab means "nothing" by a value: null and the empty
// text both do, in every version. What a user means by it is [Values.blank],
// what Terraform does [Values.null], and what the official provider stores
// [neverSet].
func unset(wire any) bool {
	s, isText := wire.(string)
	return wire == nil || isText && strings.TrimSpace(s) == ""
}

// reader tells how the answer for one parameter becomes a value.
type reader struct {
	name   string
	legacy bool
	// absent is the value where neither GitLab nor the prior state has one: up
	// to 17.8 GitLab leaves out keys that were never written, and every version
	// leaves out keys that it does not know.
	absent attr.Value
	// empty is the value that null and "" stand for.
	empty attr.Value
	parse func(wire any) (attr.Value, bool)
	// want says in words what parse accepts.
	want string
	// same reports whether two values mean the same to GitLab; nil: only equal
	// ones do.
	same func(prior, got attr.Value) bool
}

// decode reads one parameter: an absent key keeps the prior value, and what
// means the same keeps the prior spelling.
func (r reader) decode(a Answer, out *Reading) {
	out.Values[r.name] = r.value(a, out)
}

func (r reader) value(a Answer, out *Reading) attr.Value {
	prior := a.Prior[r.name]
	held := !a.Prior.null(r.name) && !a.Prior.unknown(r.name)
	wire, told := a.Values[r.name]
	if r.legacy && !a.takesLegacy() && (!held || unset(wire)) {
		// Left alone where it is not configured. Where it is, GitLab may have
		// dropped it: that it shows nothing is no answer.
		told = false
	}
	if a.As == Written && !told && !r.legacy && a.Config.known(r.name) && !r.means(a.Config[r.name], r.empty) {
		out.Unanswered = append(out.Unanswered, r.name)
	}
	got, ok := r.empty, true
	switch {
	case !told && held:
		return prior
	case !told:
		return r.absent
	case !unset(wire):
		got, ok = r.parse(wire)
	case held:
		// GitLab keeps a text of blanks in places. Where it is what was written, it
		// is no drift.
		if text, _ := wire.(string); r.means(prior, types.StringValue(text)) {
			return prior
		}
	}
	if !ok {
		out.impossible(a, r.name, wire, r.want)
		got = r.empty
	}
	if held && (!ok || r.means(prior, got)) {
		return prior
	}
	return got
}

// means reports whether two values mean the same to GitLab.
func (r reader) means(a, b attr.Value) bool { return r.same != nil && r.same(a, b) }

// describe names the type of a JSON value, never the value: it may be secret.
func describe(wire any) string {
	switch wire.(type) {
	case nil:
		return "null"
	case bool:
		return "true or false"
	case string:
		return "text"
	case json.Number:
		return "a number"
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	}
	return "a value of unknown type"
}
