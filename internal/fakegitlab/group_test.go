package fakegitlab

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

const parent = "/api/v4/groups/group"

func (l *lab) putGroup(body string) reply {
	l.t.Helper()
	return l.send(http.MethodPut, parent+"/integrations/"+wiki, body)
}

func TestGroupsAreReadWithTheirProjectsUnlessToldOtherwise(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		l.AddProject("group/sub/deep")
		for _, segment := range []string{"group", "GROUP", "1"} {
			r := l.send("GET", "/api/v4/groups/"+segment, "")
			projects, _ := r.body["projects"].([]any)
			if r.status != 200 || r.body["full_path"] != "group" || r.body["parent_id"] != nil || len(projects) != 1 {
				t.Errorf("GET of %s = %d %s", segment, r.status, r.text)
			}
		}
		r := l.send("GET", "/api/v4/groups/"+escaped("group/sub")+"?with_projects=false", "")
		if _, told := r.body["projects"]; told || r.body["parent_id"] != float64(1) || r.body["id"] != float64(2) {
			t.Errorf("GET of the subgroup = %d %s", r.status, r.text)
		}
		if r := l.send("GET", "/api/v4/groups/none", ""); r.status != 404 || r.text != `{"message":"404 Group Not Found"}` {
			t.Errorf("GET of no group = %d %s", r.status, r.text)
		}
	}, Profiles()...)
}

func TestAGroupIsReadWithAHundredOfItsProjects(t *testing.T) {
	t.Parallel()
	l := newLab(t, V18_9)
	for i := range 120 {
		l.AddProject(fmt.Sprintf("group/p%d", i))
	}
	if projects, _ := l.send("GET", "/api/v4/groups/group", "").body["projects"].([]any); len(projects) != 100 {
		t.Errorf("%d projects", len(projects))
	}
	if got, pages := l.listed("/api/v4/groups/group/projects?per_page=100"); len(got) != 121 || pages != 2 {
		t.Errorf("the list has %d on %d pages", len(got), pages)
	}
}

func TestGroupsHaveServicesFrom17_9(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		r := l.putGroup(`{"external_wiki_url":"https://wiki.example.com"}`)
		if want := l.GroupsHaveServices(); (r.status == 200) != want || !want && r.text != `{"error":"404 Not Found"}` {
			t.Errorf("PUT = %d %s", r.status, r.text)
		}
		if _, stored := l.Record("group", wiki); stored != l.GroupsHaveServices() {
			t.Errorf("a record is there: %t", stored)
		}
	}, Profiles()...)
}

func TestWhatAGroupSavesReachesItsProjectsWhenTheJobsRun(t *testing.T) {
	t.Parallel()
	l := newLab(t, V18_9)
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	l.SetClock(func() time.Time { return now })
	inherited := func() any { return l.get(wiki).wiki() }

	l.putGroup(`{"external_wiki_url":"https://one.example.com"}`)
	now = now.Add(time.Hour)
	if inherited() != nil || l.Waiting() != 1 {
		t.Errorf("nobody ran the job, %d wait, and the project has %v", l.Waiting(), inherited())
	}
	l.Propagate()
	if inherited() != "https://one.example.com" || l.Waiting() != 0 {
		t.Errorf("the job ran, %d wait, and the project has %v", l.Waiting(), inherited())
	}

	l.SetPropagation(time.Minute)
	l.putGroup(`{"external_wiki_url":"https://two.example.com"}`)
	if got := inherited(); got != "https://one.example.com" {
		t.Errorf("before its time: %v", got)
	}
	now = now.Add(time.Minute)
	if got := inherited(); got != "https://two.example.com" {
		t.Errorf("after its time: %v", got)
	}

	l.SetPropagation(0)
	l.putGroup(`{"external_wiki_url":"https://three.example.com"}`)
	if got := inherited(); got != "https://three.example.com" {
		t.Errorf("without delay: %v", got)
	}
	if later := l.AddProject("group/later"); l.recordOf(later.Path, wiki).Params["external_wiki_url"] != "https://three.example.com" {
		t.Error("a project that is added later has no copy")
	}
}

func (l *lab) recordOf(place, slug string) Record {
	l.t.Helper()
	rec, ok := l.Record(place, slug)
	if !ok {
		l.t.Fatalf("no record of %s in %s", slug, place)
	}
	return rec
}

func TestARenamedGroupTakesAlongWhatIsInIt(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		l.AddProject("group/sub/deep")
		id, _ := l.Group("group")
		l.mustSucceed(l.RenameGroup(id, "renamed"))
		for _, path := range []string{"/projects/" + escaped("renamed/project"), "/projects/" + escaped("renamed/sub/deep"), "/groups/" + escaped("renamed/sub")} {
			if r := l.send("GET", "/api/v4"+path, ""); r.status != 200 {
				t.Errorf("GET %s = %d %s", path, r.status, r.text)
			}
		}
		want := http.StatusNotFound
		if l.release.Redirects {
			want = http.StatusMovedPermanently
		}
		if r := l.send("GET", "/api/v4/projects/"+escaped("group/project"), ""); r.status != want {
			t.Errorf("GET of the old path of a project = %d", r.status)
		}
		if r := l.send("GET", "/api/v4/groups/group", ""); r.status != 404 {
			t.Errorf("GET of the old path of the group = %d", r.status)
		}
		if l.RenameGroup(99, "x") == nil || l.RenameGroup(id, "renamed/sub") == nil {
			t.Error("a rename that cannot be succeeds")
		}
		if groups := l.Groups(); len(groups) != 2 || groups[1].Path != "renamed/sub" || l.AddGroup("Renamed").ID != id {
			t.Errorf("the groups are %v", groups)
		}
	}, Profiles()...)
}

func TestADeletedGroupTakesAlongWhatIsInIt(t *testing.T) {
	t.Parallel()
	l := newLab(t, V18_9)
	l.AddProject("group/sub/deep")
	l.AddProject("groups/other")
	l.mustSucceed(l.DeleteGroup(1))
	if projects, groups := l.Projects(), l.Groups(); len(projects) != 1 || len(groups) != 1 || projects[0].Path != "groups/other" {
		t.Errorf("there are %v and %v", projects, groups)
	}
	if l.DeleteGroup(1) == nil {
		t.Error("deleted twice")
	}
}

func TestWithWhatAGroupHasEverythingGoesThatInheritsIt(t *testing.T) {
	t.Parallel()
	for how, end := range map[string]func(*lab) error{
		"reset":   func(l *lab) error { return l.Erase("group", wiki) },
		"deleted": func(l *lab) error { return l.DeleteGroup(1) },
	} {
		l := newLab(t, V18_9)
		l.SetPropagation(0)
		l.AddProject("group/own")
		l.mustSucceed(l.Edit("group/own", wiki, wikiURL("own")))
		l.mustSucceed(l.Edit("group", wiki, wikiURL("group")))
		l.mustSucceed(l.RenameProject(l.project.ID, "other/project"))
		if rec := l.recordOf("other/project", wiki); rec.InheritsFrom != "group" {
			t.Errorf("a project that was moved out has %+v", rec)
		}
		l.mustSucceed(end(l))
		if _, left := l.Record("other/project", wiki); left {
			t.Errorf("%s: the copy is left", how)
		}
		if _, left := l.Record("group/own", wiki); left != (how == "reset") {
			t.Errorf("%s: what is its own is left: %t", how, left)
		}
	}
}

func TestAPersonSetsUpOnlyWhatThePlaceMayHave(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		profile     Profile
		place, slug string
	}{{V18_9, "group", "jenkins"}, {V18_9, Instance, "jenkins"}, {V16_0, "group", wiki}} {
		l := newLab(t, tt.profile)
		if err := l.Edit(tt.place, tt.slug, nil); err == nil || !strings.Contains(err.Error(), tt.slug) {
			t.Errorf("%s in %q of %s: %v", tt.slug, tt.place, tt.profile, err)
		}
		if _, stored := l.Record(tt.place, tt.slug); stored {
			t.Errorf("%s in %q of %s is stored", tt.slug, tt.place, tt.profile)
		}
	}
}

func TestATokenMayBeWorthLessInAGroup(t *testing.T) {
	t.Parallel()
	l := newLab(t, V18_9)
	id, _ := l.Group("group")
	for kind, want := range map[string]string{TokenReporter: `{"message":"403 Forbidden"}`, TokenStranger: `{"message":"404 Group Not Found"}`} {
		token := l.AddToken(ScopeAPI)
		l.mustSucceed(l.SetGroupAccess(token, id, kind))
		if r := l.send("GET", parent+"/integrations/slack", "", "PRIVATE-TOKEN: "+token); r.text != want {
			t.Errorf("%s: GET = %d %s", kind, r.status, r.text)
		}
	}
	if l.SetGroupAccess(l.Token(), 99, TokenReporter) == nil {
		t.Error("there is no such group")
	}
}

func TestEditionsDifferInWhatTheyHave(t *testing.T) {
	t.Parallel()
	l := newLab(t, V18_9)
	l.mustSucceed(l.Edit("group/project", "mock-ci", nil))
	l.mustSucceed(l.Edit("group/project", "github", nil))
	for edition, want := range map[Edition]string{Development: "200 200", Enterprise: "400 200", Community: "400 400"} {
		l.SetEdition(edition)
		if got := fmt.Sprint(l.get("mock-ci").status, l.get("github").status); got != want {
			t.Errorf("edition %d: mock-ci and github are %s, want %s", edition, got, want)
		}
		_, told := l.mustPut("asana", values{"api_key": "k"}).body["vulnerability_events"]
		if told != (edition != Community) {
			t.Errorf("edition %d: vulnerability_events is answered: %t", edition, told)
		}
	}
}

func TestAnUpgradeKeepsWhatIsStored(t *testing.T) {
	t.Parallel()
	l := newLab(t, V10_5)
	l.mustSucceed(l.Serve(`{"slug": "acme", "title": "Acme", "params": [{"name": "board", "type": "string"}]}`))
	l.mustSucceed(l.Edit("group/project", "acme", values{"board": "x"}))
	l.mustSucceed(l.Edit("group/project", "slack", values{"webhook": "https://hooks.example.com/x", "push_events": false}))
	l.mustSucceed(l.Edit("group/project", "gemnasium", nil))
	for _, to := range []Profile{V16_0, V19_1} {
		l.mustSucceed(l.Upgrade(to))
		slack := l.get("slack")
		if slack.status != 200 || slack.body["push_events"] != false || slack.body["deployment_events"] != false {
			t.Errorf("Slack on %s is %d %s", to, slack.status, slack.text)
		}
		if gone, added := l.get("gemnasium").status, l.get("acme").status; gone != 400 || added != 200 {
			t.Errorf("on %s a service that it lost answers %d, and one that was added %d", to, gone, added)
		}
	}
	if l.Upgrade("99.9") == nil || l.Profile() != V19_1 {
		t.Error("there is no such version")
	}
}

func TestFeaturesHaveNames(t *testing.T) {
	t.Parallel()
	l := newLab(t, V18_9)
	l.mustSucceed(l.SetFeature("github_integration", false))
	if r := l.put("github", values{"token": "t", "repository_url": ""}); r.status != 400 || r.body["message"] != "400 Integration not available" {
		t.Errorf("PUT = %d %s", r.status, r.text)
	}
	if l.SetFeature("teleportation", true) == nil {
		t.Error("a feature that does not exist can be switched")
	}
}

func TestATestCanAddAServiceThatNoReleaseHas(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		l.mustSucceed(l.Serve(`{"slug": "acme-desk", "title": "Acme Desk", "events": ["push_events"],
			"params": [{"name": "board", "type": "string", "required": true, "present": true}, {"name": "key", "type": "string", "hidden": true}]}`))
		if c, ok := l.Contract("acme-desk"); !ok || !c.Params[1].Secret || !slices.Contains(l.Slugs(), "acme-desk") {
			t.Errorf("the server does not know it: %+v", c)
		}
		bases := []string{"/api/v4/projects/1"}
		if l.GroupsHaveServices() {
			bases = append(bases, "/api/v4/groups/group")
		}
		for i, base := range bases {
			list := base + []string{"/services", "/integrations"}[i]
			service := list + "/acme-desk"
			if r := l.send("PUT", service, `{}`); r.text != `{"error":"board is missing"}` {
				t.Errorf("PUT = %d %s", r.status, r.text)
			}
			put := l.send("PUT", service, `{"board":"b","key":"hush"}`)
			get := l.send("GET", service, "")
			for _, r := range []reply{put, get} {
				if r.body["title"] != "Acme Desk" || !sameJSON(r.props(), values{"board": "b"}) {
					t.Errorf("it is %d %s", r.status, r.text)
				}
			}
			place := []string{"group/project", "group"}[i]
			l.mustSucceed(l.Edit(place, "acme-desk", values{"board": "by hand"}))
			if rec := l.recordOf(place, "acme-desk"); rec.Params["key"] != "hush" || rec.Params["board"] != "by hand" {
				t.Errorf("the record is %+v", rec)
			}
			if r := l.send("GET", list, ""); l.release.List && !strings.Contains(r.text, `"Acme Desk"`) {
				t.Errorf("LIST = %d %s", r.status, r.text)
			}
			if r := l.send("DELETE", service, ""); r.status != 204 || l.recordOf(place, "acme-desk").Active {
				t.Errorf("DELETE = %d", r.status)
			}
		}
		if other := newLab(t, l.profile()); other.get("acme-desk").status != 400 {
			t.Error("another server has it too")
		}
	}, Profiles()...)
	l := newLab(t, V19_1)
	if err := l.Serve(`{"slug": "x", "colour": "red"}`); err == nil || !strings.Contains(err.Error(), "colour") {
		t.Errorf("a contract with an unknown word: %v", err)
	}
}

func TestPathsAreForgiven(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		l.mustPut("asana", values{"api_key": "k"})
		for _, path := range []string{"/projects/1/services/asana/", "/projects/1/services//asana", "/projects/1/services/asana.json",
			"/projects/" + escaped("Group/PROJECT") + "/services/asana"} {
			if r := l.send("GET", "/api/v4"+path, ""); r.status != 200 || r.body["title"] != "Asana" {
				t.Errorf("GET %s = %d %s", path, r.status, r.text)
			}
		}
	}, Profiles()...)
}
