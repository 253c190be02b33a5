package gitlab

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPathsEscapeTheProject(t *testing.T) {
	t.Parallel()
	for project, want := range map[string]string{
		"42":                      "/gitlab/api/v4/projects/42/services/slack-slash-commands",
		"group/name":              "/gitlab/api/v4/projects/group%2Fname/services/slack-slash-commands",
		"group/sub group/na.me-1": "/gitlab/api/v4/projects/group%2Fsub%20group%2Fna.me-1/services/slack-slash-commands",
		"../../user?x=1#y":        "/gitlab/api/v4/projects/..%2F..%2Fuser%3Fx=1%23y/services/slack-slash-commands",
		"a%2Fb":                   "/gitlab/api/v4/projects/a%252Fb/services/slack-slash-commands",
	} {
		t.Run(project, func(t *testing.T) {
			t.Parallel()
			var asked []string
			url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				asked = append(asked, r.Method+" "+r.RequestURI)
				if r.Method == http.MethodDelete {
					w.WriteHeader(http.StatusNoContent)
					return
				}
				_, _ = w.Write([]byte(slackAnswer))
			})
			client, _ := newTestClient(t, Config{BaseURL: url + "/gitlab"})
			if _, err := client.PutService(t.Context(), inProject(project), "slack-slash-commands", Settings{}); err != nil {
				t.Error(err)
			}
			if _, err := client.GetService(t.Context(), inProject(project), "slack-slash-commands"); err != nil {
				t.Error(err)
			}
			if err := client.DeleteService(t.Context(), inProject(project), "slack-slash-commands"); err != nil {
				t.Error(err)
			}
			if all := []string{"PUT " + want, "GET " + want, "DELETE " + want}; !slices.Equal(asked, all) {
				t.Errorf("asked %q, want %q", asked, all)
			}
		})
	}
}

func TestNamesThatWouldMakeAnotherPathAreNotSent(t *testing.T) {
	t.Parallel()
	url := serve(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("%s was sent", r.RequestURI) })
	client, _ := newTestClient(t, Config{BaseURL: url})
	for _, bad := range []string{"", ".", ".."} {
		_, putErr := client.PutService(t.Context(), inProject(bad), "slack", Settings{})
		_, getErr := client.GetService(t.Context(), inProject("42"), bad)
		_, projectErr := client.GetHome(t.Context(), inProject(bad))
		for _, err := range []error{putErr, getErr, projectErr, client.DeleteService(t.Context(), inProject(bad), bad)} {
			if e := asError(t, err); e.Attempts != 0 || e.StatusCode != 0 || e.Reason() != Other {
				t.Errorf("%q: %#v", bad, e)
			}
		}
	}
}

func TestPutSendsTheValuesAsJSON(t *testing.T) {
	t.Parallel()
	var got string
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got = string(body)
		_, _ = w.Write([]byte(slackAnswer))
	})
	client, _ := newTestClient(t, Config{BaseURL: url})
	for want, values := range map[string]map[string]any{
		`{}`: nil,
		`{"list":["a"],"null":null,"port":6659,"push_events":false,"url":"https://a?b\u0026c"}`: {
			"push_events": false, "null": nil, "port": 6659, "url": "https://a?b&c", "list": []string{"a"},
		},
	} {
		if _, err := client.PutService(t.Context(), inProject("42"), "slack", Settings{Values: values}); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("sent %s, want %s", got, want)
		}
	}
	got = ""
	_, err := client.PutService(t.Context(), inProject("42"), "slack", Settings{Values: map[string]any{"x": math.NaN()}})
	if e := asError(t, err); got != "" || e.Reason() != Other || !strings.Contains(e.Message, "JSON") {
		t.Errorf("a value that JSON does not have: %v, sent %q", err, got)
	}
}

func TestAnswersBecomeServices(t *testing.T) {
	t.Parallel()
	at := time.Date(2018, 3, 1, 12, 0, 0, 123e6, time.UTC)
	inherited := false
	for name, test := range map[string]struct {
		body string
		want Service
	}{
		"one of today": {
			`{"id":7,"title":"Jira","slug":"jira","created_at":"2018-01-01T00:00:00.000Z","updated_at":"2018-03-01T12:00:00.123Z","active":true,"inherited":false,"push_events":true,"properties":{"url":"https://j","port":6659,"keys":["A"],"none":null}}`,
			Service{ID: 7, Slug: "jira", Title: "Jira", Active: true, CreatedAt: time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC), UpdatedAt: at, Inherited: &inherited, Values: map[string]any{
				"push_events": true, "url": "https://j", "port": json.Number("6659"), "keys": []any{"A"}, "none": nil,
			}},
		},
		"one that 10.5 never configured": {
			`{"id":null,"title":"Slack","created_at":null,"updated_at":null,"active":false,"push_events":true,"properties":{}}`,
			Service{Title: "Slack", Values: map[string]any{"push_events": true}},
		},
		"a time with a zone": {
			`{"id":7,"updated_at":"2018-03-01T13:00:00.123+01:00","active":true}`,
			Service{ID: 7, Active: true, UpdatedAt: at, Values: map[string]any{}},
		},
		"properties win, and their names are free": {
			`{"id":7,"active":true,"archive_trace_events":false,"title":"Bugs","properties":{"archive_trace_events":true,"title":"Mine","id":3,"active":false}}`,
			Service{ID: 7, Title: "Bugs", Active: true, Values: map[string]any{"archive_trace_events": true, "title": "Mine", "id": json.Number("3"), "active": false}},
		},
		"properties that are null":  {`{"id":7,"active":true,"properties":null}`, Service{ID: 7, Active: true, Values: map[string]any{}}},
		"active as a text":          {`{"id":7,"active":"True"}`, Service{ID: 7, Active: true, Values: map[string]any{}}},
		"active as a number":        {`{"id":7,"active":1}`, Service{ID: 7, Active: true, Values: map[string]any{}}},
		"active null is not active": {`{"id":7,"active":null}`, Service{ID: 7, Values: map[string]any{}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(200, "application/json", test.body))})
			got, err := client.GetService(t.Context(), inProject("42"), "jira")
			if err != nil {
				t.Fatal(err)
			}
			if !got.UpdatedAt.Equal(test.want.UpdatedAt) {
				t.Errorf("updated at %s, want %s", got.UpdatedAt, test.want.UpdatedAt)
			}
			got.UpdatedAt = test.want.UpdatedAt
			if !reflect.DeepEqual(*got, test.want) {
				t.Errorf("got  %#v\nwant %#v", *got, test.want)
			}
		})
	}
}

func TestAnswersThatMakeNoSenseAreErrorsThatSaySo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ contentType, body, want string }{
		"nothing":                {"application/json", "", "the answer is empty"},
		"blanks":                 {"application/json", " \n", "the answer is empty"},
		"a text":                 {"text/plain", "It works!", "is not JSON: It works!"},
		"a sign-in page":         {"text/html; charset=utf-8", "<html><title>Sign in · GitLab</title>", "Sign in · GitLab (base_url probably points to a page"},
		"a page with a script":   {"text/html", "<html><script>var a = {}</script>Sign in", "Sign in (base_url probably points to a page"},
		"a page without a type":  {"", "<!DOCTYPE html><p>Hi", "is not JSON: Hi (base_url probably points to a page"},
		"half a JSON":            {"application/json", `{"id":7,"active":tr`, "is not JSON"},
		"two JSONs":              {"application/json", slackAnswer + slackAnswer, "is not JSON"},
		"a list":                 {"application/json", `[]`, "is not a JSON object"},
		"null":                   {"application/json", `null`, "is not a JSON object"},
		"another object":         {"application/json", `{"version":"17.0"}`, `has no key "id"`},
		"an object without flag": {"application/json", `{"id":7}`, `has no key "active"`},
		"an id that is a text":   {"application/json", `{"id":"7","active":true}`, `"id"`},
		"an id with a fraction":  {"application/json", `{"id":7.5,"active":true}`, `"id"`},
		"an id too large":        {"application/json", `{"id":99999999999999999999,"active":true}`, `"id"`},
		"active that is a word":  {"application/json", `{"id":7,"active":"perhaps"}`, `"active"`},
		"active that is seven":   {"application/json", `{"id":7,"active":7}`, `"active"`},
		"active that is a list":  {"application/json", `{"id":7,"active":[]}`, `"active"`},
		"a time that is none":    {"application/json", `{"id":7,"active":true,"updated_at":"yesterday"}`, `"updated_at"`},
		"properties as a list":   {"application/json", `{"id":7,"active":true,"properties":[1]}`, `"properties"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(200, test.contentType, test.body)), Retries: 3})
			service, err := client.PutService(t.Context(), inProject("42"), "slack", Settings{})
			e := asError(t, err)
			if service != nil || e.StatusCode != http.StatusOK || e.Attempts != 1 || e.Reason() != Other {
				t.Errorf("got %v and %#v", service, e)
			}
			if !strings.Contains(e.Message, test.want) || strings.Contains(e.Message, pageHint) != strings.Contains(test.want, "base_url") {
				t.Errorf("the message is %q, want %q in it", e.Message, test.want)
			}
		})
	}
}

func TestAServiceThatCannotBeReadIsNotQuoted(t *testing.T) {
	t.Parallel()
	const stored = "a-secret-that-only-gitlab-knows"
	for _, body := range []string{
		`ok {"id":7,"active":true,"properties":{"webhook":"` + stored + `"}}`,
		`{"id":"x","active":true,"properties":{"webhook":"` + stored + `"}}`,
		`{"id":7,"active":true,"properties":{"webhook":"` + stored + `"`,
	} {
		for _, contentType := range []string{"application/json", "text/plain", "text/html", ""} {
			if contentType == "text/html" && body[0] != '{' {
				continue // A page may begin with any text.
			}
			client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(200, contentType, body))})
			_, err := client.GetService(t.Context(), inProject("42"), "slack")
			if e := asError(t, err); strings.Contains(e.Error(), stored) {
				t.Errorf("%q: %s", contentType, e)
			}
		}
	}
}

func TestDeleteKnowsWhatAnswersIt(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status int
		body   string
		want   string // in the error; "" for none
	}{
		"204":                     {204, "", ""},
		"200":                     {200, "", ""},
		"200 with the service":    {200, slackAnswer, ""},
		"200 with a letter":       {200, "x", "is not JSON: x"},
		"200 with a page":         {200, "<html>Welcome", "base_url probably points to a page"},
		"never configured, today": {404, `{"message":"404 Integration Not Found"}`, "404 Integration Not Found"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(test.status, "", test.body))})
			err := client.DeleteService(t.Context(), inProject("42"), "slack")
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && !strings.Contains(asError(t, err).Message, test.want):
				t.Errorf("got %v, want %q in it", err, test.want)
			}
		})
	}
}

func TestProjectIsFoundUnderItsOldPath(t *testing.T) {
	t.Parallel()
	url := serve(t, renamed(t, nil))
	client, _ := newTestClient(t, Config{BaseURL: url})
	for _, name := range []string{"42", "old/name"} {
		project, err := client.GetHome(t.Context(), inProject(name))
		if err != nil {
			t.Fatal(err)
		}
		if want := (Home{ID: 42, Path: "new/name"}); *project != want {
			t.Errorf("%s: got %+v, want %+v", name, *project, want)
		}
	}
}

func TestProjectThatMakesNoSenseIsAnError(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		``:          "is empty",
		`{`:         "is not JSON",
		`[]`:        "is not a JSON object",
		`{}`:        `has no "id" or no "path_with_namespace"`,
		`{"id":42}`: `has no "id" or no "path_with_namespace"`,
		`{"id":null,"path_with_namespace":"a/b"}`: `has no "id" or no "path_with_namespace"`,
		`{"id":"42","path_with_namespace":"a/b"}`: `has an "id" that is no positive whole number`,
	} {
		client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(200, "application/json", body))})
		project, err := client.GetHome(t.Context(), inProject("42"))
		if e := asError(t, err); project != nil || e.StatusCode != http.StatusOK || !strings.Contains(e.Message, want) {
			t.Errorf("%q: %v and %v, want %q in it", body, project, err, want)
		}
	}
}

// renamed is a GitLab whose project 42 went from old/name to new/name. It notes
// what it is asked.
func renamed(t *testing.T, asked *[]string) http.HandlerFunc {
	t.Helper()
	const project, old = "/api/v4/projects/42", "/api/v4/projects/old%2Fname"
	return func(w http.ResponseWriter, r *http.Request) {
		if asked != nil {
			*asked = append(*asked, r.Method+" "+r.RequestURI)
		}
		if r.Header.Get("Private-Token") != testToken {
			t.Errorf("%s %s came without the token", r.Method, r.RequestURI)
		}
		path, isOld := strings.CutPrefix(r.RequestURI, old)
		switch {
		case isOld && r.Method == http.MethodGet:
			http.Redirect(w, r, project+path, http.StatusMovedPermanently)
		case isOld:
			answerWith(405, "application/json", `{"message":"Non GET methods are not allowed for moved projects"}`)(w, r)
		case r.RequestURI == project:
			_, _ = w.Write([]byte(`{"id":42,"path_with_namespace":"new/name"}`))
		case r.Method == http.MethodDelete:
			w.WriteHeader(http.StatusNoContent)
		default:
			if r.Method == http.MethodPut {
				if body, _ := io.ReadAll(r.Body); string(body) != `{"a":1}` {
					t.Errorf("the body is %s", body)
				}
			}
			_, _ = w.Write([]byte(slackAnswer))
		}
	}
}

func TestRenamedProjectIsFoundByEveryMethod(t *testing.T) {
	t.Parallel()
	var asked []string
	client, _ := newTestClient(t, Config{BaseURL: serve(t, renamed(t, &asked))})
	const old, now = "/api/v4/projects/old%2Fname", "/api/v4/projects/42"

	if _, err := client.GetService(t.Context(), inProject("old/name"), "slack"); err != nil {
		t.Fatal(err)
	}
	if want := []string{"GET " + old + "/services/slack", "GET " + now + "/services/slack"}; !slices.Equal(asked, want) {
		t.Errorf("GET asked %q", asked)
	}
	for _, method := range []string{"PUT", "DELETE"} {
		asked = nil
		var err error
		if method == "PUT" {
			_, err = client.PutService(t.Context(), inProject("old/name"), "slack", Settings{Values: map[string]any{"a": 1}})
		} else {
			err = client.DeleteService(t.Context(), inProject("old/name"), "slack")
		}
		if err != nil {
			t.Fatal(err)
		}
		want := []string{method + " " + old + "/services/slack", method + " " + now + "/services/slack"}
		if method == "PUT" { // the first one, after which the client knows
			want = slices.Insert(want, 1, "GET "+old, "GET "+now)
		}
		if !slices.Equal(asked, want) {
			t.Errorf("%s asked %q", method, asked)
		}
	}
}

func TestMovedProjectIsResolvedOnce(t *testing.T) {
	t.Parallel()
	asked := map[string]int{}
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked[r.Method]++
		if r.Method == http.MethodGet {
			_, _ = w.Write([]byte(`{"id":42,"path_with_namespace":"new/name"}`))
			return
		}
		answerWith(405, "application/json", `{"message":"Non GET methods are not allowed for moved projects"}`)(w, r)
	})
	client, _ := newTestClient(t, Config{BaseURL: url})
	err := client.DeleteService(t.Context(), inProject("old/name"), "slack")
	if e := asError(t, err); e.StatusCode != http.StatusMethodNotAllowed || asked["DELETE"] != 2 || asked["GET"] != 1 {
		t.Errorf("asked %v: %v", asked, err)
	}

	for name, test := range map[string]struct {
		status int
		body   string
		reason Reason
	}{
		"another 405 is just an error": {405, `{"error":"405 Not Allowed"}`, Other},
		"and so is another status":     {403, `{"message":"403 Forbidden - not for moved projects"}`, Forbidden},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := newTestClient(t, Config{BaseURL: serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodDelete {
					t.Errorf("%s was sent", r.Method)
				}
				answerWith(test.status, "application/json", test.body)(w, r)
			})})
			err := client.DeleteService(t.Context(), inProject("old/name"), "slack")
			if e := asError(t, err); e.StatusCode != test.status || e.Reason() != test.reason {
				t.Errorf("reason %d, want %d: %v", e.Reason(), test.reason, err)
			}
		})
	}
	t.Run("a project that cannot be found is told as such", func(t *testing.T) {
		t.Parallel()
		client, _ := newTestClient(t, Config{BaseURL: serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet {
				answerWith(404, "application/json", `{"message":"404 Project Not Found"}`)(w, r)
				return
			}
			answerWith(405, "application/json", `{"message":"Non GET methods are not allowed for moved projects"}`)(w, r)
		})})
		err := client.DeleteService(t.Context(), inProject("old/name"), "slack")
		if e := asError(t, err); e.Reason() != PlaceNotFound || e.Method != http.MethodGet {
			t.Error(err)
		}
	})
}

func TestRedirectsAreFollowedOnlyWhereTheTokenMayGo(t *testing.T) {
	t.Parallel()
	elsewhere := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("another server received %s %s with %v", r.Method, r.RequestURI, r.Header)
	})
	host := strings.TrimPrefix(elsewhere, "http://")
	for name, test := range map[string]struct {
		method   string
		location func(own string) string
		hops     int
		want     string
	}{
		"GET to another host":         {"GET", func(string) string { return "http://user:hunter2@" + host + "/x" }, 1, host},
		"PUT to another host":         {"PUT", func(string) string { return elsewhere + "/x" }, 1, host},
		"GET to https":                {"GET", func(own string) string { return strings.Replace(own, "http:", "https:", 1) + "/x" }, 1, "let base_url begin with that"},
		"PUT to https":                {"PUT", func(own string) string { return strings.Replace(own, "http:", "https:", 1) + "/x" }, 1, "let base_url begin with that"},
		"PUT to another path":         {"PUT", func(string) string { return "/users/sign_in" }, 1, "/users/sign_in"},
		"DELETE to another path":      {"DELETE", func(string) string { return "/users/sign_in" }, 1, "/users/sign_in"},
		"GET in a circle":             {"GET", func(string) string { return "/again" }, 4, "stopped after 3 redirects"},
		"a redirect that names none":  {"PUT", func(string) string { return "" }, 1, "the answer is empty"},
		"a GET that goes nowhere":     {"GET", func(string) string { return "" }, 1, "the answer is empty"},
		"GET to what is no address":   {"GET", func(string) string { return "http://[" }, 1, "no answer"},
		"GET to another kind of host": {"GET", func(string) string { return "ftp://example.com/" }, 1, "ftp://example.com"},
	} {
		for _, status := range []int{301, 302, 303, 307, 308} {
			t.Run(fmt.Sprintf("%s, %d", name, status), func(t *testing.T) {
				t.Parallel()
				var own string
				asked := 0
				own = serve(t, func(w http.ResponseWriter, _ *http.Request) {
					asked++
					if location := test.location(own); location != "" {
						w.Header().Set("Location", location)
					}
					w.WriteHeader(status)
				})
				client, _ := newTestClient(t, Config{BaseURL: own, Headers: map[string]string{"X-Proxy": "proxy-secret"}})
				var err error
				switch test.method {
				case "GET":
					_, err = client.GetService(t.Context(), inProject("42"), "slack")
				case "PUT":
					_, err = client.PutService(t.Context(), inProject("42"), "slack", Settings{})
				default:
					err = client.DeleteService(t.Context(), inProject("42"), "slack")
				}
				e := asError(t, err)
				if !strings.Contains(e.Message, test.want) || strings.Contains(e.Error(), "hunter2") {
					t.Errorf("the message is %q, want %q in it", e.Message, test.want)
				}
				if asked != test.hops {
					t.Errorf("%d requests, want %d", asked, test.hops)
				}
			})
		}
	}
}

// TestARedirectDoesNotSayWhoAsks: its user name would take the place of a header.
func TestARedirectDoesNotSayWhoAsks(t *testing.T) {
	t.Parallel()
	var own string
	own = serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/v4/moved" {
			http.Redirect(w, r, strings.Replace(own, "://", "://somebody:hunter2@", 1)+"/api/v4/moved", http.StatusFound)
			return
		}
		if got := r.Header.Get("Authorization"); got != "" {
			t.Errorf("Authorization is %q", got)
		}
		_, _ = w.Write([]byte(slackAnswer))
	})
	client, _ := newTestClient(t, Config{BaseURL: own})
	if _, err := client.GetService(t.Context(), inProject("42"), "slack"); err != nil {
		t.Error(err)
	}
}

func TestRedirectToASignInPageNamesTheBaseURL(t *testing.T) {
	t.Parallel()
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/users/sign_in" {
			http.Redirect(w, r, "/users/sign_in", http.StatusFound)
			return
		}
		answerWith(200, "text/html", "<h1>Sign in</h1>")(w, r)
	})
	client, _ := newTestClient(t, Config{BaseURL: url})
	_, err := client.GetService(t.Context(), inProject("42"), "slack")
	if e := asError(t, err); !strings.Contains(e.Message, pageHint) || e.StatusCode != http.StatusOK {
		t.Error(err)
	}
}
