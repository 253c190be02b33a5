package provider_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

var soak = flag.Duration("model.for", 0, "how long the model test goes on drawing; 0: -rapid.checks sequences for each version of GitLab")

// TestWhateverHappensAnApplyConverges has users, GitLab and Terraform do what
// they may, in any order, to a service of any row, kind of place and version of
// GitLab, and holds every apply that says it succeeded to the model. A failure
// prints the seed, and the shortest steps that were found to fail too:
//
//	go test ./internal/provider -run 'WhateverHappens/19.1' -rapid.seed=N
func TestWhateverHappensAnApplyConverges(t *testing.T) {
	t.Parallel()
	defaults := map[string]string{"rapid.checks": "40", "rapid.steps": "8", "rapid.nofailfile": "true"}
	if *soak == 0 {
		defaults["rapid.seed"] = "7" // A change of the code is not to fail by luck; the soak draws anew.
	}
	byDefault(t, defaults)
	for _, profile := range fakegitlab.Profiles() {
		t.Run(string(profile), func(t *testing.T) {
			t.Parallel()
			for begin := time.Now(); ; {
				rapid.Check(t, func(t *rapid.T) {
					s := newSteps(t, profile)
					defer s.server.Close()
					t.Repeat(s.actions())
					s.settle()
				})
				if time.Since(begin) >= *soak {
					return
				}
			}
		})
	}
}

// byDefault sets flags that nobody has set.
func byDefault(t *testing.T, defaults map[string]string) {
	t.Helper()
	flag.Visit(func(f *flag.Flag) { delete(defaults, f.Name) })
	for name, value := range defaults {
		failOn(t, flag.Set(name, value))
	}
}

// steps draws what happens to a model.
type steps struct {
	*model
	rt     *rapid.T
	number int // so that no two secrets are alike
	clock  time.Time
}

func newSteps(t *rapid.T, profile fakegitlab.Profile) *steps {
	server := fakegitlab.New(profile)
	s := &steps{rt: t, clock: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), model: &model{
		workspace: &workspace{t: t, server: server, blocks: map[string]*block{}, state: map[string]instance{}, provider: map[string]any{}},
		wanted:    map[string]*wanted{}, secrets: map[string]any{}, hidden: map[string]bool{},
	}}
	s.compares = s.one("compares", 8)
	server.SetClock(func() time.Time { s.clock = s.clock.Add(time.Millisecond); return s.clock })
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	s.must(server.Serve(deskContract))
	kind := rapid.SampledFrom(kindsOf()[profile]).Draw(t, "kind")
	s.level, s.path = kind.level, "above/place"
	s.project = server.AddProject("above/place").ID
	if s.level == gitlab.Groups {
		server.AddGroup("above/group")
		s.path = "above/group"
		s.project, _ = server.Group(s.path)
	}
	server.AddProject("above/other")
	for _, slug := range []string{"external-wiki", kind.Slug} {
		_ = server.Edit("above/other", slug, nil) // Where projects have it.
	}
	if s.one("what is above has it", 2) {
		_ = server.Edit("above", kind.Slug, map[string]any{"active": s.one("and it is on", 2)}) // Where groups have services.
	}
	s.want("this", kind)
	if kind.Slug != "external-wiki" && s.one("another service beside it", 3) {
		for _, k := range kindsOf()[profile] {
			if k.Slug == "external-wiki" && k.level == kind.level {
				s.want("wiki", k)
				break
			}
		}
	}
	return s
}

// one is true once in n times, and shrinks to false.
func (s *steps) one(label string, n int) bool { return rapid.IntRange(1, n).Draw(s.rt, label) == n }

func (s *steps) must(err error) {
	if err != nil {
		s.rt.Fatal(err)
	}
}

// want configures a service with what it cannot be without.
func (s *steps) want(address string, k *subjectKind) {
	w := &wanted{subjectKind: k, name: s.path, values: map[string]any{}, secrets: map[string]secretForm{}}
	s.wanted[address] = w
	for _, a := range k.settings {
		if a.Required {
			w.values[a.Name] = a.Value
		}
	}
	for _, a := range s.secretsIn(w) {
		if a.Required || s.one("with "+a.Name, 2) {
			s.set(w, a)
		}
	}
	s.render(address)
}

// secretsIn are those that this GitLab keeps.
func (m *model) secretsIn(w *wanted) []catalog.Argument {
	keeps := w.keeps(m.server)
	return slices.DeleteFunc(slices.Clone(w.secretsOf), func(a catalog.Argument) bool { return !slices.Contains(keeps, a.Name) })
}

// set gives a secret another value, in any form.
func (s *steps) set(w *wanted, a catalog.Argument) {
	s.number++
	form := secretForm{value: fmt.Sprintf("%s-%04d", a.Value, s.number), writeOnly: w.open || s.one("write-only", 2)}
	old, had := w.secrets[a.Name]
	for _, name := range a.With {
		if i := slices.IndexFunc(w.settings, func(a catalog.Argument) bool { return a.Name == name }); i >= 0 && w.values[name] == nil {
			w.values[name] = w.settings[i].Value
		}
	}
	w.secrets[a.Name] = form
	if !s.accepted(w) {
		form.value = fmt.Sprint(a.Value)
		w.secrets[a.Name] = form
	}
	if form.writeOnly && s.one("with a version", 2) {
		form.version = s.number + 1
		w.secrets[a.Name] = form
	}
	if !s.accepted(w) {
		if w.secrets[a.Name] = old; !had {
			delete(w.secrets, a.Name)
		}
		return
	}
	if _, seen := s.hidden[form.value]; !seen || !form.writeOnly {
		s.hidden[form.value] = form.writeOnly
	}
}

// render puts what is wanted into the configuration, unless it is refused there.
func (s *steps) render(address string) bool {
	b := s.wanted[address].block()
	if old := s.blocks[address]; old != nil {
		b.ignored = old.ignored
	}
	p := NewProtocol(s.rt)
	if diags := p.resource(b.kind).Validate(b.config); len(diags.Errors()) > 0 {
		return false
	}
	s.blocks[address] = b
	return true
}

// accepted reports whether GitLab takes what is wanted.
func (s *steps) accepted(w *wanted) bool {
	contract, _ := s.server.Contract(w.Slug)
	body := composeBody(contract, nil)
	for name, value := range w.values {
		body[name] = value
	}
	for _, i := range s.state {
		for _, a := range w.secretsOf {
			if value := i.Values[a.Name]; i.kind == w.kind && value != nil {
				body[a.Name] = value // Of an import, it stays where none is configured.
			}
		}
	}
	for name, form := range w.secrets {
		body[name] = form.value
	}
	key := fmt.Sprint(s.server.Profile(), w.level.Noun, w.Slug, string(mustJSON(body)))
	known, ok := takenBodies.Load(key)
	if !ok {
		known = takes(s.server.Profile(), w, body)
		takenBodies.Store(key, known)
	}
	return known == true
}

var takenBodies sync.Map

// actions are all that can happen. After most of it comes an apply, now and then.
func (s *steps) actions() map[string]func(*rapid.T) {
	out := map[string]func(*rapid.T){
		"a setting":              s.configure,
		"a secret":               s.rotate,
		"ignore_changes":         s.ignore,
		"inheritance":            s.inherit,
		"in or out":              s.toggle,
		"another address":        s.readdress,
		"taint":                  s.taint,
		"import":                 s.adopt,
		"move":                   s.move,
		"rename":                 s.rename,
		"another name":           s.name,
		"somebody else":          s.foreign,
		"upgrade of GitLab":      s.upgrade,
		"an older private state": s.older,
	}
	for name, do := range out {
		out[name] = func(t *rapid.T) {
			if do(t); s.one("and apply", 2) {
				s.apply(s.mishap(s.one("with trouble", 3)))
			}
		}
	}
	out["apply"] = func(*rapid.T) { s.apply(mishap{}) }
	out["apply with trouble"] = func(*rapid.T) { s.apply(s.mishap(true)) }
	out["rename, and keys follow"] = s.rekey
	out["another address, interrupted"] = s.halfway
	if s.level == gitlab.Projects { // A group's path stays its own.
		out["somebody takes the path"] = s.lose
	}
	out["plan"] = func(*rapid.T) { s.planOnly() }
	out["refresh"] = func(*rapid.T) { s.refreshOnly() }
	return out
}

// address draws one of the configuration.
func (s *steps) address() string {
	return rapid.SampledFrom(slices.Sorted(maps.Keys(s.wanted))).Draw(s.rt, "address")
}

// argument draws one of them.
func (s *steps) argument(of []catalog.Argument) catalog.Argument {
	if len(of) == 0 {
		s.rt.Skip("nothing to draw")
	}
	at := map[string]catalog.Argument{}
	for _, a := range of {
		at[a.Name] = a
	}
	return at[rapid.SampledFrom(slices.Sorted(maps.Keys(at))).Draw(s.rt, "argument")]
}

// change has what is wanted changed, unless it is then refused.
func (s *steps) change(address string, do func(w *wanted)) {
	w := s.wanted[address]
	old := *w
	w.values, w.secrets = maps.Clone(w.values), maps.Clone(w.secrets)
	do(w)
	if s.blocks[address] == nil {
		return
	}
	if !s.accepted(w) || !s.render(address) {
		*w = old
		s.render(address)
		s.rt.Skip("refused")
	}
}

func (s *steps) configure(*rapid.T) {
	address := s.address()
	w := s.wanted[address]
	keeps := w.keeps(s.server)
	of := slices.DeleteFunc(slices.Clone(w.settings), func(a catalog.Argument) bool { return !slices.Contains(keeps, a.Name) })
	a := s.argument(of)
	how := rapid.IntRange(0, 2).Draw(s.rt, "value")
	s.change(address, func(w *wanted) {
		switch value := a.Value.(type) {
		case bool:
			w.values[a.Name] = value != (how == 1)
		case string:
			w.values[a.Name] = value + []string{"", "2", ""}[how]
		default:
			w.values[a.Name] = value
		}
		if how == 2 && !a.Required {
			delete(w.values, a.Name)
			return
		}
		for _, b := range w.settings {
			if slices.Contains(a.With, b.Name) && w.values[b.Name] == nil {
				w.values[b.Name] = b.Value
			}
		}
		for _, b := range s.secretsIn(w) {
			if _, set := w.secrets[b.Name]; slices.Contains(a.With, b.Name) && !set {
				s.set(w, b)
			}
		}
	})
}

func (s *steps) rotate(*rapid.T) {
	address := s.address()
	of := s.secretsIn(s.wanted[address])
	a := s.argument(of)
	how := rapid.IntRange(0, 3).Draw(s.rt, "how")
	s.change(address, func(w *wanted) {
		form, set := w.secrets[a.Name]
		switch {
		case how == 3:
			delete(w.secrets, a.Name)
		case how == 2 && set && form.writeOnly:
			form.version++
			w.secrets[a.Name] = form
		default:
			s.set(w, a)
		}
	})
}

func (s *steps) ignore(*rapid.T) {
	b := s.blocks[s.address()]
	if b == nil {
		s.rt.Skip("no block")
	}
	b.ignored = nil
	if names := slices.Sorted(maps.Keys(b.config)); s.one("ignored", 2) {
		b.ignored = rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 2, rapid.ID).Draw(s.rt, "names")
		b.ignored = slices.DeleteFunc(b.ignored, func(name string) bool { return name == "slug" || name == s.level.Noun })
	}
}

func (s *steps) inherit(*rapid.T) {
	address := s.address()
	s.change(address, func(w *wanted) { w.inherits = !w.inherits })
}

func (s *steps) toggle(*rapid.T) {
	address := s.address()
	if s.blocks[address] == nil {
		s.render(address)
	} else {
		delete(s.blocks, address)
	}
}

// readdress is a changed key of for_each, or a resource that got another name
// without a moved block.
func (s *steps) readdress(*rapid.T) {
	s.changeKey(s.one("moved", 3))
	if s.one("with another name of the place", 2) {
		s.name(nil)
	}
}

func (s *steps) changeKey(moved bool) {
	from := s.address()
	to := from + "'"
	if strings.HasSuffix(from, "''") {
		to = strings.TrimSuffix(from, "''")
	}
	if moved {
		if was, ok := s.state[from]; ok {
			delete(s.state, from)
			s.state[to] = was
		}
	} else if _, there := s.state[to]; there {
		s.rt.Skip("the state has it")
	}
	s.wanted[to], s.blocks[to] = s.wanted[from], s.blocks[from]
	delete(s.wanted, from)
	delete(s.blocks, from)
	if s.blocks[to] == nil {
		delete(s.blocks, to)
	}
}

// rekey renames the place where the keys of for_each are paths, while GitLab is
// slow to delete.
func (s *steps) rekey(*rapid.T) {
	s.follow(s.movePlace())
	s.changeKey(false)
	s.apply(mishap{"side by side", http.MethodDelete})
}

// halfway interrupts an apply between the create of a new address and the delete of
// the old one, or the other way round, and applies again.
func (s *steps) halfway(*rapid.T) {
	s.changeKey(false)
	s.apply(mishap{what: "stopped"})
	s.apply(mishap{})
}

func (s *steps) taint(*rapid.T) {
	address := s.address()
	was, ok := s.state[address]
	if !ok {
		s.rt.Skip("not in the state")
	}
	was.tainted = true
	s.state[address] = was
}

// adopt imports what the state has not.
func (s *steps) adopt(*rapid.T) {
	address := s.address()
	w := s.wanted[address]
	delete(s.state, address) // terraform state rm
	for _, i := range s.state {
		if i.kind == w.kind {
			s.rt.Skip("another address has it")
		}
	}
	record := s.record(w)
	id, identity := w.name, map[string]any(nil)
	if w.open {
		id = strings.Repeat("group=", map[bool]int{true: 1}[s.level == gitlab.Groups]) + w.name + ":" + w.Slug
	}
	if s.one("by identity", 2) {
		id, identity = "", map[string]any{s.level.Noun: w.name}
		if w.open {
			identity["slug"] = w.Slug
		}
	}
	got, diags := s.process().resource(w.kind).Import(id, identity)
	if len(diags.Errors()) > 0 {
		if w.Exists(record.Active, &record.Inherited, record.Params) && !s.left(w.name) {
			s.rt.Errorf("import: %s", diags)
		}
		return
	}
	s.state[address] = instance{got, w.kind, false}
	generated := s.one("with the configuration that Terraform generates", 2)
	for _, a := range w.secretsOf {
		s.secrets[w.Slug+" "+a.Name] = record.Params[a.Name]
		if got.Values[a.Name] != nil {
			s.hidden[fmt.Sprint(record.Params[a.Name])] = false
			if generated {
				delete(w.secrets, a.Name)
			}
		}
	}
	s.renderAll()
}

// move takes a state over from the official provider, or from ours at another
// address.
func (s *steps) move(*rapid.T) {
	address := s.address()
	w, was := s.wanted[address], s.state[address]
	if was.Values == nil || w.open || was.tainted {
		s.rt.Skip("nothing to move")
	}
	values := maps.Clone(was.Values)
	provider, kind, private := "registry.opentofu.org/gitlabservices/gitlabservices", w.kind, was.Private
	peers := w.Peer.Types
	if w.level == gitlab.Groups {
		peers = w.Peer.GroupTypes
	}
	if len(peers) > 0 && s.one("from the official provider", 2) {
		provider, kind, private = "registry.terraform.io/gitlabhq/gitlab", peers[len(peers)-1], nil
		for theirs, ours := range w.Peer.Renamed {
			values[theirs] = values[ours]
			delete(values, ours)
		}
	}
	got, diags := s.process().resource(w.kind).Move(provider, kind, mustJSON(values), private)
	if len(diags.Errors()) > 0 {
		s.rt.Errorf("move from %s: %s", kind, diags)
		return
	}
	if private == nil {
		s.nameless = true // The official provider does not keep the id of the record.
		s.trust(w)
	}
	if s.keep(address, instance{got, w.kind, false}); got.Values == nil {
		s.pending = true
	}
}

// forget ends what was expected of the secrets that an operation has sent, or gave
// up to send.
func (s *steps) forget(o operation, done bool) {
	for _, w := range s.wanted {
		if o.block == nil || w.kind != o.block.kind {
			continue
		}
		if done {
			s.trust(w)
			continue
		}
		unseen := w.hides(s.server)
		for _, a := range w.secretsOf {
			delete(s.secrets, w.Slug+" "+a.Name)
			if plainly := o.prior.Values[a.Name] != nil || o.planned.Values[a.Name] != nil; plainly && !slices.Contains(unseen, a.Name) {
				// GitLab shows it, whichever it has, and the state has the plain form.
				for _, value := range []string{w.secrets[a.Name].value, fmt.Sprint(s.record(w).Params[a.Name])} {
					if _, known := s.hidden[value]; known {
						s.hidden[value] = false
					}
				}
			}
		}
	}
}

// trust notes that from now on what GitLab has counts as what Terraform has set.
func (s *steps) trust(w *wanted) {
	record := s.record(w)
	for _, a := range w.secretsOf {
		s.secrets[w.Slug+" "+a.Name] = record.Params[a.Name]
	}
}

func (s *steps) rename(*rapid.T) {
	old := s.movePlace()
	if s.level == gitlab.Projects && s.one("somebody takes the old path", 3) {
		s.server.AddProject(old)
		setsUp := s.one("and sets the service up", 2)
		for _, address := range slices.Sorted(maps.Keys(s.wanted)) {
			if w := s.wanted[address]; setsUp || s.crashes(w) {
				_ = s.server.Edit(old, w.Slug, nil) // Where projects have it.
			}
		}
	}
	if s.one("the configuration follows", 2) {
		s.follow(old)
	}
}

// lose renames the place while the configuration stays, and has somebody set the
// same services up under the path that it had.
func (s *steps) lose(*rapid.T) {
	old := s.movePlace()
	s.server.AddProject(old)
	for _, address := range slices.Sorted(maps.Keys(s.wanted)) {
		_ = s.server.Edit(old, s.wanted[address].Slug, nil) // Where projects have it.
	}
	s.apply(mishap{})
}

// movePlace gives the place another path, and returns the one that it had.
func (s *steps) movePlace() string {
	to := fmt.Sprintf("above/place%d", len(s.former)+1)
	if s.level == gitlab.Groups {
		to = fmt.Sprintf("above/group%d", len(s.former)+1)
		s.must(s.server.RenameGroup(s.project, to))
	} else {
		s.must(s.server.RenameProject(s.project, to))
	}
	old := s.path
	s.former, s.path, s.pending = append(s.former, old), to, true
	return old
}

// follow has the configuration name the place as it is called now.
func (s *steps) follow(old string) {
	for _, w := range s.wanted {
		if w.name == old {
			w.name = s.path
		}
	}
	s.renderAll()
}

func (s *steps) renderAll() {
	for address := range s.blocks {
		s.render(address)
	}
}

func (s *steps) name(*rapid.T) {
	names := []string{s.path, strings.ToUpper(s.path[:1]) + s.path[1:], strconv.FormatInt(s.project, 10)}
	names = append(names, s.former...)
	to := rapid.SampledFrom(names).Draw(s.rt, "name")
	for _, w := range s.wanted {
		w.name = to
	}
	s.renderAll()
}

// foreign is what others do in GitLab, in the place to which the configuration
// leads.
func (s *steps) foreign(*rapid.T) {
	address := s.address()
	w := s.wanted[address]
	place, before := s.at(w.name), s.record(w)
	if _, there := s.server.Record(place, w.Slug); !there {
		s.rt.Skip("not there")
	}
	s.pending = true
	switch rapid.SampledFrom([]string{"setting", "setting too", "secret", "secret too", "off", "deleted", "inherits"}).Draw(s.rt, "what") {
	case "secret", "secret too":
		a := s.argument(s.secretsIn(w))
		s.number++
		value := fmt.Sprintf("%s-f%04d", a.Value, s.number)
		s.hidden[value] = false
		for known := range s.hidden {
			if strings.Contains(value, known) {
				s.hidden[known] = false // It stands there as a part of this one.
			}
		}
		edit := map[string]any{a.Name: value}
		for _, b := range w.settings {
			if slices.Contains(a.With, b.Name) && normalize(before.Params[b.Name]) == normalize(nil) {
				edit[b.Name] = b.Value // GitLab takes neither without the other.
			}
		}
		_ = s.server.Edit(place, w.Slug, edit)
		if after := s.record(w); after.UpdatedAt.Equal(before.UpdatedAt) || a.Unwatched != "" || s.unread || !s.holds(address, a) {
			s.secrets[w.Slug+" "+a.Name] = after.Params[a.Name]
		}
	case "off":
		s.must(s.server.Disable(place, w.Slug))
	case "deleted":
		if s.crashes(w) {
			s.rt.Skip("GitLab 12.3 crashes on it")
		}
		s.must(s.server.Erase(place, w.Slug))
	case "inherits":
		_ = s.server.Inherit(place, w.Slug) // Where there is something to inherit.
	default:
		hidden := w.hides(s.server)
		a := s.argument(slices.DeleteFunc(slices.Clone(w.settings), func(a catalog.Argument) bool { return slices.Contains(hidden, a.Name) }))
		value := a.Value
		if on, is := value.(bool); is && s.one("as the default is", 2) {
			value = !on
		} else if text, is := value.(string); is {
			value = text + "3"
		}
		_ = s.server.Edit(place, w.Slug, map[string]any{a.Name: value}) // Where this GitLab has it.
		s.blind = s.blind || !s.told(w)[a.Name]
	}
}

// crashes reports whether GitLab answers 500 to everybody who asks for the service
// while it is not set up.
func (s *steps) crashes(w *wanted) bool {
	contract, _ := s.server.Contract(w.Slug)
	return contract.DataFields && s.server.Profile() == fakegitlab.V12_3
}

// holds reports whether the state knows of a secret. One of which it does not is
// whosever it is, and stays.
func (m *model) holds(address string, secret catalog.Argument) bool {
	values := m.state[address].Values
	return values[secret.Name] != nil || values[m.wanted[address].versionOf(secret.Name)] != nil
}

func (s *steps) upgrade(*rapid.T) {
	profiles := fakegitlab.Profiles()
	later := profiles[slices.Index(profiles, s.server.Profile())+1:]
	if len(later) == 0 {
		s.rt.Skip("the newest")
	}
	s.must(s.server.Upgrade(rapid.SampledFrom(later).Draw(s.rt, "to")))
	s.pending, s.upgraded = true, true
	s.provider["batch_refresh"] = false // An upgrade changes what is read without a write.
	for _, address := range slices.Sorted(maps.Keys(s.wanted)) {
		w := s.wanted[address]
		if s.crashes(w) && s.taken(w.name) {
			_ = s.server.Edit(s.at(w.name), w.Slug, nil)
		}
		keeps := w.keeps(s.server)
		for _, a := range w.settings {
			if !slices.Contains(keeps, a.Name) && !a.Required {
				delete(w.values, a.Name)
			}
		}
		for name := range w.secrets {
			if !slices.Contains(keeps, name) {
				delete(w.secrets, name)
			}
		}
	}
	s.renderAll()
}

// older has private state be that of an older version of the provider.
func (s *steps) older(*rapid.T) {
	address := s.address()
	was := s.state[address]
	if memoryIn(was.Object).Rest == "" {
		s.rt.Skip("not in the state, or nothing is remembered")
	}
	var keys map[string]json.RawMessage
	s.must(json.Unmarshal([]byte(memoryIn(was.Object).Rest), &keys))
	switch rapid.IntRange(0, 3).Draw(s.rt, "shape") {
	case 0:
		for _, name := range []string{"read_at", "print"} {
			delete(keys, name)
		}
	case 1:
		for _, name := range []string{"read_at", "print", "mark"} {
			delete(keys, name)
		}
	case 2:
		maps.DeleteFunc(keys, func(name string, _ json.RawMessage) bool { return name != "stamp" })
		s.nameless = true
		s.pending = s.pending || len(memoryIn(was.Object).Contradictions) > 0
	case 3: // A mark for all secrets, which is no list.
		keys["adopted"] = []byte("true")
		s.nameless, s.unread = true, true
		s.pending = s.pending || len(memoryIn(was.Object).Contradictions) > 0
	}
	was.Private = mustJSON(map[string][]byte{"service": mustJSON(keys)})
	s.state[address] = was
	if s.unread {
		s.trust(s.wanted[address])
	}
}
