package gitlab

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const (
	jiraListed  = `{"id":8,"title":"Jira","slug":"jira","created_at":"2024-05-01T10:00:00.000Z","updated_at":"2024-05-03T10:00:00.456Z","active":true,"push_events":null,"inherited":true}`
	slackListed = `{"id":7,"title":"Slack","slug":"slack","updated_at":"2024-05-02T10:00:00.123Z","active":true,"push_events":true}`
)

// listServer is a GitLab whose answers to lists the test gives, and to which
// everything else is a success. It counts the lists.
func listServer(t *testing.T, list http.HandlerFunc) (*Client, *atomic.Int32) {
	t.Helper()
	var lists atomic.Int32
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodDelete:
			w.WriteHeader(http.StatusNoContent)
		case strings.HasSuffix(r.URL.Path, "/services"), strings.HasSuffix(r.URL.Path, "/integrations"):
			lists.Add(1)
			list(w, r)
		default:
			_, _ = w.Write([]byte(slackAnswer))
		}
	})
	client, _ := newTestClient(t, Config{BaseURL: url})
	return client, &lists
}

// overview is one that must be there.
func overview(t *testing.T, client *Client, at Place) *Overview {
	t.Helper()
	o, err := client.Overview(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestAnOverviewTellsOfEachService(t *testing.T) {
	t.Parallel()
	client, lists := listServer(t, answerWith(200, "application/json", "["+jiraListed+","+slackListed+"]"))
	inherited := true
	for _, at := range []Place{inProject("a/b"), inProject("A/b"), inGroup("a/b")} {
		o := overview(t, client, at)
		for slug, want := range map[string]Listed{
			"jira":  {8, true, time.Date(2024, 5, 3, 10, 0, 0, 456e6, time.UTC), &inherited},
			"slack": {7, true, time.Date(2024, 5, 2, 10, 0, 0, 123e6, time.UTC), nil},
		} {
			if got, ok := o.Service(slug); !ok || !reflect.DeepEqual(got, want) {
				t.Errorf("%s, %s: %t, %+v", at, slug, ok, got)
			}
		}
		if got, ok := o.Service("asana"); ok {
			t.Errorf("%s: asana is %+v", at, got)
		}
		services, err := o.Services()
		if err != nil || len(services) != 2 || services[0].Slug != "jira" || services[0].Values["push_events"] != nil || services[1].Values["push_events"] != true {
			t.Errorf("%s: %v and %v", at, services, err)
		}
		if again, _ := o.Services(); &again[0] != &services[0] {
			t.Errorf("%s: decoded twice", at)
		}
	}
	if n := lists.Load(); n != 2 {
		t.Errorf("%d lists for two places", n)
	}
}

// TestWhatAListDoesNotTellForSureIsNotToldByAnOverview: who asks then reads the
// service itself.
func TestWhatAListDoesNotTellForSureIsNotToldByAnOverview(t *testing.T) {
	t.Parallel()
	record := func(more string) string { return `{"id":7,"slug":"slack","active":true` + more + `}` }
	for name, test := range map[string]struct {
		body string
		want bool
	}{
		"the usual":                   {"[" + record("") + "]", true},
		"among others":                {"[" + jiraListed + "," + record("") + "]", true},
		"a flag as a text":            {`[{"id":7,"slug":"slack","active":"true"}]`, true},
		"one of another form beside":  {"[" + record("") + `,{"id":8,"slug":"jira","active":1}]`, true},
		"one without a record beside": {"[" + record("") + `,{"id":null,"slug":"jira","active":false}]`, true},
		"it has no record itself":     {`[{"id":null,"slug":"slack","active":false}]`, false},
		"the same twice":              {"[" + record("") + "," + record("") + "]", true},
		"two of the name":             {"[" + record("") + `,{"id":9,"slug":"slack","active":true}]`, false},
		"no slug":                     {`[{"id":7,"active":true}]`, false},
		"another without a slug":      {"[" + record("") + `,{"id":9,"active":true}]`, false},
		"no slug in the first one":    {`[{"id":9,"active":true},` + record("") + "]", false},
		"a slug that is null":         {"[" + record("") + `,{"id":9,"slug":null,"active":true}]`, false},
		"a slug that is a number":     {"[" + record("") + `,{"id":9,"slug":9,"active":true}]`, false},
		"nothing":                     {"[]", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := listServer(t, answerWith(200, "application/json", test.body))
			o := overview(t, client, inProject("42"))
			if got, ok := o.Service("slack"); ok != test.want || ok && (got.ID != 7 || !got.Active) {
				t.Errorf("%t, %+v", ok, got)
			}
			if got, ok := o.Service(""); ok {
				t.Errorf("the service without a name is %+v", got)
			}
			if _, err := o.Services(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAListIsAskedForOnceByAllTogether(t *testing.T) {
	t.Parallel()
	arrived, answer := make(chan bool), make(chan bool)
	client, lists := listServer(t, func(w http.ResponseWriter, _ *http.Request) {
		arrived <- true
		<-answer
		_, _ = w.Write([]byte("[" + slackListed + "]"))
	})
	first, interrupt := context.WithCancel(t.Context())
	interrupted := make(chan error)
	go func() {
		_, err := client.Overview(first, inProject("a/b"))
		interrupted <- err
	}()
	<-arrived
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			o, err := client.Overview(t.Context(), inProject("a/b"))
			if err != nil {
				t.Error(err)
				return
			}
			if got, ok := o.Service("slack"); !ok || got.ID != 7 {
				t.Errorf("%+v", got)
			}
			if services, err := o.Services(); len(services) != 1 || err != nil {
				t.Errorf("%v and %v", services, err)
			}
		})
	}
	for client.overviews.waiting() < 11 {
		runtime.Gosched()
	}
	interrupt() // which ends the wait of one and nothing else
	if e := asError(t, <-interrupted); e.Reason() != Interrupted || e.URL != client.root+"/projects/a%2Fb/services" {
		t.Error(e)
	}
	close(answer)
	all.Wait()
	if n := lists.Load(); n != 1 {
		t.Errorf("%d lists", n)
	}
}

func TestAnOverviewLivesForTenMinutes(t *testing.T) {
	t.Parallel()
	client, lists := listServer(t, answerWith(200, "application/json", "[]"))
	clock := newClock()
	client.overviews.now = clock.now
	for _, want := range []int32{1, 1, 2} {
		overview(t, client, inProject("42"))
		if n := lists.Load(); n != want {
			t.Errorf("%d lists, want %d", n, want)
		}
		_ = clock.sleep(t.Context(), 6*time.Minute)
	}
}

func TestOverviewsMakeRoomForOthers(t *testing.T) {
	t.Parallel()
	client, lists := listServer(t, answerWith(200, "application/json", "["+slackListed+"]"))
	client.overviews.room = 2 * overview(t, client, inProject("1")).size
	for _, step := range []struct {
		name string
		want int32
	}{{"1", 1}, {"2", 2}, {"1", 2}, {"3", 3}, {"2", 3}, {"1", 4}} {
		overview(t, client, inProject(step.name))
		if n := lists.Load(); n != step.want {
			t.Errorf("%d lists after %s, want %d", n, step.name, step.want)
		}
	}
}

// TestAWriteEndsAllOverviews: before it is sent, because GitLab may do it
// without an answer, and after it is answered, because a list on the way may be
// of either time.
func TestAWriteEndsAllOverviews(t *testing.T) {
	t.Parallel()
	for method, operate := range operations {
		for _, status := range []int{200, 400, 404, 405, 500, 0} {
			t.Run(fmt.Sprintf("%s, answered with %d", method, status), func(t *testing.T) {
				t.Parallel()
				var client *Client
				var lists atomic.Int32
				ask := func(when string, want int32) {
					for _, at := range []Place{inProject("42"), inProject("other/project"), inGroup("7")} {
						if _, err := client.Overview(t.Context(), at); err != nil {
							t.Error(err)
						}
					}
					if n := lists.Load(); n != want {
						t.Errorf("%s: %d lists, want %d", when, n, want)
					}
				}
				url := serve(t, func(w http.ResponseWriter, r *http.Request) {
					switch {
					case !strings.HasSuffix(r.URL.Path, "/slack"):
						lists.Add(1)
						_, _ = w.Write([]byte("[" + slackListed + "]"))
					case r.Method == http.MethodGet:
						answerWith(200, "application/json", slackAnswer)(w, r)
					default:
						ask("while it is under way", 6)
						if status == 0 {
							breakOff(t, w, "")
							return
						}
						answerWith(status, "application/json", slackAnswer)(w, r)
					}
				})
				client, _ = newTestClient(t, Config{BaseURL: url})
				ask("before it", 3)
				err := operate(t.Context(), client)
				if wrong := status != 200 && method != http.MethodGet; wrong != (err != nil) {
					t.Errorf("the write: %v", err)
				}
				if method == http.MethodGet { // which is no write
					ask("after it", 3)
					return
				}
				ask("after it", 9)
				ask("later", 9)
			})
		}
	}
}

func TestAListOnTheWayIsNotHandedOutAfterAWrite(t *testing.T) {
	t.Parallel()
	arrived := make(chan bool)
	var written atomic.Bool
	client, lists := listServer(t, func(w http.ResponseWriter, r *http.Request) {
		if !written.Load() {
			arrived <- true
			<-r.Context().Done() // the write ends the request
			return
		}
		_, _ = w.Write([]byte("[" + slackListed + "]"))
	})
	got := make(chan Listed)
	go func() {
		o, err := client.Overview(t.Context(), inProject("42"))
		if err != nil {
			t.Error(err)
			o = &Overview{}
		}
		slack, _ := o.Service("slack")
		got <- slack
	}()
	<-arrived
	written.Store(true)
	if err := client.DeleteService(t.Context(), inProject("another/name/of/42"), "slack"); err != nil {
		t.Fatal(err)
	}
	if slack := <-got; slack.ID != 7 || lists.Load() != 2 {
		t.Errorf("%+v after %d lists", slack, lists.Load())
	}
}

// TestAGlanceHasLittlePatience, and what failed is remembered until a write. Who
// needs the list has all the patience there is.
func TestAGlanceHasLittlePatience(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer         http.HandlerFunc
		glances, lists int32 // requests
	}{
		"it is refused":         {answerWith(403, "application/json", `{"message":"403 Forbidden"}`), 1, 0},
		"the token is refused":  {answerWith(401, "application/json", `{"message":"401 Unauthorized"}`), 1, 1},
		"it crashes":            {answerWith(500, "application/json", `{"message":"500 Internal Server Error"}`), 3, 6},
		"a proxy has no GitLab": {answerWith(502, "text/html", "<h1>502"), 3, 6},
		"it is garbage":         {answerWith(200, "application/json", "["), 1, 1},
		"there is no answer": {func(w http.ResponseWriter, _ *http.Request) {
			breakOff(t, w, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[")
		}, 1, 6},
		"GitLab limits": {answerWith(429, "text/plain", "Retry later"), 6, 6},
		"GitLab asks for too much time": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusServiceUnavailable)
		}, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var lists atomic.Int32
			url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodDelete {
					w.WriteHeader(http.StatusNoContent)
					return
				}
				lists.Add(1)
				test.answer(w, r)
			})
			client, _ := newTestClient(t, Config{BaseURL: url, Retries: 5})
			glance := func(when string, want int32) {
				if got, ok := client.Glance(t.Context(), inProject("42")).Service("slack"); ok {
					t.Errorf("%s: slack is %+v", when, got)
				}
				if n := lists.Swap(0); n != want {
					t.Errorf("%s: %d requests, want %d", when, n, want)
				}
			}
			glance("at first", test.glances)
			glance("again", 0)
			for range 2 {
				if services, err := client.ListServices(t.Context(), inProject("42")); services != nil || err == nil {
					t.Errorf("%v and %v", services, err)
				}
				if n := lists.Swap(0); n != test.lists {
					t.Errorf("who needs the list sends %d requests, want %d", n, test.lists)
				}
			}
			if err := client.DeleteService(t.Context(), inProject("42"), "slack"); err != nil {
				t.Fatal(err)
			}
			glance("after a write", test.glances)
		})
	}
}

// TestGlancesEndWhereListsFail, three in a row, and not with those that somebody
// interrupts.
func TestGlancesEndWhereListsFail(t *testing.T) {
	t.Parallel()
	failing := map[string]bool{"/api/v4/projects/1/services": true, "/api/v4/projects/2/services": true}
	var ever atomic.Bool
	client, lists := listServer(t, func(w http.ResponseWriter, r *http.Request) {
		if ever.Load() || failing[r.URL.Path] {
			breakOff(t, w, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[")
			return
		}
		_, _ = w.Write([]byte("[" + slackListed + "]"))
	})
	interrupted, interrupt := context.WithCancel(t.Context())
	interrupt()
	step := func(ctx context.Context, name string, told bool, want int32) {
		t.Helper()
		if _, ok := client.Glance(ctx, inProject(name)).Service("slack"); ok != told || lists.Load() != want {
			t.Errorf("%s: told %t after %d lists, want %t after %d", name, ok, lists.Load(), told, want)
		}
	}
	step(t.Context(), "1", false, 1)
	step(t.Context(), "2", false, 2)
	step(t.Context(), "3", true, 3)
	step(interrupted, "4", false, 3)
	ever.Store(true)
	step(t.Context(), "5", false, 4)
	step(t.Context(), "6", false, 5)
	step(t.Context(), "7", false, 6)
	ever.Store(false)
	step(t.Context(), "8", false, 6)
	step(t.Context(), "3", true, 6)
	if _, err := client.ListServices(t.Context(), inProject("8")); err != nil || lists.Load() != 7 {
		t.Errorf("who needs the list gets %v after %d", err, lists.Load())
	}
}

// TestAGlanceThatIsInterruptedHasNotFailed: a write ends it, and whoever wants the
// list after that asks for it.
func TestAGlanceThatIsInterruptedHasNotFailed(t *testing.T) {
	t.Parallel()
	arrived := make(chan bool)
	var free atomic.Bool
	client, lists := listServer(t, func(w http.ResponseWriter, r *http.Request) {
		if !free.Load() {
			arrived <- true
			<-r.Context().Done()
			return
		}
		_, _ = w.Write([]byte("[" + slackListed + "]"))
	})
	for range 2 * maxFailedGlances {
		ctx, interrupt := context.WithCancel(t.Context())
		over := make(chan bool)
		go func() {
			_, ok := client.Glance(ctx, inProject("42")).Service("slack")
			over <- ok
		}()
		<-arrived
		interrupt()
		if <-over {
			t.Error("told by a list without an answer")
		}
	}
	free.Store(true)
	if _, ok := client.Glance(t.Context(), inProject("42")).Service("slack"); !ok {
		t.Errorf("told of nothing after %d lists", lists.Load())
	}
}

func TestARefusalOfAListIsRemembered(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status int
		body   string
		want   map[*Level]Reason
		// everywhere says that other places of the level are not asked for either.
		everywhere bool
	}{
		"the role":           {403, `{"message":"403 Forbidden"}`, map[*Level]Reason{Projects: Forbidden, Groups: Forbidden}, false},
		"the scope":          {403, `{"error":"insufficient_scope"}`, map[*Level]Reason{Projects: ScopeTooSmall, Groups: ScopeTooSmall}, false},
		"a firewall":         {403, `<h1>No`, map[*Level]Reason{Projects: Intercepted, Groups: Intercepted}, false},
		"no such place":      {404, `{"message":"404 Project Not Found"}`, map[*Level]Reason{Projects: PlaceNotFound, Groups: PlaceNotFound}, false},
		"not GitLab's words": {404, `<h1>404`, map[*Level]Reason{Projects: NoSuchRoute, Groups: NoSuchRoute}, false},
		"no lists at all":    {404, `{"error":"404 Not Found"}`, map[*Level]Reason{Projects: NoList, Groups: NoSuchRoute}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for level, want := range test.want {
				client, lists := listServer(t, answerWith(test.status, "application/json", test.body))
				for _, step := range []struct{ name, path string }{{"a/b", "a%2Fb"}, {"a/b", "a%2Fb"}, {"c", "c"}} {
					at := Place{level, step.name}
					o := overview(t, client, at)
					if got, ok := o.Service("slack"); ok {
						t.Errorf("%s: slack is %+v", at, got)
					}
					services, err := o.Services()
					if e := asError(t, err); services != nil || e.Reason() != want || e.StatusCode != test.status || e.URL != client.root+level.collection+step.path+level.services+"?per_page=100" {
						t.Errorf("%s: reason %d, want %d: %v", at, e.Reason(), want, e)
					}
				}
				asked := map[bool]int32{false: 2, true: 1}[test.everywhere]
				if n := lists.Load(); n != asked {
					t.Errorf("%s: %d lists, want %d", level.Noun, n, asked)
				}
				if err := client.DeleteService(t.Context(), Place{level, "c"}, "slack"); err != nil {
					t.Fatal(err)
				}
				overview(t, client, Place{level, "a/b"})
				if !test.everywhere {
					asked++
				}
				if n := lists.Load(); n != asked {
					t.Errorf("%s: %d lists after a write, want %d", level.Noun, n, asked)
				}
			}
		})
	}
}

func TestOneLevelWithoutListsSaysNothingOfTheOther(t *testing.T) {
	t.Parallel()
	client, lists := listServer(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/groups/") {
			answerWith(404, "application/json", `{"error":"404 Not Found"}`)(w, r)
			return
		}
		_, _ = w.Write([]byte("[" + slackListed + "]"))
	})
	overview(t, client, inGroup("a"))
	if _, ok := overview(t, client, inProject("a")).Service("slack"); !ok || lists.Load() != 2 {
		t.Errorf("%t after %d lists", ok, lists.Load())
	}
}

func TestAListThatFailsIsAskedForAgain(t *testing.T) {
	t.Parallel()
	broken := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte("[" + slackListed))
	}
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		want   Reason
	}{
		"no token":           {answerWith(401, "application/json", `{"message":"401 Unauthorized"}`), Unauthorized},
		"a limit":            {answerWith(429, "text/plain", "Retry later"), RateLimited},
		"trouble":            {answerWith(502, "text/html", "<h1>Bad gateway"), Unavailable},
		"broken off":         {broken, NoAnswer},
		"half a JSON":        {answerWith(200, "application/json", "["+slackListed), Other},
		"null":               {answerWith(200, "application/json", "null"), Other},
		"an object":          {answerWith(200, "application/json", slackListed), Other},
		"numbers":            {answerWith(200, "application/json", "[7]"), Other},
		"nothing":            {answerWith(200, "application/json", ""), Other},
		"a page":             {answerWith(200, "text/html", "<h1>Sign in"), Other},
		"no flag":            {answerWith(200, "application/json", `[{"id":7,"slug":"slack"}]`), Other},
		"no id":              {answerWith(200, "application/json", `[{"slug":"slack","active":true}]`), Other},
		"a time that is not": {answerWith(200, "application/json", `[{"id":7,"slug":"slack","active":true,"updated_at":"now"}]`), Other},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var well atomic.Bool
			client, lists := listServer(t, func(w http.ResponseWriter, r *http.Request) {
				if well.Load() {
					answerWith(200, "application/json", "["+slackListed+"]")(w, r)
					return
				}
				test.answer(w, r)
			})
			for range 2 {
				o, err := client.Overview(t.Context(), inProject("42"))
				if e := asError(t, err); o != nil || e.Reason() != test.want {
					t.Errorf("%v, reason %d: %v", o, e.Reason(), e)
				}
			}
			well.Store(true)
			if _, ok := overview(t, client, inProject("42")).Service("slack"); !ok || lists.Load() != 3 {
				t.Errorf("%t after %d lists", ok, lists.Load())
			}
		})
	}
}

func TestWhatOnlyTheFullListMinds(t *testing.T) {
	t.Parallel()
	client, _ := listServer(t, answerWith(200, "application/json", `[{"id":7,"slug":"slack","active":true,"created_at":"now"}]`))
	o := overview(t, client, inProject("42"))
	if _, ok := o.Service("slack"); !ok {
		t.Error("slack is not told of")
	}
	for range 2 {
		services, err := o.Services()
		if e := asError(t, err); services != nil || e.StatusCode != 200 || !strings.Contains(e.Error(), client.root+`/projects/42/services?per_page=100: GitLab answered 200 OK: the answer has a "created_at"`) {
			t.Errorf("%v and %v", services, e)
		}
	}
}

func TestAListOfPagesIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	const next = `<https://gitlab.example.com/api/v4/projects/42/services?page=%d&per_page=100>; rel="next"`
	for name, test := range map[string]struct {
		pages []string            // the last one is given for all further ones
		more  func(page int) bool // whether a page names a next one
		slugs []string            // of what there is
		error string              // or why not
	}{
		"two":                 {[]string{"[" + slackListed + "]", "[" + jiraListed + "]"}, func(page int) bool { return page == 1 }, []string{"slack", "jira"}, ""},
		"one moved meanwhile": {[]string{"[" + slackListed + "]", "[" + slackListed + "," + jiraListed + "]"}, func(page int) bool { return page == 1 }, []string{"slack", "jira"}, ""},
		"an empty last one":   {[]string{"[" + slackListed + "]", "[]"}, func(page int) bool { return page == 1 }, []string{"slack"}, ""},
		"the same for ever":   {[]string{"[" + slackListed + "]"}, func(int) bool { return true }, nil, "repeats the page before"},
		"empty for ever":      {[]string{"[]"}, func(int) bool { return true }, nil, "repeats the page before"},
		"new ones for ever":   {nil, func(int) bool { return true }, nil, "is page 10 of one list"},
		"garbage in between":  {[]string{"[" + slackListed + "]", "["}, func(int) bool { return true }, nil, "is not JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked []string
			client, lists := listServer(t, func(w http.ResponseWriter, r *http.Request) {
				asked = append(asked, r.URL.RawQuery)
				page := len(asked)
				body := fmt.Sprintf(`[{"id":%d,"slug":"s%d","active":true}]`, page, page)
				if len(test.pages) > 0 {
					body = test.pages[min(page, len(test.pages))-1]
				}
				if test.more(page) {
					w.Header().Set("Link", fmt.Sprintf(next, page+1))
				}
				_, _ = w.Write([]byte(body))
			})
			o, err := client.Overview(t.Context(), inProject("42"))
			if test.error != "" {
				if e := asError(t, err); !strings.Contains(e.Message, test.error) || lists.Load() > maxListPages {
					t.Errorf("after %d pages: %v", lists.Load(), e)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if want := []string{"per_page=100", "page=2&per_page=100"}; !slices.Equal(asked, want) {
				t.Errorf("asked %q, want %q", asked, want)
			}
			services, err := o.Services()
			var slugs []string
			for _, s := range services {
				slugs = append(slugs, s.Slug)
				if got, ok := o.Service(s.Slug); !ok || got.ID != s.ID {
					t.Errorf("%s is %+v", s.Slug, got)
				}
			}
			if err != nil || !slices.Equal(slugs, test.slugs) {
				t.Errorf("got %q and %v, want %q", slugs, err, test.slugs)
			}
		})
	}
}

func TestAPlaceThatIsNoneHasNoOverview(t *testing.T) {
	t.Parallel()
	client, lists := listServer(t, answerWith(200, "application/json", "[]"))
	for _, at := range []Place{inProject(""), inGroup("..")} {
		o, err := client.Overview(t.Context(), at)
		if e := asError(t, err); o != nil || e.Attempts != 0 || lists.Load() != 0 {
			t.Errorf("%s: %v and %v", at, o, e)
		}
	}
}

func TestAnOverviewFollowsARenamedProject(t *testing.T) {
	t.Parallel()
	var asked []string
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.RequestURI)
		if strings.Contains(r.RequestURI, "old%2Fname") {
			http.Redirect(w, r, "/api/v4/projects/42/services?"+r.URL.RawQuery, http.StatusMovedPermanently)
			return
		}
		_, _ = w.Write([]byte("[" + slackListed + "]"))
	})
	client, _ := newTestClient(t, Config{BaseURL: url})
	if _, ok := overview(t, client, inProject("old/name")).Service("slack"); !ok || len(asked) != 2 {
		t.Errorf("%t, asked %q", ok, asked)
	}
}

func TestOverviewsAreSafeForAll(t *testing.T) {
	t.Parallel()
	client, _ := listServer(t, answerWith(200, "application/json", "["+slackListed+","+jiraListed+"]"))
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := range 20 {
				at := inProject(strconv.Itoa(n % 3))
				if (n+i)%7 == 0 {
					if err := client.DeleteService(t.Context(), at, "slack"); err != nil {
						t.Error(err)
					}
					continue
				}
				o, err := client.Overview(t.Context(), at)
				if err != nil {
					t.Error(err)
					return
				}
				if got, ok := o.Service("slack"); !ok || got.ID != 7 {
					t.Errorf("%+v", got)
				}
				if services, err := o.Services(); len(services) != 2 || err != nil {
					t.Errorf("%v and %v", services, err)
				}
			}
		})
	}
	all.Wait()
}

func FuzzOverviews(f *testing.F) {
	for _, body := range []string{
		"", "null", "[]", "[null]", "[7]", "{}", "[[]]", `["slack"]`, "[" + slackListed + "]", "[" + jiraListed + "," + slackListed + "]", "[" + slackListed,
		`[{"id":7,"active":true}]`, `[{"id":null,"slug":"slack","active":null}]`, `[{"id":-1,"slug":"slack","active":true}]`,
		`[{"id":1e3,"slug":"slack","active":true}]`, `[{"id":7,"slug":["slack"],"active":true}]`, `[{"id":7,"ID":8,"slug":"a","Slug":null,"active":true}]`,
		`[{"id":7,"slug":"slack","active":true,"updated_at":""}]`, `[{"id":7,"slug":"slack","active":true,"updated_at":7}]`,
		`[{"id":7,"slug":"slack","active":true,"inherited":"yes","properties":[]}]`, strings.Repeat("[", 20_000),
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var packer packer
		list := serviceList{packer: &packer, seen: map[int64]bool{}}
		if _, err := list.add(body); err != nil {
			return
		}
		client := &Client{}
		o := list.overview(client.newCall(http.MethodGet, "/projects/42/services", masker{}))
		for _, l := range o.listed {
			if got, ok := o.Service(l.slug); ok && (got.ID == 0 || l.slug == "") {
				t.Errorf("%q is %+v", l.slug, got)
			}
		}
		services, err := o.Services()
		if err == nil && slices.Contains(services, nil) {
			t.Error("a list with nothing in it")
		}
	})
}

// TestEachRecordIsListedOnce also where it takes a second look at the list.
func TestEachRecordIsListedOnce(t *testing.T) {
	t.Parallel()
	for name, other := range map[string]string{
		"the usual":          slackListed,
		"one without an id":  `{"id":null,"slug":"slack","active":false}`,
		"a flag as a number": `{"id":7,"slug":"slack","active":1}`,
	} {
		var slugs []string
		page, err := decodeListed([]byte("[" + jiraListed + "," + other + "]"))
		for _, l := range page {
			slugs = append(slugs, l.slug)
		}
		if want := []string{"jira", "slack"}; err != nil || !slices.Equal(slugs, want) {
			t.Errorf("%s: got %q and %v, want %q", name, slugs, err, want)
		}
	}
}

// TestWhatIsOnTwoPagesIsOneService, but for those without a record, which have
// nothing to be told by.
func TestWhatIsOnTwoPagesIsOneService(t *testing.T) {
	t.Parallel()
	const first = `[{"id":1,"slug":"asana","active":true},{"id":null,"slug":"jira","active":false}]`
	const second = `[{"id":1,"slug":"asana","active":true},{"id":null,"slug":"slack","active":false},{"id":2,"slug":"pivotaltracker","active":true}]`
	client, _ := listServer(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("page") == "2" {
			_, _ = w.Write([]byte(second))
			return
		}
		w.Header().Set("Link", `<?page=2>; rel="next"`)
		_, _ = w.Write([]byte(first))
	})
	services, err := client.ListServices(t.Context(), inProject("42"))
	var slugs []string
	for _, service := range services {
		slugs = append(slugs, service.Slug)
	}
	if want := []string{"asana", "jira", "slack", "pivotaltracker"}; err != nil || !slices.Equal(slugs, want) {
		t.Errorf("got %q and %v, want %q", slugs, err, want)
	}
}

func TestAPageIsFreshWhereAnythingOnItIs(t *testing.T) {
	t.Parallel()
	list := serviceList{packer: new(packer), seen: map[int64]bool{}}
	size := 0
	for _, test := range []struct {
		page  string
		fresh bool
	}{
		{"[" + jiraListed + "]", true}, {"[" + slackListed + "," + jiraListed + "]", true}, {"[" + jiraListed + "," + slackListed + "]", false}, {"[]", false},
	} {
		fresh, err := list.add([]byte(test.page))
		if size += len(test.page); err != nil || fresh != test.fresh || list.size != size {
			t.Errorf("%s: %t, %v, size %d", test.page, fresh, err, list.size)
		}
	}
	if fresh, err := list.add([]byte("[")); err == nil || fresh {
		t.Errorf("half a page is %t, %v", fresh, err)
	}
	if got := list.overview(nil).size; got <= decodedSize*size {
		t.Errorf("the overview takes %d bytes for %d", got, size)
	}
}
