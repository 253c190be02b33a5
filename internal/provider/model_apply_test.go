package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"pgregory.net/rapid"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// command refreshes, unless it is told not to, and plans.
func (s *steps) command(refresh bool) ([]operation, bool) {
	s.said = nil
	s.server.ResetRequests()
	p := s.process()
	if refresh && !s.refresh(p) {
		s.rt.Errorf("a refresh fails: %s", s.said)
		return nil, false
	}
	operations, ok := s.plan(p, s.one("backwards", 2))
	for _, d := range s.said.Errors() {
		if !strings.HasPrefix(d.Summary, "Missing ") {
			s.rt.Errorf("a plan fails: %s", s.said)
		}
	}
	for _, r := range s.server.Requests() {
		if r.Method != http.MethodGet {
			s.rt.Errorf("a plan sends %s %s", r.Method, r.Path)
		}
	}
	for _, o := range operations {
		s.checkTraces("the plan of "+o.address, o.planned.Object, s.said)
	}
	return operations, ok
}

func (s *steps) planOnly() {
	state := maps.Clone(s.state)
	s.command(true)
	s.state = state
}

func (s *steps) refreshOnly() {
	s.said = nil
	if s.refresh(s.process()) {
		s.unread = false
	} else {
		s.rt.Errorf("a refresh fails: %s", s.said)
	}
}

// apply plans and does what was planned, in any order.
func (s *steps) apply(t mishap) {
	refresh := !s.one("-refresh=false", 8)
	for _, address := range slices.Sorted(maps.Keys(s.blocks)) {
		b := s.blocks[address]
		b.unknown = nil
		if names := slices.Sorted(maps.Keys(b.config)); s.one("unknown in the plan", 4) {
			b.unknown = rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 3, rapid.ID).Draw(s.rt, "unknown")
			b.unknown = slices.DeleteFunc(b.unknown, func(name string) bool { return name == "slug" || name == s.level.Noun })
		}
	}
	operations, ok := s.command(refresh)
	for _, b := range s.blocks {
		b.unknown = nil
	}
	if !ok {
		return
	}
	if refresh {
		s.unread = false
	}
	if s.one("in the other order", 2) {
		slices.Reverse(operations)
	}
	before := s.records()
	s.server.ResetRequests()
	surprised := s.pending
	said, ok := s.do(operations, t)
	s.said = append(s.said, said...)
	if refresh || !surprised { // Without a refresh, a DELETE goes by the name.
		s.checkOthers(operations, before)
	}
	for address, i := range s.state {
		s.checkTraces("the state of "+address, i.Object, said)
	}
	if !ok || surprised && !refresh {
		for _, o := range operations {
			s.forget(o, ok)
		}
		return
	}
	s.checkRequests(operations)
	p := s.process()
	s.check(p, operations, before)
	s.converges()
	if s.rt.Failed() {
		for _, o := range operations {
			s.rt.Logf("%s was %v %s, planned %v %s", o.address, o.prior.Values, memoryIn(o.prior.Object).Rest, o.planned.Values, memoryIn(o.planned.Object).Rest)
		}
		s.rt.Logf("it says%s", s.said)
	}
}

// mishap is what goes wrong while operations are done, and with which requests.
type mishap struct{ what, method string }

// mishap draws one, or none.
func (s *steps) mishap(some bool) mishap {
	if !some {
		return mishap{}
	}
	what := rapid.SampledFrom([]string{"side by side", "stopped", "killed", "lost", "502", "502 after", "signal", "stale", "unheard"}).Draw(s.rt, "trouble")
	if s.one("with a DELETE", 2) {
		return mishap{what, http.MethodDelete}
	}
	return mishap{what, http.MethodPut}
}

// do applies operations; it is false where one has failed, or was not done.
func (s *steps) do(operations []operation, t mishap) (said Diagnostics, ok bool) {
	p := s.process()
	what, method := t.what, t.method
	defer s.server.ClearFaults()
	ok = true
	switch what {
	case "side by side", "signal":
		s.server.Inject(fakegitlab.Fault{Method: method, Times: 1, Delay: 5 * time.Millisecond})
	case "lost":
		s.server.Inject(fakegitlab.Fault{Method: method, Times: 1, Drop: true, AfterApply: true})
	case "stale": // A proxy or a database that lags: GitLab does it, and answers what it was before.
		if body := s.shownNow(operations); body != "" {
			s.server.Inject(fakegitlab.Fault{Method: http.MethodPut, Times: 1, Status: http.StatusOK, Body: body, AfterApply: true})
		}
	case "unheard": // Or GitLab says that all is well, and does nothing, as 17.3 and later may.
		s.server.Inject(fakegitlab.Fault{Method: http.MethodPut, Times: 1, Unheard: true})
		s.blind = true
	case "502":
		s.server.Inject(fakegitlab.Fault{Method: method, Times: 1, Status: http.StatusBadGateway})
	case "502 after":
		s.server.Inject(fakegitlab.Fault{Method: method, Times: 1, Status: http.StatusBadGateway, AfterApply: true})
	}
	if what == "stopped" && len(operations) > 0 {
		operations, ok = operations[:len(operations)-1], false
	}
	results, answers := make([]instance, len(operations)), make([]Diagnostics, len(operations))
	one := func(i int) { results[i], answers[i] = s.workspace.apply(p, &operations[i]) }
	var all sync.WaitGroup
	for i := range operations {
		if all.Go(func() { one(i) }); what != "side by side" && what != "signal" {
			all.Wait()
		}
	}
	if what == "signal" && len(operations) > 0 {
		s.arrived(method, &all)
		p.Stop()
		ok = false
	}
	all.Wait()
	for i, o := range operations {
		said = append(said, answers[i]...)
		ok = ok && len(answers[i].Errors()) == 0
		if what == "killed" && i == len(operations)-1 {
			ok = false // GitLab may have done it, and the state does not know.
			break
		}
		s.keep(o.address, results[i])
		if after, there := s.state[o.address]; there && memoryIn(after.Object).Rest == "" {
			s.nameless, s.unread = true, true // Of what is tainted, core hands on no private state.
		}
	}
	ok = ok && what != "stale" && what != "unheard" // Which the next plan may take for a write by somebody else.
	s.pending = s.pending || !ok
	return said, ok
}

// shownNow is what GitLab answers for the service of the first operation; "" where
// it has none.
func (s *steps) shownNow(operations []operation) string {
	for _, w := range s.wanted {
		if len(operations) > 0 && s.slugOf(operations[0]) == w.Slug && s.record(w).Active {
			code, body := ask(s.server, http.MethodGet, w.level, s.at(w.name), w.Slug, nil)
			if code == http.StatusOK {
				return body
			}
		}
	}
	return ""
}

// arrived waits until a write is under way, or all is done.
func (s *steps) arrived(method string, all *sync.WaitGroup) {
	done := make(chan struct{})
	go func() { all.Wait(); close(done) }()
	for {
		select {
		case <-done:
			return
		case <-time.After(200 * time.Microsecond):
		}
		for _, r := range s.server.Requests() {
			if r.Method == method && r.Status == 0 {
				return
			}
		}
	}
}

// checkOthers finds what an apply has changed that it was not to touch.
func (s *steps) checkOthers(operations []operation, before map[string]fakegitlab.Record) {
	for key, is := range s.records() {
		mine := false
		for _, o := range operations {
			id := memoryIn(o.prior.Object).ID
			mine = mine || id != 0 && id == before[key].ID || o.block != nil && key == s.at(fmt.Sprint(o.block.config[s.level.Noun]))+" "+s.slugOf(o)
		}
		if was := before[key]; !mine && !was.UpdatedAt.Equal(is.UpdatedAt) && !s.nameless {
			s.rt.Errorf("an apply that is not about %s changes it: from %+v to %+v", key, was, is)
		}
	}
}

func (s *steps) slugOf(o operation) string {
	kind := o.prior.kind
	if o.block != nil {
		kind = o.block.kind
	}
	for _, w := range s.wanted {
		if w.kind == kind {
			return w.Slug
		}
	}
	return ""
}

// checkRequests holds an apply to what it may send: one PUT a write, with a GET
// after it where the settings are inherited.
func (s *steps) checkRequests(operations []operation) {
	counts := map[string]int{}
	for _, r := range s.server.Requests() {
		if r.Status != http.StatusBadRequest && r.Status != http.StatusMethodNotAllowed && r.Status != http.StatusNotFound {
			counts[r.Method]++
		}
	}
	writes, deletes, logins := 0, 0, 0
	for _, o := range operations {
		if o.block == nil || o.replaces {
			deletes++
		}
		if o.block != nil && (o.prior.Values == nil || o.replaces || !s.renamesOnly(o)) {
			writes++
			if s.mayFindALogin(o) {
				logins++
			}
		}
	}
	if counts[http.MethodPut] < writes || counts[http.MethodPut] > writes+logins || counts[http.MethodDelete] > deletes {
		s.rt.Errorf("%d writes and %d deletes send %v", writes, deletes, counts)
	}
}

// mayFindALogin reports whether a write may be followed by another that clears the
// login of a service which somebody else has set up.
func (s *steps) mayFindALogin(o operation) bool {
	for _, w := range s.wanted {
		if w.kind == o.block.kind && slices.ContainsFunc(w.secretsOf, func(a catalog.Argument) bool { return s.half(w, a, o.planned.Object) }) {
			return true
		}
	}
	return false
}

// renamesOnly reports whether nothing but the name of the place is another.
func (s *steps) renamesOnly(o operation) bool {
	for name, value := range o.planned.Values {
		if name != s.level.Noun && !same(value, o.prior.Values[name]) {
			return false
		}
	}
	return true
}

// converges fails the test unless the next plan is empty and has nothing to say,
// except where the apply has said why.
func (s *steps) converges() {
	if s.heard(append([]string{"GitLab did not keep a value", "Service of another record"}, offSummaries...)...) {
		s.pending = true
		return
	}
	s.pending = false
	applied, state := s.said, maps.Clone(s.state)
	operations, ok := s.command(true)
	for _, o := range operations {
		changes := []string{}
		for name, value := range o.planned.Values {
			if !same(value, o.prior.Values[name]) && !s.endsUnseen(o, name) {
				changes = append(changes, fmt.Sprintf("%s: %v -> %v", name, o.prior.Values[name], value))
			}
		}
		if len(changes) > 0 || o.block == nil {
			s.rt.Errorf("the plan after an apply changes %s: %s (in the state: %t)%s", o.address, strings.Join(changes, ", "), o.prior.Values != nil, s.said)
		}
	}
	if !ok {
		s.rt.Errorf("the plan after an apply fails: %s", s.said)
	}
	s.said, s.state = applied, state
}

// endsUnseen reports whether an attribute is of a secret that ignore_changes
// keeps from every plan but the first, or that came with an import: that the
// configuration has it, a second plan cannot know.
func (s *steps) endsUnseen(o operation, name string) bool {
	return o.block != nil && slices.Contains(o.block.ignored, strings.TrimSuffix(name, "_wo_version")+"_wo")
}

// settle ends a run: what is wanted, with nothing ignored, comes about.
func (s *steps) settle() {
	for _, b := range s.blocks {
		b.ignored = nil
	}
	s.apply(mishap{})
}

// checkTraces finds a write-only secret where it must not stand, and any in
// private state or in a message.
func (m *model) checkTraces(where string, object Object, diags Diagnostics) {
	values, private := fmt.Sprint(object.Values), memoryIn(object).Rest
	for secret, only := range m.hidden {
		if only && strings.Contains(values, secret) || strings.Contains(private, secret) || strings.Contains(diags.String(), secret) {
			m.t.Errorf("%s has the secret %s: %s %s %s", where, secret, values, private, diags)
		}
	}
}

// remembered is what the model knows of the provider's private state.
type remembered struct {
	ID             int64                      `json:"id"`
	Contradictions map[string]json.RawMessage `json:"contradictions"`
	Untold         bool                       `json:"untold"`
	Rest           string                     `json:"-"`
}

func memoryIn(of Object) (out remembered) {
	var keys map[string][]byte
	_ = json.Unmarshal(of.Private, &keys)
	_ = json.Unmarshal(keys["service"], &out) // An older one may be unreadable.
	out.Rest = string(keys["service"])
	return out
}

// sent is how many PUTs of the service GitLab took since the apply began.
func (m *model) sent(slug string) int {
	n := 0
	for _, r := range m.server.Requests() {
		if r.Method == http.MethodPut && path.Base(r.Path) == slug && r.Status == http.StatusOK {
			n++
		}
	}
	return n
}

// records are all that GitLab holds, by path and slug.
func (m *model) records() map[string]fakegitlab.Record {
	out := map[string]fakegitlab.Record{}
	for _, r := range m.server.Snapshot().Records {
		out[r.Place+" "+r.Slug] = r.Record
	}
	return out
}

// told are the settings that GitLab's answers have.
func (m *model) told(w *wanted) map[string]bool {
	var answer map[string]any
	_, body := ask(m.server, http.MethodGet, w.level, m.at(w.name), w.Slug, nil)
	_ = json.Unmarshal([]byte(body), &answer)
	properties, _ := answer["properties"].(map[string]any)
	out := map[string]bool{}
	for name := range properties {
		out[name] = true
	}
	for name := range answer {
		out[name] = true
	}
	return out
}
