package provider_test

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

var updateGolden = flag.Bool("update", false, "write testdata/errors.golden anew: read it as somebody who meets the provider for the first time")

// failingAnswer is one of GitLab, or of what stands before it.
type failingAnswer struct {
	name    string
	methods string // which requests get it
	fault   fakegitlab.Fault
	slug    string // of the resource; slack where it does not matter
}

// answersThatFail are all shapes of error that GitLab has, by version where it matters,
// and those of proxies. Each is what a user of the provider may meet one day.
var answersThatFail = []failingAnswer{
	// Who asks.
	{name: "no token, or an unknown one", methods: "PUT GET DELETE", fault: answerBody(401, `{"message":"401 Unauthorized"}`)},
	{name: "the token has expired", methods: "PUT", fault: answerBody(401, `{"error":"invalid_token","error_description":"Token is expired. You can either do re-authorization or token refresh."}`)},
	{name: "the token was revoked", methods: "PUT", fault: answerBody(401, `{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}`)},
	{name: "the token's scope is too small", methods: "PUT GET", fault: answerBody(403, `{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api"}`)},
	{name: "the role is too small", methods: "PUT GET DELETE", fault: answerBody(403, `{"message":"403 Forbidden"}`)},
	{name: "the role is too small, with a reason", methods: "PUT", fault: answerBody(403, `{"message":"403 Forbidden - Your account has been blocked"}`)},
	// What is asked for.
	{name: "no such project, or not for this token", methods: "PUT GET DELETE", fault: answerBody(404, `{"message":"404 Project Not Found"}`)},
	{name: "the service was never set up, up to 14.3", methods: "GET DELETE", fault: answerBody(404, `{"message":"404 Service Not Found"}`)},
	{name: "the service was never set up, from 14.4 on", methods: "GET DELETE", fault: answerBody(404, `{"message":"404 Integration Not Found"}`)},
	{name: "no such route", methods: "PUT GET DELETE", fault: answerBody(404, `{"error":"404 Not Found"}`)},
	{name: "this GitLab does not have the service any more", methods: "PUT", slug: "hipchat", fault: answerBody(404, `{"error":"404 Not Found"}`)},
	{name: "no such slug, from 14 on", methods: "GET DELETE", fault: answerBody(400, `{"error":"slug does not have a valid value"}`)},
	{name: "no such slug, up to 13", methods: "GET", slug: "hipchat", fault: answerBody(400, `{"error":"service_slug does not have a valid value"}`)},
	{name: "the service is switched off on this GitLab", methods: "PUT", fault: answerBody(400, `{"message":"400 Integration not available"}`)},
	{name: "the old version of the API", methods: "PUT", fault: answerBody(410, `{"error":"API V3 is no longer supported. Use API V4 instead."}`)},
	// What is sent.
	{name: "parameters are missing or invalid", methods: "PUT", slug: "jira", fault: answerBody(400, `{"error":"url is missing, jira_auth_type is invalid, project_keys is invalid"}`)},
	{name: "a parameter that the resource does not have", methods: "PUT", fault: answerBody(400, `{"error":"device is missing"}`)},
	{name: "parameters that exclude each other", methods: "PUT", fault: answerBody(400, `{"error":"webhook, channel are mutually exclusive"}`)},
	{name: "the settings are refused, up to 17.1", methods: "PUT", fault: answerBody(400, `{"message":"400 Bad Request"}`)},
	{name: "the settings are refused, from 17.2 on", methods: "PUT", fault: answerBody(400, `{"message":"Failed to update integration. {:webhook=>[\"is blocked: Requests to the local network are not allowed\"]}"}`)},
	{name: "the settings are refused, on a newer Ruby", methods: "PUT", fault: answerBody(400, `{"message":"Failed to update integration. {webhook: [\"must be a valid URL\"]}"}`)},
	{name: "the web hook that GitLab derives is refused", methods: "PUT", slug: "jenkins", fault: answerBody(400, `{"message":"Failed to update integration. {}"}`)},
	{name: "another issue tracker is active", methods: "PUT", slug: "redmine", fault: answerBody(400, `{"message":"Failed to update integration. {:base=>[\"Another issue tracker is already in use. Only one issue tracker service can be active at a time\"]}"}`)},
	{name: "validation that answers 422", methods: "PUT", fault: answerBody(422, `{"message":{"webhook":["is too long"],"base":["is not allowed here"]}}`)},
	{name: "the body does not reach GitLab", methods: "PUT", fault: answerBody(400, "{\"error\":\"\\nProblem:\\n  message body does not match declared format\\nResolution:\\n  when specifying application/json as content-type, you must pass valid application/json in the request's 'body'\\n\"}")},
	{name: "the content type is refused", methods: "PUT", fault: answerBody(415, `{"error":"The provided content-type 'application/xml' is not supported."}`)},
	{name: "the body is too large for the proxy", methods: "PUT", fault: answerPage(413, "413 Request Entity Too Large")},
	{name: "the service was written meanwhile", methods: "DELETE", fault: answerBody(412, `{"message":"412 Precondition Failed"}`)},
	{name: "the service is off already, 10.5", methods: "DELETE", fault: answerBody(400, `{"message":"400 Bad Request"}`)},
	// Not now.
	{name: "the rate limit", methods: "PUT GET DELETE", fault: fakegitlab.Fault{Status: 429, Body: "Retry later\n", Header: map[string]string{"Retry-After": "30", "RateLimit-Limit": "600", "RateLimit-Remaining": "0"}}},
	{name: "the rate limit, for too long to wait", methods: "PUT", fault: fakegitlab.Fault{Status: 429, Body: "Retry later\n", Header: map[string]string{"Retry-After": "3600"}}},
	{name: "a limit of one service of GitLab", methods: "PUT", fault: answerBody(429, `{"message":{"error":"This endpoint has been requested too many times. Try again later."}}`)},
	{name: "a lock, from 14 on", methods: "PUT DELETE", fault: answerBody(409, `{"message":"409 Conflict: Resource lock"}`)},
	{name: "GitLab crashes", methods: "PUT GET DELETE", fault: answerBody(500, `{"message":"500 Internal Server Error"}`)},
	{name: "GitLab restarts behind its proxy", methods: "PUT GET DELETE", fault: answerPage(502, "GitLab is not responding")},
	{name: "GitLab is being upgraded", methods: "PUT", fault: answerPage(503, "Deploy in progress")},
	{name: "the proxy gave up waiting", methods: "PUT", fault: answerPage(504, "504 Gateway Time-out")},
	{name: "the connection breaks", methods: "PUT GET DELETE", fault: fakegitlab.Fault{Drop: true}},
	// The wrong address.
	{name: "a page to sign in at", methods: "GET", fault: answerPage(200, "Sign in · GitLab")},
	{name: "a page of the proxy's login", methods: "PUT", fault: answerPage(403, "Please log in to reach this site")},
	{name: "a redirect to another server", methods: "PUT GET", fault: fakegitlab.Fault{Status: 302, Header: map[string]string{"Location": "https://sso.example.com/login"}}},
	{name: "a write is redirected", methods: "PUT", fault: fakegitlab.Fault{Status: 307, Header: map[string]string{"Location": "/elsewhere"}}},
	{name: "the proxy wants a password", methods: "PUT", fault: answerPage(407, "Proxy Authentication Required")},
	// Never seen.
	{name: "an empty answer", methods: "PUT GET", fault: fakegitlab.Fault{Status: 200}},
	{name: "an answer that is no JSON", methods: "PUT GET", fault: fakegitlab.Fault{Status: 200, Body: "OK"}},
	{name: "JSON that is no service", methods: "PUT GET", fault: answerBody(200, `[]`)},
	{name: "a service without an id", methods: "GET", fault: answerBody(200, `{"active":true,"properties":{}}`)},
	{name: "an empty error", methods: "PUT", fault: fakegitlab.Fault{Status: 400}},
	{name: "an error that says nothing in JSON", methods: "PUT", fault: answerBody(400, `{}`)},
	{name: "a status of no known meaning", methods: "PUT GET DELETE", fault: fakegitlab.Fault{Status: 418, Body: "I'm a teapot"}},
}

func answerBody(status int, body string) fakegitlab.Fault {
	return fakegitlab.Fault{Status: status, Body: body}
}

func answerPage(status int, title string) fakegitlab.Fault {
	return fakegitlab.Fault{Status: status, ContentType: "text/html", Body: "<!DOCTYPE html><html><head><style>h1 { color: red }</style></head><body><h1>" + title + "</h1></body></html>"}
}

// TestEveryAnswerThatFailsIsExplained quotes what the user is told, so that a
// change of the words is a visible difference.
func TestEveryAnswerThatFailsIsExplained(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	out.WriteString("What users are told when GitLab answers something else than what was asked for.\n" +
		"Made by: go test ./internal/provider -run TestEveryAnswerThatFailsIsExplained -update\n")
	for _, a := range answersThatFail {
		for _, method := range strings.Fields(a.methods) {
			if a.slug == "" {
				a.slug = "slack"
			}
			profile := fakegitlab.V19_1
			if !slices.Contains(fakegitlab.Slugs(profile), a.slug) {
				profile = fakegitlab.V10_5
			}
			server := acctest.Server(t, profile)
			server.AddProject("group/project")
			service := acctest.Service(t, a.slug)
			resource := Connect(t, server).Resource(service)
			config := acctest.Minimal(service).Values("group/project")
			fault := a.fault
			fault.Method = method
			var diags Diagnostics
			if method == http.MethodPut {
				server.Inject(fault)
				_, diags = resource.Set(Object{}, config)
			} else {
				held := resource.MustSet(Object{}, config)
				// Another run, which has not just set the service.
				resource = Connect(t, server).Resource(service)
				server.Inject(fault)
				if method == http.MethodGet {
					_, diags = resource.Read(held)
				} else {
					_, diags = resource.Delete(held)
				}
			}
			doing := map[string]string{http.MethodPut: "set", http.MethodGet: "read", http.MethodDelete: "deleted"}[method]
			fmt.Fprintf(&out, "\n=== %s, while %s is %s\n", a.name, service.Title, doing)
			if len(diags) == 0 {
				out.WriteString("(nothing: that is what was wanted)\n")
			}
			for i := range diags {
				text := strings.TrimSpace(diags[i : i+1].String())
				fmt.Fprintf(&out, "%s\n", strings.ReplaceAll(text, server.URL(), "https://gitlab.example.com"))
			}
		}
	}
	expectGolden(t, filepath.Join("testdata", "errors.golden"), out.String())
}

// expectGolden compares a text with a file, or writes the file under -update.
func expectGolden(t *testing.T, name, got string) {
	t.Helper()
	if *updateGolden {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	wantLines, gotLines := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range max(len(wantLines), len(gotLines)) {
		line := func(lines []string) string {
			if i < len(lines) {
				return lines[i]
			}
			return "(end)"
		}
		if line(wantLines) != line(gotLines) {
			t.Fatalf("%s, line %d:\nhas %s\ngot %s\n-update writes it anew", name, i+1, line(wantLines), line(gotLines))
		}
	}
}
