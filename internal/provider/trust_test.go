package provider_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// expectOne wants one diagnostic that says all of the texts.
func expectOne(t *testing.T, diags Diagnostics, warning bool, texts ...string) {
	t.Helper()
	kind, found := "error", diags.Errors()
	if warning {
		kind, found = "warning", slices.DeleteFunc(slices.Clone(diags), func(d Diagnostic) bool { return d.Error })
	}
	if len(found) != 1 || len(diags) != 1 {
		t.Fatalf("want one %s and nothing else:\n%s", kind, diags)
	}
	for _, text := range texts {
		if !strings.Contains(diags.String(), text) {
			t.Errorf("the %s lacks %q:\n%s", kind, text, diags)
		}
	}
}

// TestAPathThatAnotherProjectHasTakenIsNotOurs: the project was moved, another
// team made one of that path and set up a service of its own.
func TestAPathThatAnotherProjectHasTakenIsNotOurs(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	ours := server.AddProject("g/p")
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	config := map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/ours"}
	held := slack.MustSet(Object{}, config)
	was, _ := server.Record("g/p", "slack")
	if err := server.RenameProject(ours.ID, "g/moved"); err != nil {
		t.Fatal(err)
	}
	server.AddProject("g/p")
	theirs := Connect(t, server).Resource(acctest.Service(t, "slack"))
	theirs.MustSet(Object{}, map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/theirs"})
	is, _ := server.Record("g/p", "slack")

	server.ResetRequests()
	read, diags := slack.Read(held)
	if read.Values != nil {
		t.Error("their service passes for ours")
	}
	expectOne(t, diags, true, "Service of another record", strconv.FormatInt(was.ID, 10), strconv.FormatInt(is.ID, 10), `project "g/p"`)
	// The list tells of another record, which a GET of its own has to confirm.
	if counts := server.Counts(); counts[http.MethodGet] != 2 || len(counts) != 1 {
		t.Errorf("sent %v", counts)
	}
}

// TestTwoNamesOfOneProjectInTheStateAreNoticed: such resources flip each other
// in every plan.
func TestTwoNamesOfOneProjectInTheStateAreNoticed(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	id := strconv.FormatInt(server.AddProject("g/p").ID, 10)
	slack := acctest.Service(t, "slack")
	config := func(project, channel string) map[string]any {
		return map[string]any{"project": project, "webhook": "https://hooks.slack.com/services/T0/B0/x", "channel": channel}
	}
	byPath := Connect(t, server).Resource(slack).MustSet(Object{}, config("g/p", "#a"))
	byID := Connect(t, server).Resource(slack).MustSet(Object{}, config(id, "#b"))

	plan := Connect(t, server).Resource(slack)
	if _, diags := plan.Plan(byPath, config("g/p", "#a")); len(diags) > 0 {
		t.Fatal(diags)
	}
	_, diags := plan.Plan(byID, config(id, "#b"))
	expectOne(t, diags, true, "Two resources for one service")
}

// TestAnotherNameOfTheSameProjectIsNoWrite: GitLab has nothing to be told, so
// that no secret is wanted either.
func TestAnotherNameOfTheSameProjectIsNoWrite(t *testing.T) {
	t.Parallel()
	for name, from := range map[string]string{"its id": "1", "its path in other letters": "G/P", "the path that it had": "g/old"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, fakegitlab.V19_1)
			project := server.AddProject("g/old")
			slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
			slack.MustSet(Object{}, map[string]any{"project": "g/old", "webhook": "https://hooks.slack.com/services/T0/B0/x"})
			if err := server.RenameProject(project.ID, "g/p"); err != nil {
				t.Fatal(err)
			}
			adopted, diags := slack.Import(from, nil)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			server.ResetRequests()
			config := map[string]any{"project": "g/p"}
			planned, diags := slack.Plan(adopted, config)
			if len(diags) > 0 || len(planned.Replaces) > 0 {
				t.Fatalf("replaces %v\n%s", planned.Replaces, diags)
			}
			after, diags := slack.Apply(adopted, planned, config)
			if len(diags) > 0 || after.Values["project"] != "g/p" || after.Identity["project"] != "g/p" {
				t.Errorf("%v, identity %v\n%s", after.Values["project"], after.Identity, diags)
			}
			if counts := server.Counts(); counts[http.MethodPut]+counts[http.MethodDelete] > 0 || counts[http.MethodGet] > 3 {
				t.Errorf("sent %v", counts)
			}
		})
	}
}

// TestAPlanLocksNobodyOut: destroy plans first, so that what is in the state gets
// no error from a plan; the write is refused instead, before it sends anything.
func TestAPlanLocksNobodyOut(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	slack.MustSet(Object{}, map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x"})
	adopted, diags := slack.Import("g/p", nil)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if err := server.Edit("g/p", "slack", map[string]any{"push_events": false}); err != nil {
		t.Fatal(err)
	}
	drifted, diags := slack.Read(adopted)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	config := map[string]any{"project": "g/p"}
	planned, diags := slack.Plan(drifted, config)
	expectOne(t, diags, true, "Missing webhook", "webhook_wo")
	if planned.Values["push_events"] != true {
		t.Errorf("the plan hides the drift: push_events is %v", planned.Values["push_events"])
	}
	server.ResetRequests()
	_, diags = slack.Apply(drifted, planned, config)
	expectOne(t, diags, false, "Missing webhook")
	if got := server.Requests(); len(got) > 0 {
		t.Errorf("sent %s %s", got[0].Method, got[0].Path)
	}
	if _, diags := Connect(t, server).Resource(acctest.Service(t, "slack")).Delete(drifted); len(diags) > 0 {
		t.Error(diags)
	}

	_, diags = slack.Plan(Object{}, config)
	expectOne(t, diags, false, "Missing webhook", "-refresh=false")
}

// TestProjectsThatCannotBeComparedArePlannedInPlaceAndComparedAgain: the plan
// cannot ask GitLab, the apply can, or cannot either.
func TestProjectsThatCannotBeComparedArePlannedInPlaceAndComparedAgain(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		to      string
		faulty  bool   // at the apply too
		refused string // "": applied
	}{
		"the same project":         {to: "1"},
		"another project":          {to: "2", refused: "are two projects"},
		"GitLab does not say":      {to: "1", faulty: true, refused: "once GitLab answers"},
		"GitLab does not say, two": {to: "2", faulty: true, refused: "once GitLab answers"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, fakegitlab.V19_1)
			server.AddProject("g/p")
			server.AddProject("g/q")
			slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
			config := map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x", "channel": "#a"}
			held := slack.MustSet(Object{}, config)
			config["project"], config["channel"] = test.to, "#b"
			lookups := fakegitlab.Fault{Method: http.MethodGet, PathContains: "/projects/g%2Fp", Status: http.StatusBadGateway}
			server.Inject(lookups)
			planned, diags := slack.Plan(held, config)
			expectOne(t, diags, true, "Unable to compare projects", "502")
			if len(planned.Replaces) > 0 || planned.Values["channel"] != "#b" {
				t.Fatalf("replaces %v, channel %v", planned.Replaces, planned.Values["channel"])
			}
			if got, want := memoryIn(planned.Object).ID, memoryIn(held).ID; got != want || want == 0 {
				t.Errorf("the plan remembers the record %d, and it is %d", got, want)
			}
			if !test.faulty {
				server.ClearFaults()
			}
			server.ResetRequests()
			after, diags := slack.Apply(held, planned, config)
			if test.refused == "" {
				if len(diags) > 0 || after.Values["channel"] != "#b" {
					t.Errorf("channel %v\n%s", after.Values["channel"], diags)
				}
				return
			}
			expectOne(t, diags, false, test.refused)
			if counts := server.Counts(); counts[http.MethodPut] > 0 {
				t.Errorf("sent %v", counts)
			}
			server.ClearFaults()
			if _, diags := Connect(t, server).Resource(acctest.Service(t, "slack")).Delete(held); len(diags) > 0 {
				t.Error(diags)
			}
		})
	}
}

// TestNamesAreLookedUpOnceAPlan: five services of each of many projects follow
// the renames of their projects.
func TestNamesAreLookedUpOnceAPlan(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	const projects = 20
	slugs := []string{"slack", "jira", "external-wiki", "pushover", "emails-on-push"}
	connected := Connect(t, server)
	type held struct {
		object Object
		config map[string]any
		r      *ProtocolResource
	}
	var all []held
	for i := range projects {
		id := server.AddProject(fmt.Sprintf("g/old%d", i)).ID
		for _, slug := range slugs {
			service := acctest.Service(t, slug)
			config := acctest.Minimal(service).Values(fmt.Sprintf("g/old%d", i))
			all = append(all, held{connected.Resource(service).MustSet(Object{}, config), config, nil})
		}
		if err := server.RenameProject(id, fmt.Sprintf("g/new%d", i)); err != nil {
			t.Fatal(err)
		}
	}
	again := Connect(t, server)
	server.ResetRequests()
	for i := range all {
		all[i].r = again.Resource(acctest.Service(t, slugs[i%len(slugs)]))
		all[i].config["project"] = fmt.Sprintf("g/new%d", i/len(slugs))
		planned, diags := all[i].r.Plan(all[i].object, all[i].config)
		if len(diags) > 0 || len(planned.Replaces) > 0 {
			t.Fatalf("replaces %v\n%s", planned.Replaces, diags)
		}
		// The same process, so that it still knows.
		if _, diags := all[i].r.Apply(all[i].object, planned, all[i].config); len(diags) > 0 {
			t.Fatal(diags)
		}
	}
	// The old path is one request and its redirect.
	if counts := server.Counts(); counts[http.MethodGet] > 3*projects || len(counts) > 1 {
		t.Errorf("sent %v for %d projects", counts, projects)
	}
}

// TestAStateOfTheOfficialProviderComesFromAnyMirror: what tells the official
// provider is the last part of its address.
func TestAStateOfTheOfficialProviderComesFromAnyMirror(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	wiki := Connect(t, server).Resource(acctest.Service(t, "external-wiki"))
	wiki.MustSet(Object{}, map[string]any{"project": "g/p", "external_wiki_url": "https://wiki.example.com"})
	const kind, state = "gitlab_service_external_wiki", `{"id":"1","project":"1","external_wiki_url":"https://wiki.example.com"}`
	for address, taken := range map[string]bool{
		"registry.terraform.io/gitlabhq/gitlab": true, "registry.opentofu.org/gitlabhq/gitlab": true, "gitlab": true,
		"registry.terraform.io/gitlab-org/gitlab": true, "mirror.example.com/platform/gitlab": true,
		"registry.terraform.io/gitlabhq/github": false, "registry.terraform.io/gitlabhq/notgitlab": false,
	} {
		moved, diags := wiki.Move(address, kind, []byte(state), nil)
		if (len(diags) == 0) != taken || (moved.Values != nil) != taken || taken && moved.Identity["project"] != "1" {
			t.Errorf("%s: %v, %v\n%s", address, moved.Values, moved.Identity, diags)
		}
	}
}

// TestAStateOfAnotherAddressOfTheProviderIsKeptAsItIs: values, identity and private
// state.
func TestAStateOfAnotherAddressOfTheProviderIsKeptAsItIs(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	wiki := Connect(t, server).Resource(acctest.Service(t, "external-wiki"))
	held := wiki.MustSet(Object{}, map[string]any{"project": "g/p", "external_wiki_url": "https://wiki.example.com"})
	const address, kind = "registry.opentofu.org/gitlabservices/gitlabservices", "gitlabservices_external_wiki"
	moved, diags := wiki.Move(address, kind, mustJSON(held.Values), held.Private)
	if len(diags) > 0 || !reflect.DeepEqual(moved.Values, held.Values) || !reflect.DeepEqual(moved.Identity, held.Identity) || memoryIn(moved).Rest != memoryIn(held).Rest {
		t.Errorf("it is %+v, and was %+v%s", moved, held, diags)
	}
	for _, state := range []string{`{"project":{}}`, `{"project":""}`, `null`, `[]`} {
		moved, diags := wiki.Move(address, kind, []byte(state), nil)
		expectOne(t, diags, false, "not readable")
		if moved.Values != nil {
			t.Errorf("%s is taken for %v", state, moved.Values)
		}
	}
}

// TestAnImportSaysThatATrackerWasNeverSetUp where GitLab 12.x answers 500 to the
// question. For a resource in the state, that is an error and not its end.
func TestAnImportSaysThatATrackerWasNeverSetUp(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	redmine := Connect(t, server).Resource(acctest.Service(t, "redmine"))
	held := redmine.MustSet(Object{}, acctest.Minimal(acctest.Service(t, "redmine")).Values("g/p"))
	server.Inject(fakegitlab.Fault{Method: http.MethodGet, Status: http.StatusInternalServerError, Body: `{"message":"500 Internal Server Error"}`})
	_, diags := redmine.Import("g/p", nil)
	expectOne(t, diags, false, "never set up")
	read, diags := redmine.Read(held)
	expectOne(t, diags, false, "500 Internal Server Error")
	if read.Values == nil {
		t.Error("the state is dropped")
	}
}

// TestAQueryPrintsNoSecret: GitLab up to 15.x tells webhooks.
func TestAQueryPrintsNoSecret(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V10_5)
	server.AddProject("g/p")
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	slack.MustSet(Object{}, map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/told"})
	found, diags := slack.Query(Query{Config: map[string]any{"project": "g/p"}, Settings: true})
	if len(diags) > 0 || len(found) != 1 {
		t.Fatalf("found %d\n%s", len(found), diags)
	}
	if text := fmt.Sprint(found); strings.Contains(text, "told") || !strings.Contains(text, "push_events") {
		t.Errorf("found %s", text)
	}
}

// TestAForeignWriteWithinASecondIsForeign: GitLab's answers to our write and to
// the question after it agree to the millisecond.
func TestAForeignWriteWithinASecondIsForeign(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		shift   time.Duration
		foreign bool
	}{
		"a millisecond later":                 {time.Millisecond, true},
		"as it was":                           {0, false},
		"of a replica that lags":              {-30 * time.Second, false},
		"of a GitLab restored from a backup":  {-time.Hour, true},
		"a minute earlier, no replica is so":  {-time.Minute, true},
		"a second later, which was let go by": {time.Second, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, fakegitlab.V19_1)
			server.AddProject("g/p")
			slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
			held := slack.MustSet(Object{}, map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x"})
			record, _ := server.Record("g/p", "slack")
			server.Inject(fakegitlab.Fault{Status: http.StatusOK, Body: fmt.Sprintf(`{"id":%d,"active":true,"slug":"slack","updated_at":%q,"properties":{}}`,
				record.ID, record.UpdatedAt.Add(test.shift).Format(time.RFC3339Nano))})
			read, diags := slack.Read(held)
			if forgot := read.Values["webhook"] == nil; forgot != test.foreign || (len(diags) == 1) != test.foreign {
				t.Errorf("forgot: %t\n%s", forgot, diags)
			}
		})
	}
}

// TestOneAdoptedServiceThatLacksItsSecretDoesNotKeepTheOthers from being adopted.
func TestOneAdoptedServiceThatLacksItsSecretDoesNotKeepTheOthers(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ConfigDriven)
	server := acctest.Server(t, fakegitlab.V19_1)
	connected := Connect(t, server)
	var blocks []string
	for _, slug := range []string{"slack", "external-wiki", "redmine"} {
		service := acctest.Service(t, slug)
		server.AddProject("group/" + slug)
		connected.Resource(service).MustSet(Object{}, acctest.Minimal(service).Values("group/"+slug))
		settings := slices.DeleteFunc(acctest.Minimal(service), func(a catalog.Argument) bool { return a.WriteOnly != "" })
		blocks = append(blocks, settings.Resource(service, "this", "group/"+slug),
			fmt.Sprintf("import {\n  to = %s\n  id = \"group/%s\"\n}\n", acctest.Address(service, "this"), slug))
	}
	if err := server.Edit("group/slack", "slack", map[string]any{"push_events": false}); err != nil {
		t.Fatal(err)
	}
	workspace := acctest.NewTerraform(t, server)
	workspace.Configure(blocks...)
	out := workspace.Run("apply", "-auto-approve", "-no-color")
	if out.Code != 1 || strings.Count(out.Stderr, "Error: ") != 1 || !strings.Contains(out.Stderr, "Missing webhook") {
		t.Errorf("want one error of the webhook:\n%s", out.Text())
	}
	adopted := workspace.Must("state", "list").Stdout
	for _, kind := range []string{"external_wiki", "redmine"} {
		if !strings.Contains(adopted, "gitlabservices_"+kind+".this") {
			t.Errorf("%s is not adopted: %s", kind, adopted)
		}
	}
	workspace.Must("destroy", "-auto-approve", "-no-color")
}

// TestAnAddressThatLeavesKeepsTheServiceOfTheOther, and a plan that says so and
// is not applied keeps nothing on for good.
func TestAnAddressThatLeavesKeepsTheServiceOfTheOther(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	service := acctest.Service(t, "slack")
	config := map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x"}
	old := Connect(t, server).Resource(service).MustSet(Object{}, config)
	stays := Connect(t, server).Resource(service).MustSet(Object{}, config)
	active := func() bool {
		record, _ := server.Record("g/p", "slack")
		return record.Active
	}

	plan := Connect(t, server).Resource(service)
	if _, diags := plan.Plan(stays, config); len(diags) > 0 {
		t.Fatal(diags)
	}
	shared, diags := plan.Plan(old, nil)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	_, diags = Connect(t, server).Resource(service).Apply(old, shared, nil)
	expectOne(t, diags, true, "Service kept", "under another address")
	if !active() {
		t.Error("the service is off")
	}

	// The plan was not applied, and the other address is gone since.
	old.Private = shared.Private
	alone, diags := Connect(t, server).Resource(service).Plan(old, nil)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if _, diags := Connect(t, server).Resource(service).Apply(old, alone, nil); len(diags) > 0 || active() {
		t.Errorf("the service is active: %t\n%s", active(), diags)
	}
}

// TestAnAddressThatMovesAwayKeepsTheServiceOfTheOther, or the plan warns of it,
// whichever is planned first: for the project that it leaves, it is destroyed.
func TestAnAddressThatMovesAwayKeepsTheServiceOfTheOther(t *testing.T) {
	t.Parallel()
	for _, first := range []bool{true, false} {
		server := acctest.Server(t, fakegitlab.V19_1)
		server.AddProject("g/p")
		server.AddProject("g/q")
		service := acctest.Service(t, "slack")
		config := map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x"}
		elsewhere := merge(config, map[string]any{"project": "g/q"})
		leaves := Connect(t, server).Resource(service).MustSet(Object{}, config)
		stays := Connect(t, server).Resource(service).MustSet(Object{}, config)

		plan := Connect(t, server).Resource(service)
		other := func() {
			_, diags := plan.Plan(stays, config)
			if first && len(diags) > 0 {
				t.Error(diags)
			} else if !first {
				expectOne(t, diags, true, "Two resources for one service", "to be destroyed")
			}
		}
		if first {
			other()
		}
		planned, diags := plan.Plan(leaves, elsewhere)
		if len(diags) > 0 || !slices.Equal(planned.Replaces, []string{"project"}) {
			t.Fatalf("replaces %v%s", planned.Replaces, diags)
		}
		create, diags := plan.Plan(Object{Private: planned.Private}, elsewhere)
		if len(diags) > 0 {
			t.Error(diags)
		}
		if !first {
			other()
			continue
		}
		apply := Connect(t, server).Resource(service)
		_, diags = apply.Apply(leaves, Planned{Object: Object{Identity: leaves.Identity, Private: create.Private}}, nil)
		expectOne(t, diags, true, "Service kept", "under another address")
		made, diags := apply.Apply(Object{}, create, elsewhere)
		if len(diags) > 0 || bytes.Contains(made.Private, []byte("shared")) {
			t.Errorf("the new one remembers %s%s", made.Private, diags)
		}
		for _, project := range []string{"g/p", "g/q"} {
			if record, _ := server.Record(project, "slack"); !record.Active {
				t.Errorf("the service of %s is off", project)
			}
		}
	}
}

// TestATrackerMovesToAProjectThatNeverHadOne: GitLab 12.x fails to show one that was
// never set up, and tells that the record is where it was.
func TestATrackerMovesToAProjectThatNeverHadOne(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V12_3)
	server.AddProject("g/p")
	server.AddProject("g/q")
	service := acctest.Service(t, "jira")
	jira := Connect(t, server).Resource(service)
	held := jira.MustSet(Object{}, acctest.Minimal(service).Values("g/p"))
	planned, diags := jira.Plan(held, acctest.Minimal(service).Values("g/q"))
	if len(diags) > 0 || !slices.Equal(planned.Replaces, []string{"project"}) {
		t.Errorf("replaces %v%s", planned.Replaces, diags)
	}
	// The names of both, what the new one has, and where the record is.
	if got := len(server.Requests()); got != 5 { // with the PUT
		t.Errorf("%d requests", got)
	}
	// Where the old one fails too, nothing is known.
	server.Inject(fakegitlab.Fault{Method: http.MethodGet, PathEnds: "/projects/g%2Fp/services/jira", Status: http.StatusInternalServerError})
	planned, diags = jira.Plan(held, acctest.Minimal(service).Values("g/q"))
	expectOne(t, diags, true, "Unable to compare projects", "500")
	if len(planned.Replaces) > 0 {
		t.Errorf("replaces %v", planned.Replaces)
	}
}

// TestAServiceMovesToAnotherProjectForThreeRequests: the names of both, and what the
// new one has.
func TestAServiceMovesToAnotherProjectForThreeRequests(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	server.AddProject("g/q")
	service := acctest.Service(t, "external-wiki")
	wiki := Connect(t, server).Resource(service)
	held := wiki.MustSet(Object{}, acctest.Minimal(service).Values("g/p"))
	server.ResetRequests()
	planned, diags := wiki.Plan(held, acctest.Minimal(service).Values("g/q"))
	if got := server.Counts(); len(diags) > 0 || !slices.Equal(planned.Replaces, []string{"project"}) || !maps.Equal(got, map[string]int{"GET": 3}) {
		t.Errorf("replaces %v after %v%s", planned.Replaces, got, diags)
	}
}

// TestAnAddressThatIsPlannedAfterOneThatLeavesIsWarned: by then the destroy is
// planned, and the service ends with it.
func TestAnAddressThatIsPlannedAfterOneThatLeavesIsWarned(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	service := acctest.Service(t, "slack")
	config := map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x"}
	old := Connect(t, server).Resource(service).MustSet(Object{}, config)
	stays := Connect(t, server).Resource(service).MustSet(Object{}, config)
	plan := Connect(t, server).Resource(service)
	if _, diags := plan.Plan(old, nil); len(diags) > 0 {
		t.Fatal(diags)
	}
	_, diags := plan.Plan(stays, config)
	expectOne(t, diags, true, twoResources, "is to be destroyed, and the service with it")
}

// TestARenameThatWasPlannedIsNotLookedUpAgain by its apply, which sends nothing.
func TestARenameThatWasPlannedIsNotLookedUpAgain(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	config := map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x"}
	slack := func() *ProtocolResource { return Connect(t, server).Resource(acctest.Service(t, "slack")) }
	held := slack().MustSet(Object{}, config)
	config["project"] = "1"
	planned, diags := slack().Plan(held, config)
	if len(diags) > 0 || len(planned.Replaces) > 0 {
		t.Fatalf("replaces %v%s", planned.Replaces, diags)
	}
	server.ResetRequests()
	after, diags := slack().Apply(held, planned, config)
	if len(diags) > 0 || after.Values["project"] != "1" || len(server.Requests()) > 0 {
		t.Errorf("the state is %v, %v%s", after.Values, server.Counts(), diags)
	}
}

// TestARecordThatCannotBeReadTellsNothing of whether two names are of one
// project: GitLab may have forgotten the old one.
func TestARecordThatCannotBeReadTellsNothing(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	server.AddProject("g/q")
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	config := map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x"}
	held := slack.MustSet(Object{}, config)
	server.Inject(fakegitlab.Fault{Method: http.MethodGet, PathEnds: "/slack", Status: http.StatusBadGateway})
	planned, diags := slack.Plan(held, merge(config, map[string]any{"project": "g/q"}))
	expectOne(t, diags, true, "Unable to compare projects", "502")
	if len(planned.Replaces) > 0 {
		t.Errorf("replaces %v", planned.Replaces)
	}
}

// TestASecretThatSomebodyMayHaveRotatedIsLeftAloneWhereThePlanSeesNone: whether it
// was taken out of the configuration or is ignored, a plan cannot tell.
func TestASecretThatSomebodyMayHaveRotatedIsLeftAloneWhereThePlanSeesNone(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	project := server.AddProject("g/p")
	squash := func() *ProtocolResource { return Connect(t, server).Resource(acctest.Service(t, "squash-tm")) }
	config := map[string]any{"project": "g/p", "url": "https://s.example.com", "token": "ours"}
	held := squash().MustSet(Object{}, config)
	server.SetClock(func() time.Time { return time.Now().Add(time.Hour) })
	putService(t, server, project.ID, "squash-tm", map[string]any{"url": "https://s.example.com", "token": "theirs"})
	read, diags := squash().Read(held)
	expectOne(t, diags, true, "Secret may have changed", "sends it again where the configuration has it")
	if planned, diags := squash().Plan(read, config); len(diags) > 0 || planned.Values["token"] != "ours" {
		t.Errorf("a configured one is planned as %v%s", planned.Values["token"], diags)
	}
	if planned, diags := squash().PlanIgnoring(read, config, "token"); len(diags) > 0 || !maps.Equal(planned.Values, read.Values) {
		t.Errorf("the plan that ignores it is %v, want %v%s", planned.Values, read.Values, diags)
	}
	delete(config, "token")
	if planned, diags := squash().Plan(read, config); len(diags) > 0 || !maps.Equal(planned.Values, read.Values) {
		t.Errorf("the plan without it is %v, want %v%s", planned.Values, read.Values, diags)
	}
	config["token"] = ""
	squash().MustSet(read, config)
	if record, _ := server.Record("g/p", "squash-tm"); record.Params["token"] != "" {
		t.Errorf("an empty text leaves %v", record.Params["token"])
	}
}

// TestASecretThatAnImportFoundIsForgottenSilently: it was never sent from here,
// so that nobody's secret was replaced.
func TestASecretThatAnImportFoundIsForgottenSilently(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V10_5)
	project := server.AddProject("g/p")
	putService(t, server, project.ID, "slack", map[string]any{"webhook": "https://hooks.slack.com/services/T0/B0/x"})
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	held, diags := slack.Import("g/p", nil)
	if len(diags) > 0 || held.Values["webhook"] == nil {
		t.Fatalf("the import does not find the webhook\n%s", diags)
	}
	failOn(t, server.Upgrade(fakegitlab.V16_0)) // It shows no webhook.
	server.SetClock(func() time.Time { return time.Now().Add(time.Hour) })
	putService(t, server, project.ID, "slack", map[string]any{"webhook": "https://hooks.slack.com/services/T0/B0/theirs"})
	read, diags := Connect(t, server).Resource(acctest.Service(t, "slack")).Read(held)
	if len(diags) > 0 || read.Values["webhook"] != nil {
		t.Errorf("the webhook is %v\n%s", read.Values["webhook"], diags)
	}
}

// TestAnImportEndsWithItsRead: what vanishes afterwards is gone from the state,
// and is no import that fails.
func TestAnImportEndsWithItsRead(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	slack.MustSet(Object{}, map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x"})
	imported, diags := slack.Import("g/p", nil)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if err := server.Disable("g/p", "slack"); err != nil {
		t.Fatal(err)
	}
	if read, diags := slack.Read(imported); len(diags) > 0 || read.Values != nil {
		t.Errorf("a service that is off by now is %v\n%s", read.Values, diags)
	}
}

// TestTwoThatAreReplacedMayBeOfOneService: Terraform applies a plan without
// refreshing, so that the deletes are all that tells of what the state has.
func TestTwoThatAreReplacedMayBeOfOneService(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	config := map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x"}
	held := Connect(t, server).Resource(acctest.Service(t, "slack")).MustSet(Object{}, config)
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	for range 2 {
		if _, diags := slack.Delete(held); len(diags) > 0 {
			t.Fatal(diags)
		}
	}
	for range 2 {
		if _, diags := slack.Plan(Object{}, config); len(diags) > 0 {
			t.Error(diags)
		}
	}
}

// TestTwoServicesWithoutARecordAreNotOne: a state of another provider has no
// number of the record, and what GitLab up to 13.11 answers of a service that was
// never set up has none either.
func TestTwoServicesWithoutARecordAreNotOne(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V12_3)
	server.AddProject("g/p")
	server.AddProject("g/q")
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	config := map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x"}
	held := slack.MustSet(Object{}, config)
	held.Private = nil
	planned, diags := slack.Plan(held, merge(config, map[string]any{"project": "g/q"}))
	if len(diags.Errors()) > 0 || !slices.Equal(planned.Replaces, []string{"project"}) {
		t.Errorf("replaces %v\n%s", planned.Replaces, diags)
	}
}

// TestARefusedDeleteIsAnErrorWhereNothingTellsThatTheServiceIsOff.
func TestARefusedDeleteIsAnErrorWhereNothingTellsThatTheServiceIsOff(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	held := Connect(t, server).Resource(acctest.Service(t, "slack")).MustSet(Object{}, map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x"})
	server.Inject(fakegitlab.Fault{Method: http.MethodDelete, Status: http.StatusBadRequest, Body: `{"message":"400 Bad Request"}`})
	for _, answers := range []bool{true, false} {
		if !answers {
			server.Inject(fakegitlab.Fault{Method: http.MethodGet, Status: http.StatusBadGateway})
		}
		after, diags := Connect(t, server).Resource(acctest.Service(t, "slack")).Delete(held)
		expectOne(t, diags, false, "400 Bad Request")
		if after.Values == nil {
			t.Error("the state is dropped")
		}
	}
}

// TestAReplicaThatLagsDoesNotMakeOurOwnWriteForeign once it has caught up.
func TestAReplicaThatLagsDoesNotMakeOurOwnWriteForeign(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	held := slack.MustSet(Object{}, map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x"})
	record, _ := server.Record("g/p", "slack")
	server.Inject(fakegitlab.Fault{Times: 1, Status: http.StatusOK, Body: fmt.Sprintf(`{"id":%d,"active":true,"slug":"slack","updated_at":%q,"properties":{}}`,
		record.ID, record.UpdatedAt.Add(-30*time.Second).Format(time.RFC3339Nano))})
	for _, which := range []string{"of the replica", "after it"} {
		read, diags := slack.Read(held)
		if len(diags) > 0 || read.Values["webhook"] == nil {
			t.Errorf("a read %s forgets the webhook\n%s", which, diags)
		}
		held = read
	}
}
