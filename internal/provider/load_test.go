package provider_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

var (
	loadResources = flag.Int("load.resources", 40, "how many resources the test of load has")
	loadSeed      = flag.Uint64("load.seed", 0, "seed of the faults of the test of load; 0 draws one")
)

// loadServices are what each project of the test has: a secret that stamps guard,
// one in a second table, none, and a login.
var loadServices = []string{"slack", "jira", "external-wiki", "jenkins"}

// atATime is how many operations are under way: -parallelism=50.
const atATime = 50

// loaded is a workspace of which the test plays Terraform: a state and a
// configuration, by project and slug.
type loaded struct {
	t       *testing.T
	server  *fakegitlab.Server
	mu      sync.Mutex
	state   map[string]Object
	wanted  map[string]obj
	errors  []string // of the last apply
	changed int      // by the last apply
}

// TestUnderLoad: fifty operations at a time, one answer in ten faulty, GitLab
// restarted in the middle, somebody else at work, and then two states on the same
// services. Whatever comes of it is in the states, or is said.
func TestUnderLoad(t *testing.T) {
	t.Parallel()
	seed := *loadSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("again with -load.seed=%d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	server := acctest.Server(t, fakegitlab.V18_9)
	projects := max(*loadResources/len(loadServices), 1)
	for i := range projects {
		server.AddProject(fmt.Sprintf("group/p%d", i))
	}
	server.InjectRandom(seed, 0.1, faultsOfLoad()...)
	w := newLoaded(t, server)
	for i := range projects {
		for _, slug := range loadServices {
			w.want(i, slug, "a")
		}
	}

	during(t, server, len(w.wanted)/2, w.converge)
	w.agree("after the first apply")

	for _, key := range slices.Sorted(maps.Keys(w.wanted)) {
		project, slug, _ := strings.Cut(key, " ")
		switch random.IntN(6) {
		case 0:
			delete(w.wanted, key)
		case 1:
			w.change(key, "b")
		case 2:
			failOn(t, server.Edit(project, slug, map[string]any{"push_events": false}))
		case 3:
			failOn(t, server.Disable(project, slug))
		}
	}
	during(t, server, len(w.wanted)/4, w.converge)
	w.agree("after the changes")

	other := newLoaded(t, server)
	for i := range projects {
		for _, slug := range loadServices {
			other.want(i, slug, "other")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(w.wanted)) {
		if w.change(key, "c"); random.IntN(3) == 0 {
			delete(w.wanted, key)
		}
	}
	during(t, server, len(w.wanted), func() {
		var both sync.WaitGroup
		both.Go(w.apply)
		both.Go(other.apply)
		both.Wait()
	})
	w.onlyGaveUp()
	other.onlyGaveUp()
	server.ClearFaults()
	w.agreeOrSay("the first of two states")
	other.agreeOrSay("the second of two states")
	// One after the other, as they should have been: the last one has it all.
	w.converge()
	other.converge()
	other.agree("in the end")
}

// faultsOfLoad are what goes wrong: errors of GitLab and of what stands before it,
// before or after the work, lost and broken answers, limits, and slowness. All that
// have an answer ask to come again at once, or the test would wait for most of
// its time.
func faultsOfLoad() []fakegitlab.Fault {
	at := func(status int, after bool) fakegitlab.Fault {
		return fakegitlab.Fault{Status: status, AfterApply: after, Body: "<html><body>GitLab is not responding</body></html>", Header: map[string]string{"Retry-After": "0"}}
	}
	limited := at(http.StatusTooManyRequests, false)
	limited.Header["RateLimit-Limit"], limited.Header["RateLimit-Remaining"] = "60000", "0"
	return []fakegitlab.Fault{
		limited, at(502, true), at(502, false), at(503, false), at(504, true), at(409, false),
		{Drop: true}, {Drop: true, AfterApply: true}, {Truncate: true}, {Delay: 30 * time.Millisecond},
	}
}

// during does something while GitLab is restarted after so many more writes. What
// is stored stays.
func during(t *testing.T, server *fakegitlab.Server, writes int, do func()) {
	t.Helper()
	addr := strings.TrimPrefix(server.URL(), "http://")
	var seen atomic.Int64
	var restart sync.WaitGroup
	server.Observe(func(r fakegitlab.Request, _ time.Duration) {
		if r.Method != http.MethodPut || seen.Add(1) != int64(writes) {
			return
		}
		restart.Go(func() {
			server.Close()
			if err := server.StartAddr(addr); err != nil {
				t.Error(err)
			}
		})
	})
	do()
	restart.Wait()
	server.Observe(nil)
	if seen.Load() < int64(writes) {
		t.Errorf("GitLab was not restarted: %d writes of %d", seen.Load(), writes)
	}
}

func newLoaded(t *testing.T, server *fakegitlab.Server) *loaded {
	t.Helper()
	return &loaded{t: t, server: server, state: map[string]Object{}, wanted: map[string]obj{}}
}

// want configures a service of a project: its secret and one event tell whose it
// is.
func (w *loaded) want(project int, slug, whose string) {
	key := fmt.Sprintf("group/p%d %s", project, slug)
	w.wanted[key] = acctest.Minimal(acctest.Service(w.t, slug)).Values(fmt.Sprintf("group/p%d", project))
	w.change(key, whose)
}

// change gives what is free text of a service, and its secrets, to somebody.
func (w *loaded) change(key, whose string) {
	_, slug, _ := strings.Cut(key, " ")
	config := maps.Clone(w.wanted[key])
	for name, base := range map[string]map[string]string{
		"slack":         {"webhook": "https://hooks.example.com/", "username": ""},
		"jira":          {"username": "user-", "password": "password-"},
		"external-wiki": {"external_wiki_url": "https://wiki.example.com/"},
		"jenkins":       {"project_name": "", "username": "user-", "password": "password-"},
	}[slug] {
		config[name] = base + whose
	}
	w.wanted[key] = config
}

// parallel does something for each key, so many at a time.
func (w *loaded) parallel(keys []string, do func(key string)) {
	work := make(chan string)
	var workers sync.WaitGroup
	for range atATime {
		workers.Go(func() {
			for key := range work {
				do(key)
			}
		})
	}
	for _, key := range keys {
		work <- key
	}
	close(work)
	workers.Wait()
}

func (w *loaded) connect() *Protocol {
	p := Connect(w.t, w.server, map[string]any{"retries": 5})
	p.Timeout = 10 * time.Minute
	return p
}

func (w *loaded) of(p *Protocol, key string) *ProtocolResource {
	_, slug, _ := strings.Cut(key, " ")
	return p.Resource(acctest.Service(w.t, slug))
}

func (w *loaded) held(key string) (Object, obj) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.state[key], w.wanted[key]
}

// keep takes over what a call has left, and its errors.
func (w *loaded) keep(key string, after Object, diags Diagnostics) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state[key] = after
	if after.Values == nil {
		delete(w.state, key)
	}
	for _, d := range diags.Errors() {
		w.errors = append(w.errors, key+": "+d.Summary+": "+d.Detail)
	}
}

// apply is one "terraform apply": a process that refreshes and plans, and one that
// does what was planned. What fails stays as it was.
func (w *loaded) apply() {
	keys := slices.Sorted(maps.Keys(w.wanted))
	for _, key := range slices.Sorted(maps.Keys(w.state)) {
		if w.wanted[key] == nil {
			keys = append(keys, key)
		}
	}
	w.errors, w.changed = nil, 0
	var mu sync.Mutex
	plans := map[string]Planned{}
	planning := w.connect()
	w.parallel(keys, func(key string) {
		r := w.of(planning, key)
		prior, config := w.held(key)
		if prior.Values != nil {
			read, diags := r.Read(prior)
			w.keep(key, read, diags)
			if prior = read; len(diags.Errors()) > 0 || prior.Values == nil && config == nil {
				return
			}
		}
		if prior.Values == nil {
			prior = Object{}
		}
		planned, diags := r.Plan(prior, config)
		w.keep(key, prior, diags)
		if len(diags.Errors()) == 0 && differing(prior.Values, planned.Values) != nil {
			mu.Lock()
			defer mu.Unlock()
			plans[key] = planned
		}
	})
	if len(w.errors) > 0 {
		return // Terraform applies nothing of a plan with an error.
	}
	applying := w.connect()
	w.changed = len(plans)
	w.parallel(slices.Sorted(maps.Keys(plans)), func(key string) {
		prior, config := w.held(key)
		after, diags := w.of(applying, key).Apply(prior, plans[key], config)
		w.keep(key, after, diags)
	})
}

// converge applies until nothing fails and nothing is to be done, as a user would
// who sees errors of a GitLab in trouble.
func (w *loaded) converge() {
	w.t.Helper()
	for range 10 {
		w.apply()
		w.onlyGaveUp()
		if len(w.errors) == 0 && w.changed == 0 {
			return
		}
	}
	w.t.Fatalf("after ten applies there are %d errors and %d changes: %.3s", len(w.errors), w.changed, w.errors)
}

// onlyGaveUp holds that no error is one of the provider.
func (w *loaded) onlyGaveUp() {
	w.t.Helper()
	for _, said := range w.errors {
		if !strings.Contains(said, "gave up after ") {
			w.t.Errorf("an error that no fault explains: %s", said)
		}
	}
}

// ours reports whether GitLab has a service as it is configured; what is not
// configured is not to be there.
func (w *loaded) ours(key string) bool {
	project, slug, _ := strings.Cut(key, " ")
	record, ok := w.server.Record(project, slug)
	config, wanted := w.wanted[key]
	if on := ok && record.Active; on != wanted || !wanted {
		return on == wanted
	}
	for name, value := range config {
		if name != "project" && normalize(record.Params[name]) != normalize(value) {
			return false
		}
	}
	_, has := acctest.Service(w.t, slug).Attributes()["push_events"]
	return !has || record.Flags["push_events"] == true
}

// agree holds that GitLab, the state and the configuration say the same.
func (w *loaded) agree(when string) {
	w.t.Helper()
	for i := range len(w.server.Projects()) {
		for _, slug := range loadServices {
			key := fmt.Sprintf("group/p%d %s", i, slug)
			state, config := w.held(key)
			if !w.ours(key) || (state.Values != nil) != (config != nil) {
				w.t.Errorf("%s: GitLab has %s as it should be: %t; it is in the state: %t, and wanted: %t", when, key, w.ours(key), state.Values != nil, config != nil)
			}
			for name, value := range config {
				if state.Values != nil && !same(state.Values[name], value) {
					w.t.Errorf("%s: the state has %s of %s = %v", when, name, key, state.Values[name])
				}
			}
		}
	}
}

// agreeOrSay holds that a plan shows each service that GitLab has otherwise than
// this state and its configuration, and no other.
func (w *loaded) agreeOrSay(which string) {
	w.t.Helper()
	r := w.connect()
	lost := 0
	for _, key := range slices.Sorted(maps.Keys(w.wanted)) {
		prior, config := w.held(key)
		if prior.Values != nil {
			prior, _ = w.of(r, key).Read(prior)
		}
		if prior.Values == nil {
			prior = Object{}
		}
		planned, diags := w.of(r, key).Plan(prior, config)
		said := len(diags.Errors()) > 0 || differing(prior.Values, planned.Values) != nil
		ours := w.ours(key)
		if !ours {
			lost++
		}
		// Who wrote last and lost an answer may plan a create of what it has.
		if !ours && !said {
			w.t.Errorf("%s does not say that %s is another's", which, key)
		}
	}
	w.t.Logf("%s has lost %d of %d services, and says so", which, lost, len(w.wanted))
}
