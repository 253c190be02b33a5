package gitlab

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

// projectsByPath is a GitLab with projects by the paths that lead to them, and
// what it was asked.
func projectsByPath(t *testing.T, byPath map[string]Home) (*Client, *[]string) {
	t.Helper()
	var mu sync.Mutex
	asked := &[]string{}
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		*asked = append(*asked, r.URL.Path)
		home, ok := byPath[strings.ToLower(strings.TrimPrefix(r.URL.Path, "/api/v4/projects/"))]
		if !ok {
			answerWith(404, "application/json", `{"message":"404 Project Not Found"}`)(w, r)
			return
		}
		fmt.Fprintf(w, `{"id":%d,"path_with_namespace":%q}`, home.ID, home.Path)
	})
	client, _ := newTestClient(t, Config{BaseURL: url})
	return client, asked
}

func TestANameIsLookedUpOnce(t *testing.T) {
	t.Parallel()
	client, asked := projectsByPath(t, map[string]Home{"old/name": {42, "New/Name"}, "other/name": {43, "other/name"}})
	for _, test := range []struct {
		name string
		id   int64
		asks bool
	}{
		{"42", 42, false},
		{"0042", 42, false},
		{"old/name", 42, true},
		{"OLD/name", 42, false},
		{"new/name", 42, false}, // which the answer to the old one told
		{"other/name", 43, true},
	} {
		before := len(*asked)
		id, err := client.ID(t.Context(), inProject(test.name))
		if id != test.id || err != nil || (len(*asked) > before) != test.asks {
			t.Errorf("%s is %d, %v, after %q", test.name, id, err, (*asked)[before:])
		}
	}
}

func TestANumberIsDigitsAndNothingElse(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]int64{"42": 42, "0042": 42, "+42": 0, "-42": 0, "4_2": 0, "": 0, "g/p": 0, strings.Repeat("9", 30): 0} {
		if id, ok := inProject(name).number(); id != want && ok || ok != (want != 0) {
			t.Errorf("%q is %d, %t", name, id, ok)
		}
	}
}

func TestALookUpThatFailsIsAskedAgain(t *testing.T) {
	t.Parallel()
	client, asked := projectsByPath(t, nil)
	for _, name := range []string{"no/where", "no/where", strings.Repeat("9", 30)} {
		if id, err := client.ID(t.Context(), inProject(name)); asError(t, err).Reason() != PlaceNotFound || id != 0 {
			t.Error(id, err)
		}
	}
	if len(*asked) != 3 {
		t.Errorf("asked %q", *asked)
	}
	if _, err := client.ID(t.Context(), inProject("..")); asError(t, err).Attempts != 0 {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.ID(ctx, inProject("no/where")); asError(t, err).Reason() != Interrupted {
		t.Error(err)
	}
}

func TestListedProjectsAreKnown(t *testing.T) {
	t.Parallel()
	url, asked := pages(t, "Link", nil, []int{1, 2})
	client, _ := newTestClient(t, Config{BaseURL: url})
	if _, err := projects(t, client, Filter{Level: Projects}); err != nil {
		t.Fatal(err)
	}
	id, err := client.ID(t.Context(), inProject("Group/P2"))
	if id != 2 || err != nil || len(*asked) != 1 {
		t.Errorf("group/p2 is %d, %v, after %q", id, err, *asked)
	}
}

func TestPlacesDifferWhereThatIsKnown(t *testing.T) {
	t.Parallel()
	client, asked := projectsByPath(t, map[string]Home{"a/one": {1, "a/one"}, "a/uno": {1, "a/one"}, "b/two": {2, "b/two"}})
	for _, name := range []string{"a/one", "a/uno", "b/two"} {
		if _, err := client.ID(t.Context(), inProject(name)); err != nil {
			t.Fatal(err)
		}
	}
	lookedUp := slices.Clone(*asked)
	for _, test := range []struct {
		a, b Place
		want bool
	}{
		{inProject("1"), inProject("2"), true},
		{inProject("1"), inProject("01"), false},
		{inProject("a/one"), inProject("a/one"), false},
		{inProject("x/one"), inProject("x/one"), false},
		{inProject("a/one"), inProject("A/One"), false},
		{inProject("a/one"), inProject("a/uno"), false},
		{inProject("a/one"), inProject("b/two"), true},
		{inProject("A/UNO"), inProject("2"), true},
		{inProject("a/one"), inProject("1"), false},
		{inProject("a/one"), inProject("x/unknown"), false},
		{inProject("7"), inProject("x/unknown"), false},
		{inProject("x/unknown"), inProject("y/unknown"), false},
		{inProject("1"), Place{Groups, "1"}, true},
		{inProject("x/unknown"), Place{Groups, "x/unknown"}, true},
	} {
		if got := client.Differ(test.a, test.b); got != test.want {
			t.Errorf("%s and %s: %t", test.a, test.b, got)
		}
		if got := client.Differ(test.b, test.a); got != test.want {
			t.Errorf("%s and %s: %t", test.b, test.a, got)
		}
	}
	if !slices.Equal(*asked, lookedUp) {
		t.Errorf("asked %q to compare", (*asked)[len(lookedUp):])
	}
}
