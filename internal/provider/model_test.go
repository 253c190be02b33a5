package provider_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// model knows what should be: what the configuration says of each service, and
// what GitLab has to hold after an apply that says it succeeded.
type model struct {
	*workspace
	wanted  map[string]*wanted // by address, what blocks are rendered from
	project int64              // or the group, of which former are paths that it had
	level   *gitlab.Level
	path    string
	former  []string

	// secrets are those that the state is right to take for the ones in GitLab: by
	// slug and name, as of the last apply, or of a write that nobody can notice.
	secrets map[string]any
	// hidden are secrets that were configured as write-only and nothing else.
	hidden map[string]bool
	// unread says that private state lacks the stamp which tells foreign writes,
	// until a refresh is kept; and nameless that it lacks the id of the record.
	unread, nameless bool
	// pending says that something has happened of which only a refresh can know.
	pending bool
	// upgraded says that GitLab has been another version, and blind that Terraform has
	// not heard of a write. What its answers have no key for then, as up to 17.8 a setting
	// that was never stored, a write warns of and no refresh sees.
	upgraded, blind bool
}

// at is the path of the place that a name leads to.
func (m *model) at(name string) string {
	if m.left(name) && !m.taken(name) || name == strconv.FormatInt(m.project, 10) {
		return m.path
	}
	return strings.ToLower(name)
}

// record is what GitLab holds of a service.
func (m *model) record(w *wanted) fakegitlab.Record {
	record, _ := m.server.Record(m.at(w.name), w.Slug)
	return record
}

// left reports whether a name is a path that the place had before.
func (m *model) left(name string) bool {
	return slices.ContainsFunc(m.former, func(path string) bool { return strings.EqualFold(path, name) })
}

// taken reports whether another project has a path of ours by now.
func (m *model) taken(name string) bool {
	return slices.ContainsFunc(m.server.Projects(), func(p fakegitlab.Project) bool { return p.ID != m.project && strings.EqualFold(p.Path, name) })
}

// check holds GitLab, and the state, to a configuration that was applied without
// an error. before are the records as they were.
func (m *model) check(p *Protocol, done []operation, before map[string]fakegitlab.Record) {
	for _, address := range slices.Sorted(maps.Keys(m.wanted)) {
		w := m.wanted[address]
		b, held := m.blocks[address], m.state[address]
		if b == nil {
			continue
		}
		record := m.record(w)
		inherits := w.inherits
		if slices.Contains(b.ignored, catalog.UseInheritedSettings) {
			inherits = held.Values[catalog.UseInheritedSettings] == true
		}
		on := w.Exists(record.Active, &record.Inherited, record.Params)
		if !on && !m.heard(offSummaries...) || on && inherits && m.heard("Inherited service is off") {
			m.t.Errorf("%s is on: %t, and the apply says: %s", address, on, m.said)
		}
		if !on || m.nameless && m.taken(w.name) {
			continue // Without the record's id, another's service passes for ours.
		}
		tells := m.server.Profile() == fakegitlab.V18_9 || m.server.Profile() == fakegitlab.V19_1
		if tells && record.Inherited != inherits {
			m.t.Errorf("%s inherits in GitLab: %t, wanted: %t", address, record.Inherited, inherits)
		}
		if tells && !m.upgraded && memoryIn(held.Object).Untold {
			m.t.Errorf("%s: GitLab tells of inheritance, and it is noted that it does not", address)
		}
		if inherits && tells {
			continue
		}
		m.checkSettings(address, w.shown(p, held.Object), record)
		i := slices.IndexFunc(done, func(o operation) bool { return o.address == address })
		for _, secret := range m.secretsIn(w) {
			var o *operation
			if i >= 0 {
				o = &done[i]
				// Under its old address it is destroyed.
				o.replaces = o.replaces || slices.ContainsFunc(done, func(o operation) bool { return o.block == nil && o.prior.kind == w.kind })
			}
			m.checkSecret(address, secret, o, record.Params[secret.Name], before[m.at(w.name)+" "+w.Slug])
		}
	}
}

// offSummaries are how the provider says that a service is off after all.
var offSummaries = []string{"Service left inactive", "Inherited service is off", "Inherited settings come later", "Two resources for one service"}

// checkSettings holds the state to GitLab, and both to the configuration or, where
// it says nothing, to the row's default.
func (m *model) checkSettings(address string, state map[string]any, record fakegitlab.Record) {
	w, b := m.wanted[address], m.blocks[address]
	noted, told := memoryIn(m.state[address].Object).Contradictions, m.told(w)
	follows := false
	for _, a := range w.Arguments() {
		follows = follows || a.Legacy && w.values[a.Name] != nil // Another default may follow it.
	}
	for _, a := range w.settings {
		got := record.Params[a.Name]
		if flag, is := record.Flags[a.Name]; is {
			got = flag
		}
		// What a record has not got since an upgrade, is as GitLab likes.
		stored := slices.Contains(w.keeps(m.server), a.Name) && (got != nil || !m.upgraded) && (told[a.Name] || !m.blind)
		_, contradicted := noted[a.Name]
		want, set := w.values[a.Name]
		_, text := w.defaults[a.Name].(string)
		switch {
		case slices.Contains(b.ignored, a.Name), slices.Contains(b.ignored, "settings"), !set && (a.Legacy || w.open), follows && (text || a.Legacy):
		case !set && normalize(state[a.Name]) != normalize(w.defaults[a.Name]):
			m.t.Errorf("%s: nobody configures %s, and the state has %v, not the default %v", address, a.Name, state[a.Name], w.defaults[a.Name])
		case stored && !contradicted && alike(state[a.Name]) != alike(got):
			m.t.Errorf("%s: the state has %v for %s, and GitLab %v", address, state[a.Name], a.Name, got)
		case set && stored && alike(want) != alike(got) && (!contradicted || !m.heard("GitLab did not keep a value")):
			m.t.Errorf("%s: the configuration has %v for %s, and GitLab %v", address, want, a.Name, got)
		}
	}
}

// alike writes values alike that mean the same to GitLab.
func alike(value any) string { return strings.TrimSuffix(normalize(value), "/") }

// checkSecret holds GitLab to what an operation, or none, makes of a secret.
func (m *model) checkSecret(address string, secret catalog.Argument, o *operation, got any, before fakegitlab.Record) {
	w, b, key := m.wanted[address], m.blocks[address], m.wanted[address].Slug+" "+secret.Name
	form, set := w.secrets[secret.Name]
	version := w.versionOf(secret.Name)
	ignored := slices.ContainsFunc(b.ignored, func(name string) bool { return strings.HasPrefix(name, strings.TrimSuffix(version, "_wo_version")) })
	takesOver := o != nil && o.prior.Values[catalog.UseInheritedSettings] == true && o.planned.Values[catalog.UseInheritedSettings] == false && !memoryIn(o.prior.Object).Untold
	want := before.Params[secret.Name]
	switch wrote := o != nil && m.sent(w.Slug) > 0; {
	case wrote && set && !ignored:
		want = form.value
	case wrote && ignored:
		if planned, plain := o.planned.Values[secret.Name].(string); plain {
			want = planned
		} else if set {
			want = form.value
		} else {
			want = got // It is enough that nothing is refused.
		}
	case wrote && !set && o.planned.Values[secret.Name] != nil && o.planned.Values[secret.Name] != Unknown:
		want = o.planned.Values[secret.Name]
	case wrote && !set && (m.half(w, secret, o.planned.Object) || w.always(m.server, secret)):
		want = nil
	case wrote && !set && (o.prior.Values[secret.Name] != nil || o.prior.Values[version] != nil || takesOver) && !o.replaces && !w.open:
		want = nil
	case wrote && !set && len(secret.With) == 0 && w.exposes(m.process(), m.server, o):
		want = got // GitLab drops what nobody repeats, and nobody knew of it.
	case wrote && !set && o.replaces:
		want = got // A DELETE clears it, or does not, as GitLab likes.
	case wrote:
	case (!set || w.inherits) && (!m.holds(address, secret) || alike(m.state[address].Values[secret.Name]) == alike(got)):
		want = got // Since a write by somebody else: it is whosever it is, or what GitLab shows of it.
	default:
		if known, is := m.secrets[key]; is && !ignored {
			want = known
		}
	}
	if alike(got) != alike(want) {
		m.t.Errorf("%s: GitLab holds %v as %s, and it should be %v", address, got, secret.Name, want)
	}
	m.secrets[key] = got
}

// half reports whether what belongs to a secret is not planned: GitLab keeps no
// password without its user name.
func (m *model) half(w *wanted, secret catalog.Argument, planned Object) bool {
	return slices.ContainsFunc(secret.With, func(name string) bool { return planned.Values[name] == nil && w.values[name] == nil })
}
