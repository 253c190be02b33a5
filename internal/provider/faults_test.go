package provider_test

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// slackWebhook is the secret of the Slack services in these tests.
const slackWebhook = "https://hooks.slack.com/services/T0/B0/very-secret"

// outcome is what becomes of a call that meets a fault.
type outcome int

const (
	isError   outcome = iota // an error, and the state is as it was
	isGone                   // no error, and the resource leaves the state
	isWarning                // isGone, with a warning
	isFine                   // no error, and nothing happened to the resource
)

// operations are what Terraform does to a resource. Every one is one request to
// the path of the service.
var operations = []struct {
	name, method, verb string
	run                func(*ProtocolResource, Object) (Object, Diagnostics)
}{
	{"create", http.MethodPut, "set", func(r *ProtocolResource, _ Object) (Object, Diagnostics) {
		return r.Set(Object{}, map[string]any{"project": "g/p", "webhook": slackWebhook})
	}},
	{"read", http.MethodGet, "read", func(r *ProtocolResource, held Object) (Object, Diagnostics) {
		return r.Read(held)
	}},
	{"update", http.MethodPut, "set", func(r *ProtocolResource, held Object) (Object, Diagnostics) {
		return r.Set(held, map[string]any{"project": "g/p", "webhook": slackWebhook, "username": "other"})
	}},
	{"delete", http.MethodDelete, "delete", func(r *ProtocolResource, held Object) (Object, Diagnostics) {
		return r.Delete(held)
	}},
}

// faults are answers that are not the one hoped for. The words of GitLab repeat
// the token, and where it was sent the webhook, as a careless proxy does.
var faults = []struct {
	name  string
	fault fakegitlab.Fault
	// words are GitLab's, or the ones that stand for them; next is part of what
	// to do about it.
	words, next string
	// otherwise says which operations do not end in an error.
	otherwise map[string]outcome
}{
	{name: "401 with a message", fault: fakegitlab.Fault{Status: 401, Body: `{"message":"401 Unauthorized TOKEN WEBHOOK"}`}, words: "401 Unauthorized", next: "the token in the provider block"},
	{name: "401 with an error", fault: fakegitlab.Fault{Status: 401, Body: `{"error":"invalid_token","error_description":"Token is expired."}`}, words: "Token is expired.", next: "the token in the provider block"},
	{name: "403 with a message", fault: fakegitlab.Fault{Status: 403, Body: `{"message":"403 Forbidden TOKEN WEBHOOK"}`}, words: "403 Forbidden", next: "role Maintainer or Owner"},
	{name: "403 with an error", fault: fakegitlab.Fault{Status: 403, Body: `{"error":"insufficient_scope","error_description":"The request requires higher privileges"}`}, words: "requires higher privileges", next: "scope api"},
	{name: "404 of a service", fault: fakegitlab.Fault{Status: 404, Body: `{"message":"404 Service Not Found"}`}, words: "404 Service Not Found", next: "is not set up",
		otherwise: map[string]outcome{"read": isGone, "delete": isGone}},
	{name: "404 of an integration", fault: fakegitlab.Fault{Status: 404, Body: `{"message":"404 Integration Not Found"}`}, words: "404 Integration Not Found", next: "is not set up",
		otherwise: map[string]outcome{"read": isGone, "delete": isGone}},
	{name: "404 of a project", fault: fakegitlab.Fault{Status: 404, Body: `{"message":"404 Project Not Found"}`}, words: "404 Project Not Found", next: "may not see it",
		otherwise: map[string]outcome{"read": isWarning, "delete": isWarning}},
	{name: "404 of a route", fault: fakegitlab.Fault{Status: 404, Body: `{"error":"404 Not Found"}`}, words: "404 Not Found", next: "base_url"},
	{name: "404 of something else", fault: fakegitlab.Fault{Status: 404, Body: `{"message":"404 Not found"}`}, words: "404 Not found", next: "base_url"},
	{name: "404 with the key of a route and the words of a service", fault: fakegitlab.Fault{Status: 404, Body: `{"error":"404 Service Not Found"}`}, words: "404 Service Not Found", next: "base_url"},
	{name: "404 of a page", fault: fakegitlab.Fault{Status: 404, ContentType: "text/html", Body: "<html><title>x</title><h1>Project Not Found</h1></html>"}, words: "Project Not Found", next: "base_url"},
	{name: "400 of a slug", fault: fakegitlab.Fault{Status: 400, Body: `{"error":"slug does not have a valid value"}`}, words: "slug does not have a valid value", next: "does not have Slack",
		otherwise: map[string]outcome{"read": isWarning, "delete": isWarning}},
	{name: "400 of a slug on old GitLab", fault: fakegitlab.Fault{Status: 400, Body: `{"error":"service_slug does not have a valid value"}`}, words: "slug does not have a valid value", next: "does not have Slack",
		otherwise: map[string]outcome{"read": isWarning, "delete": isWarning}},
	{name: "400", fault: fakegitlab.Fault{Status: 400, Body: `{"message":"Failed to update integration. {:webhook=>[\"WEBHOOK is blocked\"]}"}`}, words: "is blocked", next: "Correct the values"},
	{name: "405 of a moved project", fault: fakegitlab.Fault{Status: 405, Body: `{"message":"Non GET methods are not allowed for moved projects"}`}, words: "moved projects", next: "Nothing is lost"},
	{name: "405 of a proxy", fault: fakegitlab.Fault{Status: 405, Body: "no TOKEN here"}, words: "405 Method Not Allowed", next: "Nothing is lost"},
	{name: "409", fault: fakegitlab.Fault{Status: 409, Body: `{"message":"Conflict: a lock is held by TOKEN"}`}, words: "a lock is held", next: "run the command again"},
	{name: "418", fault: fakegitlab.Fault{Status: 418, Body: "I am a teapot"}, words: "I am a teapot", next: "base_url"},
	{name: "422", fault: fakegitlab.Fault{Status: 422, Body: `{"message":{"base":["WEBHOOK is no good"]}}`}, words: "is no good", next: "Correct the values"},
	{name: "429", fault: fakegitlab.Fault{Status: 429, Body: "Retry later", Header: map[string]string{"Retry-After": "1"}}, words: "Retry later", next: "retries"},
	{name: "500", fault: fakegitlab.Fault{Status: 500, Body: `{"message":"500 Internal Server Error TOKEN WEBHOOK"}`}, words: "500 Internal Server Error", next: "run the command again"},
	{name: "502 of a proxy", fault: fakegitlab.Fault{Status: 502, ContentType: "text/html", Body: "<html><head><style>p{}</style></head><body><h1>502</h1><p>GitLab is not responding, TOKEN</p></body></html>"}, words: "GitLab is not responding", next: "run the command again"},
	{name: "200 that is garbage", fault: fakegitlab.Fault{Status: 200, Body: "garbage TOKEN WEBHOOK"}, words: "is not JSON", next: "base_url"},
	{name: "200 that is a page", fault: fakegitlab.Fault{Status: 200, ContentType: "text/html", Body: "<html><body>Sign in to GitLab</body></html>"}, words: "Sign in to GitLab", next: "base_url"},
	{name: "200 that is empty", fault: fakegitlab.Fault{Status: 200}, words: "the answer is empty", next: "base_url",
		otherwise: map[string]outcome{"delete": isGone}},
	{name: "200 that is another object", fault: fakegitlab.Fault{Status: 200, Body: `{"status":"ok"}`}, words: `has no key "id"`, next: "base_url",
		otherwise: map[string]outcome{"delete": isGone}},
	{name: "200 that breaks off", fault: fakegitlab.Fault{Status: 200, Truncate: true, Body: `{"id":1,"active":true,"updated_at":null,"properties":{}}`}, words: "no answer from GitLab", next: "run the command again"},
	{name: "an object that breaks off", fault: fakegitlab.Fault{Status: 200, Body: `{"id":1,"active":tr`}, words: "is not JSON", next: "base_url"},
	{name: "a dropped connection", fault: fakegitlab.Fault{Drop: true}, words: "no answer from GitLab", next: "run the command again"},
	{name: "a redirect to another server", fault: fakegitlab.Fault{Status: 302, Header: map[string]string{"Location": "https://sso.example.com/login"}}, words: "https://sso.example.com", next: "base_url"},
	{name: "null id", fault: fakegitlab.Fault{Status: 200, Body: `{"id":null,"active":false,"properties":{}}`},
		otherwise: map[string]outcome{"create": isFine, "read": isGone, "update": isFine, "delete": isGone}},
	{name: "active is false", fault: fakegitlab.Fault{Status: 200, Body: `{"id":1,"active":false,"properties":{}}`},
		otherwise: map[string]outcome{"create": isFine, "read": isGone, "update": isFine, "delete": isGone}},
}

// eachByItself has every refresh ask for its own service.
var eachByItself = map[string]any{"batch_refresh": false}

func TestFaultsEndInAnErrorThatTellsWhatToDo(t *testing.T) {
	t.Parallel()
	for _, operation := range operations {
		for _, fault := range faults {
			t.Run(operation.name+" meets "+fault.name, func(t *testing.T) {
				t.Parallel()
				server := acctest.Server(t, fakegitlab.V19_1)
				server.AddProject("g/p")
				setup := Connect(t, server, eachByItself).Resource(acctest.Service(t, "slack"))
				var held Object
				if operation.name != "create" {
					held = setup.MustSet(held, map[string]any{"project": "g/p", "webhook": slackWebhook})
				}
				before, _ := server.Record("g/p", "slack")
				server.ResetRequests()
				echo := strings.NewReplacer("TOKEN", server.Token())
				if operation.method == http.MethodPut {
					echo = strings.NewReplacer("TOKEN", server.Token(), "WEBHOOK", slackWebhook)
				}
				f := fault.fault
				// The list, from which a refresh takes what it can, meets it too.
				f.Method, f.PathContains, f.Body = operation.method, "/services", echo.Replace(f.Body)
				server.Inject(f)

				// An apply is another process, which remembers no writes.
				r := Connect(t, server, eachByItself).Resource(acctest.Service(t, "slack"))
				after, diags := operation.run(r, held)

				if strings.Contains(diags.String(), server.Token()) || strings.Contains(diags.String(), "very-secret") {
					t.Errorf("a secret is told: %s", diags)
				}
				if now, _ := server.Record("g/p", "slack"); !reflect.DeepEqual(now, before) {
					t.Errorf("the record in GitLab changed: the fault was not met")
				}
				errs := diags.Errors()
				want := fault.otherwise[operation.name]
				if want != isError && len(errs) > 0 {
					t.Fatalf("want no error: %s", diags)
				}
				switch want {
				case isError:
					expectError(t, errs, "Unable to "+operation.verb+" Slack notifications",
						operation.method+" "+server.URL()+"/api/v4/projects/", "/services/slack", fault.words, fault.next, `Project "g/p"`)
					if !reflect.DeepEqual(after.Values, held.Values) {
						t.Errorf("the state is %v, was %v", after.Values, held.Values)
					}
				case isGone, isWarning:
					if after.Values != nil {
						t.Errorf("the resource stays in the state: %v", after.Values)
					}
					if warned := len(diags.Warnings()) > 0; warned != (want == isWarning) {
						t.Errorf("warned: %t\n%s", warned, diags)
					}
				case isFine:
					if after.Values == nil || !strings.Contains(diags.Warnings().String(), "Service left inactive") {
						t.Errorf("want a warning that the service is off: %s", diags)
					}
				}
				if operation.name == "read" && want == isError && !reflect.DeepEqual(after.Identity, identityOf("g/p")) {
					t.Errorf("the identity is %v", after.Identity)
				}
			})
		}
	}
}

// expectError wants one error with the summary that has all the parts.
func expectError(t *testing.T, errs Diagnostics, summary string, parts ...string) {
	t.Helper()
	if len(errs) != 1 {
		t.Fatalf("want one error: %s", errs)
	}
	if errs[0].Summary != summary {
		t.Errorf("the summary is %q, want %q", errs[0].Summary, summary)
	}
	for _, part := range parts {
		if !strings.Contains(errs[0].Detail, part) {
			t.Errorf("want %q in the error: %s", part, errs[0].Detail)
		}
	}
}

func TestAWriteFindsARenamedProject(t *testing.T) {
	t.Parallel()
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		config := map[string]any{"project": lab.Place, "webhook": slackWebhook}
		held := Connect(t, lab.Server).Resource(acctest.Service(t, "slack")).MustSet(Object{}, config)
		if err := lab.RenameProject(lab.ID, "g/new"); err != nil {
			t.Fatal(err)
		}
		lab.ResetRequests()
		slack := Connect(t, lab.Server).Resource(acctest.Service(t, "slack"))
		held, diags := slack.Read(held)
		if len(diags) > 0 || held.Values["project"] != lab.Place {
			t.Fatalf("read gives project %v: %s", held.Values["project"], diags)
		}
		held = slack.MustSet(held, merge(config, map[string]any{"username": "bot"}))
		if record, _ := lab.Record("g/new", "slack"); record.Params["username"] != "bot" {
			t.Errorf("the write is lost: %v", record.Params)
		}
		if _, diags := Connect(t, lab.Server).Resource(acctest.Service(t, "slack")).Delete(held); len(diags) > 0 {
			t.Error(diags)
		}
		if record, _ := lab.Record("g/new", "slack"); record.Active {
			t.Error("the delete is lost")
		}
	}, fakegitlab.V16_0, fakegitlab.V19_1)
}

func TestAWrongAddressNeverDropsAnything(t *testing.T) {
	t.Parallel()
	server := fakegitlab.New(fakegitlab.V19_1)
	server.SetRelativeRoot("/gitlab")
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	server.AddProject("g/p")
	held := Connect(t, server).Resource(acctest.Service(t, "slack")).
		MustSet(Object{}, map[string]any{"project": "g/p", "webhook": slackWebhook})
	host := strings.TrimSuffix(server.URL(), "/gitlab")
	for _, address := range []string{host, host + "/other", host + "/gitlab/g/p"} {
		for _, operation := range operations {
			t.Run(operation.name+" at "+strings.TrimPrefix(address, host), func(t *testing.T) {
				t.Parallel()
				r := Connect(t, server, map[string]any{"base_url": address}).Resource(acctest.Service(t, "slack"))
				prior := held
				if operation.name == "create" {
					prior = Object{}
				}
				after, diags := operation.run(r, held)
				expectError(t, diags.Errors(), "Unable to "+operation.verb+" Slack notifications", "base_url")
				if !reflect.DeepEqual(after.Values, prior.Values) {
					t.Errorf("the state is %v", after.Values)
				}
			})
		}
	}
}

// TestATemplateOfTheInstanceIsNoService: up to 13.x GitLab shows it, active, in
// place of a service that nobody set up in the project.
func TestATemplateOfTheInstanceIsNoService(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V10_5)
	server.AddProject("g/p")
	server.SetInstanceDefault("slack", map[string]any{"webhook": slackWebhook})
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	held := slack.MustSet(Object{}, map[string]any{"project": "g/p", "webhook": slackWebhook})
	if err := server.Erase("g/p", "slack"); err != nil {
		t.Fatal(err)
	}
	if after, diags := slack.Read(held); len(diags) > 0 || after.Values != nil {
		t.Errorf("the resource stays in the state: %v\n%s", after.Values, diags)
	}
	if _, diags := slack.Import("g/p", nil); !strings.Contains(diags.Errors().String(), "was never set up") {
		t.Errorf("the template is imported: %s", diags)
	}
}

func TestWarningsOfDropsSayWhatElseItMayBe(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V16_0)
	server.AddProject("g/p")
	held := Connect(t, server).Resource(acctest.Service(t, "prometheus")).MustSet(Object{},
		acctest.Minimal(acctest.Service(t, "prometheus")).Values("g/p"))

	stranger := Connect(t, server, map[string]any{"token": server.AddToken(fakegitlab.TokenStranger)})
	if _, diags := stranger.Resource(acctest.Service(t, "prometheus")).Read(held); !strings.Contains(diags.Warnings().String(), "check the token before you apply") {
		t.Errorf("of a project that the token may not see: %s", diags)
	}
	server.RemoveSlug("prometheus")
	after, diags := Connect(t, server).Resource(acctest.Service(t, "prometheus")).Read(held)
	if after.Values != nil || !strings.Contains(diags.Warnings().String(), acctest.Service(t, "prometheus").Gone.String()) {
		t.Errorf("of a service that GitLab has removed: %s", diags)
	}
}

func TestAServiceThatGitLabRemovedIsRefusedWithTheVersion(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	_, diags := Connect(t, server).Resource(acctest.Service(t, "hipchat")).Set(Object{}, map[string]any{"project": "g/p", "token": "room-secret"})
	expectError(t, diags.Errors(), "Unable to set HipChat", "PUT "+server.URL()+"/api/v4/projects/g%2Fp/services/hipchat", "404 Not Found", "GitLab removed this service in version 13.12")
}

func TestMissingTokenIsSaidToBeMissing(t *testing.T) {
	clearEnvironment(t)
	server := acctest.Server(t, fakegitlab.V19_1)
	diags := configureAndRead(t, map[string]any{"base_url": server.URL()})
	expectError(t, diags.Errors(), "Unable to read Slack notifications", "401 Unauthorized", "No token is configured", "GITLAB_TOKEN")
	if warnings := diags.Warnings(); len(warnings) != 1 || warnings[0].Summary != "No token is configured" || !strings.Contains(warnings[0].Detail, server.URL()) {
		t.Errorf("want one warning, from the configuration: %s", warnings)
	}
}

func TestGitLabsFindingsLandOnTheirAttributes(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][]string{
		`{"error":"url is missing"}`:                                       {"url"},
		`{"error":"url is missing, username is invalid"}`:                  {"url", "username"},
		`{"error":"password is empty"}`:                                    {"password"},
		`{"error":"project_keys is invalid, commit_events is invalid"}`:    {"commit_events", "project_keys"},
		`{"error":"shoe_size is missing"}`:                                 {""},
		`{"error":"shoe_size is missing, url is missing"}`:                 {"url"},
		`{"error":"url, api_url are mutually exclusive"}`:                  {""},
		`{"message":"400 Bad Request"}`:                                    {""},
		`{"message":"Failed to update integration. {:url=>[\"is bad\"]}"}`: {""},
	} {
		t.Run(body, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, fakegitlab.V19_1)
			server.AddProject("g/p")
			server.Inject(fakegitlab.Fault{Method: http.MethodPut, Status: http.StatusBadRequest, Body: body})
			jira := acctest.Service(t, "jira")
			_, diags := Connect(t, server).Resource(jira).Set(Object{}, acctest.Minimal(jira).Values("g/p"))
			var got []string
			for _, d := range diags.Errors() {
				got = append(got, d.Attribute)
				if d.Summary != "Unable to set "+jira.Title || !strings.Contains(d.Detail, "PUT "+server.URL()+"/api/v4/projects/g%2Fp/services/jira") || !strings.Contains(d.Detail, "Correct the values") {
					t.Errorf("%s: %s", d.Summary, d.Detail)
				}
				if d.Attribute != "" && !strings.Contains(d.Detail, "GitLab says: "+d.Attribute+" is ") {
					t.Errorf("not GitLab's words: %s", d.Detail)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("errors of %q, want %q", got, want)
			}
		})
	}
}

// answerProperties has GitLab answer with a Slack service that has the
// properties, and do the work where it is a write.
func answerProperties(server *fakegitlab.Server, method, properties string) {
	server.ClearFaults()
	server.Inject(fakegitlab.Fault{Method: method, PathContains: "/services/slack", Status: http.StatusOK, AfterApply: true,
		Body: fmt.Sprintf(`{"id":1,"active":true,"updated_at":"2026-01-02T03:04:05.678Z","properties":%s}`, properties)})
}

func TestAWrittenValueThatGitLabDoesNotKeepIsSaidAndThenShown(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	service := acctest.Service(t, "buildkite")
	buildkite := Connect(t, server).Resource(service)
	// Buildkite's enable_ssl_verification reads true whatever is sent.
	config := merge(acctest.Minimal(service).Values("g/p"), map[string]any{"enable_ssl_verification": false})
	held, diags := buildkite.Set(Object{}, config)
	for range 2 {
		expectNotKept(t, diags, "enable_ssl_verification", "It was sent false and answers true.")
		if held.Values["enable_ssl_verification"] != false {
			t.Errorf("the state is not what was planned: %v", held.Values["enable_ssl_verification"])
		}
		if held, diags = buildkite.Read(held); len(diags) > 0 || held.Values["enable_ssl_verification"] != true {
			t.Fatalf("the next read gives %v: %s", held.Values["enable_ssl_verification"], diags)
		}
		planned, more := buildkite.Plan(held, config)
		if len(more) > 0 || planned.Values["enable_ssl_verification"] != false {
			t.Errorf("the next plan: %v: %s", planned.Values["enable_ssl_verification"], more)
		}
		// Who applies that is told again.
		if held, diags = buildkite.Set(held, config); len(diags) == 0 {
			t.Error("the second write does not warn")
		}
	}
	held, diags = buildkite.Read(held)
	delete(config, "enable_ssl_verification")
	if planned, more := buildkite.Plan(held, config); len(diags)+len(more) > 0 || !reflect.DeepEqual(planned.Values, held.Values) {
		t.Errorf("taken out of the configuration, the plan is not empty: %s", more)
	}
}

// expectNotKept wants one warning of the attribute, with all the parts.
func expectNotKept(t *testing.T, diags Diagnostics, attribute string, parts ...string) {
	t.Helper()
	if len(diags) != 1 || diags[0].Error || diags[0].Attribute != attribute || diags[0].Summary != "GitLab did not keep a value" {
		t.Fatalf("want one warning of %s: %s", attribute, diags)
	}
	for _, part := range parts {
		if !strings.Contains(diags[0].Detail, part) {
			t.Errorf("want %q in the warning: %s", part, diags[0].Detail)
		}
	}
}

func TestADefaultThatGitLabDoesNotKeepIsSaidOnceAndIsNoDrift(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	config := map[string]any{"project": "g/p", "webhook": slackWebhook}
	const attribute = "branches_to_be_notified" // default "default"

	answerProperties(server, http.MethodPut, `{"branches_to_be_notified":"all"}`)
	held, diags := slack.Set(Object{}, config)
	expectNotKept(t, diags, attribute, `It was sent "default" and answers "all".`)

	// A process later, twice: the default stays, and nobody is warned.
	for range 2 {
		answerProperties(server, http.MethodGet, `{"branches_to_be_notified":"all"}`)
		slack = Connect(t, server).Resource(acctest.Service(t, "slack"))
		if held, diags = slack.Read(held); len(diags) > 0 || held.Values[attribute] != "default" {
			t.Fatalf("read gives %v: %s", held.Values[attribute], diags)
		}
		if planned, diags := slack.Plan(held, config); len(diags) > 0 || !reflect.DeepEqual(planned.Values, held.Values) {
			t.Errorf("the plan is not empty: %s", diags)
		}
	}

	// Who configures it by now is told, since there is nothing that the plan could show.
	server.ClearFaults()
	_, diags = slack.Plan(held, merge(config, map[string]any{attribute: "default"}))
	expectNotKept(t, diags, attribute, `answered "all" for `+attribute, `The state has "default"`)
	if _, diags = slack.Plan(held, merge(config, map[string]any{attribute: "all"})); len(diags) > 0 {
		t.Errorf("what GitLab has: %s", diags)
	}
	if _, diags = slack.Plan(held, merge(config, map[string]any{attribute: "default", "username": "x"})); len(diags) > 0 {
		t.Errorf("what is sent: %s", diags)
	}

	// A write for another reason does not warn again.
	answerProperties(server, http.MethodPut, `{"branches_to_be_notified":"all","username":"bot"}`)
	config["username"] = "bot"
	if held, diags = slack.Set(held, config); len(diags) > 0 {
		t.Errorf("the second write warns again: %s", diags)
	}
	answerProperties(server, http.MethodGet, `{"branches_to_be_notified":"all","username":"bot"}`)
	if held, diags = slack.Read(held); len(diags) > 0 || held.Values[attribute] != "default" {
		t.Errorf("after the second write read gives %v: %s", held.Values[attribute], diags)
	}

	// Another answer is drift, and so is the old one after it.
	for _, word := range []string{"protected", "all"} {
		answerProperties(server, http.MethodGet, `{"branches_to_be_notified":"`+word+`","username":"bot"}`)
		if held, diags = slack.Read(held); len(diags) > 0 || held.Values[attribute] != word {
			t.Errorf("%q is not seen: %v: %s", word, held.Values[attribute], diags)
		}
	}
	answerProperties(server, http.MethodPut, `{"branches_to_be_notified":"all","username":"bot"}`)
	held, diags = slack.Set(held, config)
	expectNotKept(t, diags, attribute)

	// GitLab that answers another word to the next write is worth a word again.
	answerProperties(server, http.MethodPut, `{"branches_to_be_notified":"protected","username":"bot2"}`)
	_, diags = slack.Set(held, merge(config, map[string]any{"username": "bot2"}))
	expectNotKept(t, diags, attribute, `answers "protected"`)
}

func TestAnAnswerWithoutAKeyContradictsNothing(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	answerProperties(server, http.MethodPut, `{}`)
	config := merge(acctest.Full(acctest.Service(t, "slack"), fakegitlab.V19_1).Values("g/p"), map[string]any{"webhook": slackWebhook})
	held, diags := slack.Set(Object{}, config)
	// What was written and is not shown is said, once; what was not written is not.
	written := 0
	for _, a := range acctest.Service(t, "slack").Arguments() {
		if config[a.Name] == nil || a.Legacy || a.WriteOnly != "" {
			continue
		}
		written++
		if on := diags.Warnings().On(a.Name); len(on) != 1 {
			t.Errorf("want one warning of %s: %s", a.Name, on)
		}
	}
	if len(diags) != written {
		t.Errorf("want %d warnings and nothing else: %s", written, diags)
	}
	answerProperties(server, http.MethodGet, `{}`)
	if read, diags := slack.Read(held); len(diags) > 0 || !reflect.DeepEqual(read.Values, held.Values) {
		t.Errorf("read %v\nwant %v\n%s", read.Values, held.Values, diags)
	}
}

func TestASecretThatGitLabDoesNotKeepIsNotTold(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V10_5) // shows webhooks
	server.AddProject("g/p")
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	answerProperties(server, http.MethodPut, `{"webhook":"https://hooks.slack.com/services/T0/B0/very-secret-too"}`)
	held, diags := slack.Set(Object{}, map[string]any{"project": "g/p", "webhook": slackWebhook})
	expectNotKept(t, diags, "webhook")
	if strings.Contains(diags.String(), "very-secret") || strings.Contains(memoryIn(held).Rest, "very-secret") {
		t.Errorf("a secret is told: %s\nprivate state: %s", diags, memoryIn(held).Rest)
	}
}

// What nobody configures is noted, so as to be said once, and a secret is not.
func TestASecretOfAnImportThatGitLabDoesNotKeepIsNotNoted(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V10_5) // shows webhooks
	server.AddProject("g/p")
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	failOn(t, server.Edit("g/p", "slack", map[string]any{"webhook": slackWebhook}))
	imported, diags := slack.Import("g/p", nil)
	if len(diags.Errors()) > 0 {
		t.Fatal(diags)
	}
	answerProperties(server, http.MethodPut, `{"webhook":"https://hooks.slack.com/services/T0/B0/very-secret-too"}`)
	held, diags := slack.Set(imported, map[string]any{"project": "g/p", "username": "bot"})
	if len(diags.Warnings().On("webhook")) != 1 {
		t.Errorf("want one warning of the webhook: %s", diags)
	}
	if held.Values["webhook"] != slackWebhook || strings.Contains(memoryIn(held).Rest, "very-secret") {
		t.Errorf("the state has %v\nprivate state: %s", held.Values["webhook"], memoryIn(held).Rest)
	}
}

func TestAnAnswerOfAnImpossibleTypeIsAWarningOnItsAttribute(t *testing.T) {
	t.Parallel()
	for properties, attribute := range map[string]string{
		`{"notify_only_broken_pipelines":{"a":1}}`:   "notify_only_broken_pipelines",
		`{"notify_only_broken_pipelines":"perhaps"}`: "notify_only_broken_pipelines",
		`{"username":["a"]}`:                         "username",
		`{"branches_to_be_notified":{}}`:             "branches_to_be_notified",
		`{"push_events":[]}`:                         "push_events",
	} {
		t.Run(properties, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, fakegitlab.V19_1)
			server.AddProject("g/p")
			slack := Connect(t, server, eachByItself).Resource(acctest.Service(t, "slack"))
			config := map[string]any{"project": "g/p", "webhook": slackWebhook, "username": "bot"}
			held := slack.MustSet(Object{}, config)

			answerProperties(server, http.MethodGet, properties)
			read, diags := slack.Read(held)
			on := diags.Warnings().On(attribute)
			if len(diags.Errors()) > 0 || len(on) != 1 || !strings.Contains(on[0].Detail, "`"+attribute+"`") {
				t.Errorf("want one warning of %s: %s", attribute, diags)
			}
			// The answer has another stamp, so that the secret is forgotten: the rest is read.
			if want := merge(held.Values, map[string]any{"webhook": nil}); !reflect.DeepEqual(read.Values, want) || !reflect.DeepEqual(read.Identity, identityOf("g/p")) {
				t.Errorf("the state is %v", read.Values)
			}

			// After a write it is too late for an error: GitLab has the values.
			answerProperties(server, http.MethodPut, properties)
			after, diags := slack.Set(held, merge(config, map[string]any{"channel": "#builds"}))
			if len(diags.Errors()) > 0 || len(diags.On(attribute)) != 1 || after.Values["channel"] != "#builds" {
				t.Errorf("want one warning of %s: %s", attribute, diags)
			}
		})
	}
}

func TestPropertiesOfAnImpossibleTypeAreAnError(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	slack := Connect(t, server, eachByItself).Resource(acctest.Service(t, "slack"))
	held := slack.MustSet(Object{}, map[string]any{"project": "g/p", "webhook": slackWebhook})
	answerProperties(server, http.MethodGet, `["very-secret"]`)
	read, diags := slack.Read(held)
	expectError(t, diags.Errors(), "Unable to read Slack notifications", `"properties"`)
	if !reflect.DeepEqual(read.Values, held.Values) || strings.Contains(diags.String(), "very-secret") {
		t.Errorf("the state is %v: %s", read.Values, diags)
	}
}

func TestAWriteThatGitLabDidAndDidNotAnswerIsRepeated(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	server.Inject(fakegitlab.Fault{Method: http.MethodPut, Status: http.StatusBadGateway, Header: map[string]string{"Retry-After": "0"}, AfterApply: true, Times: 1})
	server.Inject(fakegitlab.Fault{Method: http.MethodDelete, Status: http.StatusBadGateway, Header: map[string]string{"Retry-After": "0"}, AfterApply: true, Times: 1})
	retrying := map[string]any{"retries": 1}
	held := Connect(t, server, retrying).Resource(acctest.Service(t, "slack")).MustSet(Object{}, map[string]any{"project": "g/p", "webhook": slackWebhook})
	if read, diags := Connect(t, server).Resource(acctest.Service(t, "slack")).Read(held); len(diags) > 0 || !reflect.DeepEqual(read.Values, held.Values) {
		t.Errorf("read %v: %s", read.Values, diags)
	}
	if _, diags := Connect(t, server, retrying).Resource(acctest.Service(t, "slack")).Delete(held); len(diags) > 0 {
		t.Error(diags)
	}
	if got := server.Counts(); got[http.MethodPut] != 2 || got[http.MethodDelete] != 2 {
		t.Errorf("requests: %v", got)
	}
}

// GitLab EE up to 11.7 refuses the mere key of Jenkins' password where there is
// no user name, and gives no reason.
func TestALoginIsClearedWithoutThePasswordsKeyWhereGitLabRefusesIt(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V10_5)
	server.AddProject("g/p")
	jenkins := Connect(t, server).Resource(acctest.Service(t, "jenkins"))
	config := map[string]any{"project": "g/p", "jenkins_url": "https://ci.example.com", "project_name": "web"}
	login := merge(config, map[string]any{"username": "u", "password": "s"})
	without := jenkins.MustSet(Object{}, config)
	held := jenkins.MustSet(without, login)

	server.ResetRequests()
	refusal := fakegitlab.Fault{Method: http.MethodPut, PathContains: "/services/jenkins", Status: http.StatusBadRequest, Body: `{"message":"400 Bad Request"}`, Times: 1}
	server.Inject(refusal)
	if after := jenkins.MustSet(held, config); after.Values["username"] != nil || after.Values["password"] != nil {
		t.Errorf("the state is %v", after.Values)
	}
	var keys []string
	for _, r := range server.Requests() {
		for _, key := range []string{"username", "password"} {
			if _, sent := r.Body[key]; sent {
				keys = append(keys, key)
			}
		}
	}
	if want := []string{"username", "password", "username"}; !slices.Equal(keys, want) {
		t.Errorf("sent %q, want %q", keys, want)
	}

	// What GitLab refuses twice is told as at the first time.
	held = jenkins.MustSet(without, login)
	refusal.Times = 2
	server.Inject(refusal)
	_, diags := jenkins.Set(held, config)
	expectError(t, diags.Errors(), "Unable to set Jenkins", "400 Bad Request")
}

// A login that GitLab has and of which nothing is known is not told of in the
// write that takes the service over, but by its answer, and cleared by one more.
func TestALoginThatNobodyKnewOfIsClearedByACreate(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		profile fakegitlab.Profile
		inherit bool // which these versions do not tell of, and go by the rest
		puts    int  // that clear theirs
	}{
		{fakegitlab.V10_5, false, 3}, // It refuses the key of a password without a user.
		{fakegitlab.V16_0, false, 2},
		{fakegitlab.V19_1, false, 2},
		{fakegitlab.V10_5, true, 3},
		{fakegitlab.V12_3, true, 2},
	} {
		server := acctest.Server(t, test.profile)
		project := server.AddProject("g/p")
		config := map[string]any{"project": "g/p", "jenkins_url": "https://ci.example.com", "project_name": "web", "use_inherited_settings": test.inherit}
		for _, theirs := range []bool{false, true} {
			want := 1
			if theirs {
				putService(t, server, project.ID, "jenkins", map[string]any{"jenkins_url": "https://ci.example.com", "project_name": "web", "username": "u", "password": "s"})
				want = test.puts
			}
			server.ResetRequests()
			jenkins := Connect(t, server).Resource(acctest.Service(t, "jenkins"))
			set, diags := jenkins.Set(Object{}, config)
			read, more := jenkins.Read(set)
			said := slices.DeleteFunc(slices.Concat(diags, more), func(d Diagnostic) bool { return test.inherit && d.Summary == "Inheritance is not told" })
			if len(said) > 0 || !reflect.DeepEqual(read.Values, set.Values) || read.Values["username"] != nil {
				t.Errorf("%v: set %v, read %v%s", test, set.Values, read.Values, said)
			}
			if record, _ := server.Record("g/p", "jenkins"); normalize(record.Params["username"]) != normalize(nil) || normalize(record.Params["password"]) != normalize(nil) {
				t.Errorf("%v: GitLab has %v", test, record.Params)
			}
			if got := server.Counts()["PUT"]; got != want {
				t.Errorf("%v: %d PUTs, want %d", test, got, want)
			}
		}
	}
}

// TestALoginThatNobodyKnewOfIsClearedAtAnotherAddressToo: GitLab 15.1 and later
// refuse another address without the password that they have.
func TestALoginThatNobodyKnewOfIsClearedAtAnotherAddressToo(t *testing.T) {
	t.Parallel()
	for _, profile := range fakegitlab.Profiles() {
		server := acctest.Server(t, profile)
		project := server.AddProject("g/p")
		putService(t, server, project.ID, "jenkins", map[string]any{"jenkins_url": "https://old.example.com", "project_name": "web", "username": "u", "password": "s"})
		config := map[string]any{"project": "g/p", "jenkins_url": "https://ci.example.com", "project_name": "web"}
		jenkins := Connect(t, server).Resource(acctest.Service(t, "jenkins"))
		set := jenkins.MustSet(Object{}, config)
		if planned, diags := jenkins.Plan(set, config); len(diags) > 0 || differing(set.Values, planned.Values) != nil {
			t.Errorf("%s: the next plan changes %v%s", profile, differing(set.Values, planned.Values), diags)
		}
		record, _ := server.Record("g/p", "jenkins")
		if normalize(record.Params["username"]) != normalize(nil) || normalize(record.Params["password"]) != normalize(nil) || record.Params["jenkins_url"] != config["jenkins_url"] {
			t.Errorf("%s: GitLab has %v", profile, record.Params)
		}

		// What is refused for another reason is told as at the first time.
		server.ResetRequests()
		refusal := fakegitlab.Fault{Method: http.MethodPut, Status: http.StatusBadRequest, Body: `{"message":"Failed to update integration. {:project_name=>[\"is odd\"]}"}`}
		server.Inject(refusal)
		_, diags := Connect(t, server).Resource(acctest.Service(t, "jenkins")).Set(Object{}, config)
		expectError(t, diags.Errors(), "Unable to set Jenkins", "is odd")
		if got := server.Counts()["PUT"]; got != 2 {
			t.Errorf("%s: %d PUTs, want 2", profile, got)
		}
		server.ClearFaults()
		server.ResetRequests()
		server.Inject(fakegitlab.Fault{Method: http.MethodPut, Times: 1, Status: http.StatusForbidden, Body: `{"message":"403 Forbidden"}`})
		_, diags = Connect(t, server).Resource(acctest.Service(t, "jenkins")).Set(Object{}, config)
		expectError(t, diags.Errors(), "Unable to set Jenkins", "403 Forbidden")
		if got := server.Counts()["PUT"]; got != 1 {
			t.Errorf("%s: %d PUTs of what may not be done, want 1", profile, got)
		}
	}
}

// TestACreateThatIsToInheritDropsNoPassword of somebody else's: GitLab before 17.3
// does not know of inheritance, and up to 15.0 another address drops it.
func TestACreateThatIsToInheritDropsNoPassword(t *testing.T) {
	t.Parallel()
	for _, profile := range []fakegitlab.Profile{fakegitlab.V10_5, fakegitlab.V12_3, fakegitlab.V13_0} {
		server := acctest.Server(t, profile)
		project := server.AddProject("g/p")
		config := map[string]any{"project": "g/p", "jenkins_url": "https://new.example.com", "project_name": "web", "username": "u", "use_inherited_settings": true}
		jenkins := Connect(t, server).Resource(acctest.Service(t, "jenkins"))
		putService(t, server, project.ID, "jenkins", map[string]any{"jenkins_url": "https://old.example.com", "project_name": "web", "username": "u", "password": "s"})
		_, diags := jenkins.Set(Object{}, config)
		expectError(t, diags.Errors(), "Missing password for Jenkins", "before 17.3", "was not set")
		if record, _ := server.Record("g/p", "jenkins"); record.Params["password"] != "s" || record.Params["jenkins_url"] != "https://old.example.com" {
			t.Errorf("%s: GitLab has %v", profile, record.Params)
		}
		config["jenkins_url"] = "https://old.example.com"
		_, diags = jenkins.Set(Object{}, config)
		expectOne(t, diags, true, "Inheritance is not told", "before 17.3")
		if record, _ := server.Record("g/p", "jenkins"); record.Params["password"] != "s" {
			t.Errorf("%s: GitLab has %v", profile, record.Params)
		}
		// Where there is nothing, there is nothing to be lost.
		server.AddProject("g/new")
		config["project"] = "g/new"
		_, diags = jenkins.Set(Object{}, config)
		expectOne(t, diags, true, "Inheritance is not told", "before 17.3")
	}
}

// TestAnotherAddressDoesNotDropAPassword that an import knows nothing of: GitLab
// 10.5 would, in silence, and keep the user name.
func TestAnotherAddressDoesNotDropAPassword(t *testing.T) {
	t.Parallel()
	for _, profile := range []fakegitlab.Profile{fakegitlab.V10_5, fakegitlab.V19_1} {
		server := acctest.Server(t, profile)
		project := server.AddProject("g/p")
		theirs := map[string]any{"jenkins_url": "https://ci.example.com", "project_name": "web", "username": "u", "password": "s"}
		putService(t, server, project.ID, "jenkins", theirs)
		jenkins := Connect(t, server).Resource(acctest.Service(t, "jenkins"))
		imported, _ := jenkins.Import("g/p", nil)
		state, _ := jenkins.Read(imported)
		config := map[string]any{"project": "g/p", "jenkins_url": "https://new.example.com", "project_name": "web", "username": "u"}
		_, diags := jenkins.Set(state, config)
		expectError(t, diags.Errors(), "Missing password for Jenkins", "does not keep the one that it has where `jenkins_url` changes")
		if record, _ := server.Record("g/p", "jenkins"); record.Params["password"] != "s" || record.Params["jenkins_url"] != theirs["jenkins_url"] {
			t.Errorf("%s: GitLab has %v", profile, record.Params)
		}
		if profile == fakegitlab.V10_5 {
			// It does not know of inheritance, and would drop it all the same.
			_, diags := jenkins.Set(state, merge(config, map[string]any{"use_inherited_settings": true}))
			expectError(t, diags.Errors(), "Missing password for Jenkins", "before 17.3", "was not set")
			if record, _ := server.Record("g/p", "jenkins"); record.Params["password"] != "s" {
				t.Errorf("GitLab has %v", record.Params)
			}
		}
		if set := jenkins.MustSet(state, merge(config, map[string]any{"password": "s"})); set.Values["jenkins_url"] != config["jenkins_url"] {
			t.Errorf("%s: the state is %v", profile, set.Values)
		}
		if record, _ := server.Record("g/p", "jenkins"); record.Params["password"] != "s" || record.Params["jenkins_url"] != config["jenkins_url"] {
			t.Errorf("%s: GitLab has %v", profile, record.Params)
		}
	}
}

// TestWhatIsOffAlreadyIsDeleted, although GitLab 10.5 refuses it for some services.
func TestWhatIsOffAlreadyIsDeleted(t *testing.T) {
	t.Parallel()
	refused := 0
	lab := acctest.NewLab(t, fakegitlab.V10_5)
	for _, s := range acctest.Services(fakegitlab.V10_5, gitlab.Projects) {
		held := Connect(t, lab.Server).Resource(s).MustSet(Object{}, acctest.Minimal(s).Values(lab.Place))
		if lab.Disable(lab.Place, s.Slug) != nil {
			continue
		}
		lab.ResetRequests()
		if _, diags := Connect(t, lab.Server).Resource(s).Delete(held); len(diags) > 0 {
			t.Errorf("%s%s", s.Slug, diags)
		}
		for _, r := range lab.Requests() {
			if r.Method == http.MethodDelete && r.Status == http.StatusBadRequest {
				refused++
			}
		}
	}
	if refused == 0 {
		t.Error("nothing was refused")
	}
}

// TestAWriteThatIsInterruptedWhileItWaitsIsAnError: nothing was sent.
func TestAWriteThatIsInterruptedWhileItWaitsIsAnError(t *testing.T) {
	t.Parallel()
	for _, deletes := range []bool{true, false} {
		lab := acctest.NewLab(t, fakegitlab.V19_1)
		slack := acctest.Service(t, "slack")
		config := acctest.Minimal(slack).Values(lab.Place)
		held := Connect(t, lab.Server).Resource(slack).MustSet(Object{}, config)
		p := Connect(t, lab.Server)
		lab.ResetRequests()
		lab.Inject(fakegitlab.Fault{Delay: 2 * time.Second})
		set := func() (Object, Diagnostics) { return p.Resource(slack).Set(Object{}, config) }
		remove := func() (Object, Diagnostics) { return p.Resource(slack).Delete(held) }
		first, second := set, remove
		if !deletes {
			first, second = remove, set
		}
		var all sync.WaitGroup
		all.Go(func() { _, _ = first() })
		for len(lab.Requests()) == 0 {
			time.Sleep(time.Millisecond) // until the first is under way
		}
		var after Object
		var diags Diagnostics
		all.Go(func() { after, diags = second() })
		time.Sleep(50 * time.Millisecond) // It waits for the first. If it does not yet, it is refused all the same.
		p.Stop()
		all.Wait()
		if len(diags.Errors()) != 1 || (after.Values != nil) != deletes || len(lab.Requests()) != 1 {
			t.Errorf("deletes: %t: the state is %v, %v%s", deletes, after.Values, lab.Counts(), diags)
		}
	}
}

// TestADeleteThatCannotTellWhatWasWrittenIsAnError: a state of an older version has
// no id, and the project is named in another way.
func TestADeleteThatCannotTellWhatWasWrittenIsAnError(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	slack := acctest.Service(t, "slack")
	p := Connect(t, lab.Server)
	held := p.Resource(slack).MustSet(Object{}, acctest.Minimal(slack).Values(lab.Place))
	held.Values["project"], held.Private, held.Identity = "1", nil, nil
	lab.Inject(fakegitlab.Fault{Method: http.MethodGet, Status: http.StatusBadGateway})
	after, diags := p.Resource(slack).Delete(held)
	expectError(t, diags.Errors(), "Unable to delete Slack notifications", "502")
	if after.Values == nil || lab.Counts()["DELETE"] > 0 {
		t.Errorf("the state is %v, %v", after.Values, lab.Counts())
	}
}

// TestTwoCreatesOfOneServiceAreSaidToBeTwo, by whatever names.
func TestTwoCreatesOfOneServiceAreSaidToBeTwo(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	slack := acctest.Service(t, "slack")
	p := Connect(t, lab.Server)
	p.Resource(slack).MustSet(Object{}, acctest.Minimal(slack).Values(lab.Place))
	after, diags := p.Resource(slack).Set(Object{}, acctest.Minimal(slack).Values("1"))
	expectError(t, diags.Errors(), twoResources, "This apply has set Slack notifications", "twice")
	if after.Values != nil {
		t.Errorf("the state is %v", after.Values)
	}
}

// TestWhatIsInstalledIsNotSaidToBeMissing by every error.
func TestWhatIsInstalledIsNotSaidToBeMissing(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	for _, s := range acctest.Services(fakegitlab.V19_1, gitlab.Projects) {
		if s.Installation.In == "" {
			continue
		}
		lab.Inject(fakegitlab.Fault{Method: http.MethodPut, Times: 1, Status: http.StatusForbidden, Body: `{"message":"403 Forbidden"}`})
		_, diags := Connect(t, lab.Server).Resource(s).Set(Object{}, acctest.Minimal(s).Values(lab.Place))
		expectError(t, diags.Errors(), "Unable to set "+s.Title, "403 Forbidden")
		if strings.Contains(diags.String(), s.Installation.In) {
			t.Errorf("%s: it says%s", s.Slug, diags)
		}
	}
}

// TestADeleteThatTheAPIDoesNotTakeIsAnError for what nobody has to uninstall.
func TestADeleteThatTheAPIDoesNotTakeIsAnError(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	slack := acctest.Service(t, "slack")
	held := Connect(t, lab.Server).Resource(slack).MustSet(Object{}, acctest.Minimal(slack).Values(lab.Place))
	lab.Inject(fakegitlab.Fault{Method: http.MethodDelete, Status: http.StatusUnprocessableEntity, Body: `{"message":"You cannot delete the Slack integration from the API"}`})
	after, diags := Connect(t, lab.Server).Resource(slack).Delete(held)
	expectError(t, diags.Errors(), "Unable to delete Slack notifications", "from the API")
	if after.Values == nil {
		t.Error("it left the state")
	}
}

// TestADeleteThatIsRefusedForWhatIsOffSucceeds, whatever GitLab has against it.
func TestADeleteThatIsRefusedForWhatIsOffSucceeds(t *testing.T) {
	t.Parallel()
	for body, gone := range map[string]bool{`{"message":"400 Bad Request"}`: true, `{"message":{"webhook":["is bad"]}}`: true, `{"message":"403 Forbidden"}`: false} {
		lab := acctest.NewLab(t, fakegitlab.V19_1)
		slack := acctest.Service(t, "slack")
		held := Connect(t, lab.Server).Resource(slack).MustSet(Object{}, acctest.Minimal(slack).Values(lab.Place))
		failOn(t, lab.Disable(lab.Place, slack.Slug))
		status := http.StatusBadRequest
		if !gone {
			status = http.StatusForbidden
		}
		lab.ResetRequests()
		lab.Inject(fakegitlab.Fault{Method: http.MethodDelete, Status: status, Body: body})
		after, diags := Connect(t, lab.Server).Resource(slack).Delete(held)
		if (after.Values == nil) != gone || (len(diags) == 0) != gone || (lab.Counts()["GET"] > 0) != gone {
			t.Errorf("%s: the state is %v, %v%s", body, after.Values, lab.Counts(), diags)
		}
	}
}

// TestWhatIsRefusedWithoutAReasonIsSentOnce where there is no other way to say it,
// and an import that a proxy refuses is not said to be one that GitLab crashes on.
func TestWhatIsRefusedWithoutAReasonIsSentOnce(t *testing.T) {
	t.Parallel()
	lab := acctest.NewLab(t, fakegitlab.V19_1)
	slack := acctest.Service(t, "slack")
	lab.Inject(fakegitlab.Fault{Method: http.MethodPut, Status: http.StatusBadRequest, Body: `{"message":"400 Bad Request"}`})
	_, diags := Connect(t, lab.Server).Resource(slack).Set(Object{}, acctest.Minimal(slack).Values(lab.Place))
	expectError(t, diags.Errors(), "Unable to set Slack notifications", "400 Bad Request")
	if got := lab.Counts()["PUT"]; got != 1 {
		t.Errorf("%d PUTs", got)
	}
	for body, crashes := range map[string]bool{"<html>down</html>": false, `{"message":"500 Internal Server Error"}`: true} {
		lab.ClearFaults()
		lab.Inject(fakegitlab.Fault{Method: http.MethodGet, Status: http.StatusInternalServerError, Body: body})
		_, diags := Connect(t, lab.Server).Resource(slack).Import(lab.Place, nil)
		if len(diags.Errors()) != 1 || strings.Contains(diags.String(), "GitLab fails to show the service") != crashes {
			t.Errorf("%s: it says%s", body, diags)
		}
	}
}

// TestAServiceThatIsGoneWasNotJustWritten: a state without the id of its record asks
// GitLab, which has it no more.
func TestAServiceThatIsGoneWasNotJustWritten(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	server.AddProject("g/q")
	service := acctest.Service(t, "external-wiki")
	held := Connect(t, server).Resource(service).MustSet(Object{}, acctest.Minimal(service).Values("g/q"))
	held.Private = nil
	failOn(t, server.Erase("g/q", service.Slug))
	wiki := Connect(t, server).Resource(service)
	wiki.MustSet(Object{}, acctest.Minimal(service).Values("1"))
	if _, diags := wiki.Delete(held); len(diags.Errors()) > 0 {
		t.Errorf("it says%s", diags)
	}
}

// TestAnImportKnowsTheRecord that it has read.
func TestAnImportKnowsTheRecord(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	service := acctest.Service(t, "external-wiki")
	wiki := Connect(t, server).Resource(service)
	held := wiki.MustSet(Object{}, acctest.Minimal(service).Values("g/p"))
	imported, diags := wiki.Import("g/p", nil)
	if len(diags) > 0 || memoryIn(imported).ID != memoryIn(held).ID || memoryIn(held).ID == 0 {
		t.Errorf("it knows %d, not %d%s", memoryIn(imported).ID, memoryIn(held).ID, diags)
	}
	_, diags = NewProtocol(t).Resource(service).Import("g/p", nil)
	expectOne(t, diags, false, "is not known yet")
}
