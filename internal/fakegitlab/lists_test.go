package fakegitlab

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// listed follows the pages of a list of projects or groups to their end and
// returns the paths, and how many pages there were.
func (l *lab) listed(path string, headers ...string) (paths []string, pages int) {
	l.t.Helper()
	next := regexp.MustCompile(`<([^>]*)>; rel="next"`)
	for path != "" {
		r := l.send(http.MethodGet, path, "", headers...)
		var list []struct {
			Project string `json:"path_with_namespace"`
			Group   string `json:"full_path"`
		}
		if err := json.Unmarshal([]byte(r.text), &list); err != nil || r.status != http.StatusOK {
			l.t.Fatalf("GET %s = %d %s", path, r.status, r.text)
		}
		for _, p := range list {
			paths = append(paths, p.Project+p.Group)
		}
		pages++
		path = ""
		if match := next.FindStringSubmatch(r.header.Get("Link")); match != nil {
			path = strings.TrimPrefix(match[1], l.URL())
		}
	}
	return paths, pages
}

func TestGroupsListTheirProjects(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		for _, path := range []string{"group/sub/deep/a", "group/sub/b", "groupie/c", "group/d"} {
			l.AddProject(path)
		}
		own := []string{"group/project", "group/d"}
		nested := []string{"group/project", "group/sub/deep/a", "group/sub/b", "group/d"}
		if l.profile() == V10_5 {
			nested = own // it does not know the parameter
		}
		id, ok := l.Group("group")
		if !ok {
			t.Fatal("no group")
		}
		for _, segment := range []string{"group", strconv.FormatInt(id, 10)} {
			list := "/api/v4/groups/" + segment + "/projects?order_by=id&sort=asc"
			if got, _ := l.listed(list); !slices.Equal(got, own) {
				t.Errorf("%s: %v", segment, got)
			}
			if got, _ := l.listed(list + "&include_subgroups=true"); !slices.Equal(got, nested) {
				t.Errorf("%s with subgroups: %v", segment, got)
			}
		}
		if got, _ := l.listed("/api/v4/groups/" + escaped("group/sub") + "/projects"); !slices.Equal(got, []string{"group/sub/b"}) {
			t.Errorf("a subgroup: %v", got)
		}
		for _, none := range []string{"nobody", "99", "group%2Fproject"} {
			if r := l.send("GET", "/api/v4/groups/"+none+"/projects", ""); r.status != 404 || r.text != `{"message":"404 Group Not Found"}` {
				t.Errorf("%s: %d %s", none, r.status, r.text)
			}
		}
		if _, ok := l.Group("nobody"); ok {
			t.Error("a group that nobody named")
		}
	})
}

func TestPagesOfProjects(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		want := []string{"group/project"}
		for i := range 5 {
			want = append(want, l.AddProject(fmt.Sprintf("group/p%d", i)).Path)
		}
		const ascending = "?order_by=id&sort=asc&per_page=2"
		for _, list := range []string{"/api/v4/projects" + ascending, "/api/v4/groups/group/projects" + ascending + "&pagination=keyset"} {
			if got, pages := l.listed(list); !slices.Equal(got, want) || pages != 3 {
				t.Errorf("%s: %v on %d pages", list, got, pages)
			}
		}
		// Six projects fill three pages, and the third one names a fourth.
		keyset, pages := l.listed("/api/v4/projects" + ascending + "&pagination=keyset")
		wantPages := 4
		if l.profile() == V10_5 {
			wantPages = 3
		}
		if !slices.Equal(keyset, want) || pages != wantPages {
			t.Errorf("keyset: %v on %d pages", keyset, pages)
		}
		slices.Reverse(want)
		if got, _ := l.listed("/api/v4/projects?order_by=id&pagination=keyset&per_page=4"); !slices.Equal(got, want) {
			t.Errorf("descending: %v", got)
		}
		r := l.send("GET", "/api/v4/projects?per_page=4&page=2", "")
		if r.header.Get("X-Total") != "6" || r.header.Get("X-Next-Page") != "" || !strings.Contains(r.header.Get("Link"), `rel="prev"`) {
			t.Errorf("headers of the last page: %v", r.header)
		}
		for query, status := range map[string]int{"order_by=size": 400, "sort=up": 400, "pagination=keyset&order_by=name": 405, "page=9": 200} {
			if r := l.send("GET", "/api/v4/projects?"+query, ""); r.status != status && (l.profile() != V10_5 || status != 405) {
				t.Errorf("%s: %d %s", query, r.status, r.text)
			}
		}
	})
}

func TestLinksNameTheExternalAddress(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.SetExternalURL("https://gitlab.example.com/root")
	r := l.send("GET", "/api/v4/projects?pagination=keyset&order_by=id", "")
	if link := r.header.Get("Link"); !strings.HasPrefix(link, "<https://gitlab.example.com/root/api/v4/projects?") {
		t.Error(link)
	}
}

func TestListsLeaveOutWhatTheTokenMayNotSee(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		hidden, read := l.AddProject("group/hidden"), l.AddProject("group/read")
		token := l.AddToken(ScopeAPI)
		l.mustSucceed(l.SetAccess(token, hidden.ID, TokenStranger))
		l.mustSucceed(l.SetAccess(token, read.ID, TokenReporter))
		as := "PRIVATE-TOKEN: " + token
		if got, _ := l.listed("/api/v4/groups/group/projects?order_by=id&sort=asc", as); !slices.Equal(got, []string{"group/project", "group/read"}) {
			t.Errorf("visible: %v", got)
		}
		want := []string{"group/project"}
		if l.profile() == V10_5 {
			want = append(want, "group/read") // it does not know the parameter
		}
		if got, _ := l.listed("/api/v4/projects?order_by=id&sort=asc&membership=true&min_access_level=40", as); !slices.Equal(got, want) {
			t.Errorf("maintained: %v", got)
		}
		for id, status := range map[int64]int{l.project.ID: 404, hidden.ID: 404, read.ID: 403} {
			r := l.send("GET", fmt.Sprintf("/api/v4/projects/%d/services/slack", id), "", as)
			if l.profile() == V10_5 && id == l.project.ID {
				status = 200
			}
			if r.status != status || id == hidden.ID && r.text != `{"message":"404 Project Not Found"}` {
				t.Errorf("project %d: %d %s", id, r.status, r.text)
			}
		}
		l.mustSucceed(l.SetAccess(token, hidden.ID, ""))
		if got, _ := l.listed("/api/v4/projects", as); len(got) != 3 {
			t.Errorf("given back: %v", got)
		}
		if got, _ := l.listed("/api/v4/projects", "PRIVATE-TOKEN: "+l.AddToken(TokenStranger)); len(got) != 0 {
			t.Errorf("a stranger sees %v", got)
		}
		if l.SetAccess(token, 99, TokenStranger) == nil || l.ArchiveProject(99) == nil {
			t.Error("there is no project 99")
		}
	})
}

func TestArchivedProjectsAreListedOnRequest(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		old := l.AddProject("group/old")
		l.mustSucceed(l.ArchiveProject(old.ID))
		all, current := []string{"group/project", "group/old"}, []string{"group/project"}
		for _, list := range []string{"/api/v4/projects", "/api/v4/groups/group/projects"} {
			list += "?order_by=id&sort=asc"
			want := all
			if l.profile() == V10_5 && strings.Contains(list, "groups") {
				want = current
			}
			if got, _ := l.listed(list); !slices.Equal(got, want) {
				t.Errorf("%s: %v", list, got)
			}
			if got, _ := l.listed(list + "&archived=false"); !slices.Equal(got, current) {
				t.Errorf("%s: not archived: %v", list, got)
			}
			if got, _ := l.listed(list + "&archived=true"); !slices.Equal(got, []string{"group/old"}) {
				t.Errorf("%s: archived: %v", list, got)
			}
		}
		if r := l.send("GET", fmt.Sprintf("/api/v4/projects/%d", old.ID), ""); r.body["archived"] != true {
			t.Error(r.text)
		}
	})
}

func TestGroupsAreListedInPages(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		for _, path := range []string{"zoo", "group/sub/deep", "apart"} {
			l.AddGroup(path)
		}
		for query, want := range map[string][]string{
			"":                            {"apart", "group", "group/sub", "group/sub/deep", "zoo"},
			"?order_by=id&per_page=2":     {"group", "zoo", "group/sub", "group/sub/deep", "apart"},
			"?order_by=path&sort=desc":    {"zoo", "group/sub/deep", "group/sub", "group", "apart"},
			"?all_available=true&page=2":  nil,
			"?simple=true&archived=false": {"apart", "group", "group/sub", "group/sub/deep", "zoo"},
		} {
			if got, _ := l.listed("/api/v4/groups" + query); !slices.Equal(got, want) {
				t.Errorf("%q: %v", query, got)
			}
		}
		if _, pages := l.listed("/api/v4/groups?per_page=2"); pages != 3 {
			t.Errorf("five groups are on %d pages", pages)
		}
		for query, status := range map[string]int{"order_by=created_at": 400, "sort=up": 400, "pagination=keyset&order_by=id": 405, "pagination=keyset&order_by=name": 405} {
			if r := l.send("GET", "/api/v4/groups?"+query, ""); r.status != status && (l.release.Keyset || status != 405) {
				t.Errorf("%s: %d %s", query, r.status, r.text)
			}
		}
		if r := l.send("POST", "/api/v4/groups", ""); r.status != 404 {
			t.Errorf("POST: %d %s", r.status, r.text)
		}
	}, Profiles()...)
}

func TestGroupsListTheGroupsBelowThemFrom13_5(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		for _, path := range []string{"group/sub/deep", "group/other", "groupie/apart"} {
			l.AddGroup(path)
		}
		const list = "/api/v4/groups/group/descendant_groups"
		if !l.release.DescendantGroups {
			if r := l.send("GET", list, ""); r.status != 404 || r.text != `{"error":"404 Not Found"}` {
				t.Errorf("%d %s", r.status, r.text)
			}
			return
		}
		if got, pages := l.listed(list + "?order_by=id&per_page=1&pagination=keyset"); !slices.Equal(got, []string{"group/sub", "group/sub/deep", "group/other"}) || pages != 3 {
			t.Errorf("%v on %d pages", got, pages)
		}
		if got, _ := l.listed("/api/v4/groups/" + escaped("group/sub") + "/descendant_groups"); !slices.Equal(got, []string{"group/sub/deep"}) {
			t.Errorf("below the subgroup: %v", got)
		}
		if r := l.send("GET", "/api/v4/groups/none/descendant_groups", ""); r.status != 404 || r.text != `{"message":"404 Group Not Found"}` {
			t.Errorf("of no group: %d %s", r.status, r.text)
		}
	}, Profiles()...)
}

func TestListsOfGroupsLeaveOutWhatTheTokenMayNotSee(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		hidden, read := l.AddGroup("group/hidden"), l.AddGroup("group/read")
		token := l.AddToken(ScopeAPI)
		as := "PRIVATE-TOKEN: " + token
		l.mustSucceed(l.SetGroupAccess(token, hidden.ID, TokenStranger))
		l.mustSucceed(l.SetGroupAccess(token, read.ID, TokenReporter))
		maintained := []string{"group"}
		if !l.release.MinAccessLevel {
			maintained = []string{"group", "group/read"}
		}
		for query, want := range map[string][]string{"": {"group", "group/read"}, "?min_access_level=40": maintained, "?min_access_level=20": {"group", "group/read"}} {
			if got, _ := l.listed("/api/v4/groups"+query, as); !slices.Equal(got, want) {
				t.Errorf("%q: %v", query, got)
			}
			if !l.release.DescendantGroups {
				continue
			}
			if got, _ := l.listed("/api/v4/groups/group/descendant_groups"+query, as); !slices.Equal(got, want[1:]) {
				t.Errorf("below the group, %q: %v", query, got)
			}
		}
		if got, _ := l.listed("/api/v4/groups", "PRIVATE-TOKEN: "+l.AddToken(TokenStranger)); len(got) != 0 {
			t.Errorf("a stranger sees %v", got)
		}
		if r := l.send("GET", "/api/v4/groups", "", "PRIVATE-TOKEN: "+l.AddToken(ScopeReadUser)); r.status != 403 {
			t.Errorf("a token that is too small: %d %s", r.status, r.text)
		}
	})
}
