package provider_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// expectOne wants one diagnostic that says all of the texts.
func expectOne(t *testing.T, diags acctest.Diagnostics, warning bool, texts ...string) {
	t.Helper()
	kind, found := "error", diags.Errors()
	if warning {
		kind, found = "warning", slices.DeleteFunc(slices.Clone(diags), func(d acctest.Diagnostic) bool { return d.Error })
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
	slack := acctest.Connect(t, server).Resource(acctest.Service(t, "slack"))
	config := map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/ours"}
	held := slack.MustSet(acctest.Object{}, config)
	was, _ := server.Record("g/p", "slack")
	if err := server.RenameProject(ours.ID, "g/moved"); err != nil {
		t.Fatal(err)
	}
	server.AddProject("g/p")
	theirs := acctest.Connect(t, server).Resource(acctest.Service(t, "slack"))
	theirs.MustSet(acctest.Object{}, map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/theirs"})
	is, _ := server.Record("g/p", "slack")

	server.ResetRequests()
	read, diags := slack.Read(held)
	if read.Values != nil {
		t.Error("their service passes for ours")
	}
	expectOne(t, diags, true, "Service of another record", strconv.FormatInt(was.ID, 10), strconv.FormatInt(is.ID, 10), `project "g/p"`)
	if counts := server.Counts(); counts[http.MethodGet] != 1 || len(counts) != 1 {
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
	byPath := acctest.Connect(t, server).Resource(slack).MustSet(acctest.Object{}, config("g/p", "#a"))
	byID := acctest.Connect(t, server).Resource(slack).MustSet(acctest.Object{}, config(id, "#b"))

	plan := acctest.Connect(t, server).Resource(slack)
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
			slack := acctest.Connect(t, server).Resource(acctest.Service(t, "slack"))
			slack.MustSet(acctest.Object{}, map[string]any{"project": "g/old", "webhook": "https://hooks.slack.com/services/T0/B0/x"})
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
	slack := acctest.Connect(t, server).Resource(acctest.Service(t, "slack"))
	slack.MustSet(acctest.Object{}, map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x"})
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
	if _, diags := acctest.Connect(t, server).Resource(acctest.Service(t, "slack")).Delete(drifted); len(diags) > 0 {
		t.Error(diags)
	}

	_, diags = slack.Plan(acctest.Object{}, config)
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
		"GitLab does not say":      {to: "1", faulty: true, refused: "Nothing was written"},
		"GitLab does not say, two": {to: "2", faulty: true, refused: "Nothing was written"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, fakegitlab.V19_1)
			server.AddProject("g/p")
			server.AddProject("g/q")
			slack := acctest.Connect(t, server).Resource(acctest.Service(t, "slack"))
			config := map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x", "channel": "#a"}
			held := slack.MustSet(acctest.Object{}, config)
			config["project"], config["channel"] = test.to, "#b"
			lookups := fakegitlab.Fault{Method: http.MethodGet, PathContains: "/projects/g%2Fp", Status: http.StatusBadGateway}
			server.Inject(lookups)
			planned, diags := slack.Plan(held, config)
			expectOne(t, diags, true, "Unable to compare projects", "502")
			if len(planned.Replaces) > 0 || planned.Values["channel"] != "#b" {
				t.Fatalf("replaces %v, channel %v", planned.Replaces, planned.Values["channel"])
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
			if _, diags := acctest.Connect(t, server).Resource(acctest.Service(t, "slack")).Delete(held); len(diags) > 0 {
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
	connected := acctest.Connect(t, server)
	type held struct {
		object acctest.Object
		config map[string]any
		r      *acctest.ProtocolResource
	}
	var all []held
	for i := range projects {
		id := server.AddProject(fmt.Sprintf("g/old%d", i)).ID
		for _, slug := range slugs {
			service := acctest.Service(t, slug)
			config := acctest.Minimal(service).Values(fmt.Sprintf("g/old%d", i))
			all = append(all, held{connected.Resource(service).MustSet(acctest.Object{}, config), config, nil})
		}
		if err := server.RenameProject(id, fmt.Sprintf("g/new%d", i)); err != nil {
			t.Fatal(err)
		}
	}
	again := acctest.Connect(t, server)
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
