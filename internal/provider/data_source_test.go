package provider_test

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

func TestDataSourcesShowAllSettingsButSecrets(t *testing.T) {
	t.Parallel()
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		p := Connect(t, lab.Server)
		for _, s := range lab.Subjects() {
			body, settings := map[string]any{}, acctest.Full(s.Service, lab.Profile())
			for _, a := range settings {
				body[a.Name] = a.Value
			}
			failOn(t, lab.Edit(s.At.Name, s.Slug, body))
			shown := shownOf(t, lab.Server, s).Values
			lab.ResetRequests()
			values, diags := p.ReadData(strings.TrimPrefix(s.Type(), "gitlabservices_"), s.Identity())
			if len(diags) > 0 {
				t.Errorf("%s: %s", s, diags)
				continue
			}
			if requests := lab.Requests(); len(requests) != 1 {
				t.Errorf("%s: %d requests", s, len(requests))
			}
			if values["exists"] != true || values[s.At.Level.Noun] != s.At.Name || values["allow_missing"] != nil {
				t.Errorf("%s: %v", s, values)
			}
			for _, a := range settings {
				got, has := values[a.Name]
				_, returned := shown[a.Name]
				switch {
				case a.WriteOnly != "":
					if has {
						t.Errorf("%s: the secret %s is an attribute", s, a.Name)
					}
				case returned && normalize(got) != normalize(a.Value):
					t.Errorf("%s: %s is %v, want %v", s, a.Name, got, a.Value)
				}
			}
			for _, a := range s.Arguments() {
				if a.WriteOnly != "" && strings.Contains(fmt.Sprint(values), fmt.Sprint(a.Value)) {
					t.Errorf("%s: the secret %s is among %v", s, a.Name, values)
				}
			}
		}
	})
}

func TestDataSourcesShowNullForWhatGitLabDoesNotAnswer(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V10_5)
	server.AddProject("group/project")
	failOn(t, server.Edit("group/project", "slack", map[string]any{"notify_only_default_branch": "1", "push_events": nil, "username": ""}))
	values, diags := Connect(t, server).ReadData("slack", map[string]any{"project": "group/project"})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	for name, want := range map[string]any{
		// 10.5 has the old switch and not the words that replaced it.
		"notify_only_default_branch": true, "branches_to_be_notified": nil,
		// Null is off for a flag; one that 10.5 does not know is not known here.
		"push_events": false, "vulnerability_events": nil,
		"username": nil, "issues_events": true,
	} {
		if got, has := values[name]; !has || got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestDataSourceOfAServiceThatIsNotThere(t *testing.T) {
	t.Parallel()
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		for _, path := range []string{"group/never", "group/disabled"} {
			lab.AddProject(path)
		}
		setUpServices(t, lab.Server, "group/disabled", "slack")
		failOn(t, lab.Disable("group/disabled", "slack"))
		p := Connect(t, lab.Server)
		for _, project := range []string{"group/never", "group/disabled"} {
			values, diags := p.ReadData("slack", map[string]any{"project": project})
			if values != nil || len(diags.Errors()) != 1 || !strings.Contains(diags[0].Detail, `"`+project+`"`) || !strings.Contains(diags[0].Detail, "allow_missing") {
				t.Errorf("%s: %v, %s", project, values, diags)
			}
			values, diags = p.ReadData("slack", map[string]any{"project": project, "allow_missing": true})
			if len(diags) > 0 || values["exists"] != false || values["push_events"] != nil {
				t.Errorf("%s may be missing: %v, %s", project, values, diags)
			}
		}
		// A project that is missing is no missing service.
		_, diags := p.ReadData("slack", map[string]any{"project": "group/none", "allow_missing": true})
		if len(diags.Errors()) != 1 || !strings.Contains(diags[0].Detail, "404 Project Not Found") {
			t.Errorf("no project: %s", diags)
		}

		lab.RemoveSlug("hipchat")
		values, diags := p.ReadData("hipchat", map[string]any{"project": "group/never", "allow_missing": true})
		if len(diags) > 0 || values["exists"] != false {
			t.Errorf("a service that is gone: %v, %s", values, diags)
		}
		_, diags = p.ReadData("hipchat", map[string]any{"project": "group/never"})
		if len(diags.Errors()) != 1 || !strings.Contains(diags[0].Detail, "removed this service in version 13.12") {
			t.Errorf("a service that is gone: %s", diags)
		}
	})
}

func TestTheInventoryLeavesOutWhatIsOff(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("acme/web")
	server.Inject(fakegitlab.Fault{Method: http.MethodGet, PathEnds: "/services", Status: http.StatusOK, Body: `[{"id":1,"slug":"slack","title":"Slack","active":false}]`})
	values, diags := Connect(t, server).ReadData("services", map[string]any{"project": "acme/web"})
	if services, _ := values["services"].([]any); len(services) > 0 || len(diags) > 0 {
		t.Errorf("it has %v%s", services, diags)
	}
}

func TestTheInventoryWantsAConfiguredProvider(t *testing.T) {
	t.Parallel()
	_, diags := NewProtocol(t).ReadData("services", map[string]any{"group": "acme"})
	if len(diags.Errors()) != 1 || !strings.Contains(diags.String(), "not known yet") && !strings.Contains(diags.String(), "onfigur") {
		t.Errorf("it says%s", diags)
	}
}

// TestTheInventorySaysWhatCannotBeLookedAt: the places, the services of one, and
// its id.
func TestTheInventorySaysWhatCannotBeLookedAt(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault fakegitlab.Fault
		says  []string
	}{
		"the places":   {fakegitlab.Fault{PathContains: "/groups/acme/projects"}, []string{`Group "acme"`, "500"}},
		"the services": {fakegitlab.Fault{PathEnds: "/services"}, []string{`Project "acme/web"`, "500"}},
		"the id":       {fakegitlab.Fault{PathEnds: "/projects/acme%2Fweb"}, []string{`Project "acme/web"`, "500"}},
	} {
		server := acctest.Server(t, fakegitlab.V19_1)
		server.AddProject("acme/web")
		config := map[string]any{"group": "acme"}
		if name == "the id" {
			config = map[string]any{"project": "acme/web"} // Of one that is listed, it is known.
		}
		test.fault.Method, test.fault.Status = http.MethodGet, http.StatusInternalServerError
		server.Inject(test.fault)
		_, diags := Connect(t, server).ReadData("services", config)
		if len(diags) != 1 {
			t.Errorf("%s: it says%s", name, diags)
		}
		expectSays(t, name, diags, test.says...)
	}
}

// TestTheInventoryEndsWithAnError: what it would find of the other places is for
// nobody.
func TestTheInventoryEndsWithAnError(t *testing.T) {
	t.Parallel()
	const projects = 60
	server := acctest.Server(t, fakegitlab.V19_1)
	for i := range projects {
		server.AddProject(fmt.Sprintf("acme/p%d", i))
	}
	server.Inject(fakegitlab.Fault{Method: http.MethodGet, PathEnds: "/services", Status: http.StatusInternalServerError})
	_, diags := Connect(t, server).ReadData("services", map[string]any{"group": "acme"})
	if len(diags.Errors()) != 1 {
		t.Errorf("it says%s", diags)
	}
	if got := len(server.Requests()); got > projects/2 {
		t.Errorf("%d requests after an error", got)
	}
}

// TestTheInventoryExplainsEveryAnswerThatFails: they are of no service, so that
// nothing of one can be told.
func TestTheInventoryExplainsEveryAnswerThatFails(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("acme/web")
	for _, a := range answersThatFail {
		server.ClearFaults()
		a.fault.Method, a.fault.PathEnds = http.MethodGet, "/services"
		server.Inject(a.fault)
		_, diags := Connect(t, server).ReadData("services", map[string]any{"project": "acme/web"})
		if a.fault.Body == "[]" { // A list of none.
			if len(diags) > 0 {
				t.Errorf("%s: it says%s", a.name, diags)
			}
		} else if len(diags) != 1 || !diags[0].Error || !strings.Contains(diags[0].Detail, "\n\n") {
			t.Errorf("%s: it says%s", a.name, diags)
		}
	}
}

func TestDataSourceOfAllServices(t *testing.T) {
	t.Parallel()
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		now := time.Date(2026, 1, 2, 3, 4, 5, 678e6, time.UTC)
		lab.SetClock(func() time.Time { return now })
		setUpServices(t, lab.Server, lab.Place, "slack", "jira", "asana")
		now = now.Add(time.Hour)
		failOn(t, lab.Edit(lab.Place, "slack", map[string]any{"push_events": nil, "note_events": false}))
		failOn(t, lab.Disable(lab.Place, "asana"))
		lab.ResetRequests()
		values, diags := Connect(t, lab.Server).ReadData("services", map[string]any{"project": lab.Place})
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		if requests := lab.Requests(); len(requests) != 2 {
			t.Errorf("%d requests, not one for the services and one for the id of the place", len(requests))
		}
		services, _ := values["services"].([]any)
		if len(services) != 2 || values["project"] != lab.Place {
			t.Fatalf("services of %v: %v", values["project"], services)
		}
		var inherited any
		if lab.Profile() == fakegitlab.V19_1 {
			inherited = false
		}
		for i, want := range []map[string]any{
			{"slug": "jira", "resource_type": "gitlabservices_jira", "created_at": "2026-01-02T03:04:05.678Z", "updated_at": "2026-01-02T03:04:05.678Z"},
			{"slug": "slack", "title": "Slack notifications", "resource_type": "gitlabservices_slack", "created_at": "2026-01-02T03:04:05.678Z", "updated_at": "2026-01-02T04:04:05.678Z"},
		} {
			service, _ := services[i].(map[string]any)
			want["inherited"] = inherited
			for name, value := range want {
				if !reflect.DeepEqual(service[name], value) {
					t.Errorf("%s of %s is %v, want %v", name, want["slug"], service[name], value)
				}
			}
			flags, _ := service["flags"].(map[string]any)
			on := want["slug"] == "jira"
			if flags["push_events"] != on || flags["note_events"] != on || flags["issues_events"] != true {
				t.Errorf("flags of %s: %v", want["slug"], flags)
			}
		}
	}, fakegitlab.V16_0, fakegitlab.V19_1)
}

func TestDataSourceOfAllServicesNamesWhatTheProviderHasNoResourceFor(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("group/project")
	setUpServices(t, server, "group/project", "slack")
	server.Inject(fakegitlab.Fault{Status: 200, Body: `[{"id":9,"slug":"zz-new","title":"New","active":true,"created_at":null,"updated_at":null,"inherited":true,"push_events":true}]`})
	values, diags := Connect(t, server).ReadData("services", map[string]any{"project": "1"})
	want := []any{map[string]any{
		"project": "1", "project_id": int64(1), "group": nil, "slug": "zz-new", "title": "New", "resource_type": nil, "created_at": nil, "updated_at": nil, "inherited": true, "flags": map[string]any{"push_events": true},
	}}
	if len(diags) > 0 || !reflect.DeepEqual(values["services"], want) {
		t.Errorf("%v: %s", values, diags)
	}
}

func TestDataSourcesSayWhyTheyFailed(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	old := acctest.Server(t, fakegitlab.V10_5)
	for _, s := range []*fakegitlab.Server{server, old} {
		s.AddProject("group/project")
		setUpServices(t, s, "group/project", "slack")
	}
	for _, test := range []struct {
		server        *fakegitlab.Server
		name, token   string
		project, want string
	}{
		{server, "slack", server.AddToken(fakegitlab.TokenReporter), "group/project", "403 Forbidden"},
		{server, "services", server.AddToken(fakegitlab.TokenReporter), "group/project", "403 Forbidden"},
		{server, "services", server.Token(), "group/none", "404 Project Not Found"},
		{server, "slack", "glpat-nobody", "group/project", "401 Unauthorized"},
		{server, "services", "glpat-nobody", "group/project", "401 Unauthorized"},
		{old, "services", old.Token(), "group/project", "since version 12.7"},
		{server, "services", server.Token(), "project", "neither an id nor a full path"},
		{server, "slack", server.Token(), "", "names no project"},
	} {
		_, diags := Connect(t, test.server, map[string]any{"token": test.token}).ReadData(test.name, map[string]any{"project": test.project})
		if len(diags) != 1 || !diags[0].Error || !strings.Contains(diags[0].Detail, test.want) || strings.Contains(diags[0].Detail, test.token) {
			t.Errorf("%s of %q: want %q: %s", test.name, test.project, test.want, diags)
		}
	}
	_, diags := Connect(t, server, map[string]any{"token": "glpat-nobody"}).ReadData("services", map[string]any{})
	if len(diags) != 1 || !diags[0].Error || !strings.Contains(diags[0].Detail, "The places to look at are not known: ") {
		t.Errorf("the services of all projects, with a token that is none: %s", diags)
	}
	for _, name := range []string{"slack", "services"} {
		_, diags := NewProtocol(t).ReadData(name, map[string]any{"project": "42"})
		if len(diags.Errors()) != 1 || diags[0].Summary != "Provider not configured" {
			t.Errorf("%s of a provider that is not configured: %s", name, diags)
		}
	}
}

// TestDataSourceTellsOfInheritance where GitLab does.
func TestDataSourceTellsOfInheritance(t *testing.T) {
	t.Parallel()
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		setUpServices(t, lab.Server, lab.Place, "slack")
		var want any
		if lab.Profile() == fakegitlab.V18_9 || lab.Profile() == fakegitlab.V19_1 {
			want = false
		}
		if values, diags := Connect(t, lab.Server).ReadData("slack", map[string]any{"project": lab.Place}); values["use_inherited_settings"] != want || len(diags) > 0 {
			t.Errorf("it is %v, want %v%s", values["use_inherited_settings"], want, diags)
		}
	})
}

func TestDataSourceSaysWhatItCannotRead(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("group/project")
	server.Inject(fakegitlab.Fault{Status: 200, Body: `{"id":9,"active":true,"push_events":[],"properties":{}}`})
	_, diags := Connect(t, server).ReadData("slack", map[string]any{"project": "1"})
	if len(diags.Errors().On("push_events")) != 1 {
		t.Errorf("%s", diags)
	}
}

func TestEveryServiceHasADataSourceAndAList(t *testing.T) {
	t.Parallel()
	p := NewProtocol(t)
	for _, s := range catalog.All() {
		for _, config := range []map[string]any{{}, {"membership": false}} {
			if diags := p.Resource(s).ValidateQuery(config); len(diags) > 0 {
				t.Errorf("list of %s: %s", s.Slug, diags)
			}
			if s.ProjectOnly {
				continue
			}
			if diags := p.resource(s.GroupResourceType()).ValidateQuery(config); len(diags) > 0 {
				t.Errorf("list of %s of groups: %s", s.Slug, diags)
			}
		}
		if _, diags := p.ReadData(s.TypeName(), map[string]any{"project": "name"}); len(diags.On("project")) != 1 {
			t.Errorf("data source of %s: %s", s.Slug, diags)
		}
	}
}
