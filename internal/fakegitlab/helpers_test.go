package fakegitlab

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// lab is a started server with one project, and a client of it.
type lab struct {
	*Server
	t       *testing.T
	project Project
}

func newLab(t *testing.T, p Profile) *lab {
	t.Helper()
	s := New(p)
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return &lab{s, t, s.AddProject("group/project")}
}

// landmarks are the releases whose behaviour tests spell out: the first, the
// last, and one between. What is said of all releases names all [Profiles];
// those between the landmarks are held to recorded answers of GitLab.
var landmarks = []Profile{V10_5, V16_0, V19_1}

// eachProfile runs f as a subtest on each of the profiles, or of the landmarks.
func eachProfile(t *testing.T, f func(*testing.T, *lab), profiles ...Profile) {
	t.Helper()
	if len(profiles) == 0 {
		profiles = landmarks
	}
	for _, p := range profiles {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			f(t, newLab(t, p))
		})
	}
}

type values = map[string]any

// reply is an answer, decoded.
type reply struct {
	status int
	body   values // nil when it is no JSON object
	text   string
	header http.Header
}

func (r reply) props() values {
	props, _ := r.body["properties"].(map[string]any)
	return props
}

// send sends a request with the body and headers ("Name: value") given.
func (l *lab) send(method, path, body string, headers ...string) reply {
	l.t.Helper()
	req, err := http.NewRequestWithContext(l.t.Context(), method, l.URL()+path, strings.NewReader(body))
	if err != nil {
		l.t.Fatal(err)
	}
	req.Header.Set("PRIVATE-TOKEN", l.Token())
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Set(name, value)
		if value == "" {
			req.Header.Del(name)
		}
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		l.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		l.t.Fatal(err)
	}
	r := reply{status: res.StatusCode, text: string(text), header: res.Header}
	_ = json.Unmarshal(text, &r.body)
	return r
}

func (l *lab) path(slug string) string {
	return fmt.Sprintf("/api/v4/projects/%d/services/%s", l.project.ID, slug)
}

func (l *lab) put(slug string, body values) reply {
	l.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		l.t.Fatal(err)
	}
	return l.send(http.MethodPut, l.path(slug), string(text))
}

func (l *lab) get(slug string) reply { l.t.Helper(); return l.send(http.MethodGet, l.path(slug), "") }

func (l *lab) del(slug string) reply {
	l.t.Helper()
	return l.send(http.MethodDelete, l.path(slug), "")
}

// mustPut is put, and the test ends unless it is 200.
func (l *lab) mustPut(slug string, body values) reply {
	l.t.Helper()
	r := l.put(slug, body)
	if r.status != http.StatusOK {
		l.t.Fatalf("PUT %s %v = %d %s", slug, body, r.status, r.text)
	}
	return r
}

func (l *lab) record(slug string) Record {
	l.t.Helper()
	rec, ok := l.Record(l.project.Path, slug)
	if !ok {
		l.t.Fatalf("no record of %s", slug)
	}
	return rec
}

func (l *lab) profile() Profile { return l.release.Profile }

const serviceAccount = `{"type": "service_account", "project_id": "p", "private_key_id": "k", "private_key": "x",
	"client_email": "a@example.com", "client_id": "1", "auth_uri": "https://a.example.com", "token_uri": "https://t.example.com",
	"auth_provider_x509_cert_url": "https://c.example.com", "client_x509_cert_url": "https://d.example.com"}`

// slugs are the services that a project may have.
func (l *lab) slugs() []string {
	return slices.DeleteFunc(Slugs(l.profile()), func(slug string) bool {
		svc := l.release.service(slug)
		return svc.Level == "group" || svc.Needs != "" && !l.has(svc.Needs)
	})
}

// sample is a value that every profile accepts for the parameter.
func sample(slug string, p ParamContract) any {
	switch p.Type {
	case "boolean":
		return true
	case "integer":
		return 0
	case "array":
		return []any{"KEY"}
	}
	special := map[string]string{
		"irker recipients":                "irc://irc.example.com/#dev",
		"irker default_irc_uri":           "irc://irc.example.com/",
		"packagist server":                "https://packagist.example.com",
		"recipients":                      "dev@example.com",
		"room":                            "1",
		"labels_to_be_notified_behavior":  "match_all",
		"branches_to_be_notified":         "all",
		"jira_issue_transition_id":        "5",
		"google_iap_service_account_json": "{}",
		"webhook":                         "https://hooks.example.com/x",
		"subdomain":                       "team",
		"api_key":                         "abc123",
		"datadog_site":                    "datadoghq.eu",
		"datadog_tags":                    "key:value",
		"app_store_issuer_id":             "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
		"app_store_key_id":                "ABC1",
		"app_store_private_key":           keys()["<pem rsa private key>"],
		"confluence_url":                  "https://acme.atlassian.net/wiki",
		"workspace_url":                   "https://linear.app/acme",
		"package_name":                    "com.example.app",
		"service_account_key":             serviceAccount,
		"harbor project_name":             "library",
		"hostname":                        "https://chat.example.com",
		"thread":                          "7",
		"zentao api_url":                  "https://zentao.example.com/api",
		"repository_url":                  "https://github.com/acme/web",

		"workload_identity_federation_project_id":     "acme-project",
		"workload_identity_federation_project_number": "123",
		"workload_identity_pool_id":                   "acme-pool",
		"workload_identity_pool_provider_id":          "acme-provider",
		"jira_cloud_app_service_ids":                  "b:YXJp",

		"jira_cloud_app_deployment_gating_environments": "production",
	}
	if slug == "discord" && (p.Name == "webhook" || strings.HasSuffix(p.Name, "_channel")) {
		return "https://discord.com/api/webhooks/1/x"
	}
	for _, key := range []string{slug + " " + p.Name, p.Name} {
		if v, ok := special[key]; ok {
			return v
		}
	}
	if strings.HasSuffix(p.Name, "url") {
		return "https://" + slug + ".example.com/" + p.Name
	}
	return strings.ReplaceAll(p.Name, "_", "-") + "-x"
}

// minimal is a body with the required parameters only; jira needs a user name
// besides, as long as it authenticates by name. A service that only another flow
// can create is created.
func (l *lab) minimal(slug string) values {
	l.t.Helper()
	c, ok := Contract(l.profile(), slug)
	if !ok {
		l.t.Fatalf("GitLab %s has no %s", l.profile(), slug)
	}
	if _, there := l.Record(l.project.Path, slug); c.CreatedElsewhere && !there {
		l.mustSucceed(l.Edit(l.project.Path, slug, nil))
	}
	body := values{}
	for _, p := range c.Params {
		if p.Required || slug == "jira" && p.Name == "username" {
			body[p.Name] = sample(slug, p)
		}
	}
	return body
}

// with is the body with some keys replaced or added.
func with(body, changes values) values {
	body = maps.Clone(body)
	maps.Copy(body, changes)
	return body
}

// without is the body without some keys.
func without(body values, names ...string) values {
	body = maps.Clone(body)
	for _, name := range names {
		delete(body, name)
	}
	return body
}

// clockOf gives the server a clock that the test moves by hand.
func clockOf(s *Server) (advance func()) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 678_900_000, time.UTC)
	s.SetClock(func() time.Time { return now })
	return func() { now = now.Add(time.Minute) }
}

func sameJSON(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

func escaped(path string) string { return url.PathEscape(path) }
