package provider_test

import (
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

// lastRequest is the request that arrived last.
func lastRequest(t *testing.T, server *fakegitlab.Server) fakegitlab.Request {
	t.Helper()
	requests := server.Requests()
	if len(requests) == 0 {
		t.Fatal("no request arrived")
	}
	return requests[len(requests)-1]
}

func TestBaseURLComesFromTheBlockThenTheEnvironment(t *testing.T) {
	clearEnvironment(t)
	asked := func(block map[string]any, servers ...*fakegitlab.Server) *fakegitlab.Server {
		t.Helper()
		configureAndRead(t, block)
		for _, s := range servers {
			if len(s.Requests()) > 0 {
				s.ResetRequests()
				return s
			}
		}
		t.Fatal("no server was asked")
		return nil
	}
	block, gitlab, ci := acctest.Server(t, fakegitlab.V19_1), acctest.Server(t, fakegitlab.V19_1), acctest.Server(t, fakegitlab.V19_1)
	t.Setenv("CI_API_V4_URL", ci.URL()+"/api/v4")
	if asked(map[string]any{}, block, gitlab, ci) != ci {
		t.Error("CI_API_V4_URL is not used")
	}
	t.Setenv("GITLAB_BASE_URL", gitlab.URL())
	if asked(map[string]any{}, block, gitlab, ci) != gitlab {
		t.Error("GITLAB_BASE_URL does not come before CI_API_V4_URL")
	}
	if asked(map[string]any{"base_url": block.URL()}, block, gitlab, ci) != block {
		t.Error("base_url does not come before the environment")
	}
}

// TestGitLabComIsTheDefault runs itself in a process with a proxy, the one place
// that sees where a request goes before it is there. That the proxy is asked at
// all is a feature too, and one that net/http settles once a process.
func TestGitLabComIsTheDefault(t *testing.T) {
	const inside = "TEST_INSIDE_A_PROXY"
	if os.Getenv(inside) != "" {
		t.Logf("%s", configureAndRead(t, map[string]any{}))
		return
	}
	clearEnvironment(t)
	asked := make(chan string, 1)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case asked <- r.Method + " " + r.Host:
		default:
		}
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(proxy.Close)
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	child.Env = append(os.Environ(), inside+"=1", "HTTPS_PROXY="+proxy.URL, "https_proxy="+proxy.URL, "NO_PROXY=", "no_proxy=")
	output, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%s\n%s", err, output)
	}
	select {
	case got := <-asked:
		if got != "CONNECT gitlab.com:443" {
			t.Errorf("asked for %q", got)
		}
	default:
		t.Errorf("the proxy was not asked\n%s", output)
	}
	if !strings.Contains(string(output), "GET https://gitlab.com/api/v4/projects/g%2Fp/services/slack") {
		t.Errorf("another path than gitlab.com's API\n%s", output)
	}
}

func TestTokenComesFromTheBlockThenTheEnvironment(t *testing.T) {
	clearEnvironment(t)
	server := acctest.Server(t, fakegitlab.V19_1)
	sent := func(block map[string]any) []string {
		t.Helper()
		block["base_url"] = server.URL()
		configureAndRead(t, block)
		header := lastRequest(t, server).Header
		if header.Get("Authorization") != "" {
			t.Errorf("Authorization is sent too")
		}
		return header.Values("PRIVATE-TOKEN")
	}
	if got := sent(map[string]any{}); got != nil {
		t.Errorf("without a token %q is sent", got)
	}
	t.Setenv("GITLAB_TOKEN", "from-environment")
	if got := sent(map[string]any{}); !reflect.DeepEqual(got, []string{"from-environment"}) {
		t.Errorf("sent %q, want GITLAB_TOKEN", got)
	}
	if got := sent(map[string]any{"token": "from-block"}); !reflect.DeepEqual(got, []string{"from-block"}) {
		t.Errorf("sent %q, want the argument", got)
	}
}

func TestTokenIsSentAsBearerWhereAskedFor(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	configureAndRead(t, map[string]any{"base_url": server.URL(), "token": "oauth-token", "auth_scheme": "bearer"})
	header := lastRequest(t, server).Header
	if got := header.Get("Authorization"); got != "Bearer oauth-token" {
		t.Errorf("Authorization is %q", got)
	}
	if got := header.Get("PRIVATE-TOKEN"); got != "" {
		t.Errorf("PRIVATE-TOKEN is %q", got)
	}
}

func TestHeadersArriveWithEveryRequest(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.Inject(fakegitlab.Fault{Status: http.StatusForbidden, Body: `{"message":"bad pass-through-the-wall"}`})
	diags := configureAndRead(t, map[string]any{"base_url": server.URL(), "token": server.Token(), "headers": map[string]any{
		"CF-Access-Client-Secret": "pass-through-the-wall", "X-Team": "web",
	}})
	header := lastRequest(t, server).Header
	if got := header.Get("CF-Access-Client-Secret") + " " + header.Get("X-Team"); got != "pass-through-the-wall web" {
		t.Errorf("the headers are %q", got)
	}
	if header.Get("PRIVATE-TOKEN") != server.Token() {
		t.Error("the token is lost")
	}
	if strings.Contains(diags.String(), "pass-through-the-wall") {
		t.Errorf("an error tells the value of a header: %s", diags)
	}
}

func TestTheUserAgentTellsTheVersions(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	configureAndRead(t, map[string]any{"base_url": server.URL(), "token": server.Token()})
	if got := lastRequest(t, server).Header.Get("User-Agent"); got != "terraform-provider-gitlabservices/test Terraform/1.12.0" {
		t.Errorf("User-Agent is %q", got)
	}
}

func TestTLSArgumentsDecideWhomToTrust(t *testing.T) {
	t.Parallel()
	server := fakegitlab.New(fakegitlab.V19_1)
	secure := httptest.NewUnstartedServer(server)
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // of refused handshakes
	secure.StartTLS()
	t.Cleanup(secure.Close)
	authority := filepath.Join(t.TempDir(), "ca.pem")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw})
	if err := os.WriteFile(authority, certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		more    map[string]any
		arrives bool
	}{
		"nothing":          {nil, false},
		"insecure = false": {map[string]any{"insecure": false}, false},
		"insecure":         {map[string]any{"insecure": true}, true},
		"cacert_file":      {map[string]any{"cacert_file": authority}, true},
	} {
		// One after the other: they share the count of requests.
		server.ResetRequests()
		block := map[string]any{"base_url": secure.URL, "token": server.Token()}
		for argument, value := range test.more {
			block[argument] = value
		}
		diags := configureAndRead(t, block)
		if got := len(server.Requests()) == 1; got != test.arrives {
			t.Errorf("%s: the request arrives: %t\n%s", name, got, diags)
		}
		if !test.arrives && !strings.Contains(diags.Errors().String(), "cacert_file") {
			t.Errorf("%s: the error does not name cacert_file: %s", name, diags)
		}
	}
}

func TestRetriesSayHowOftenARequestIsSentAgain(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		retries any
		want    int
	}{
		"default": {nil, 6},
		"none":    {0, 1},
		"two":     {2, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, fakegitlab.V19_1)
			server.Inject(fakegitlab.Fault{Status: http.StatusServiceUnavailable, Header: map[string]string{"Retry-After": "0"}})
			diags := configureAndRead(t, map[string]any{"base_url": server.URL(), "token": server.Token(), "retries": test.retries})
			if got := len(server.Requests()); got != test.want {
				t.Errorf("%d requests arrived, want %d", got, test.want)
			}
			if len(diags.Errors()) != 1 {
				t.Errorf("want one error: %s", diags)
			}
		})
	}
}

// TestRequestsPerSecondHoldsRequestsBack needs no clock: at a hundred seconds a
// request, the second one cannot be sent within the minute that a call has, and
// the pace knows that at once.
func TestRequestsPerSecondHoldsRequestsBack(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	slack := Connect(t, server, map[string]any{"requests_per_second": 0.01}).Resource(acctest.Service(t, "slack"))
	held := Object{Values: map[string]any{"project": "g/p"}}
	if _, diags := slack.Read(held); len(diags.Errors()) > 0 {
		t.Errorf("the first request is not sent: %s", diags)
	}
	if _, diags := slack.Read(held); !strings.Contains(diags.Errors().String(), "requests_per_second") {
		t.Errorf("the second request: %s", diags)
	}
	if got := len(server.Requests()); got != 1 {
		t.Errorf("%d requests arrived, want 1", got)
	}
}

func TestRequestTimeoutEndsARequest(t *testing.T) {
	t.Parallel()
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		<-r.Context().Done() // answers never; the client has to hang up
	}))
	t.Cleanup(silent.Close)
	diags := configureAndRead(t, map[string]any{"base_url": silent.URL, "token": "x", "request_timeout": "50ms"})
	if !strings.Contains(diags.Errors().String(), "within 50ms (request_timeout)") {
		t.Errorf("no error that names the timeout: %s", diags)
	}
}

func TestTheTokenIsCheckedEarlyOnlyWhereAskedFor(t *testing.T) {
	clearEnvironment(t)
	server := acctest.Server(t, fakegitlab.V19_1)
	configure := func(environment string, argument any, token string) (Diagnostics, []fakegitlab.Request) {
		t.Helper()
		t.Setenv("GITLAB_EARLY_AUTH_CHECK", environment)
		server.ResetRequests()
		diags := NewProtocol(t).Configure(map[string]any{"base_url": server.URL(), "token": token, "early_auth_check": argument, "retries": 0})
		return diags, server.Requests()
	}
	for _, test := range []struct {
		environment string
		argument    any
		checks      bool
	}{
		{"", nil, false}, {"", false, false}, {"", true, true},
		{"true", nil, true}, {"1", nil, true}, {"TRUE", nil, true}, {"false", nil, false}, {"0", nil, false},
		{"true", false, false}, {"false", true, true},
	} {
		diags, requests := configure(test.environment, test.argument, server.Token())
		if len(diags) > 0 {
			t.Errorf("environment %q, argument %v: %s", test.environment, test.argument, diags)
		}
		if got := len(requests) == 1 && requests[0].Path == "/api/v4/user"; got != test.checks || len(requests) > 1 {
			t.Errorf("environment %q, argument %v: the token is checked: %t", test.environment, test.argument, got)
		}
	}

	diags, _ := configure("", true, "glpat-unknown-token")
	if text := diags.Errors().String(); !strings.Contains(text, "Unable to check the token") || !strings.Contains(text, "GET "+server.URL()+"/api/v4/user") ||
		!strings.Contains(text, "401") || !strings.Contains(text, "the provider block") || strings.Contains(text, "glpat-unknown-token") {
		t.Errorf("a token that GitLab refuses: %s", diags)
	}
	diags, _ = configure("", true, "")
	if !strings.Contains(diags.Errors().String(), "No token is configured") {
		t.Errorf("no token: %s", diags)
	}
	if diags, _ = configure("", true, server.AddToken(fakegitlab.ScopeReadUser)); len(diags) > 0 {
		t.Errorf("a token that GitLab knows: %s", diags)
	}
	diags, requests := configure("maybe", nil, server.Token())
	if !strings.Contains(diags.Errors().String(), "GITLAB_EARLY_AUTH_CHECK") || len(requests) > 0 {
		t.Errorf("nonsense in the environment: %s", diags)
	}
	if diags, _ = configure("maybe", false, server.Token()); len(diags) > 0 {
		t.Errorf("nonsense in an environment that does not count: %s", diags)
	}
}

func TestSecretDriftIsLookedForUnlessSwitchedOff(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		argument any
		detects  bool
	}{
		"default": {nil, true},
		"true":    {true, true},
		"false":   {false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, fakegitlab.V19_1)
			project := server.AddProject("g/p")
			asana := Connect(t, server, map[string]any{"detect_secret_drift": test.argument}).Resource(acctest.Service(t, "asana"))
			start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
			server.SetClock(func() time.Time { return start })
			held := asana.MustSet(Object{}, map[string]any{"project": "g/p", "api_key": "0/secret"})
			server.SetClock(func() time.Time { return start.Add(time.Hour) })
			if err := server.Edit(project.Path, "asana", map[string]any{"api_key": "0/other"}); err != nil {
				t.Fatal(err)
			}
			read, diags := asana.Read(held)
			warned := strings.Contains(diags.Warnings().String(), "was written outside Terraform at 2026-01-02T04:04:05Z")
			if forgotten := read.Values["api_key"] == nil; forgotten != test.detects || warned != test.detects || len(diags.Errors()) > 0 {
				t.Errorf("forgotten: %t, warned: %t, want %t\n%s", forgotten, warned, test.detects, diags)
			}
		})
	}
}

// TestNonsenseInTheBlockIsRefusedWithTheNameOfTheArgument: what the client
// refuses arrives at its argument; the table of what it refuses is the client's.
// The other rows are what the provider's own schema refuses.
func TestNonsenseInTheBlockIsRefusedWithTheNameOfTheArgument(t *testing.T) {
	t.Parallel()
	garbage := filepath.Join(t.TempDir(), "garbage.pem")
	if err := os.WriteFile(garbage, []byte("garbage"), 0o600); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(t.TempDir(), "missing.pem")
	for _, test := range []struct {
		argument string
		block    map[string]any
	}{
		{"base_url", map[string]any{"base_url": "https://user:glpat-token@gitlab.example.com/?x=y"}},
		{"base_url", map[string]any{"base_url": ""}},
		{"token", map[string]any{"token": "two\nlines"}},
		{"auth_scheme", map[string]any{"auth_scheme": "basic"}},
		{"auth_scheme", map[string]any{"auth_scheme": ""}},
		{"cacert_file", map[string]any{"cacert_file": missing}},
		{"client_cert", map[string]any{"client_cert": garbage}},
		{"client_key", map[string]any{"client_key": garbage}},
		{"client_cert", map[string]any{"client_cert": missing, "client_key": garbage}},
		{"client_key", map[string]any{"client_cert": garbage, "client_key": missing}},
		{"headers", map[string]any{"headers": map[string]any{"X-Team": "two\nlines"}}},
		{"retries", map[string]any{"retries": -1}},
		{"retries", map[string]any{"retries": 101}},
		{"requests_per_second", map[string]any{"requests_per_second": 0}},
		{"request_timeout", map[string]any{"request_timeout": "60"}},
		{"request_timeout", map[string]any{"request_timeout": "0s"}},
	} {
		block := map[string]any{"base_url": "https://gitlab.invalid", "token": "glpat-token"}
		for name, value := range test.block {
			block[name] = value
		}
		diags := NewProtocol(t).Configure(block)
		if errs := diags.Errors(); len(errs) == 0 || len(errs.On(test.argument)) != len(errs) || !strings.Contains(errs[0].Summary+errs[0].Detail, test.argument) {
			t.Errorf("%v: want errors of %s: %s", test.block, test.argument, diags)
		}
		if strings.Contains(diags.String(), "lines") || strings.Contains(diags.String(), "glpat-token") {
			t.Errorf("%v: the error tells a secret: %s", test.block, diags)
		}
	}
}

// TestNonsenseInTheEnvironmentIsRefusedWithItsName goes through every argument
// that a variable stands in for: the error names the variable and the argument
// that comes before it, the schema names the variable.
func TestNonsenseInTheEnvironmentIsRefusedWithItsName(t *testing.T) {
	clearEnvironment(t)
	nonsense := map[string]string{
		"base_url":         "https://user:hunter2@gitlab.example.com/api/v3",
		"token":            "hunter2\nhunter2",
		"early_auth_check": "hunter2",
	}
	for argument, names := range provider.Variables {
		for _, name := range names {
			t.Run(name, func(t *testing.T) {
				t.Setenv(name, nonsense[argument])
				p := NewProtocol(t)
				diags := p.Configure(map[string]any{})
				if len(diags) != 1 || !diags[0].Error || diags[0].Summary != "Invalid "+name ||
					!strings.Contains(diags[0].Detail, "The environment variable "+name+" ") || !strings.Contains(diags[0].Detail, "argument "+argument) {
					t.Errorf("want one error that names %s and %s: %s", name, argument, diags)
				}
				if strings.Contains(diags.String(), "hunter2") {
					t.Errorf("the value is told: %s", diags)
				}
				i := slices.IndexFunc(p.schemas.Provider.Block.Attributes, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == argument })
				if i < 0 || !strings.Contains(p.schemas.Provider.Block.Attributes[i].Description, "`"+name+"`") {
					t.Errorf("the schema does not name %s", name)
				}
			})
		}
	}
}

func TestUnknownArgumentsNeverFailAPlan(t *testing.T) {
	t.Parallel()
	// The address is of no server: a request would fail.
	for argument, value := range map[string]any{
		"base_url": Unknown, "token": Unknown, "auth_scheme": Unknown, "cacert_file": Unknown,
		"client_cert": Unknown, "client_key": Unknown, "insecure": Unknown, "headers": Unknown,
		"retries": Unknown, "requests_per_second": Unknown, "request_timeout": Unknown,
		"early_auth_check": Unknown, "detect_secret_drift": Unknown, "batch_refresh": Unknown,
		"headers with an unknown value": map[string]any{"X-Team": Unknown, "X-Other": "known"},
	} {
		t.Run(argument, func(t *testing.T) {
			t.Parallel()
			argument, _, _ := strings.Cut(argument, " ")
			block := map[string]any{"base_url": "http://127.0.0.1:1", "early_auth_check": true, "retries": 0}
			block[argument] = value
			p := NewProtocol(t)
			if diags := p.Configure(block); len(diags) > 0 {
				t.Fatalf("configuring: %s", diags)
			}
			asana := p.Resource(acctest.Service(t, "asana"))
			prior := Object{Values: map[string]any{
				"project": "g/p", "api_key": "0/secret", "api_key_wo": nil, "api_key_wo_version": nil, "restrict_to_branch": nil, "push_events": true,
				"use_inherited_settings": false,
			}}
			read, diags := asana.Read(prior)
			if !reflect.DeepEqual(read.Values, prior.Values) || !reflect.DeepEqual(read.Identity, map[string]any{"project": "g/p"}) {
				t.Errorf("read %v %v", read.Values, read.Identity)
			}
			if len(diags) != 1 || diags[0].Error || diags[0].Summary != "Drift was not looked for" || !strings.Contains(diags[0].Detail, argument) {
				t.Errorf("want one warning that names %s: %s", argument, diags)
			}
			if _, diags := asana.Read(prior); len(diags) > 0 {
				t.Errorf("the second read warns again: %s", diags)
			}
			if planned, diags := asana.Plan(read, map[string]any{"project": "g/p", "api_key": "0/secret"}); len(diags) > 0 || !reflect.DeepEqual(planned.Values, prior.Values) {
				t.Errorf("the plan is %v: %s", planned.Values, diags)
			}
			planned, diags := asana.Plan(read, map[string]any{"project": "42", "api_key": "0/secret"})
			if len(diags) > 0 || !reflect.DeepEqual(planned.Replaces, []string{"project"}) {
				t.Errorf("a change of the project replaces because of %q: %s", planned.Replaces, diags)
			}
			if _, diags := asana.Import("g/p", nil); len(diags.Errors()) != 1 || !strings.Contains(diags.String(), "Unable to import Asana") || !strings.Contains(diags.String(), argument) {
				t.Errorf("the import is not refused because of %s: %s", argument, diags)
			}
			for what, try := range map[string]func() Diagnostics{
				"an apply": func() Diagnostics {
					_, diags := asana.Set(Object{}, map[string]any{"project": "g/p", "api_key": "0/secret"})
					return diags
				},
				"a delete": func() Diagnostics {
					_, diags := asana.Delete(prior)
					return diags
				},
			} {
				if diags := try(); len(diags.Errors()) != 1 || !strings.Contains(diags.String(), argument) {
					t.Errorf("%s is not refused because of %s: %s", what, argument, diags)
				}
			}
		})
	}
}

func TestAProviderThatWasNeverConfiguredPlans(t *testing.T) {
	t.Parallel()
	asana := NewProtocol(t).Resource(acctest.Service(t, "asana"))
	config := map[string]any{"project": "g/p", "api_key": "0/secret"}
	if diags := asana.Validate(config); len(diags) > 0 {
		t.Errorf("validate: %s", diags)
	}
	planned, diags := asana.Plan(Object{}, config)
	if len(diags) > 0 {
		t.Errorf("plan: %s", diags)
	}
	if _, diags := asana.Read(planned.Object); len(diags.Errors()) > 0 || len(diags) != 1 {
		t.Errorf("read: %s", diags)
	}
	if _, diags := asana.Apply(Object{}, planned, config); len(diags.Errors()) != 1 {
		t.Errorf("apply: %s", diags)
	}
}
