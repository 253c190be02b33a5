package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

// effect is a cell of the matrix of faults and operations.
type effect string

const (
	survives effect = "survives"                       // as if nothing had happened
	errs     effect = "is an error and loses nothing"  // state and GitLab stay as they were
	drops    effect = "is gone, which a warning tells" // the resource leaves the state
)

// trouble is a row of the matrix. What an operation that is not named does is in
// all.
type trouble struct {
	fakegitlab.Fault
	all    effect
	except map[string]effect
}

// troubles are what goes wrong between Terraform and GitLab, by a name that is part
// of a project's path. Those that pass hit once, and the provider tries again
// once.
func troubles() map[string]trouble {
	passes := func(f fakegitlab.Fault) trouble {
		f.Times = 1
		return trouble{Fault: f, all: survives}
	}
	stays := func(f fakegitlab.Fault) trouble { return trouble{Fault: f, all: errs} }
	text := func(status int, body string) fakegitlab.Fault { return fakegitlab.Fault{Status: status, Body: body} }
	page := func(status int) fakegitlab.Fault {
		return fakegitlab.Fault{Status: status, ContentType: "text/html", Body: "<html><body>GitLab is not responding</body></html>"}
	}
	after := func(f fakegitlab.Fault) fakegitlab.Fault {
		f.AfterApply = true
		return f
	}
	gone := trouble{Fault: text(404, `{"message":"404 Project Not Found"}`), all: drops, except: map[string]effect{"create": errs, "update": errs}}
	noSlug := trouble{Fault: text(400, `{"error":"slug does not have a valid value"}`), all: drops, except: map[string]effect{"create": errs, "update": errs}}
	return map[string]trouble{
		"a-rate-limit":          passes(fakegitlab.Fault{Status: 429, Body: "Retry later\n", Header: map[string]string{"Retry-After": "1", "RateLimit-Limit": "6000", "RateLimit-Remaining": "0"}}),
		"a-lock":                passes(text(409, `{"message":"409 Conflict: Resource lock"}`)),
		"a-crash":               passes(text(500, `{"message":"500 Internal Server Error"}`)),
		"a-bad-gateway":         passes(page(502)),
		"a-crash-after-work":    passes(after(page(502))),
		"an-upgrade":            passes(page(503)),
		"a-slow-gateway":        passes(page(504)),
		"a-drop":                passes(fakegitlab.Fault{Drop: true}),
		"a-drop-after-work":     passes(after(fakegitlab.Fault{Drop: true})),
		"a-cut-body":            passes(fakegitlab.Fault{Status: 200, Body: `{"id":1,"active":true}`, Truncate: true}),
		"unauthorized":          stays(text(401, `{"message":"401 Unauthorized"}`)),
		"expired":               stays(text(401, `{"error":"invalid_token","error_description":"Token is expired."}`)),
		"forbidden":             stays(text(403, `{"message":"403 Forbidden"}`)),
		"small-scope":           stays(text(403, `{"error":"insufficient_scope","scope":"api"}`)),
		"no-route":              stays(text(404, `{"error":"404 Not Found"}`)),
		"no-method":             stays(text(405, `{"error":"405 Not Allowed"}`)),
		"refused":               stays(text(400, `{"message":"400 Bad Request"}`)),
		"unprocessable":         stays(text(422, `{"message":"422 Unprocessable Entity"}`)),
		"teapot":                stays(text(418, "I'm a teapot")),
		"sign-in":               stays(page(200)),
		"garbage":               stays(text(200, "garbage")),
		"redirect":              stays(fakegitlab.Fault{Status: 302, Header: map[string]string{"Location": "https://sso.example.com/"}}),
		"down":                  stays(page(503)),
		"dead":                  stays(fakegitlab.Fault{Drop: true}),
		"long-limit":            stays(fakegitlab.Fault{Status: 429, Body: "Retry later\n", Header: map[string]string{"Retry-After": "3600"}}),
		"no-project":            gone,
		"no-slug":               noSlug,
		"nothing-wrong-with-it": {Fault: fakegitlab.Fault{Times: 1}, all: survives},
	}
}

// TestFaultsMeetEveryOperation runs each fault against create, read, update and
// delete of a resource of its own, all in one command, and then the same command
// without faults, which has to make good what failed.
func TestFaultsMeetEveryOperation(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	workspace := acctest.Starting(t, server)
	rows := troubles()
	names := slices.Sorted(maps.Keys(rows))
	for _, name := range names {
		server.AddProject("group/" + name)
	}
	wiki := acctest.Service(t, "external-wiki")
	keys, err := json.Marshal(names)
	if err != nil {
		t.Fatal(err)
	}
	configure := func(url string) {
		workspace.Configure(acctest.Provider(server, hcltext.Attribute{Name: "retries", Value: int64(1)}, hcltext.Attribute{Name: "batch_refresh", Value: false}),
			acctest.Minimal(wiki).With("external_wiki_url", url).Resource(wiki, "this", hcltext.Raw(`"group/${each.key}"`),
				hcltext.Attribute{Name: "for_each", Value: hcltext.Raw("toset(" + string(keys) + ")")}))
	}
	held := func() map[string]string {
		urls := map[string]string{}
		for name, attributes := range readInstances(t, workspace) {
			urls[name], _ = attributes["external_wiki_url"].(string)
		}
		return urls
	}
	stored := func(name string) string {
		record, ok := server.Record("group/"+name, wiki.Slug)
		if !ok || !record.Active {
			return ""
		}
		url, _ := record.Params["external_wiki_url"].(string)
		return url
	}

	for _, step := range []struct {
		operation, method, before, after string
		command                          []string
	}{
		{"create", http.MethodPut, "", "https://wiki.example.com/1", []string{"apply", "-auto-approve"}},
		{"read", http.MethodGet, "https://wiki.example.com/1", "https://wiki.example.com/1", []string{"plan"}},
		{"update", http.MethodPut, "https://wiki.example.com/1", "https://wiki.example.com/2", []string{"apply", "-auto-approve", "-refresh=false"}},
		{"delete", http.MethodDelete, "https://wiki.example.com/2", "", []string{"destroy", "-auto-approve", "-refresh=false"}},
	} {
		if step.after != "" {
			configure(step.after)
		}
		for name, row := range rows {
			f := row.Fault
			f.Method, f.PathContains = step.method, "%2F"+name+"/services" // and the list
			server.Inject(f)
		}
		out := workspace.Run(append(step.command, "-no-color")...)
		server.ClearFaults()
		if out.Code != 1 || strings.Contains(out.Text(), "panic") {
			t.Errorf("%s: exit %d\n%s", step.operation, out.Code, out.Text())
		}
		state := held()
		for _, name := range names {
			want := rows[name].all
			if other, ok := rows[name].except[step.operation]; ok {
				want = other
			}
			message := fmt.Sprintf(`Project "group/%s": %s %s/api/v4/projects/group%%2F%s/`, name, step.method, server.URL(), name)
			if failed := strings.Contains(strings.ReplaceAll(unwrap(out.Stderr), "/ ", "/"), message); failed != (want == errs) {
				t.Errorf("%s meets %s: there is an error: %t, want that it %s", step.operation, name, failed, want)
			}
			if warned := containsWords(out.Text(), fmt.Sprintf(`project "group/%s"`, name)); warned != (want == drops) {
				t.Errorf("%s meets %s: there is a warning: %t, want that it %s", step.operation, name, warned, want)
			}
			wantState, wantStored := step.after, step.after
			switch {
			case want == errs:
				wantState, wantStored = step.before, step.before
			case want == drops && step.operation == "delete":
				wantStored = step.before // the fault has lied
			}
			if got := state[name]; got != wantState {
				t.Errorf("%s meets %s: the state has %q, want %q", step.operation, name, got, wantState)
			}
			if got := stored(name); got != wantStored {
				t.Errorf("%s meets %s: GitLab has %q, want %q", step.operation, name, got, wantStored)
			}
		}
		workspace.Must(step.command...)
		if state := held(); len(state) > 0 != (step.after != "") {
			t.Errorf("%s without faults: the state has %v", step.operation, state)
		}
		for _, name := range names {
			if got := stored(name); got != step.after && (step.operation != "delete" || rows[name].all != drops) {
				t.Errorf("%s without faults of %s: GitLab has %q, want %q", step.operation, name, got, step.after)
			}
		}
	}
}

func TestAWrongAddressDropsNothingFromTheState(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	workspace := acctest.Starting(t, server)
	workspace.Configure(addProjects(t, server, 3))
	workspace.Apply()
	workspace.Setenv("GITLAB_BASE_URL", server.URL()+"/group/p1")
	for _, command := range [][]string{{"plan", "-no-color"}, {"destroy", "-auto-approve", "-no-color"}} {
		if out := workspace.Run(command...); out.Code != 1 || !containsWords(out.Text(), "base_url") {
			t.Errorf("%s: exit %d\n%s", command[0], out.Code, out.Text())
		}
	}
	workspace.Setenv("GITLAB_BASE_URL", server.URL())
	if changes := workspace.Changes(); len(changes) != 0 {
		t.Errorf("the plan after it: %v", changes)
	}
}
