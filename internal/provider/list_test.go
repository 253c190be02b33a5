package provider_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// namesOf gives the display names of results.
func namesOf(results []Listed) []string {
	out := make([]string, len(results))
	for i, r := range results {
		out[i] = r.Name
	}
	return out
}

// pathsAsked counts the requests by what they asked for: a page of projects, the
// list of a project's services, or one service.
func pathsAsked(server *fakegitlab.Server) map[string]int {
	counts := map[string]int{}
	for _, r := range server.Requests() {
		kind := "service"
		switch parts := strings.Split(r.Path, "/"); {
		case parts[3] == "groups", len(parts) == 4:
			kind = "page"
		case len(parts) == 6:
			kind = "list"
		}
		counts[kind]++
	}
	return counts
}

func TestListFindsAllServicesOfNestedGroups(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	const projects = 200
	slugs := []string{"jira", "pipelines-email", "slack"}
	groups := []string{"team", "team/web", "team/web/shop", "team/platform", "team/platform/infra/base"}
	var paths []string
	for i := range projects {
		paths = append(paths, server.AddProject(fmt.Sprintf("%s/p%03d", groups[i%len(groups)], i)).Path)
		setUpServices(t, server, paths[i], slugs...)
	}
	setUpServices(t, server, server.AddProject("elsewhere/project").Path, slugs...)
	p := Connect(t, server)
	found := 0
	for _, slug := range slugs {
		s := acctest.Service(t, slug)
		results, diags := p.Resource(s).Query(Query{Config: map[string]any{"group": "team", "include_subgroups": true}})
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		var want []string
		for _, path := range paths {
			want = append(want, path+": "+s.Title)
		}
		if got := namesOf(results); !slices.Equal(got, want) {
			t.Errorf("%s: found %d, want %d: %v", slug, len(got), len(want), got)
		}
		for i, r := range results {
			if r.Identity[gitlab.Projects.Noun] != paths[i] {
				t.Errorf("the identity of %s is %v", r.Name, r.Identity)
			}
		}
		found += len(results)
	}
	// Two pages of a hundred projects, and for each project the list of its
	// services, which has all that a result without settings shows. All share them.
	if got, want := pathsAsked(server), map[string]int{"page": 2, "list": projects}; !maps.Equal(got, want) {
		t.Errorf("asked %v, want %v", got, want)
	}
	server.ResetRequests()
	if found != projects*len(slugs) {
		t.Errorf("found %d services, want %d", found, projects*len(slugs))
	}

	// With settings, one more request for each service that is there, over no
	// more connections than there are projects at once.
	results, diags := p.Resource(acctest.Service(t, "slack")).Query(Query{Settings: true})
	if len(diags) > 0 || len(results) != projects+1 {
		t.Errorf("all projects: found %d services: %s", len(results), diags)
	}
	// A keyset page that is full names a next one; the third page has one project,
	// and the fourth, which it names, is empty. Of the project elsewhere alone the
	// services are not known yet.
	if got, want := pathsAsked(server), map[string]int{"page": 4, "list": 1, "service": projects + 1}; !maps.Equal(got, want) {
		t.Errorf("with settings: asked %v, want %v", got, want)
	}
	if connections := server.Connections(); connections > connectionsAtMost {
		t.Errorf("%d connections, want at most %d", connections, connectionsAtMost)
	}
}

// TestListsOfAllTypesAskForEachProjectOnce, however many types there are, and so
// does the data source of all services.
func TestListsOfAllTypesAskForEachProjectOnce(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	const projects = 120
	for i := range projects {
		setUpServices(t, server, server.AddProject(fmt.Sprintf("team/p%03d", i)).Path, "slack", "jira")
	}
	p := Connect(t, server)
	var lists sync.WaitGroup
	var found atomic.Int32
	for _, s := range acctest.Services(fakegitlab.V19_1, gitlab.Projects) {
		resource := p.Resource(s)
		lists.Go(func() {
			results, diags := resource.Query(Query{Config: map[string]any{"group": "team"}})
			if len(diags) > 0 {
				t.Error(diags)
			}
			found.Add(int32(len(results)))
		})
	}
	lists.Wait()
	if n := found.Load(); n != 2*projects {
		t.Errorf("found %d services", n)
	}
	for i := range projects {
		if _, diags := p.ReadData("services", map[string]any{"project": fmt.Sprintf("team/p%03d", i)}); len(diags) > 0 {
			t.Error(diags)
		}
	}
	if got, want := pathsAsked(server), map[string]int{"page": 2, "list": projects}; !maps.Equal(got, want) {
		t.Errorf("asked %v, want %v", got, want)
	}
}

func TestListGoesOnPastProjectsThatTheTokenMayNotRead(t *testing.T) {
	t.Parallel()
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		slack := acctest.Service(t, "slack")
		token := lab.AddToken(fakegitlab.ScopeAPI)
		var want []string
		for i := range 130 {
			project := lab.AddProject(fmt.Sprintf("group/p%03d", i))
			setUpServices(t, lab.Server, project.Path, "slack")
			switch i {
			case 60, 110:
				failOn(t, lab.SetAccess(token, project.ID, fakegitlab.TokenReporter))
			case 70:
				failOn(t, lab.SetAccess(token, project.ID, fakegitlab.TokenStranger))
			default:
				want = append(want, project.Path+": "+slack.Title)
			}
		}
		p := Connect(t, lab.Server, map[string]any{"token": token})
		results, diags := p.Resource(slack).Query(Query{Config: map[string]any{"group": "group"}})
		if got := namesOf(results); !slices.Equal(got, want) {
			t.Errorf("found %d, want %d: %v", len(got), len(want), got)
		}
		if len(diags.Errors()) > 0 || len(diags.Warnings()) != 2 {
			t.Fatalf("want two warnings: %s", diags)
		}
		for i, project := range []string{"group/p060", "group/p110"} {
			if w := diags[i]; w.Summary != "Project left out" || !strings.Contains(w.Detail, `"`+project+`"`) || !strings.Contains(w.Detail, "403 Forbidden") {
				t.Errorf("warning %d: %s", i, diags[i:i+1])
			}
		}
		if lab.Profile() == fakegitlab.V10_5 {
			return // it does not know min_access_level
		}
		// Where no group is named, GitLab leaves them out by itself.
		for _, all := range []map[string]any{nil, {"membership": true}} {
			if results, diags := p.Resource(slack).Query(Query{Config: all}); len(diags) > 0 || !slices.Equal(namesOf(results), want) {
				t.Errorf("all projects %v: found %d, want %d: %s", all, len(results), len(want), diags)
			}
		}
		results, diags = p.Resource(slack).Query(Query{Config: map[string]any{"membership": false}})
		if len(diags.Warnings()) != 2 || !slices.Equal(namesOf(results), want) {
			t.Errorf("without membership: found %d, want %d: %s", len(results), len(want), diags)
		}
	}, fakegitlab.V10_5, fakegitlab.V16_0, fakegitlab.V19_1)
}

func TestListAsksOldGitLabsForTheServiceItself(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V10_5)
	const projects = 30
	for i := range projects {
		project := server.AddProject(fmt.Sprintf("group/p%02d", i))
		if i%2 == 0 {
			setUpServices(t, server, project.Path, "slack")
		}
	}
	p := Connect(t, server)
	results, diags := p.Resource(acctest.Service(t, "slack")).Query(Query{})
	if len(diags) > 0 || len(results) != projects/2 {
		t.Errorf("found %d: %s", len(results), diags)
	}
	// That there is no list is found out once, by as many projects as are looked
	// at side by side.
	asked := pathsAsked(server)
	if asked["page"] != 1 || asked["service"] != projects || asked["list"] < 1 || asked["list"] > 10 {
		t.Errorf("asked %v", asked)
	}

	server.RemoveSlug("hipchat")
	results, diags = p.Resource(acctest.Service(t, "hipchat")).Query(Query{})
	if len(results) != 0 || len(diags) != 1 || diags[0].Error || !strings.Contains(diags[0].Detail, "13.12") {
		t.Errorf("a service that is gone: %d results: %s", len(results), diags)
	}
}

func TestListsSideBySideShareTheirConnections(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	slugs := []string{"asana", "jira", "mattermost", "redmine", "slack"}
	for i := range 40 {
		setUpServices(t, server, server.AddProject(fmt.Sprintf("group/p%02d", i)).Path, slugs...)
	}
	server.SetLatency("", 2*time.Millisecond) // or few are under way at once
	p := Connect(t, server)
	var lists sync.WaitGroup
	for _, slug := range slugs {
		resource := p.Resource(acctest.Service(t, slug))
		lists.Go(func() {
			results, diags := resource.Query(Query{Settings: true})
			if len(results) != 40 || len(diags) > 0 {
				t.Errorf("%s: %d results: %s", slug, len(results), diags)
			}
		})
	}
	lists.Wait()
	// Beside the projects that are looked at, each list may ask for a page.
	if connections := server.Connections(); connections > connectionsAtMost+len(slugs) {
		t.Errorf("%d connections, want at most %d", connections, connectionsAtMost+len(slugs))
	}
}

func TestListEndsWhenThereIsEnough(t *testing.T) {
	t.Parallel()
	for name, query := range map[string]Query{
		"a limit":              {Limit: 3},
		"Terraform has enough": {Enough: func(r Listed) bool { return strings.HasPrefix(r.Name, "group/p02:") }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, fakegitlab.V19_1)
			for i := range 60 {
				setUpServices(t, server, server.AddProject(fmt.Sprintf("group/p%02d", i)).Path, "slack")
			}
			results, diags := Connect(t, server).Resource(acctest.Service(t, "slack")).Query(query)
			if len(results) != 3 || len(diags) > 0 {
				t.Errorf("%d results: %s", len(results), diags)
			}
			// Ten projects at once are under way, and each result but the last made
			// room for another.
			if asked := pathsAsked(server); asked["page"] != 1 || asked["list"] > 12 {
				t.Errorf("asked %v", asked)
			}
		})
	}
}

func TestListLeavesOutWhatIsNotActive(t *testing.T) {
	t.Parallel()
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		for _, path := range []string{"group/disabled", "group/never", "group/other"} {
			lab.AddProject(path)
		}
		old := lab.AddProject("group/archived")
		setUpServices(t, lab.Server, lab.Place, "slack")
		setUpServices(t, lab.Server, "group/disabled", "slack")
		setUpServices(t, lab.Server, "group/archived", "slack")
		setUpServices(t, lab.Server, "group/other", "mattermost")
		failOn(t, lab.Disable("group/disabled", "slack"))
		failOn(t, lab.ArchiveProject(old.ID))
		slack := Connect(t, lab.Server).Resource(acctest.Service(t, "slack"))
		active, archived := lab.Place+": Slack notifications", "group/archived: Slack notifications"
		for _, test := range []struct {
			config map[string]any
			want   []string
		}{
			{nil, []string{active}},
			{map[string]any{"group": "group"}, []string{active}},
			{map[string]any{"include_archived": true}, []string{active, archived}},
			{map[string]any{"project": "group/archived"}, []string{archived}},
			{map[string]any{"project": strconv.FormatInt(lab.ID, 10)}, []string{strconv.FormatInt(lab.ID, 10) + ": Slack notifications"}},
			{map[string]any{"project": "group/never"}, nil},
		} {
			results, diags := slack.Query(Query{Config: test.config})
			if !slices.Equal(namesOf(results), test.want) || len(diags) > 0 {
				t.Errorf("%v: found %v, want %v: %s", test.config, namesOf(results), test.want, diags)
			}
		}
	})
}

// TestListedSettingsAreThoseOfAnImport holds that generated configuration and
// the import block beside it agree, so that importing changes nothing.
func TestListedSettingsAreThoseOfAnImport(t *testing.T) {
	t.Parallel()
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		p := Connect(t, lab.Server)
		for _, s := range lab.Subjects() {
			body := map[string]any{}
			for _, a := range acctest.Full(s.Service, lab.Profile()) {
				body[a.Name] = a.Value
			}
			if _, switches := body["manual_configuration"]; switches {
				body["manual_configuration"] = true // or the service is not active, and so not listed
			}
			failOn(t, lab.Edit(s.At.Name, s.Slug, body))
			resource := p.Of(s)
			results, diags := resource.Query(Query{Config: s.Identity(), Settings: true})
			if len(results) != 1 || len(diags) > 0 {
				t.Errorf("%s: %d results: %s", s, len(results), diags)
				continue
			}
			imported, diags := resource.Import("", results[0].Identity)
			if len(diags) > 0 {
				t.Errorf("%s: import: %s", s, diags)
			}
			// An import takes the webhook that GitLab up to 15.x tells; a query prints none.
			for _, secret := range s.Secrets() {
				if results[0].Values[secret] != nil {
					t.Errorf("%s is listed with its %s", s, secret)
				}
				imported.Values[secret] = nil
			}
			if got, want := fmt.Sprint(results[0].Values), fmt.Sprint(imported.Values); got != want || len(imported.Values) == 0 {
				t.Errorf("%s is listed  %s\nand imported %s", s, got, want)
			}
		}
	})
}

func TestListSaysWhyItFailed(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	project := server.AddProject("group/project")
	setUpServices(t, server, project.Path, "slack")
	slack := acctest.Service(t, "slack")
	reporter := server.AddToken(fakegitlab.TokenReporter)
	for name, test := range map[string]struct {
		token  string
		config map[string]any
		want   []string
	}{
		"a project that the token may not read": {reporter, map[string]any{"project": "group/project"}, []string{`Project "group/project"`, "403 Forbidden", "Maintainer"}},
		"a project that does not exist":         {server.Token(), map[string]any{"project": "group/none"}, []string{"404 Project Not Found", "does not exist, or the token in the provider block may not see it"}},
		"a group that does not exist":           {server.Token(), map[string]any{"group": "none"}, []string{`Group "none"`, "404 Group Not Found", "does not exist, or the token in the provider block may not see it"}},
		"a token that is none":                  {"glpat-nobody", nil, []string{"The places to look at are not known: ", "401 Unauthorized", "does not accept the token"}},
		"a token that is none, in a group":      {"glpat-nobody", map[string]any{"group": "group"}, []string{"401 Unauthorized", "does not accept the token"}},
	} {
		p := Connect(t, server, map[string]any{"token": test.token})
		results, diags := p.Resource(slack).Query(Query{Config: test.config})
		if len(results) > 0 || len(diags.Errors()) != 1 || len(diags) != 1 || diags[0].Summary != "Unable to list Slack notifications" {
			t.Errorf("%s: %d results: %s", name, len(results), diags)
			continue
		}
		for _, want := range test.want {
			if !strings.Contains(diags[0].Detail, want) {
				t.Errorf("%s: %q is not in %s", name, want, diags)
			}
		}
		if strings.Contains(diags.String(), test.token) {
			t.Errorf("%s: the token is in %s", name, diags)
		}
	}
}

// TestAListedSettingThatCannotBeReadIsWarnedOf, and the others are shown.
func TestAListedSettingThatCannotBeReadIsWarnedOf(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	setUpServices(t, server, server.AddProject("group/project").Path, "slack")
	server.Inject(fakegitlab.Fault{Method: http.MethodGet, PathEnds: "/services/slack", Status: http.StatusOK, Body: `{"id":9,"active":true,"slug":"slack","push_events":[],"properties":{}}`})
	_, diags := Connect(t, server).Resource(acctest.Service(t, "slack")).Query(Query{Config: map[string]any{"project": "group/project"}, Settings: true})
	if len(diags) != 1 || len(diags.On("push_events")) != 1 {
		t.Errorf("it says%s", diags)
	}
}

// TestAListThatFailsIsNoListOfOne: what counts as set up by its settings is asked
// for by itself only where it is not listed.
func TestAListThatFailsIsNoListOfOne(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V16_0)
	setUpServices(t, server, server.AddProject("group/project").Path, "prometheus")
	server.Inject(fakegitlab.Fault{Method: http.MethodGet, PathEnds: "/services", Status: http.StatusBadGateway})
	results, diags := Connect(t, server).Resource(acctest.Service(t, "prometheus")).Query(Query{Config: map[string]any{"project": "group/project"}})
	if len(results) > 0 || len(diags.Errors()) != 1 {
		t.Errorf("it found %v%s", results, diags)
	}
}

func TestListThatLosesAProjectIsAnError(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	for i := range 20 {
		setUpServices(t, server, server.AddProject(fmt.Sprintf("group/p%02d", i)).Path, "slack")
	}
	server.Inject(fakegitlab.Fault{Method: http.MethodGet, PathContains: "p07", Status: http.StatusBadGateway})
	results, diags := Connect(t, server).Resource(acctest.Service(t, "slack")).Query(Query{Config: map[string]any{"group": "group"}})
	if len(results) != 7 || len(diags.Errors()) != 1 || !strings.Contains(diags[0].Detail, `"group/p07"`) {
		t.Errorf("%d results: %s", len(results), diags)
	}
}

func TestListNeedsAConfiguredProvider(t *testing.T) {
	t.Parallel()
	slack := acctest.Service(t, "slack")
	p := NewProtocol(t)
	if diags := p.Configure(map[string]any{"token": Unknown}); len(diags) > 0 {
		t.Fatal(diags)
	}
	for _, p := range []*Protocol{p, NewProtocol(t)} {
		if results, diags := p.Resource(slack).Query(Query{}); len(results) > 0 || len(diags.Errors()) != 1 || diags[0].Summary != "Provider not configured" {
			t.Errorf("%d results: %s", len(results), diags)
		}
	}
}

func TestListConfigurationsThatContradictThemselvesAreRefused(t *testing.T) {
	t.Parallel()
	slack := NewProtocol(t).Resource(acctest.Service(t, "slack"))
	for attribute, configs := range map[string][]map[string]any{
		"": {
			{}, {"project": "42"}, {"group": "42", "include_subgroups": true, "include_archived": true}, {"group": "a/b"},
			{"membership": false, "include_archived": false},
		},
		"project":           {{"project": "a/b", "group": "a"}, {"project": "name"}, {"project": "a//b"}, {"project": ""}, {"project": "https://gitlab.com/a/b"}},
		"group":             {{"group": ""}, {"group": "https://gitlab.com/a"}, {"group": "/a"}, {"group": "a/"}, {"group": "a%2Fb"}, {"group": "a b"}},
		"include_subgroups": {{"include_subgroups": true}, {"project": "42", "include_subgroups": true}},
		"include_archived":  {{"project": "42", "include_archived": true}},
		"membership":        {{"project": "42", "membership": true}, {"group": "42", "membership": false}},
	} {
		for _, config := range configs {
			diags := slack.ValidateQuery(config)
			if attribute == "" && len(diags) > 0 || attribute != "" && len(diags.Errors().On(attribute)) == 0 {
				t.Errorf("%v: want an error on %q: %s", config, attribute, diags)
			}
		}
	}
}
