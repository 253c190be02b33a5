package gitlab

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// inProject and inGroup are places for tests.
func inProject(name string) Place { return Place{Projects, name} }

func inGroup(name string) Place { return Place{Groups, name} }

func TestPlaceIsSaidWithItsNoun(t *testing.T) {
	t.Parallel()
	for want, at := range map[string]Place{`project "group/website"`: inProject("group/website"), `group "group/sub"`: inGroup("group/sub")} {
		if got := at.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestOneNameAtTwoLevelsIsOfTwoPlaces(t *testing.T) {
	t.Parallel()
	if inProject("42").Same(inGroup("42")) || inProject("g/p").Same(inProject("g/q")) || !inProject("G/p").Same(inProject("g/P")) {
		t.Error("places are told apart by something else than the level and the name")
	}
}

func TestOnlyDigitsAreAnID(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"42": true, "0": true, "99": true, "": false, "4a": false, "group/42": false, "-1": false, "４２": false} {
		for _, at := range []Place{inProject(name), inGroup(name)} {
			if got := at.Numeric(); got != want {
				t.Errorf("%s: %t", at, got)
			}
		}
	}
}

// operation is one thing that a client does in a place.
type operation struct {
	name string
	do   func(ctx context.Context, c *Client, at Place) error
}

var inPlaces = []operation{
	{"put", func(ctx context.Context, c *Client, at Place) error {
		_, err := c.PutService(ctx, at, "slack", Settings{})
		return err
	}},
	{"get", func(ctx context.Context, c *Client, at Place) error {
		_, err := c.GetService(ctx, at, "slack")
		return err
	}},
	{"delete", func(ctx context.Context, c *Client, at Place) error { return c.DeleteService(ctx, at, "slack") }},
	{"list", func(ctx context.Context, c *Client, at Place) error {
		_, err := c.ListServices(ctx, at)
		return err
	}},
	{"id", func(ctx context.Context, c *Client, at Place) error {
		_, err := c.ID(ctx, at)
		return err
	}},
}

// placeServer is a GitLab with a place of each level, and what it was asked.
func placeServer(t *testing.T) (*Client, *[]string) {
	t.Helper()
	asked := &[]string{}
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.Method+" "+r.RequestURI)
		last := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
		switch {
		case r.Method == http.MethodDelete:
			w.WriteHeader(http.StatusNoContent)
		case last == "services", last == "integrations":
			_, _ = w.Write([]byte("[" + slackAnswer + "]"))
		case last == "slack":
			_, _ = w.Write([]byte(slackAnswer))
		default: // a path of the other level would be no answer
			_, _ = w.Write([]byte(map[bool]string{
				true: `{"id":42,"path_with_namespace":"a/b"}`, false: `{"id":42,"full_path":"a/b","path":"b"}`,
			}[strings.HasPrefix(r.URL.Path, "/api/v4/projects/")]))
		}
	})
	client, _ := newTestClient(t, Config{BaseURL: url})
	return client, asked
}

func TestEachLevelHasPathsOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		at   Place
		want map[string]string
	}{
		{inProject("a/b c"), map[string]string{
			"put":    "PUT /api/v4/projects/a%2Fb%20c/services/slack",
			"get":    "GET /api/v4/projects/a%2Fb%20c/services/slack",
			"delete": "DELETE /api/v4/projects/a%2Fb%20c/services/slack",
			"list":   "GET /api/v4/projects/a%2Fb%20c/services?per_page=100",
			"id":     "GET /api/v4/projects/a%2Fb%20c",
		}},
		{inGroup("a/b c"), map[string]string{
			"put":    "PUT /api/v4/groups/a%2Fb%20c/integrations/slack",
			"get":    "GET /api/v4/groups/a%2Fb%20c/integrations/slack",
			"delete": "DELETE /api/v4/groups/a%2Fb%20c/integrations/slack",
			"list":   "GET /api/v4/groups/a%2Fb%20c/integrations?per_page=100",
			"id":     "GET /api/v4/groups/a%2Fb%20c?with_projects=false",
		}},
		{inGroup("7"), map[string]string{
			"put":    "PUT /api/v4/groups/7/integrations/slack",
			"get":    "GET /api/v4/groups/7/integrations/slack",
			"delete": "DELETE /api/v4/groups/7/integrations/slack",
			"list":   "GET /api/v4/groups/7/integrations?per_page=100",
		}},
	} {
		client, asked := placeServer(t)
		for _, op := range inPlaces {
			*asked = nil
			if err := op.do(t.Context(), client, test.at); err != nil {
				t.Errorf("%s, %s: %v", test.at, op.name, err)
			}
			var want []string
			if request := test.want[op.name]; request != "" {
				want = []string{request}
			}
			if !slices.Equal(*asked, want) {
				t.Errorf("%s, %s: asked %q, want %q", test.at, op.name, *asked, want)
			}
		}
	}
}

func TestAPlaceHasAHomeOfItsOwnLevel(t *testing.T) {
	t.Parallel()
	for _, at := range []Place{inProject("42"), inGroup("42")} {
		client, _ := placeServer(t)
		if got, err := client.GetHome(t.Context(), at); err != nil || *got != (Home{42, "a/b"}) {
			t.Errorf("%s: %+v and %v", at, got, err)
		}
		if id, err := client.ID(t.Context(), Place{at.Level, "A/B"}); id != 42 || err != nil {
			t.Errorf("%s: %d and %v", at, id, err)
		}
	}
	// The keys of one level say nothing of the other.
	for _, test := range []struct {
		at   Place
		body string
	}{{inProject("42"), `{"id":42,"full_path":"a/b"}`}, {inGroup("42"), `{"id":42,"path_with_namespace":"a/b"}`}} {
		client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(200, "application/json", test.body))})
		if got, err := client.GetHome(t.Context(), test.at); asError(t, err).StatusCode != http.StatusOK {
			t.Errorf("%s: %+v and %v", test.at, got, err)
		}
	}
}

// TestWhatIsNotFoundIsSaidByLevel: what a 404 means, and that none of them is
// asked twice. GitLab before 17.9 has no services of groups, so that each route
// of theirs is unknown.
func TestWhatIsNotFoundIsSaidByLevel(t *testing.T) {
	t.Parallel()
	const noRoute = `{"error":"404 Not Found"}`
	for _, test := range []struct {
		at       Place
		body     string
		want     Reason
		wantList Reason
	}{
		{inProject("a/b"), `{"message":"404 Project Not Found"}`, PlaceNotFound, PlaceNotFound},
		{inGroup("a/b"), `{"message":"404 Group Not Found"}`, PlaceNotFound, PlaceNotFound},
		{inProject("a/b"), `{"message":"404 Service Not Found"}`, ServiceNotFound, ServiceNotFound},
		{inGroup("a/b"), `{"message":"404 Integration Not Found"}`, ServiceNotFound, ServiceNotFound},
		{inProject("a/b"), noRoute, NoSuchRoute, NoList},
		{inGroup("a/b"), noRoute, NoSuchRoute, NoSuchRoute},
		{inGroup("a/b"), `<html>404</html>`, NoSuchRoute, NoSuchRoute},
	} {
		for _, op := range inPlaces {
			asked := 0
			client, _ := newTestClient(t, Config{BaseURL: serve(t, func(w http.ResponseWriter, r *http.Request) {
				asked++
				answerWith(404, "application/json", test.body)(w, r)
			}), Retries: 3})
			want := test.want
			if op.name == "list" {
				want = test.wantList
			}
			if e := asError(t, op.do(t.Context(), client, test.at)); e.Reason() != want || asked != 1 {
				t.Errorf("%s, %s, %s: reason %d, want %d, after %d requests", test.at, op.name, test.body, e.Reason(), want, asked)
			}
		}
	}
}

func TestALevelSaysSinceWhenItHasServices(t *testing.T) {
	t.Parallel()
	for level, want := range map[*Level]string{Projects: "", Groups: "17.9"} {
		if level.Since != want {
			t.Errorf("%s: %q, want %q", level.Noun, level.Since, want)
		}
	}
}

func TestNamesThatWouldMakeAnotherPathAreNotSentAnywhere(t *testing.T) {
	t.Parallel()
	url := serve(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("%s was sent", r.RequestURI) })
	client, _ := newTestClient(t, Config{BaseURL: url})
	for _, level := range []*Level{Projects, Groups} {
		for _, name := range []string{"", ".", ".."} {
			for _, op := range inPlaces {
				e := asError(t, op.do(t.Context(), client, Place{level, name}))
				if e.Attempts != 0 || e.Reason() != Other || !strings.Contains(e.Message, "name of a "+level.Noun) {
					t.Errorf("%s %q, %s: %#v", level.Noun, name, op.name, e)
				}
			}
		}
	}
}
