package provider_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

const wikiSlug = "external-wiki"

// wikiOfOthers is where what is inherited leads to in these tests.
var wikiOfOthers = map[string]any{"external_wiki_url": "https://wiki.example.com/acme"}

func follow(place map[string]any) map[string]any {
	return merge(place, map[string]any{"external_wiki_url": "https://wiki.example.com/own", "use_inherited_settings": true})
}

// expectWarning fails the test unless there is one diagnostic, a warning with
// these words.
func expectWarning(t *testing.T, when string, diags Diagnostics, summary string, words ...string) {
	t.Helper()
	if len(diags) != 1 || diags[0].Error || diags[0].Summary != summary {
		t.Errorf("%s: want the warning %q:%s", when, summary, diags)
		return
	}
	expectSays(t, when, diags, words...)
}

func expectSays(t *testing.T, when string, diags Diagnostics, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(diags.String(), word) {
			t.Errorf("%s: %q is not in%s", when, word, diags)
		}
	}
}

// TestAServiceThatIsCreatedByInheritingIsOn, although GitLab's answer to the PUT
// says that it is off: one GET follows, and nobody is warned.
func TestAServiceThatIsCreatedByInheritingIsOn(t *testing.T) {
	t.Parallel()
	for _, profile := range []fakegitlab.Profile{fakegitlab.V18_9, fakegitlab.V19_1} {
		server := acctest.Server(t, profile)
		project := server.AddProject("acme/web")
		setUpWiki(t, server, "acme")
		wiki := Connect(t, server).Resource(acctest.Service(t, wikiSlug))
		server.ResetRequests()
		set := wiki.MustSet(Object{}, follow(identityOf(project.Path)))
		if got, want := server.Counts(), map[string]int{"PUT": 1, "GET": 1}; !maps.Equal(got, want) {
			t.Errorf("creating sent %v, want %v", got, want)
		}
		if record, _ := server.Record(project.Path, wikiSlug); !record.Active || record.InheritsFrom != "acme" || record.Params["external_wiki_url"] != wikiOfOthers["external_wiki_url"] {
			t.Errorf("GitLab has %+v", record)
		}
		server.ResetRequests()
		read, diags := wiki.Read(set)
		if len(diags) > 0 || !reflect.DeepEqual(read.Values, set.Values) {
			t.Errorf("reading makes %v of %v%s", read.Values, set.Values, diags)
		}
		// One with settings of its own is not asked again.
		server.ResetRequests()
		wiki.MustSet(read, merge(follow(identityOf(project.Path)), map[string]any{"use_inherited_settings": false}))
		if got, want := server.Counts(), map[string]int{"PUT": 1}; !maps.Equal(got, want) {
			t.Errorf("taking over sent %v, want %v", got, want)
		}
	}
}

func setUpWiki(t *testing.T, server *fakegitlab.Server, places ...string) {
	t.Helper()
	for _, place := range places {
		failOn(t, server.Edit(place, wikiSlug, wikiOfOthers))
	}
}

// TestToFollowAServiceThatIsOffIsWarnedOf: the nearest group that has a row of
// its own counts, also where that is off, and GitLab answers with 200.
func TestToFollowAServiceThatIsOffIsWarnedOf(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V18_9)
	project := server.AddProject("acme/web/shop/front")
	setUpWiki(t, server, "acme", "acme/web", "acme/web/shop")
	failOn(t, server.Inherit("acme/web/shop", wikiSlug)) // passed over
	failOn(t, server.Disable("acme/web", wikiSlug))
	wiki := Connect(t, server).Resource(acctest.Service(t, wikiSlug))
	const summary = "Inherited service is off"
	off := `group "acme/web", where the service is switched off`

	for when, name := range map[string]string{"created by its path": project.Path, "created by its id": "1"} {
		set, diags := wiki.Set(Object{}, follow(identityOf(name)))
		expectWarning(t, when, diags, summary, off, "set use_inherited_settings to false")
		if read, diags := wiki.Read(set); read.Values != nil || len(diags) > 0 {
			t.Errorf("%s: what is off is not to be set again: %v%s", when, read.Values, diags)
		}
		failOn(t, server.Erase(project.Path, wikiSlug))
	}

	own := Connect(t, server).Resource(acctest.Service(t, wikiSlug)).MustSet(Object{}, merge(follow(identityOf(project.Path)), map[string]any{"use_inherited_settings": false}))
	_, diags := wiki.Set(own, follow(identityOf(project.Path)))
	expectWarning(t, "given back", diags, summary, off)

	// Where the group is not to be looked at, the warning is there all the same.
	token := server.AddToken(fakegitlab.ScopeAPI)
	web, _ := server.Group("acme/web")
	failOn(t, server.SetGroupAccess(token, web, fakegitlab.TokenStranger))
	_, diags = Connect(t, server, map[string]any{"token": token}).Resource(acctest.Service(t, wikiSlug)).Set(own, follow(identityOf(project.Path)))
	if len(diags) != 1 || diags[0].Summary != summary {
		t.Errorf("with a token that does not see the group: %s", diags)
	}

	// A group of a GitLab that does not tell whether it inherits has its own.
	server.Inject(fakegitlab.Fault{Method: http.MethodGet, PathContains: "/groups/", Times: 1, Status: http.StatusOK,
		Body: `{"id":7,"title":"External wiki","slug":"external-wiki","active":false,"properties":{}}`})
	_, diags = Connect(t, server).Resource(acctest.Service(t, wikiSlug)).Set(own, follow(identityOf(project.Path)))
	expectWarning(t, "of a group that does not tell", diags, summary, `group "acme/web/shop"`)

	instance := server.AddProject("other/web")
	server.SetInstanceDefault(wikiSlug, wikiOfOthers)
	failOn(t, server.Disable(fakegitlab.Instance, wikiSlug))
	_, diags = wiki.Set(Object{}, follow(identityOf(instance.Path)))
	expectWarning(t, "of the instance", diags, summary, "the settings of the instance, where")
}

// TestNothingToFollowIsExplained when a service is created, and when an
// administrator resets the default of the instance: with it goes what follows.
func TestNothingToFollowIsExplained(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	project := server.AddProject("acme/web")
	wiki := Connect(t, server).Resource(acctest.Service(t, wikiSlug))
	explained := []string{"Unable to set External wiki", "Default integration not found.", "neither a group above the project nor the instance has settings of the service", "use_inherited_settings to false"}
	_, diags := wiki.Set(Object{}, follow(identityOf(project.Path)))
	if len(diags.Errors()) != 1 {
		t.Errorf("nothing to follow:%s", diags)
	}
	expectSays(t, "nothing to follow", diags, explained...)

	server.SetInstanceDefault(wikiSlug, wikiOfOthers)
	set := wiki.MustSet(Object{}, follow(identityOf(project.Path)))
	server.SetInstanceDefault(wikiSlug, nil)
	read, diags := wiki.Read(set)
	if read.Values != nil || len(diags) > 0 {
		t.Errorf("after the reset it is read as %v%s", read.Values, diags)
	}
	planned, diags := wiki.Plan(Object{}, follow(identityOf(project.Path)))
	if planned.Values == nil || len(diags) > 0 {
		t.Errorf("the plan is %v%s", planned.Values, diags)
	}
	_, diags = wiki.Apply(Object{}, planned, follow(identityOf(project.Path)))
	expectSays(t, "reset", diags, explained...)
	// A group that has nothing above it either.
	_, diags = Connect(t, server).resource("gitlabservices_group_external_wiki").Set(Object{}, follow(map[string]any{"group": "acme"}))
	expectSays(t, "a group", diags.Errors(), "neither a group above the group nor the instance")
}

// TestAGroupThatFollowsIsToldThatItsSettingsComeLater, when it begins to: GitLab
// changes no more than the mark until what is above is saved.
func TestAGroupThatFollowsIsToldThatItsSettingsComeLater(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V18_9)
	server.AddGroup("acme/web")
	server.AddGroup("acme/ops")
	setUpWiki(t, server, "acme")
	wiki := Connect(t, server).resource("gitlabservices_group_external_wiki")
	const summary = "Inherited settings come later"
	web, ops := map[string]any{"group": "acme/web"}, map[string]any{"group": "acme/ops"}

	own := wiki.MustSet(Object{}, merge(follow(web), map[string]any{"use_inherited_settings": false}))
	follows, diags := wiki.Set(own, follow(web))
	expectWarning(t, "given back", diags, summary, `group "acme/web"`)
	record, _ := server.Record("acme/web", wikiSlug)
	if !record.Active || !record.Inherited || record.Params["external_wiki_url"] != "https://wiki.example.com/own" {
		t.Errorf("GitLab has %+v", record)
	}
	if read, diags := wiki.Read(follows); len(diags) > 0 || !reflect.DeepEqual(read.Values, follows.Values) {
		t.Errorf("reading makes %v of %v%s", read.Values, follows.Values, diags)
	}
	if _, diags := wiki.Plan(follows, follow(web)); len(diags) > 0 {
		t.Errorf("one that follows already:%s", diags)
	}
	// One that had no settings is off, which is not because of the group above.
	_, diags = wiki.Set(Object{}, follow(ops))
	expectWarning(t, "created", diags, summary, `group "acme/ops"`, "one that had none is off")

	server.Propagate()
	for _, path := range []string{"acme/web", "acme/ops"} {
		if record, _ := server.Record(path, wikiSlug); !record.Active || record.InheritsFrom != "acme" || record.Params["external_wiki_url"] != wikiOfOthers["external_wiki_url"] {
			t.Errorf("once the jobs have run, %s has %+v", path, record)
		}
	}
}

// TestTwoActiveTrackersHaveAWayOut: what a group hands down stands beside a
// project's own tracker, and GitLab refuses to change either until one is gone.
func TestTwoActiveTrackersHaveAWayOut(t *testing.T) {
	t.Parallel()
	bugzilla, redmine := acctest.Service(t, "bugzilla"), acctest.Service(t, "redmine")
	for name, out := range map[string]struct{ deleted, left string }{
		"the project's own goes": {"bugzilla", "redmine"},
		"the group's copy goes":  {"redmine", "bugzilla"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, fakegitlab.V18_9)
			project := server.AddProject("acme/web")
			p := Connect(t, server)
			config := map[string]map[string]any{
				"bugzilla": acctest.Minimal(bugzilla).Values(project.Path),
				"redmine":  merge(acctest.Minimal(redmine).Values(project.Path), map[string]any{"use_inherited_settings": true}),
			}
			resources := map[string]*ProtocolResource{"bugzilla": p.Resource(bugzilla), "redmine": p.Resource(redmine)}
			states := map[string]Object{"bugzilla": resources["bugzilla"].MustSet(Object{}, config["bugzilla"])}
			ofGroup := acctest.Minimal(redmine).Values(project.Path)
			delete(ofGroup, "project")
			p.resource("gitlabservices_group_redmine").MustSet(Object{}, merge(ofGroup, map[string]any{"group": "acme"}))
			server.Propagate()
			imported, diags := resources["redmine"].Import(project.Path, nil)
			if len(diags) > 0 || imported.Values["use_inherited_settings"] != true {
				t.Fatalf("the copy is imported as %v%s", imported.Values, diags)
			}
			states["redmine"] = imported

			for slug, resource := range resources {
				if read, diags := resource.Read(states[slug]); len(diags) > 0 || !reflect.DeepEqual(read.Values, states[slug].Values) {
					t.Errorf("%s is read as %v%s", slug, read.Values, diags)
				}
				url := "project_url"
				_, diags := resource.Set(states[slug], merge(config[slug], map[string]any{url: "https://changed.example.com"}))
				if len(diags.Errors()) != 1 {
					t.Errorf("%s is changed:%s", slug, diags)
				}
				expectSays(t, slug, diags, "Another issue tracker is already in use", "A group's tracker comes to a project beside its own", "until one of them is deleted")
			}
			deleted := Connect(t, server).resource(resources[out.deleted].name) // As in another run.
			if _, diags := deleted.Delete(states[out.deleted]); len(diags) > 0 {
				t.Errorf("the way out is refused:%s", diags)
			}
			resources[out.left].MustSet(states[out.left], merge(config[out.left], map[string]any{"project_url": "https://changed.example.com"}))
		})
	}
}

// TestWhatAGroupAloneCanHaveStopsNoList: GitLab 18.9 lists the copy of ZenTao
// that a project got from its group, and denies it when it is asked for it.
func TestWhatAGroupAloneCanHaveStopsNoList(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V18_9)
	project := server.AddProject("acme/web")
	zentao := acctest.Service(t, "zentao")
	p := Connect(t, server)
	ofGroup := acctest.Minimal(zentao).Values("")
	delete(ofGroup, "project")
	set := p.resource(zentao.GroupResourceType()).MustSet(Object{}, merge(ofGroup, map[string]any{"group": "acme"}))
	server.Propagate()
	setUpServices(t, server, project.Path, "slack")
	if read, diags := p.resource(zentao.GroupResourceType()).Read(set); len(diags) > 0 || !reflect.DeepEqual(read.Values, set.Values) {
		t.Errorf("the group's is read as %v%s", read.Values, diags)
	}

	results, diags := p.Resource(zentao).Query(Query{Config: map[string]any{"group": "acme"}})
	if len(results) != 1 || len(diags) > 0 {
		t.Errorf("listed are %v%s", namesOf(results), diags)
	}
	// What cannot be had gets into no generated configuration.
	results, diags = p.Resource(zentao).Query(Query{Config: map[string]any{"group": "acme"}, Settings: true})
	if len(results) > 0 || len(diags) > 0 {
		t.Errorf("listed with settings are %v%s", namesOf(results), diags)
	}
	inventory, diags := p.ReadData("services", map[string]any{"group": "acme", "include_group": true})
	services, _ := inventory["services"].([]any)
	var found []string
	for _, s := range services {
		one, _ := s.(map[string]any)
		slug, _ := one["slug"].(string)
		found = append(found, slug)
	}
	if !slices.Equal(found, []string{"zentao", "slack", "zentao"}) || len(diags) > 0 {
		t.Errorf("the inventory has %v%s", found, diags)
	}
	read, diags := p.ReadData("zentao", map[string]any{"project": project.Path, "allow_missing": true})
	if read["exists"] != false || len(diags) > 0 {
		t.Errorf("the data source has %v%s", read, diags)
	}
	_, diags = p.Resource(zentao).Import(project.Path, nil)
	expectSays(t, "the import", diags.Errors(), "Unable to import")
	_, diags = p.Resource(zentao).Set(Object{}, acctest.Minimal(zentao).Values(project.Path))
	expectSays(t, "the apply", diags.Errors(), "400 Integration not available", "does not offer the service")
}

// TestTheDestroyOfWhatFollowsSaysWhatRemains, and no other one does.
func TestTheDestroyOfWhatFollowsSaysWhatRemains(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V18_9)
	project := server.AddProject("acme/web")
	setUpWiki(t, server, "acme")
	wiki := Connect(t, server).Resource(acctest.Service(t, wikiSlug))
	set := wiki.MustSet(Object{}, follow(identityOf(project.Path)))
	_, diags := wiki.Plan(set, nil)
	expectWarning(t, "one that follows", diags, "Inherited service is switched off", `project "acme/web"`, "for this project alone", "terraform state rm")
	again := Connect(t, server).Resource(acctest.Service(t, wikiSlug)) // As in another run.
	if after, diags := again.Delete(set); after.Values != nil || len(diags) > 0 {
		t.Errorf("the destroy leaves %v%s", after.Values, diags)
	}
	if record, _ := server.Record(project.Path, wikiSlug); record.Active || !record.Inherited {
		t.Errorf("GitLab has %+v", record)
	}
	own := again.MustSet(Object{}, merge(follow(identityOf(project.Path)), map[string]any{"use_inherited_settings": false}))
	if _, diags := again.Plan(own, nil); len(diags) > 0 {
		t.Errorf("one with settings of its own:%s", diags)
	}
}

// TestAServiceThatFollowsAndCannotBeReadAgainIsKept, as the PUT has been done: the
// same apply does not switch it off under another address, and the next refresh
// goes on.
func TestAServiceThatFollowsAndCannotBeReadAgainIsKept(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	project := server.AddProject("acme/web")
	setUpWiki(t, server, "acme")
	service := acctest.Service(t, wikiSlug)
	own := Connect(t, server).Resource(service).MustSet(Object{}, merge(follow(identityOf(project.Path)), map[string]any{"use_inherited_settings": false}))
	server.Inject(fakegitlab.Fault{Method: "GET", PathContains: "/services/" + wikiSlug, Status: 502})
	wiki := Connect(t, server).Resource(service)
	after, diags := wiki.Set(Object{}, follow(identityOf(project.Path)))
	if after.Values["use_inherited_settings"] != true {
		t.Errorf("the service is %v", after.Values)
	}
	expectWarning(t, "creating", diags, "Outcome of inheritance not seen", `project "acme/web"`, "502")
	_, diags = wiki.Delete(own)
	expectWarning(t, "the old address is destroyed", diags, "Service kept")
	server.ClearFaults()
	if read, diags := Connect(t, server).Resource(service).Read(after); len(diags) > 0 || !reflect.DeepEqual(read.Values, after.Values) {
		t.Errorf("the next refresh has %v%s", read.Values, diags)
	}
}

// TestASecretIsNotOursOnceSomebodyElseHasTakenOver, also one whose change cannot
// be noticed otherwise, and one that came with the state of another provider: what
// GitLab has of settings that were inherited was never sent by Terraform.
func TestASecretIsNotOursOnceSomebodyElseHasTakenOver(t *testing.T) {
	t.Parallel()
	for slug, secret := range map[string]string{"jira": "password", "slack": "webhook"} {
		for _, moved := range []bool{false, true} {
			server := acctest.Server(t, fakegitlab.V18_9)
			project := server.AddProject("acme/web")
			setUpServices(t, server, "acme", slug)
			service := acctest.Service(t, slug)
			r := Connect(t, server).Resource(service)
			own := acctest.Minimal(service).Values(project.Path)
			config := merge(own, map[string]any{"use_inherited_settings": true})
			state := r.MustSet(Object{}, config)
			if moved {
				raw, err := json.Marshal(config)
				failOn(t, err)
				var diags Diagnostics
				if state, diags = r.Move("registry.terraform.io/gitlabhq/gitlab", service.Peer.Types[0], raw, nil); len(diags) > 0 {
					t.Fatal(diags)
				}
			}
			body := merge(own, map[string]any{"use_inherited_settings": false, secret: "https://foreign.example.com"})
			delete(body, "project")
			putService(t, server, project.ID, slug, body)
			read, diags := r.Read(state)
			if read.Values[secret] != nil {
				t.Errorf("%s, moved: %t: the state still has the secret%s", slug, moved, diags)
			}
			expectWarning(t, slug, diags, "Secret may have changed", secret)
			r.MustSet(read, own)
			if record, _ := server.Record(project.Path, slug); record.Params[secret] != own[secret] {
				t.Errorf("%s, moved: %t: GitLab has the secret of somebody else", slug, moved)
			}
		}
	}
}

// TestToReplaceWhatFollowsSaysWhatRemains, which is what a destroy leaves.
func TestToReplaceWhatFollowsSaysWhatRemains(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V18_9)
	web, api := server.AddProject("acme/web"), server.AddProject("acme/api")
	setUpWiki(t, server, "acme")
	wiki := Connect(t, server).Resource(acctest.Service(t, wikiSlug))
	set := wiki.MustSet(Object{}, follow(identityOf(web.Path)))
	_, diags := wiki.Plan(set, follow(identityOf(api.Path)))
	expectWarning(t, "another project", diags, "Inherited service is switched off", `project "acme/web"`)
	own := wiki.MustSet(set, merge(follow(identityOf(web.Path)), map[string]any{"use_inherited_settings": false}))
	if _, diags := wiki.Plan(own, follow(identityOf(api.Path))); len(diags) > 0 {
		t.Errorf("one with settings of its own:%s", diags)
	}
}

// TestNoGroupIsBlamedThatIsNotKnownToBeTheOne whose service is off: the token may
// not look at a nearer one.
func TestNoGroupIsBlamedThatIsNotKnownToBeTheOne(t *testing.T) {
	t.Parallel()
	for _, access := range []string{fakegitlab.TokenStranger, fakegitlab.TokenReporter} {
		server := acctest.Server(t, fakegitlab.V18_9)
		project := server.AddProject("acme/web/shop/front")
		setUpWiki(t, server, "acme", "acme/web", "acme/web/shop")
		failOn(t, server.Erase("acme/web/shop", wikiSlug)) // passed over
		failOn(t, server.Disable("acme/web", wikiSlug))
		token := server.AddToken(fakegitlab.ScopeAPI)
		web, _ := server.Group("acme/web")
		failOn(t, server.SetGroupAccess(token, web, access))
		wiki := Connect(t, server, map[string]any{"token": token}).Resource(acctest.Service(t, wikiSlug))
		_, diags := wiki.Set(Object{}, follow(identityOf(project.Path)))
		expectWarning(t, access, diags, "Inherited service is off", "follows the settings of what is above it")
	}
}

// TestNoGroupIsBlamedWhereTheProjectCannotBeLookedUp.
func TestNoGroupIsBlamedWhereTheProjectCannotBeLookedUp(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V18_9)
	project := server.AddProject("acme/web")
	setUpWiki(t, server, "acme")
	failOn(t, server.Disable("acme", wikiSlug))
	server.Inject(fakegitlab.Fault{Method: http.MethodGet, PathEnds: "/projects/acme%2Fweb", Status: http.StatusForbidden, Body: `{"message":"403 Forbidden"}`})
	_, diags := Connect(t, server).Resource(acctest.Service(t, wikiSlug)).Set(Object{}, follow(identityOf(project.Path)))
	expectWarning(t, "nothing seen", diags, "Inherited service is off", "follows the settings of what is above it")
}

// TestWhatIsInstalledMayFollowAServiceThatIsOff: that is no missing installation.
func TestWhatIsInstalledMayFollowAServiceThatIsOff(t *testing.T) {
	t.Parallel()
	for _, s := range installed() {
		server := acctest.Server(t, fakegitlab.V19_1)
		project := server.AddProject("acme/web")
		failOn(t, server.Edit("acme", s.Slug, nil))
		failOn(t, server.Edit(project.Path, s.Slug, nil))
		failOn(t, server.Disable("acme", s.Slug))
		config := merge(acctest.Minimal(s).Values(project.Path), map[string]any{"use_inherited_settings": true})
		_, diags := Connect(t, server).Resource(s).Set(Object{}, config)
		expectWarning(t, s.Slug, diags, "Inherited service is off", `group "acme"`)
	}
}

// TestAWriteThatInheritsIsNoRead: GitLab may copy the settings after it has answered,
// so that the next refresh has to look.
func TestAWriteThatInheritsIsNoRead(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	project := server.AddProject("acme/web")
	setUpServices(t, server, "acme", "slack")
	r := Connect(t, server).Resource(acctest.Service(t, "slack"))
	own := merge(identityOf(project.Path), map[string]any{"webhook_wo": "https://hooks.slack.com/services/T/B/own"})
	state := Object{}
	for _, inherits := range []bool{true, false} {
		state = r.MustSet(state, merge(own, map[string]any{"use_inherited_settings": inherits}))
		if read := strings.Contains(memoryIn(state).Rest, "read_at"); read == inherits {
			t.Errorf("it inherits: %t, and counts as read: %t", inherits, read)
		}
	}
}

// TestTakingOverWithASecretThatIsIgnoredSaysThatAPlanDoesNotSeeIt: it is not
// missing, as the apply shows.
func TestTakingOverWithASecretThatIsIgnoredSaysThatAPlanDoesNotSeeIt(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V18_9)
	project := server.AddProject("acme/web")
	setUpServices(t, server, "acme", "slack")
	r := Connect(t, server).Resource(acctest.Service(t, "slack"))
	own := merge(identityOf(project.Path), map[string]any{"webhook_wo": "https://hooks.slack.com/services/T/B/own"})
	state := r.MustSet(Object{}, merge(own, map[string]any{"use_inherited_settings": true}))
	planned, diags := r.PlanIgnoring(state, own, "webhook_wo")
	expectWarning(t, "the plan", diags, "Missing webhook for Slack notifications", "A plan does not see `webhook_wo` where ignore_changes names it; an apply does.")
	_, diags = r.Apply(state, planned, own)
	if record, _ := server.Record(project.Path, "slack"); len(diags) > 0 || record.Params["webhook"] != own["webhook_wo"] {
		t.Errorf("GitLab has %v%s", record.Params["webhook"], diags)
	}
}

// TestInheritanceThatCannotBeLookedAtIsNotTried, where a secret might be cleared.
func TestInheritanceThatCannotBeLookedAtIsNotTried(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V18_9)
	server.AddProject("acme/web")
	commands := Connect(t, server).Resource(acctest.Service(t, "slack-slash-commands"))
	server.Inject(fakegitlab.Fault{Method: http.MethodGet, Times: 1, Status: http.StatusForbidden, Body: `{"message":"403 Forbidden"}`})
	set, diags := commands.Set(Object{}, merge(identityOf("acme/web"), map[string]any{"use_inherited_settings": true}))
	expectError(t, diags.Errors(), "Unable to set Slack slash commands", "403 Forbidden")
	if got, want := server.Counts(), map[string]int{"GET": 1}; !maps.Equal(got, want) || set.Values != nil {
		t.Errorf("it sent %v, and the state has %v", got, set.Values)
	}
}

// TestInheritanceDoesNotClearASecretOfAnOlderGitLab, which takes null for the
// token of a slash command and does not know what it stands for.
func TestInheritanceDoesNotClearASecretOfAnOlderGitLab(t *testing.T) {
	t.Parallel()
	ran := 0
	for _, profile := range fakegitlab.Profiles() {
		for _, slug := range []string{"slack-slash-commands", "mattermost-slash-commands"} {
			server := acctest.Server(t, profile)
			place, token := server.AddProject("acme/web").Path, map[string]any{"token": "theirs"}
			tells := server.GroupsHaveServices()
			if err := server.Edit("acme", slug, token); tells && err != nil || server.Edit(place, slug, token) != nil {
				continue // GitLab 19 has no Slack slash commands.
			}
			ran++
			when := string(profile) + " " + slug
			commands := Connect(t, server).Resource(acctest.Service(t, slug))
			imported, _ := commands.Import(place, nil)
			state, _ := commands.Read(imported)
			server.ResetRequests()
			set, diags := commands.Set(state, merge(identityOf(place), map[string]any{"use_inherited_settings": true}))
			record, _ := server.Record(place, slug)
			if tells {
				if len(diags) > 0 || !record.Inherited || set.Values["use_inherited_settings"] != true {
					t.Errorf("%s: GitLab has %+v%s", when, record, diags)
				}
				continue
			}
			if len(diags.Errors()) != 1 || diags.Errors()[0].Summary != "Missing token for "+acctest.Service(t, slug).Title || record.Params["token"] != "theirs" || set.Values["use_inherited_settings"] == true {
				t.Errorf("%s: GitLab has %+v, the state %v%s", when, record, set.Values, diags)
			}
			expectSays(t, when, diags, "before 17.3", "`token_wo`", "was not set")
			if got, want := server.Counts(), map[string]int{"GET": 1}; !maps.Equal(got, want) {
				t.Errorf("%s: it sent %v, want %v", when, got, want)
			}
		}
	}
	if ran != 2*len(fakegitlab.Profiles())-1 {
		t.Errorf("%d were tried", ran)
	}
}

// TestAListTellsOfInheritance, with the settings that a configuration is made of.
func TestAListTellsOfInheritance(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("acme/web")
	setUpWiki(t, server, "acme", "acme/web")
	failOn(t, server.Inherit("acme/web", wikiSlug))
	results, diags := Connect(t, server).Resource(acctest.Service(t, wikiSlug)).Query(Query{Config: map[string]any{"project": "acme/web"}, Settings: true})
	if len(diags) > 0 || len(results) != 1 || results[0].Values["use_inherited_settings"] != true {
		t.Errorf("listed are %v%s", results, diags)
	}
}

// TestAGroupsServiceThatIsLeftInactiveIsWarnedOf, as nothing of it is to come later.
func TestAGroupsServiceThatIsLeftInactiveIsWarnedOf(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddGroup("acme")
	server.Inject(fakegitlab.Fault{Method: http.MethodPut, Status: http.StatusOK,
		Body: `{"id":7,"title":"External wiki","slug":"external-wiki","active":false,"inherited":false,"properties":{"external_wiki_url":"https://wiki.example.com"}}`})
	wiki := Connect(t, server).resource("gitlabservices_group_external_wiki")
	_, diags := wiki.Set(Object{}, map[string]any{"group": "acme", "external_wiki_url": "https://wiki.example.com"})
	expectWarning(t, "set", diags, "Service left inactive", `group "acme"`)
}

// TestWhatGitLabNeverInheritedIsNotTakenOver: before 17.3 a secret that nobody
// configured is the service's own, and stays where the configuration inherits no
// longer.
func TestWhatGitLabNeverInheritedIsNotTakenOver(t *testing.T) {
	t.Parallel()
	for slug, theirs := range map[string]map[string]any{
		"squash-tm": {"url": "https://squash.example.com", "token": "theirs"},
		"jenkins":   {"jenkins_url": "https://ci.example.com", "project_name": "web", "username": "u", "password": "theirs"},
	} {
		server := acctest.Server(t, fakegitlab.V16_0)
		project := server.AddProject("g/p")
		putService(t, server, project.ID, slug, theirs)
		service := acctest.Service(t, slug)
		resource := Connect(t, server).Resource(service)
		imported, diags := resource.Import("g/p", nil)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		state, _ := resource.Read(imported)
		config := map[string]any{"project": "g/p"}
		secret := service.Secrets()[0]
		for name, value := range theirs {
			if name != secret {
				config[name] = value
			}
		}
		for _, refreshed := range []bool{false, true} {
			inheriting, diags := resource.Set(state, merge(config, map[string]any{"use_inherited_settings": true}))
			expectOne(t, diags, true, "Inheritance is not told", "before 17.3")
			if refreshed {
				inheriting, _ = resource.Read(inheriting)
			}
			state = resource.MustSet(inheriting, config)
			if record, _ := server.Record("g/p", slug); record.Params[secret] != "theirs" {
				t.Errorf("%s, refreshed in between: %t: GitLab has %v", slug, refreshed, record.Params)
			}
		}
	}
}

// TestAServiceThatWasNeverSetUpHasNothingToLose: neither an older GitLab nor a newer
// one refuses that it is to inherit.
func TestAServiceThatWasNeverSetUpHasNothingToLose(t *testing.T) {
	t.Parallel()
	for _, profile := range []fakegitlab.Profile{fakegitlab.V12_3, fakegitlab.V16_0} {
		server := acctest.Server(t, profile)
		server.AddProject("acme/web")
		commands := Connect(t, server).Resource(acctest.Service(t, "slack-slash-commands"))
		_, diags := commands.Set(Object{}, merge(identityOf("acme/web"), map[string]any{"use_inherited_settings": true}))
		if got := server.Counts(); got["PUT"] == 0 || strings.Contains(diags.String(), "was not set: this GitLab") {
			t.Errorf("%s: it sent %v%s", profile, got, diags)
		}
	}
}
