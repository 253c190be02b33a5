package fakegitlab

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestMissingAndInvalidParametersAreNamedInDeclaredOrder(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		slug, body string
		want       map[Profile]string
	}{
		{"irker", `{"server_port":"abc","colorize_messages":"2"}`, map[Profile]string{
			V10_5: "recipients is missing, server_port is invalid, colorize_messages is invalid",
			V16_0: "recipients is missing, server_port is invalid, colorize_messages is invalid",
			V19_1: "server_port is invalid, recipients is missing, colorize_messages is invalid",
		}},
		{"jira", `{}`, map[Profile]string{
			V10_5: "url is missing, username is missing, password is missing",
			V16_0: "url is missing, password is missing",
			V19_1: "url is missing, password is missing",
		}},
		{"pushover", `{}`, map[Profile]string{
			V10_5: "api_key is missing, user_key is missing, priority is missing, device is missing, sound is missing",
			V16_0: "api_key is missing, user_key is missing, priority is missing, device is missing, sound is missing",
			V19_1: "api_key is missing, user_key is missing, priority is missing",
		}},
		{"redmine", `{"issues_url":["x"]}`, map[Profile]string{
			V10_5: "new_issue_url is missing, project_url is missing, issues_url is invalid",
			V19_1: "project_url is missing, issues_url is invalid, new_issue_url is missing",
		}},
		{"slack", `{"push_events":"2","use_inherited_settings":"x"}`, map[Profile]string{
			V10_5: "webhook is missing, push_events is invalid",
			V16_0: "webhook is missing",
			V19_1: "webhook is missing, push_events is invalid, use_inherited_settings is invalid",
		}},
		{"prometheus", `{}`, map[Profile]string{
			V10_5: "api_url is missing",
			V16_0: "api_url is missing, google_iap_audience_client_id is missing, google_iap_service_account_json is missing",
		}},
	} {
		for p, want := range tt.want {
			l := newLab(t, p)
			r := l.send(http.MethodPut, l.path(tt.slug), tt.body)
			if r.status != http.StatusBadRequest || r.body["error"] != want {
				t.Errorf("%s %s: %d %s, want %s", p, tt.slug, r.status, r.text, want)
			}
		}
	}
}

func TestCoercion(t *testing.T) {
	t.Parallel()
	const invalid = "invalid"
	l := newLab(t, V19_1)
	for name, cases := range map[string]map[string]any{
		"server_host": {`2`: "2", `1.5`: "1.5", `true`: "true", `"x"`: "x", `null`: nil, `[]`: invalid, `{}`: invalid},
		"server_port": {`"6659"`: 6659, `1.0`: 1, `1.5`: 1, `" 7 "`: 7, `""`: nil, `null`: nil, `99999999999`: 99999999999, `"1.5"`: invalid, `"abc"`: invalid, `true`: invalid, `[1]`: invalid},
		"colorize_messages": {`true`: true, `"true"`: true, `"TRUE"`: true, `1`: true, `"1"`: true, `"yes"`: true, `"on"`: true, `"t"`: true, `"y"`: true,
			`false`: false, `"False"`: false, `0`: false, `"0"`: false, `"no"`: false, `"off"`: false, `"f"`: false, `"n"`: false,
			`""`: nil, `null`: nil, `"2"`: invalid, `2`: invalid, `"abc"`: invalid},
	} {
		for sent, want := range cases {
			r := l.send(http.MethodPut, l.path("irker"), `{"recipients":"irc://irc.example.com/x","`+name+`":`+sent+`}`)
			if want == invalid {
				if r.body["error"] != name+" is invalid" {
					t.Errorf("%s = %s: %d %s", name, sent, r.status, r.text)
				}
				continue
			}
			if got := l.record("irker").Params[name]; r.status != http.StatusOK || !sameJSON(got, want) {
				t.Errorf("%s = %s: %d, stored %#v", name, sent, r.status, got)
			}
		}
	}
}

func TestFlagsAreTextTo16AndBooleansAfter(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		for sent, want := range map[string]any{`"abc"`: true, `"false"`: false, `false`: false, `0`: false, `true`: true, `"off"`: false} {
			r := l.send(http.MethodPut, l.path("asana"), `{"api_key":"x","push_events":`+sent+`}`)
			if l.profile() == V10_5 && sent == `"abc"` {
				want = false // of a word that is no boolean
			}
			if l.profile() == V19_1 && sent == `"abc"` {
				if r.text != `{"error":"push_events is invalid"}` {
					t.Errorf("%s: %d %s", sent, r.status, r.text)
				}
			} else if r.body["push_events"] != want {
				t.Errorf("%s: %d %s", sent, r.status, r.text)
			}
		}
	})
}

func TestBodies(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		const text = "Content-Type: text/plain"
		unsupported := map[Profile]int{V10_5: 406, V16_0: 415, V19_1: 415}
		for name, tt := range map[string]struct {
			body, header, query string
			status              int
			answer              string
		}{
			"empty body":        {"", text, "", 400, `{"error":"token is missing"}`},
			"empty object":      {"{}", "Content-Type: application/json", "", 400, `{"error":"token is missing"}`},
			"JSON array":        {`[{"token":"x"}]`, "Content-Type: application/json", "", 400, `{"error":"token is missing"}`},
			"JSON with charset": {`{"token":"x"}`, "Content-Type: application/json; charset=utf-8", "", 200, ""},
			"text/plain":        {`{"token":"x"}`, text, "", 400, `{"error":"token is missing"}`},
			"XML":               {`<token>x</token>`, "Content-Type: application/xml", "", unsupported[l.profile()], ""},
			"octets":            {`{"token":"x"}`, "Content-Type: application/octet-stream", "", unsupported[l.profile()], ""},
			"form":              {"token=x", "Content-Type: application/x-www-form-urlencoded", "", 200, ""},
			"form, no type":     {"token=x", "Content-Type: ", "", 400, `{"error":"token is missing"}`},
			"multipart":         {"--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nx\r\n--b--\r\n", "Content-Type: multipart/form-data; boundary=b", "", 200, ""},
			"query":             {"", text, "?token=x", 200, ""},
		} {
			r := l.send(http.MethodPut, l.path("mattermost-slash-commands")+tt.query, tt.body, tt.header)
			if r.status != tt.status || tt.answer != "" && r.text != tt.answer {
				t.Errorf("%s: %d %s", name, r.status, r.text)
			}
		}
		r := l.send(http.MethodPut, l.path("mattermost-slash-commands"), `{"token":`)
		if broken, _ := r.body["error"].(string); r.status != http.StatusBadRequest || !strings.Contains(broken, "does not match declared format") {
			t.Errorf("broken JSON: %d %s", r.status, r.text)
		}
	})
}

func TestRefusedRecordsSayWhyFrom17(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		for _, tt := range []struct {
			slug, why string
			change    values
		}{
			{"slack", `{:webhook=>["is blocked: Only allowed schemes are http, https"]}`, values{"webhook": "hooks"}},
			{"slack", `{:webhook=>["can't be blank", "must be a valid URL"]}`, values{"webhook": ""}},
			{"jira", `{:jira_auth_type=>["can't be blank", "is not included in the list"]}`, values{"jira_auth_type": nil}},
			{"slack", `{:push_channel=>["cannot have more than 10 channels"]}`, values{"push_channel": channels(11)}},
			{"bamboo", `{:username=>["can't be blank"], :password=>["can't be blank"]}`, values{"username": "", "password": ""}},
			{"jenkins", `{}`, values{"jenkins_url": "http://localhost"}},
			{"external-wiki", `{:external_wiki_url=>["is blocked: Requests to the local network are not allowed"]}`, values{"external_wiki_url": "http://192.168.0.1"}},
			{"external-wiki", `{:external_wiki_url=>["is blocked: Requests to loopback addresses are not allowed"]}`, values{"external_wiki_url": "http://127.1.1.1:3000/"}},
			{"external-wiki", `{:external_wiki_url=>["is blocked: Requests to localhost are not allowed"]}`, values{"external_wiki_url": "http://[::1]:3000/"}},
			{"external-wiki", `{:external_wiki_url=>["is blocked: Requests to localhost are not allowed"]}`, values{"external_wiki_url": "http://localhost/"}},
			{"external-wiki", `{:external_wiki_url=>["is blocked: Requests to the link local network are not allowed"]}`, values{"external_wiki_url": "http://169.254.1.1"}},
			{"external-wiki", `{:external_wiki_url=>["is blocked: Requests to the shared address space are not allowed"]}`, values{"external_wiki_url": "http://100.64.0.1"}},
		} {
			r := l.put(tt.slug, with(l.minimal(tt.slug), tt.change))
			want := "Failed to update integration. " + tt.why
			if l.profile() != V19_1 {
				if r.status == http.StatusOK {
					continue // fewer rules; the table of refused values has them
				}
				want = "400 Bad Request"
			}
			if r.status != http.StatusBadRequest || r.body["message"] != want {
				t.Errorf("%s: %d %s", tt.slug, r.status, r.text)
			}
		}
	})
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		l.RemoveSlug("asana")
		noSlug := `{"error":"slug does not have a valid value"}`
		if l.profile() == V10_5 {
			noSlug = `{"error":"service_slug does not have a valid value"}`
		}
		const noRoute = `{"error":"404 Not Found"}`
		for _, tt := range []struct {
			method, path string
			status       int
			answer       string
		}{
			{"PUT", l.path("asana"), 404, noRoute},
			{"GET", l.path("asana"), 400, noSlug},
			{"DELETE", l.path("asana"), 400, noSlug},
			{"PUT", l.path("custom_issue_tracker"), 404, noRoute},
			{"GET", l.path("custom_issue_tracker"), 400, noSlug},
			{"POST", l.path("slack"), 404, noRoute},
			{"PATCH", l.path("slack"), 404, noRoute},
			{"POST", l.path("nothing"), 404, noRoute},
			{"GET", "/api/v4/nothing", 404, noRoute},
			{"GET", "/api/v4/projects/group/project/services/slack", 404, noRoute},
			{"GET", "/api/v4/projects/99/services/slack", 404, `{"message":"404 Project Not Found"}`},
			{"PUT", "/api/v4/projects/99/services/slack", 404, `{"message":"404 Project Not Found"}`},
			{"DELETE", "/api/v4/projects/" + escaped("group/none") + "/services/slack", 404, `{"message":"404 Project Not Found"}`},
			{"GET", "/api/v4/projects/project/services/slack", 404, `{"message":"404 Project Not Found"}`},
			{"GET", "/api/v4/projects/99", 404, `{"message":"404 Project Not Found"}`},
			{"GET", "/api/v4/groups/1/services/slack", 404, noRoute},
		} {
			if r := l.send(tt.method, tt.path, ""); r.status != tt.status || r.text != tt.answer {
				t.Errorf("%s %s = %d %s", tt.method, tt.path, r.status, r.text)
			}
		}
	})
}

func TestNeverConfigured(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		r := l.get("slack")
		if l.profile() == V10_5 {
			if r.status != http.StatusOK || r.body["id"] != nil || r.body["created_at"] != nil || r.body["updated_at"] != nil ||
				r.body["active"] != false || r.body["push_events"] != true || !sameJSON(r.body["properties"], values{"notify_only_broken_pipelines": true, "notify_only_default_branch": true}) {
				t.Errorf("GET = %d %s", r.status, r.text)
			}
		} else if r.status != http.StatusNotFound || r.text != `{"message":"404 Integration Not Found"}` {
			t.Errorf("GET = %d %s", r.status, r.text)
		}
		del, after := l.del("slack"), l.get("slack")
		if l.profile() == V19_1 {
			if del.status != http.StatusNotFound || del.text != `{"message":"404 Integration Not Found"}` || after.status != http.StatusNotFound {
				t.Errorf("DELETE = %d %s, GET after it %d", del.status, del.text, after.status)
			}
		} else if del.status != http.StatusNoContent || after.status != http.StatusOK || after.body["id"] == nil || after.body["active"] != false {
			t.Errorf("DELETE = %d, GET after it %s", del.status, after.text)
		}
	})
}

func TestTokens(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		const none = "PRIVATE-TOKEN: "
		ask := func(method, path string, headers ...string) int {
			body := ""
			if method == http.MethodPut {
				body = `{"token":"x"}`
			}
			return l.send(method, path, body, headers...).status
		}
		service := l.path("mattermost-slash-commands")
		l.mustPut("mattermost-slash-commands", values{"token": "x"})
		private := func(scope string) string { return "PRIVATE-TOKEN: " + l.AddToken(scope) }
		bearerPersonal, readScope := 200, 200
		if l.profile() == V10_5 {
			bearerPersonal, readScope = 401, 403
		}
		for _, tt := range []struct {
			what, method, path string
			headers            []string
			want               int
		}{
			{"no token", "GET", service, []string{none}, 401},
			{"no token for a route that does not exist", "PUT", l.path("nothing"), []string{none}, 404},
			{"unknown token", "GET", service, []string{"PRIVATE-TOKEN: glpat-x"}, 401},
			{"another api token", "PUT", service, []string{private(ScopeAPI)}, 200},
			{"the token in the query", "GET", service + "?private_token=" + l.Token(), []string{none}, 200},
			{"a personal token as bearer", "GET", service, []string{none, "Authorization: Bearer " + l.Token()}, bearerPersonal},
			{"an OAuth token as bearer", "PUT", service, []string{none, "Authorization: Bearer " + l.AddToken(TokenOAuth)}, 200},
			{"an OAuth token as private token", "GET", service, []string{private(TokenOAuth)}, 401},
			{"read_api reading", "GET", service, []string{private(ScopeReadAPI)}, readScope},
			{"read_api writing", "PUT", service, []string{private(ScopeReadAPI)}, 403},
			{"read_user reading", "GET", service, []string{private(ScopeReadUser)}, 403},
			{"read_user asking for the version", "GET", "/api/v4/version", []string{private(ScopeReadUser)}, 200},
			{"a reporter reading settings", "GET", service, []string{private(TokenReporter)}, 403},
			{"a reporter reading the project", "GET", "/api/v4/projects/1", []string{private(TokenReporter)}, 200},
			{"a stranger", "GET", service, []string{private(TokenStranger)}, 404},
			{"an expired token", "GET", service, []string{private(TokenExpired)}, 401},
			{"a revoked token", "DELETE", service, []string{private(TokenRevoked)}, 401},
		} {
			if got := ask(tt.method, tt.path, tt.headers...); got != tt.want {
				t.Errorf("%s: %d, want %d", tt.what, got, tt.want)
			}
		}
		if r := l.send("GET", service, "", none); r.text != `{"message":"401 Unauthorized"}` {
			t.Error(r.text)
		}
		if r := l.send("PUT", service, `{}`, private(TokenReporter)); r.text != `{"message":"403 Forbidden"}` {
			t.Error(r.text)
		}
		if r := l.send("PUT", service, `{}`, private(ScopeReadUser)); r.body["error"] != "insufficient_scope" || r.body["scope"] != "api" {
			t.Error(r.text)
		}
		if r := l.send("GET", service, "", private(TokenExpired)); r.body["error"] != "invalid_token" {
			t.Error(r.text)
		}
	})
}

func TestProjectsByIDAndPath(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		nested := l.AddProject("group/sub/site")
		if nested.ID != 2 || l.AddProject("group/sub/site") != nested {
			t.Errorf("projects: %v", nested)
		}
		for _, id := range []string{"2", escaped("group/sub/site")} {
			r := l.send("GET", "/api/v4/projects/"+id, "")
			if r.status != 200 || r.body["id"] != float64(2) || r.body["path_with_namespace"] != "group/sub/site" || r.body["name"] != "site" ||
				r.body["web_url"] != l.URL()+"/group/sub/site" || r.body["archived"] != false {
				t.Errorf("GET = %d %s", r.status, r.text)
			}
		}
		r := l.send("PUT", "/api/v4/projects/"+escaped("group/sub/site")+"/services/asana", `{"api_key":"k"}`)
		if _, ok := l.Record("group/sub/site", "asana"); r.status != 200 || !ok {
			t.Errorf("PUT by path = %d", r.status)
		}
	})
}

func TestProjectsAreListedById(t *testing.T) {
	t.Parallel()
	s := New(V16_0)
	for _, path := range []string{"z/first", "a/second", "m/third"} {
		s.AddProject(path)
	}
	if err := s.RenameProject(3, "b/renamed"); err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteProject(1); err != nil {
		t.Fatal(err)
	}
	if got := s.Projects(); !slices.Equal(got, []Project{{2, "a/second"}, {3, "b/renamed"}}) {
		t.Errorf("the projects are %v", got)
	}
	if s.Profile() != V16_0 {
		t.Errorf("the profile is %s", s.Profile())
	}
}

func TestRenamedAndDeletedProjects(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		l.mustPut("asana", values{"api_key": "k"})
		l.mustSucceed(l.RenameProject(l.project.ID, "group/renamed"))
		old, renamed := "/api/v4/projects/"+escaped("group/project"), "/api/v4/projects/"+escaped("group/renamed")
		if r := l.send("GET", renamed+"/services/asana", ""); r.status != 200 {
			t.Errorf("new path: %d", r.status)
		}
		get, put := l.send("GET", old+"/services/asana?x=1", ""), l.send("PUT", old+"/services/asana", `{"api_key":"k"}`)
		if l.profile() == V10_5 {
			if get.status != 404 || put.status != 404 || get.text != `{"message":"404 Project Not Found"}` {
				t.Errorf("old path: GET %d, PUT %d", get.status, put.status)
			}
		} else {
			if want := l.URL() + l.path("asana") + "?x=1"; get.status != http.StatusMovedPermanently || get.header.Get("Location") != want {
				t.Errorf("GET of the old path = %d to %s", get.status, get.header.Get("Location"))
			}
			if put.status != 405 || put.text != `{"message":"Non GET methods are not allowed for moved projects"}` {
				t.Errorf("PUT of the old path = %d %s", put.status, put.text)
			}
			if r := l.send("DELETE", old+"/services/asana", ""); r.status != 405 {
				t.Errorf("DELETE of the old path = %d", r.status)
			}
			if r := l.send("GET", old, ""); r.status != 301 || r.header.Get("Location") != l.URL()+"/api/v4/projects/1" {
				t.Errorf("GET of the old project = %d to %s", r.status, r.header.Get("Location"))
			}
		}
		if l.RenameProject(99, "x/y") == nil || l.RenameProject(1, "group/renamed") == nil {
			t.Error("a rename that cannot be succeeds")
		}
		if p := l.AddProject("group/project"); p.ID != 2 {
			t.Errorf("the old path cannot be used again: %v", p)
		}
		if r := l.send("GET", old, ""); r.status != 200 || r.body["id"] != float64(2) {
			t.Errorf("a new project at the old path: %d %s", r.status, r.text)
		}
		l.mustSucceed(l.DeleteProject(1))
		for _, path := range []string{"/api/v4/projects/1", renamed} {
			if r := l.send("GET", path, ""); r.status != 404 || r.text != `{"message":"404 Project Not Found"}` {
				t.Errorf("deleted project: %d %s", r.status, r.text)
			}
		}
		if l.DeleteProject(1) == nil {
			t.Error("deleted twice")
		}
	})
}

func TestListShowsActiveServicesWithoutProperties(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		list := strings.TrimSuffix(l.path(""), "/")
		if l.profile() == V10_5 {
			if r := l.send("GET", list, ""); r.status != 404 || r.text != `{"error":"404 Not Found"}` {
				t.Errorf("GET = %d %s", r.status, r.text)
			}
			return
		}
		if r := l.send("GET", list, ""); r.status != 200 || r.text != "[]" {
			t.Errorf("nothing configured: %d %s", r.status, r.text)
		}
		slack := l.mustPut("slack", l.minimal("slack")).body
		delete(slack, "properties")
		l.mustPut("asana", l.minimal("asana"))
		l.mustPut("jira", l.minimal("jira"))
		l.mustSucceed(l.Disable("1", "asana"))
		l.del("jira")
		want := string(jsonAnswer(200, []any{slack}).body)
		for _, path := range []string{list, strings.Replace(list, "services", "integrations", 1)} {
			if r := l.send("GET", path, ""); r.text != want {
				t.Errorf("%s: %s, want %s", path, r.text, want)
			}
		}
	})
}

func TestIntegrationsIsAnAliasOfServicesSince14(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		alias := strings.Replace(l.path("asana"), "services", "integrations", 1)
		r := l.send("PUT", alias, `{"api_key":"k"}`)
		want := http.StatusOK
		if l.profile() == V10_5 {
			want = http.StatusNotFound
		}
		if r.status != want {
			t.Errorf("PUT = %d %s", r.status, r.text)
		}
	})
}

func TestVersionAndMetadata(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		version, metadata := l.send("GET", "/api/v4/version", ""), l.send("GET", "/api/v4/metadata", "")
		text, _ := version.body["version"].(string)
		if !strings.HasPrefix(text, string(l.profile())) {
			t.Errorf("version: %s", version.text)
		}
		if l.profile() == V10_5 {
			if metadata.status != 404 {
				t.Errorf("metadata: %d", metadata.status)
			}
		} else if metadata.text != version.text || metadata.body["enterprise"] != true {
			t.Errorf("metadata: %s", metadata.text)
		}
		if r := l.send("GET", "/api/v4/user", ""); r.status != 200 || r.body["username"] != "root" {
			t.Errorf("user: %d %s", r.status, r.text)
		}
	})
}

func TestRelativeRootAndWrongBaseURLs(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.SetRelativeRoot("/gitlab/")
	if !strings.HasSuffix(l.URL(), "/gitlab") {
		t.Errorf("URL is %s", l.URL())
	}
	if r := l.get("slack"); r.status != 404 || r.text != `{"message":"404 Integration Not Found"}` {
		t.Errorf("below the root: %d %s", r.status, r.text)
	}
	l.SetRelativeRoot("")
	if r := l.send("GET", "/gitlab"+l.path("slack"), ""); r.status != 302 || r.header.Get("Location") != "/users/sign_in" {
		t.Errorf("a root that is none: %d to %s", r.status, r.header.Get("Location"))
	}
	if r := l.send("GET", "/users/sign_in", ""); r.status != 200 || !strings.HasPrefix(r.header.Get("Content-Type"), "text/html") {
		t.Errorf("sign-in page: %d %s", r.status, r.text)
	}
	if r := l.send("PUT", "/projects/1/services/slack", "{}"); r.status != 404 || r.body != nil {
		t.Errorf("PUT beside the API: %d %s", r.status, r.text)
	}
}

func TestDeleteRespectsIfUnmodifiedSince(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.mustPut("asana", values{"api_key": "k"})
	since := func(d time.Duration) string {
		return "If-Unmodified-Since: " + time.Now().Add(d).UTC().Format(http.TimeFormat)
	}
	if r := l.send("DELETE", l.path("asana"), "", since(-time.Hour)); r.status != http.StatusPreconditionFailed {
		t.Errorf("older: %d", r.status)
	}
	if r := l.send("DELETE", l.path("asana"), "", since(time.Hour)); r.status != http.StatusNoContent {
		t.Errorf("newer: %d", r.status)
	}
}
