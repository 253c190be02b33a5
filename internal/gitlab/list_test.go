package gitlab

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
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
	if asked != "GET /api/v4/projects/group%2Fname/services?per_page=100" {
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
		`[{"id":0,"active":true,"path_with_namespace":"a/b"}]`:  `no positive whole number`,
		`[{"id":-7,"active":true,"path_with_namespace":"a/b"}]`: `no positive whole number`,
		`[`: "is not JSON",
	} {
		client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(200, "", body))})
		_, err := client.ListServices(t.Context(), inProject("42"))
		if e := asError(t, err); !strings.Contains(e.Message, want) {
			t.Errorf("services %s: %v, want %q", body, e, want)
		}
		// Who only wants the overview is told of it as well.
		_, err = client.Overview(t.Context(), inProject("42"))
		if e := asError(t, err); !strings.Contains(e.Message, want) {
			t.Errorf("overview %s: %v, want %q", body, e, want)
		}
		_, err = projects(t, client, Filter{Level: Projects})
		if e := asError(t, err); !strings.Contains(e.Message, want) {
			t.Errorf("projects %s: %v, want %q", body, e, want)
		}
	}
}

// projects reads a whole list; an error ends it.
func projects(t *testing.T, client *Client, filter Filter) (paths []string, err error) {
	t.Helper()
	for project, err := range client.Places(t.Context(), filter) {
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
			got, err := projects(t, client, Filter{Level: Projects})
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
	for project, err := range client.Places(t.Context(), Filter{Level: Projects}) {
		if err != nil || project.Name == "group/p2" {
			break
		}
	}
	if len(*asked) != 1 {
		t.Errorf("asked %q for two projects of the first page", *asked)
	}
}

// TestListsShareTheirPages: each page is asked for once, by whoever comes to it
// first, and only when somebody does.
func TestListsShareTheirPages(t *testing.T) {
	t.Parallel()
	link := func(_ *http.Request, next int) string { return fmt.Sprintf(`<?next=%d>; rel="next"`, next) }
	all := []string{"group/p1", "group/p2", "group/p3"}
	take := func(client *Client, n int) (got []string) {
		for project, err := range client.Places(t.Context(), Filter{Level: Projects}) {
			if err != nil {
				t.Error(err)
			}
			if got = append(got, project.Name); len(got) == n {
				break
			}
		}
		return got
	}
	t.Run("one after the other", func(t *testing.T) {
		t.Parallel()
		url, asked := pages(t, "Link", link, []int{1, 2}, []int{3})
		client, _ := newTestClient(t, Config{BaseURL: url})
		for _, step := range []struct{ take, requests int }{{1, 1}, {2, 1}, {3, 2}, {4, 2}, {4, 2}} {
			if got := take(client, step.take); !slices.Equal(got, all[:min(step.take, 3)]) || len(*asked) != step.requests {
				t.Errorf("took %v, asked %q", got, *asked)
			}
		}
		// The second page of another filter is the same request here.
		if got, err := projects(t, client, Filter{Level: Projects, Archived: true}); err != nil || !slices.Equal(got, all) || len(*asked) != 3 {
			t.Errorf("another filter: took %v, asked %q: %v", got, *asked, err)
		}
	})
	t.Run("side by side", func(t *testing.T) {
		t.Parallel()
		url, asked := pages(t, "Link", link, []int{1, 2}, []int{3})
		client, _ := newTestClient(t, Config{BaseURL: url})
		var lists sync.WaitGroup
		for range 8 {
			lists.Go(func() {
				if got := take(client, 4); !slices.Equal(got, all) {
					t.Errorf("took %v", got)
				}
			})
		}
		lists.Wait()
		if len(*asked) != 2 {
			t.Errorf("asked %q", *asked)
		}
	})
	t.Run("for as long as they live", func(t *testing.T) {
		t.Parallel()
		url, asked := pages(t, "Link", link, []int{1, 2}, []int{3})
		client, _ := newTestClient(t, Config{BaseURL: url})
		clock := newClock()
		client.pages.now = clock.now
		for _, want := range []int{2, 2, 4} {
			if got := take(client, 4); !slices.Equal(got, all) || len(*asked) != want {
				t.Errorf("took %v, asked %q", got, *asked)
			}
			_ = clock.sleep(t.Context(), listLife*6/10)
		}
	})
}

func TestAPageThatFailsIsAskedForAgain(t *testing.T) {
	t.Parallel()
	asked := 0
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked%2 == 1 {
			answerWith(403, "application/json", `{"message":"403 Forbidden"}`)(w, r)
			return
		}
		_, _ = w.Write([]byte(`[{"id":1,"path_with_namespace":"a/b"}]`))
	})
	client, _ := newTestClient(t, Config{BaseURL: url})
	if _, err := projects(t, client, Filter{Level: Projects}); asError(t, err).Reason() != Forbidden {
		t.Error(err)
	}
	if got, err := projects(t, client, Filter{Level: Projects}); err != nil || !slices.Equal(got, []string{"a/b"}) || asked != 2 {
		t.Errorf("got %v and %v after %d requests", got, err, asked)
	}
}

func TestAnInterruptedListLeavesThePageToOthers(t *testing.T) {
	t.Parallel()
	arrived, answer := make(chan bool), make(chan bool)
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		arrived <- true
		<-answer
		_, _ = w.Write([]byte(`[{"id":1,"path_with_namespace":"a/b"}]`))
	})
	client, _ := newTestClient(t, Config{BaseURL: url})
	first, interrupt := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		for _, err := range client.Places(first, Filter{Level: Projects}) {
			ended <- err
		}
	}()
	<-arrived
	other := make(chan []string)
	go func() {
		got, err := projects(t, client, Filter{Level: Projects})
		if err != nil {
			t.Error(err)
		}
		other <- got
	}()
	for client.pages.waiting() < 2 {
		runtime.Gosched()
	}
	interrupt()
	if e := asError(t, <-ended); e.Reason() != Interrupted || !strings.HasPrefix(e.URL, client.root+"/projects?") {
		t.Error(e)
	}
	close(answer)
	if got := <-other; !slices.Equal(got, []string{"a/b"}) {
		t.Errorf("the other list has %v", got)
	}
}

// waiting counts those who wait for answers.
func (m *memo[K, V]) waiting() (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range m.flights {
		n += f.waiting
	}
	return n
}

func TestOnlyALinkToANextPageLeadsThere(t *testing.T) {
	t.Parallel()
	const next = `<https://gitlab.example.com/x?page=2>; rel="next"`
	for name, test := range map[string]struct {
		links []string
		want  string // "" for no next page
	}{
		"without a query":          {[]string{`<https://gitlab.example.com/api/v4/projects>; rel="next"`}, ""},
		"to another page":          {[]string{`<https://gitlab.example.com/x?page=1>; rel="first"`}, ""},
		"to what is no address":    {[]string{`<http://[?page=2>; rel="next"`}, ""},
		"after one to another":     {[]string{`<https://gitlab.example.com/x?page=1>; rel="first"`, next}, "page=2"},
		"after what is no address": {[]string{`<http://[?page=9>; rel="next"`, next}, "page=2"},
	} {
		if query, more := nextPage(http.Header{"Link": test.links}); query != test.want || more != (test.want != "") {
			t.Errorf("%s: %t, leads to %q, want %q", name, more, query, test.want)
		}
	}
}

func TestPagesThatRepeatThemselvesEnd(t *testing.T) {
	t.Parallel()
	url, asked := pages(t, "Link", func(*http.Request, int) string { return `<?next=0>; rel="next"` }, []int{1}, nil)
	client, _ := newTestClient(t, Config{BaseURL: url})
	got, err := projects(t, client, Filter{Level: Projects})
	if e := asError(t, err); !strings.Contains(e.Message, "repeats") || !slices.Equal(got, []string{"group/p1"}) || len(*asked) != 2 {
		t.Errorf("got %v after %d pages: %v", got, len(*asked), e)
	}
}

func TestFiltersOfPlaces(t *testing.T) {
	t.Parallel()
	for want, filter := range map[string]Filter{
		"/groups?archived=false&membership=true&min_access_level=40&order_by=id&per_page=100&simple=true&sort=asc":                              {Level: Groups, Maintained: true},
		"/groups/a%2Fb/descendant_groups?archived=false&include_subgroups=true&order_by=id&per_page=100&simple=true&sort=asc&with_shared=false": {Level: Groups, Group: "a/b", Subgroups: true},
		"/projects?archived=false&membership=true&min_access_level=40&order_by=id&pagination=keyset&per_page=100&simple=true&sort=asc":          {Level: Projects, Maintained: true},
		"/projects?order_by=id&pagination=keyset&per_page=100&simple=true&sort=asc":                                                             {Level: Projects, Archived: true},
		"/groups/42/projects?archived=false&include_subgroups=false&order_by=id&per_page=100&simple=true&sort=asc&with_shared=false":            {Level: Projects, Group: "42"},
		"/groups/a%2Fb%20c/projects?archived=false&include_subgroups=true&order_by=id&per_page=100&simple=true&sort=asc&with_shared=false":      {Level: Projects, Group: "a/b c", Subgroups: true},
		"/groups/..%2F..%2Fuser/projects?include_subgroups=false&order_by=id&per_page=100&simple=true&sort=asc&with_shared=false":               {Level: Projects, Group: "../../user", Archived: true},
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
	_, err := projects(t, client, Filter{Level: Projects, Group: ".."})
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
	_, err := projects(t, client, Filter{Level: Projects, Group: "secret"})
	if e := asError(t, err); e.Reason() != PlaceNotFound {
		t.Errorf("%#v", e)
	}
}
