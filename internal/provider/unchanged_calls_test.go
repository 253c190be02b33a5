package provider_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

var unchangedRounds = flag.Int("unchanged.rounds", 6, "how many random refreshes and plans of each service are compared with the framework's")

// TestRefreshesAndPlansAreThoseOfTheFramework lets anybody do anything to a
// service, and compares each refresh and plan with what the framework makes of
// it. A failure prints the seed:
//
//	go test ./internal/provider -run RefreshesAndPlansAreThose -unchanged.seed=N
func TestRefreshesAndPlansAreThoseOfTheFramework(t *testing.T) {
	t.Parallel()
	fast := new(comparison)
	t.Cleanup(func() {
		reads, plans := fast.reads.Load(), fast.plans.Load()
		t.Logf("%d refreshes and %d plans were answered without the framework", reads, plans)
		if reads == 0 || plans == 0 {
			t.Errorf("%d refreshes and %d plans were compared", reads, plans)
		}
	})
	acctest.EachSubject(t, nil, func(t *testing.T, lab *acctest.Lab, service acctest.Subject) {
		seed := *provider.UnchangedSeed
		if seed == 0 {
			seed = rand.Uint64()
		}
		d := rand.New(rand.NewPCG(seed, 0))
		more := map[string]any{}
		if d.IntN(4) == 0 {
			more["detect_secret_drift"] = false
		}
		all := service.Values(acctest.Full(service.Service, lab.Profile()))
		config := service.Values(acctest.Minimal(service.Service))
		connect := func() *ProtocolResource {
			r := Connect(t, lab.Server, more).Of(service)
			r.compare = new(comparison)
			return r
		}
		held, diags := connect().Set(Object{}, config)
		if len(diags.Errors()) > 0 {
			t.Fatalf("seed %d: %s", seed, diags)
		}
		for range *unchangedRounds {
			r := connect()
			r.compare = fast
			switch arguments := service.Arguments(); d.IntN(7) {
			case 0:
				a := arguments[d.IntN(len(arguments))]
				_ = lab.Edit(service.At.Name, service.Slug, map[string]any{a.Name: []any{true, false, "", nil, "other", 7}[d.IntN(6)]}) // Some GitLab refuses.
			case 1:
				failOn(t, lab.Disable(service.At.Name, service.Slug))
			case 2:
				more["detect_secret_drift"] = d.IntN(2) == 0
			case 3:
				a := arguments[d.IntN(len(arguments))]
				if value, ok := all[a.Name]; ok && len(a.With) == 0 {
					config[a.Name] = value
				}
			}
			if record, _ := lab.Record(service.At.Name, service.Slug); record.Active && d.IntN(4) == 0 {
				// Of a service that was imported, no write of our own is known.
				if imported, diags := connect().Import(service.At.Name, nil); len(diags.Errors()) == 0 {
					held = imported
				}
			}
			read, diags := r.Read(held)
			if len(diags.Errors()) > 0 {
				t.Fatalf("seed %d: %s", seed, diags)
			}
			if planned, diags := r.Plan(read, config); len(diags.Errors()) == 0 && len(planned.Replaces) == 0 && d.IntN(2) == 0 {
				held, _ = connect().Apply(read, planned, config)
			} else {
				held = read
			}
			if held.Values == nil {
				held, _ = connect().Set(held, config)
			}
			if held.Values == nil {
				return // What was drawn, the row or GitLab refuses.
			}
		}
		// At last nothing changes, which no framework has to be asked for.
		held, diags = connect().Set(held, config)
		if len(diags.Errors()) > 0 {
			return // What GitLab or the row refuses.
		}
		r := connect()
		read, _ := r.Read(held)
		old := read
		old.Identity = nil // Terraform before 1.12 has none.
		_, _ = r.Plan(old, config)
		planned, diags := r.Plan(read, config)
		respelled := false // That it means the same is for the framework to find.
		for name, value := range config {
			respelled = respelled || fmt.Sprint(read.Values[name]) != fmt.Sprint(value)
		}
		for _, a := range service.Arguments() {
			respelled = respelled || a.Legacy && config[a.Name] != nil // Another default may follow it.
		}
		if len(diags) == 0 && !respelled && reflect.DeepEqual(planned.Values, read.Values) && r.compare.plans.Load() == 0 {
			t.Errorf("seed %d: a plan without a change needed the framework: %v\n%v\n%s", seed, config, read.Values, memoryOf(t, read))
		}
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	}, fakegitlab.V16_0, fakegitlab.V19_1)
}

// TestAnUnchangedServiceIsReadFromTheList holds what the random test cannot: that
// the list is enough where nothing happened, unless GitLab contradicts what is
// sent to it.
func TestAnUnchangedServiceIsReadFromTheList(t *testing.T) {
	t.Parallel()
	acctest.EachSubject(t, nil, func(t *testing.T, lab *acctest.Lab, service acctest.Subject) {
		held, diags := Connect(t, lab.Server).Of(service).Set(Object{}, service.Values(acctest.Minimal(service.Service)))
		if len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}
		// What a PUT answers need not be what a GET does: the first one may be needed.
		held, _ = Connect(t, lab.Server).Of(service).Read(held)
		lab.ResetRequests()
		Connect(t, lab.Server).Of(service).Read(held)
		list := map[*gitlab.Level]string{gitlab.Projects: "services", gitlab.Groups: "integrations"}[service.At.Level]
		want := []string{list}
		if !service.Stamped() || strings.Contains(memoryOf(t, held), "contradictions") {
			want = []string{service.Slug}
		}
		var got []string
		for _, r := range lab.Requests() {
			got = append(got, path.Base(r.Path))
		}
		if !slices.Equal(got, want) && !slices.Equal(got, append([]string{list}, want...)) {
			t.Errorf("asked for %q, want %q; private state %s", got, want, memoryOf(t, held))
		}
	}, fakegitlab.V19_1)
}

// memoryOf is what the provider keeps in private state.
func memoryOf(t *testing.T, of Object) string {
	t.Helper()
	var keys map[string][]byte
	if err := json.Unmarshal(of.Private, &keys); err != nil {
		t.Fatal(err)
	}
	return string(keys["service"])
}

// TestDriftIsSeenWhateverBecomesOfTheList edits every setting of every service,
// and has a refresh by list see what one without sees, also where the list
// fails.
func TestDriftIsSeenWhateverBecomesOfTheList(t *testing.T) {
	t.Parallel()
	const garbage = `[{"id":1,"slug":"slack"`
	faults := map[string]fakegitlab.Fault{
		"a list":                       {Times: 1, Delay: time.Millisecond},
		"a slow one":                   {Delay: 50 * time.Millisecond},
		"one that crashes":             {Status: 500, Body: `{"message":"500 Internal Server Error"}`},
		"one that is forbidden":        {Status: 403, Body: `{"message":"403 Forbidden"}`},
		"one that is not there":        {Status: 404, Body: `{"error":"404 Not Found"}`},
		"one of another place":         {Status: 404, Body: `{"message":"404 Project Not Found"}`},
		"one that is cut off":          {Truncate: true},
		"one that is lost":             {Drop: true},
		"one that is garbage":          {Status: 200, Body: garbage},
		"one without names":            {Status: 200, Body: `[{"id":1,"active":true}]`},
		"one with nothing in it":       {Status: 200, Body: `[]`},
		"one with two of everything":   {Status: 200, Body: `[{"id":1,"slug":"slack","active":true},{"id":2,"slug":"slack","active":true}]`},
		"one that is no list":          {Status: 200, Body: `{}`},
		"one behind a page to sign in": {Status: 200, Body: "<html>Sign in</html>", Header: map[string]string{"Content-Type": "text/html"}},
	}
	names := slices.Sorted(maps.Keys(faults))
	acctest.EachSubject(t, nil, func(t *testing.T, lab *acctest.Lab, service acctest.Subject) {
		config := service.Values(acctest.Minimal(service.Service))
		held, diags := Connect(t, lab.Server).Of(service).Set(Object{}, config)
		if len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}
		if len(service.Secrets()) == 0 {
			// Then no write of our own is known by whose stamp others could be told.
			held, diags = Connect(t, lab.Server).Of(service).Import(service.At.Name, nil)
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}
		}
		full := map[string]any{}
		for _, s := range acctest.Full(service.Service, lab.Profile()) {
			full[s.Name] = s.Value
		}
		at := 0
		for _, a := range service.Arguments() {
			value, ok := full[a.Name]
			if text, is := value.(string); is {
				value = text + "2"
			}
			if !ok || len(a.With) > 0 || lab.Edit(service.At.Name, service.Slug, map[string]any{a.Name: value}) != nil {
				continue
			}
			at++
			fault := faults[names[at%len(names)]]
			for _, end := range []string{"/services", "/integrations"} {
				fault.Method, fault.PathEnds = http.MethodGet, end
				lab.Inject(fault)
			}
			byList, told := Connect(t, lab.Server).Of(service).Read(held)
			lab.ClearFaults()
			byItself, want := Connect(t, lab.Server, eachByItself).Of(service).Read(held)
			if !reflect.DeepEqual(byList.Values, byItself.Values) || told.String() != want.String() {
				t.Errorf("%s is %v, and with %s the state is\n%v%s\nand without\n%v%s", a.Name, value, names[at%len(names)], byList.Values, told, byItself.Values, want)
			}
			if held = byItself; held.Values == nil {
				held, _ = Connect(t, lab.Server).Of(service).Set(Object{}, config)
			}
		}
	}, fakegitlab.V16_0, fakegitlab.V19_1)
}

// TestWhatGitLabWithholdsIsGoneAlthoughItIsListed takes from every service what it
// may need of the instance, an app, a licence or a setting, and what it may not
// stand beside.
func TestWhatGitLabWithholdsIsGoneAlthoughItIsListed(t *testing.T) {
	t.Parallel()
	withheld := map[string]bool{}
	for _, service := range catalog.All() {
		for _, feature := range []string{"github_integration", "google_cloud_support", "jira_connect", "slack_app"} {
			for _, on := range []bool{true, false} {
				lab := acctest.NewLab(t, fakegitlab.V18_9)
				failOn(t, lab.SetFeature(feature, on))
				if lab.Edit(lab.Place, service.Slug, nil) != nil {
					continue
				}
				held, diags := Connect(t, lab.Server).Resource(service).Import(lab.Place, nil)
				if len(diags.Errors()) > 0 {
					continue
				}
				failOn(t, lab.SetFeature(feature, !on))
				byList, _ := Connect(t, lab.Server).Resource(service).Read(held)
				byItself, _ := Connect(t, lab.Server, eachByItself).Resource(service).Read(held)
				if (byList.Values == nil) != (byItself.Values == nil) {
					t.Errorf("%s, %s switched to %t: gone by the list %t, by itself %t", service.Slug, feature, !on, byList.Values == nil, byItself.Values == nil)
				}
				if byItself.Values == nil {
					withheld[service.Slug] = true
				}
			}
		}
		if service.Withheld != withheld[service.Slug] {
			t.Errorf("%s: the table says withheld %t, GitLab %t", service.Slug, service.Withheld, withheld[service.Slug])
		}
	}
}

// TestAWarningOfARefreshIsGivenAgain by the next one, although nothing has
// changed since.
func TestAWarningOfARefreshIsGivenAgain(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	slack := acctest.Service(t, "slack")
	held := Connect(t, lab.Server).Resource(slack).MustSet(Object{}, acctest.Minimal(slack).Values(lab.Place))
	record, _ := lab.Record(lab.Place, slack.Slug)
	lab.Inject(fakegitlab.Fault{Method: http.MethodGet, PathEnds: "/slack", Status: http.StatusOK, Body: fmt.Sprintf(
		`{"id":%d,"active":true,"slug":"slack","updated_at":%q,"inherited":false,"push_events":{},"properties":{}}`,
		record.ID, record.UpdatedAt.Format(time.RFC3339Nano))})
	for _, how := range []map[string]any{eachByItself, nil} {
		var diags Diagnostics
		held, diags = Connect(t, lab.Server, how).Resource(slack).Read(held)
		expectOne(t, diags, true, "Unexpected answer from GitLab", "push_events")
	}
}

// TestPrivateStateThatCannotBeReadIsLeftToTheFramework, which refuses what is no
// JSON, and has keys of its own in it that begin with a dot.
func TestPrivateStateThatCannotBeReadIsLeftToTheFramework(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	wiki := acctest.Service(t, "external-wiki")
	config := acctest.Minimal(wiki).Values(lab.Place)
	held := Connect(t, lab.Server).Resource(wiki).MustSet(Object{}, config)
	for text, plain := range map[string]bool{`{"id":1}`: true, "null": true, "": false, `{"id":`: false, "[]": false, `{"id":"x"}`: false, "\xff": false} {
		for _, keys := range []map[string][]byte{{"service": []byte(text)}, {"service": []byte(text), ".own": []byte("{}")}} {
			held.Private, _ = json.Marshal(keys)
			r := Connect(t, lab.Server).Resource(wiki)
			r.compare = new(comparison)
			r.Read(held)
			r.Plan(held, config)
			if got := r.compare.plans.Load() > 0; got != (plain && len(keys) == 1) {
				t.Errorf("%s: planned without the framework: %t", held.Private, got)
			}
		}
	}
}

// TestACallWithoutAnObjectIsLeftToTheFramework.
func TestACallWithoutAnObjectIsLeftToTheFramework(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	wiki := acctest.Service(t, "external-wiki")
	r := Connect(t, lab.Server).Resource(wiki)
	held := r.MustSet(Object{}, acctest.Minimal(wiki).Values(lab.Place))
	if provider.UnchangedRead(t.Context(), r.server, &tfprotov6.ReadResourceRequest{TypeName: r.name, Private: held.Private}) != nil {
		t.Error("what is not there is unchanged")
	}
	if provider.UnchangedPlan(t.Context(), r.server, &tfprotov6.PlanResourceChangeRequest{TypeName: r.name, PriorPrivate: held.Private}) != nil {
		t.Error("a plan of nothing changes nothing")
	}
	state := r.dynamic(r.object(r.block, held.Values))
	if provider.UnchangedPlan(t.Context(), r.server, &tfprotov6.PlanResourceChangeRequest{TypeName: r.name, PriorPrivate: held.Private, PriorState: state, Config: state}) != nil {
		t.Error("a plan of which nothing is proposed changes nothing")
	}
	lab.ResetRequests()
	broken := &tfprotov6.DynamicValue{MsgPack: []byte{0xc1}}
	if provider.UnchangedRead(t.Context(), r.server, &tfprotov6.ReadResourceRequest{TypeName: r.name, Private: held.Private, CurrentState: broken}) != nil || len(lab.Requests()) > 0 {
		t.Errorf("a state that cannot be read is unchanged, after %d requests", len(lab.Requests()))
	}
}

// TestAListIsAskedOnlyForWhatItMayProve: a state that has no mark, or has not been
// read as it is, is asked for by itself at once.
func TestAListIsAskedOnlyForWhatItMayProve(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	wiki := acctest.Service(t, "external-wiki")
	held := Connect(t, lab.Server).Resource(wiki).MustSet(Object{}, acctest.Minimal(wiki).Values(lab.Place))
	for _, lacks := range []string{"", "mark", "read_at"} {
		var known map[string]any
		failOn(t, json.Unmarshal([]byte(memoryIn(held).Rest), &known))
		delete(known, lacks)
		without := held
		without.Private = mustJSON(map[string][]byte{"service": mustJSON(known)})
		lab.ResetRequests()
		read, diags := Connect(t, lab.Server).Resource(wiki).Read(without)
		requests := lab.Requests()
		if len(diags) > 0 || len(requests) != 1 || strings.HasSuffix(requests[0].Path, "/services") != (lacks == "") {
			t.Errorf("without %q: %v%s", lacks, requests, diags)
		}
		if !strings.Contains(memoryIn(read).Rest, `"mark":`) {
			t.Errorf("without %q it remembers %s", lacks, memoryIn(read).Rest)
		}
	}
}

// TestAListThatFailsIsAskedForOnce by all services of a project, each of which is
// then asked for by itself.
func TestAListThatFailsIsAskedForOnce(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	held := map[string]Object{}
	for _, slug := range []string{"slack", "external-wiki", "pushover"} {
		service := acctest.Service(t, slug)
		held[slug] = Connect(t, lab.Server).Resource(service).MustSet(Object{}, acctest.Minimal(service).Values(lab.Place))
	}
	lab.Inject(fakegitlab.Fault{Method: http.MethodGet, PathEnds: "/services", Status: http.StatusBadGateway})
	lab.ResetRequests()
	connected := Connect(t, lab.Server)
	for slug, was := range held {
		if read, diags := connected.Resource(acctest.Service(t, slug)).Read(was); len(diags) > 0 || !reflect.DeepEqual(read.Values, was.Values) {
			t.Errorf("%s is %v%s", slug, read.Values, diags)
		}
	}
	if got, want := len(lab.Requests()), 1+len(held); got != want {
		t.Errorf("%d requests, want %d", got, want)
	}
}

// TestAListThatIsHeldBackIsWarnedOf, whether it then tells of the service or not:
// what both requests of a refresh wait counts together.
func TestAListThatIsHeldBackIsWarnedOf(t *testing.T) {
	t.Parallel()
	held := func(ends, seconds string) fakegitlab.Fault {
		return fakegitlab.Fault{Method: http.MethodGet, PathEnds: ends, Times: 1,
			Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": seconds}}
	}
	for name, faults := range map[string][]fakegitlab.Fault{
		"it tells of the service": {held("/services", "10")},
		"it does not": {held("/services", "6"), held("/external-wiki", "5"),
			{Method: http.MethodGet, PathEnds: "/services", Status: http.StatusOK, Body: "[]"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lab := acctest.NewLab(t, fakegitlab.V19_1)
			wiki := acctest.Service(t, "external-wiki")
			was := Connect(t, lab.Server).Resource(wiki).MustSet(Object{}, acctest.Minimal(wiki).Values(lab.Place))
			for _, fault := range faults {
				lab.Inject(fault)
			}
			_, diags := Connect(t, lab.Server, map[string]any{"retries": 1}).Resource(wiki).Read(was)
			expectOne(t, diags, true, "Requests were held back", "held back for 1", "in all")
		})
	}
}

// TestEveryOperationThatIsHeldBackIsWarnedOf, side by side: each waits.
func TestEveryOperationThatIsHeldBackIsWarnedOf(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	wiki, asana, slack := acctest.Service(t, "external-wiki"), acctest.Service(t, "asana"), acctest.Service(t, "slack")
	patient := func(s *catalog.Service) *ProtocolResource {
		return Connect(t, lab.Server, map[string]any{"retries": 1}).Resource(s)
	}
	of := func(s *catalog.Service) map[string]any { return acctest.Minimal(s).Values(lab.Place) }
	goes, changes := patient(asana).MustSet(Object{}, of(asana)), patient(slack).MustSet(Object{}, of(slack))
	looks := func(name string) Diagnostics {
		_, diags := Connect(t, lab.Server, map[string]any{"retries": 1}).ReadData(name, map[string]any{"project": lab.Place})
		return diags
	}
	lab.Inject(fakegitlab.Fault{Method: http.MethodGet, PathEnds: "/services", Times: 1, Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "10"}})
	lab.Inject(fakegitlab.Fault{Method: http.MethodGet, PathEnds: "/slack", Times: 1, Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "10"}})
	lab.Inject(fakegitlab.Fault{Method: http.MethodPut, PathEnds: "/external-wiki", Times: 1, Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "10"}})
	lab.Inject(fakegitlab.Fault{Method: http.MethodPut, PathEnds: "/slack", Times: 1, Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "10"}})
	lab.Inject(fakegitlab.Fault{Method: http.MethodDelete, Times: 1, Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "10"}})
	var all sync.WaitGroup
	for operation, do := range map[string]func() Diagnostics{
		"create": func() Diagnostics { _, diags := patient(wiki).Set(Object{}, of(wiki)); return diags },
		"update": func() Diagnostics {
			_, diags := patient(slack).Set(changes, merge(of(slack), map[string]any{"push_events": false}))
			return diags
		},
		"delete":    func() Diagnostics { _, diags := patient(asana).Delete(goes); return diags },
		"inventory": func() Diagnostics { return looks("services") },
		"data":      func() Diagnostics { return looks("slack") },
	} {
		all.Go(func() {
			if diags := do(); len(diags) != 1 || diags[0].Error || diags[0].Summary != "Requests were held back" {
				t.Errorf("%s says%s", operation, diags)
			}
		})
	}
	all.Wait()
}

// TestAPlanWithAWriteOnlySecretNeedsNoFramework, although Terraform proposes the
// secret, which no plan keeps.
func TestAPlanWithAWriteOnlySecretNeedsNoFramework(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	slack := acctest.Service(t, "slack")
	config := acctest.Minimal(slack).WriteOnly().Values(lab.Place)
	r := Connect(t, lab.Server).Resource(slack)
	held := r.MustSet(Object{}, config)
	r.compare = new(comparison)
	if planned, diags := r.Plan(held, config); len(diags) > 0 || !reflect.DeepEqual(planned.Values, held.Values) || r.compare.plans.Load() != 1 {
		t.Errorf("planned %v%s, %d without the framework", planned.Values, diags, r.compare.plans.Load())
	}
}

// TestAPlanThatCannotBeReadIsLeftToTheFramework, whichever part of it cannot.
func TestAPlanThatCannotBeReadIsLeftToTheFramework(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	slack := acctest.Service(t, "slack")
	config := acctest.Minimal(slack).Values(lab.Place)
	r := Connect(t, lab.Server).Resource(slack)
	held := r.MustSet(Object{}, config)
	for part := range 5 {
		req := &tfprotov6.PlanResourceChangeRequest{
			TypeName: r.name, Config: r.dynamic(r.object(r.block, config)), PriorState: r.dynamic(r.object(r.block, held.Values)),
			ProposedNewState: r.dynamic(r.object(r.block, r.proposed(held.Values, config))), PriorPrivate: held.Private,
		}
		unreadable := &tfprotov6.DynamicValue{MsgPack: []byte{0xc1}}
		switch part {
		case 1:
			req.Config = unreadable
		case 2:
			req.PriorState = unreadable
		case 3:
			req.ProposedNewState = unreadable
		case 4:
			req.PriorPrivate = []byte("{")
		}
		if answered := provider.UnchangedPlan(t.Context(), r.server, req) != nil; answered != (part == 0) {
			t.Errorf("part %d: answered without the framework: %t", part, answered)
		}
	}
}

// TestAMoveThatIsRefusedSaysWhatCanBeMoved, of however few types.
func TestAMoveThatIsRefusedSaysWhatCanBeMoved(t *testing.T) {
	t.Parallel()
	p := NewProtocol(t)
	for _, s := range catalog.All() {
		_, diags := p.Resource(s).Move("registry.terraform.io/acme/other", "other_thing", []byte("{}"), nil)
		expectError(t, diags.Errors(), "Unable to move to "+s.ResourceType(), append([]string{"other_thing"}, s.Peer.Types...)...)
	}
}

// TestAStateOfAnotherReleaseIsMoved, of which an attribute is gone.
func TestAStateOfAnotherReleaseIsMoved(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	slack := acctest.Service(t, "slack")
	r := Connect(t, lab.Server).Resource(slack)
	held := r.MustSet(Object{}, acctest.Minimal(slack).Values(lab.Place))
	state := mustJSON(merge(held.Values, map[string]any{"gone": 1}))
	moved, diags := r.Move("registry.opentofu.org/gitlabservices/gitlabservices", r.name, state, held.Private)
	if len(diags) > 0 || !reflect.DeepEqual(moved.Values, held.Values) {
		t.Errorf("it becomes %v%s", moved.Values, diags)
	}
}

// TestAStateInTheOldestFormIsNotMoved: the official provider has to write it anew.
func TestAStateInTheOldestFormIsNotMoved(t *testing.T) {
	t.Parallel()
	r := NewProtocol(t).Resource(acctest.Service(t, "slack"))
	resp, err := r.server.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: "registry.terraform.io/gitlabhq/gitlab", SourceTypeName: "gitlab_integration_slack", TargetTypeName: r.name,
		SourceState: &tfprotov6.RawState{Flatmap: map[string]string{"project": "42"}},
	})
	failOn(t, err)
	expectError(t, diagnostics(resp.Diagnostics), "Unable to move to gitlabservices_slack", "Terraform 0.11 and older", "terraform apply -refresh-only")
}
