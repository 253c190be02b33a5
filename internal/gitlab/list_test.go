package gitlab

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestListedServicesHaveTheirFlags(t *testing.T) {
	t.Parallel()
	var asked string
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.Method + " " + r.RequestURI
		_, _ = w.Write([]byte(`[{"id":7,"title":"Jira","slug":"jira","active":true,"inherited":true,"updated_at":"2018-03-01T12:00:00.123Z","push_events":false},` +
			`{"id":8,"title":"Slack notifications","slug":"slack","active":true,"push_events":null}]`))
	})
	client, _ := newTestClient(t, Config{BaseURL: url})
	services, err := client.ListServices(t.Context(), inProject("group/name"))
	if err != nil {
		t.Fatal(err)
	}
	if asked != "GET /api/v4/projects/group%2Fname/services" {
		t.Errorf("asked %s", asked)
	}
	if len(services) != 2 || services[0].Slug != "jira" || services[1].Title != "Slack notifications" {
		t.Fatalf("got %v", services)
	}
	if inherited := services[0].Inherited; inherited == nil || !*inherited || services[1].Inherited != nil {
		t.Errorf("inherited: %v and %v", inherited, services[1].Inherited)
	}
	if flag, ok := services[0].Values["push_events"]; !ok || flag != false || services[0].UpdatedAt.IsZero() {
		t.Errorf("got %#v", services[0])
	}
	if flag, ok := services[1].Values["push_events"]; !ok || flag != nil {
		t.Errorf("a flag that is null reads %v", flag)
	}
}

func TestAListThatGitLabDoesNotHaveIsToldFromOtherAnswers(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]Reason{
		`{"error":"404 Not Found"}`:           NoList,
		`{"message":"404 Project Not Found"}`: PlaceNotFound,
		`{"message":"404 Not Found"}`:         NoSuchRoute,
		`<html>404</html>`:                    NoSuchRoute,
	} {
		client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(404, "", body))})
		_, err := client.ListServices(t.Context(), inProject("42"))
		if e := asError(t, err); e.Reason() != want {
			t.Errorf("%s: reason %d, want %d", body, e.Reason(), want)
		}
	}
}

func TestListsThatMakeNoSenseAreErrorsThatSaySo(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"id":7,"active":true}`: "is not a JSON array",
		`[7]`:                    "has an element that is not a JSON object",
		`[{"id":7}]`:             `has no`,
		`[`:                      "is not JSON",
	} {
		client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(200, "", body))})
		_, err := client.ListServices(t.Context(), inProject("42"))
		if e := asError(t, err); !strings.Contains(e.Message, want) {
			t.Errorf("services %s: %v, want %q", body, e, want)
		}
		for _, err := range client.ListProjects(t.Context(), ProjectFilter{}) {
			if e := asError(t, err); !strings.Contains(e.Message, want) {
				t.Errorf("projects %s: %v, want %q", body, e, want)
			}
		}
	}
}

// projects reads a whole list; an error ends it.
func projects(t *testing.T, client *Client, filter ProjectFilter) (paths []string, err error) {
	t.Helper()
	for project, err := range client.ListProjects(t.Context(), filter) {
		if err != nil {
			return paths, err
		}
		paths = append(paths, project.Name)
	}
	return paths, nil
}

// pages serves pages of projects and names the next one in a header.
func pages(t *testing.T, header string, link func(r *http.Request, next int) string, pages ...[]int) (url string, asked *[]string) {
	t.Helper()
	asked = &[]string{}
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.RequestURI)
		number, _ := strconv.Atoi(r.URL.Query().Get("next"))
		if number < len(pages)-1 {
			w.Header().Set(header, link(r, number+1))
		}
		var list []string
		for _, id := range pages[number] {
			list = append(list, fmt.Sprintf(`{"id":%d,"path_with_namespace":"group/p%d"}`, id, id))
		}
		_, _ = w.Write([]byte("[" + strings.Join(list, ",") + "]"))
	}), asked
}

func TestPagesAreFollowedToTheEndOnTheSameServerOnly(t *testing.T) {
	t.Parallel()
	const first = "/api/v4/projects?archived=false&order_by=id&pagination=keyset&per_page=100&simple=true&sort=asc"
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("another server was asked") }))
	t.Cleanup(other.Close)
	for name, test := range map[string]struct {
		header string
		link   func(r *http.Request, next int) string
	}{
		"of today": {"Link", func(r *http.Request, next int) string {
			return fmt.Sprintf(`<http://%s/api/v4/projects?next=%d>; rel="next"`, r.Host, next)
		}},
		"among others": {"Link", func(r *http.Request, next int) string {
			return fmt.Sprintf(`<http://%[1]s/api/v4/projects?next=9>; rel="prev", <http://%[1]s/api/v4/projects?next=%[2]d>; rel="next", <http://%[1]s/x?next=0>; rel="first"`, r.Host, next)
		}},
		"under the name of 12.7": {"Links", func(_ *http.Request, next int) string { return fmt.Sprintf(`<projects?next=%d>; rel="next"`, next) }},
		"to another server": {"Link", func(_ *http.Request, next int) string {
			return fmt.Sprintf(`<%s/api/v4/projects?next=%d>; rel="next"`, other.URL, next)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, asked := pages(t, test.header, test.link, []int{1, 2}, []int{2, 3}, nil)
			client, _ := newTestClient(t, Config{BaseURL: url})
			got, err := projects(t, client, ProjectFilter{})
			if want := []string{"group/p1", "group/p2", "group/p3"}; err != nil || !slices.Equal(got, want) {
				t.Errorf("got %v and %v, want %v", got, err, want)
			}
			if want := []string{first, "/api/v4/projects?next=1", "/api/v4/projects?next=2"}; !slices.Equal(*asked, want) {
				t.Errorf("asked %q, want %q", *asked, want)
			}
		})
	}
}

func TestPagesAreAskedForOnlyWhenNeeded(t *testing.T) {
	t.Parallel()
	url, asked := pages(t, "Link", func(_ *http.Request, next int) string { return fmt.Sprintf(`<?next=%d>; rel="next"`, next) }, []int{1, 2}, []int{3})
	client, _ := newTestClient(t, Config{BaseURL: url})
	for project, err := range client.ListProjects(t.Context(), ProjectFilter{}) {
		if err != nil || project.Name == "group/p2" {
			break
		}
	}
	if len(*asked) != 1 {
		t.Errorf("asked %q for two projects of the first page", *asked)
	}
}

func TestPagesThatRepeatThemselvesEnd(t *testing.T) {
	t.Parallel()
	url, asked := pages(t, "Link", func(*http.Request, int) string { return `<?next=0>; rel="next"` }, []int{1}, nil)
	client, _ := newTestClient(t, Config{BaseURL: url})
	got, err := projects(t, client, ProjectFilter{})
	if e := asError(t, err); !strings.Contains(e.Message, "repeats") || !slices.Equal(got, []string{"group/p1"}) || len(*asked) != 2 {
		t.Errorf("got %v after %d pages: %v", got, len(*asked), e)
	}
}

func TestFiltersOfProjects(t *testing.T) {
	t.Parallel()
	for want, filter := range map[string]ProjectFilter{
		"/projects?archived=false&membership=true&min_access_level=40&order_by=id&pagination=keyset&per_page=100&simple=true&sort=asc":     {Maintained: true},
		"/projects?order_by=id&pagination=keyset&per_page=100&simple=true&sort=asc":                                                        {Archived: true},
		"/groups/42/projects?archived=false&include_subgroups=false&order_by=id&per_page=100&simple=true&sort=asc&with_shared=false":       {Group: "42"},
		"/groups/a%2Fb%20c/projects?archived=false&include_subgroups=true&order_by=id&per_page=100&simple=true&sort=asc&with_shared=false": {Group: "a/b c", Subgroups: true},
		"/groups/..%2F..%2Fuser/projects?include_subgroups=false&order_by=id&per_page=100&simple=true&sort=asc&with_shared=false":          {Group: "../../user", Archived: true},
	} {
		url, asked := pages(t, "Link", nil, nil)
		client, _ := newTestClient(t, Config{BaseURL: url})
		if _, err := projects(t, client, filter); err != nil || !slices.Equal(*asked, []string{"/api/v4" + want}) {
			t.Errorf("asked %q, want %q: %v", *asked, want, err)
		}
	}
}

func TestAListOfAGroupThatIsNoneIsNotAskedFor(t *testing.T) {
	t.Parallel()
	url := serve(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("%s was sent", r.RequestURI) })
	client, _ := newTestClient(t, Config{BaseURL: url})
	_, err := projects(t, client, ProjectFilter{Group: ".."})
	if e := asError(t, err); e.Attempts != 0 || e.Reason() != Other {
		t.Errorf("%#v", e)
	}
	_, err = client.ListServices(t.Context(), inProject(""))
	if e := asError(t, err); e.Attempts != 0 || e.Reason() != Other {
		t.Errorf("%#v", e)
	}
}

func TestAGroupThatNobodySeesIsNotFound(t *testing.T) {
	t.Parallel()
	client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(404, "application/json", `{"message":"404 Group Not Found"}`))})
	_, err := projects(t, client, ProjectFilter{Group: "secret"})
	if e := asError(t, err); e.Reason() != PlaceNotFound {
		t.Errorf("%#v", e)
	}
}
