package provider_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"maps"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// mistakes are those that people make in their first hours with the provider.
// What the CLI itself says is in [TestMistakesThatTheCLIFinds].
var mistakes = []struct {
	name string
	make func(*learner)
}{
	// The address.
	{"no address: GITLAB_BASE_URL is forgotten, and the token is that of another GitLab", func(l *learner) {
		l.behindProxy(l.gitlabCom(), map[string]any{"token": "glpat-of-our-own-gitlab"})
	}},
	{"an address without https://", func(l *learner) { l.try("base_url", "gitlab.example.com") }},
	{"the same in the environment", func(l *learner) { l.export("GITLAB_BASE_URL", "gitlab.example.com").configure() }},
	{"the same in the variable of GitLab CI", func(l *learner) { l.export("CI_API_V4_URL", "gitlab.example.com/api/v4").configure() }},
	{"an address with /api/v4", func(l *learner) { l.try("base_url", l.URL()+"/api/v4") }},
	{"an address with a slash at its end", func(l *learner) { l.try("base_url", l.URL()+"/") }},
	{"an address of an older API", func(l *learner) { l.try("base_url", l.URL()+"/api/v3") }},
	{"the address of a project in the place of GitLab's", func(l *learner) { l.try("base_url", l.URL()+"/group/website") }},
	{"the same in the environment", func(l *learner) { l.export("GITLAB_BASE_URL", l.URL()+"/group/website").apply("slack", slack()) }},
	{"http where GitLab wants https", func(l *learner) {
		l.answers(fakegitlab.Fault{Status: 301, Header: map[string]string{"Location": strings.Replace(l.URL(), "http:", "https:", 1) + "/api/v4/projects/group%2Fwebsite/services/slack"}})
		l.apply("slack", slack())
	}},
	{"http to a port that speaks https", func(l *learner) {
		l.answers(answerPage(400, "The plain HTTP request was sent to HTTPS port"))
		l.apply("slack", slack())
	}},
	{"https to a port that speaks http", func(l *learner) { l.try("base_url", "https"+strings.TrimPrefix(l.URL(), "http")) }},
	{"a port on which nobody listens", func(l *learner) { l.try("base_url", "http://127.0.0.1:1") }},
	{"a certificate of the company's own", func(l *learner) { l.try("base_url", l.secure().URL) }},
	{"a certificate of another name", func(l *learner) {
		secure := l.secure()
		l.block["cacert_file"] = l.file("ca.pem", certificateOf(secure))
		l.try("base_url", strings.Replace(secure.URL, "127.0.0.1", "localhost", 1))
	}},
	{"a file of certificates that is not there", func(l *learner) { l.try("cacert_file", "/etc/ssl/company.pem") }},
	{"the key itself in the place of its path", func(l *learner) {
		l.block["client_cert"] = l.file("cert.pem", []byte("none"))
		l.try("client_key", "-----BEGIN PRIVATE KEY-----\nvery-secret\n-----END PRIVATE KEY-----\n")
	}},
	{"a proxy that cannot be reached", func(l *learner) {
		l.behindProxy("http://127.0.0.1:1", map[string]any{"base_url": "https://gitlab.example.com", "token": "glpat-x"})
	}},
	{"a page to sign in at stands before GitLab", func(l *learner) {
		l.answers(answerPage(200, "Sign in to continue"))
		l.apply("slack", slack())
	}},
	{"GitLab is down", func(l *learner) {
		l.answers(answerPage(502, "GitLab is not responding"))
		l.apply("slack", slack())
	}},

	// The token.
	{"no token at all", func(l *learner) { l.try("token", nil) }},
	{"a token from a variable that is empty", func(l *learner) { l.try("token", "") }},
	{"a wrong token", func(l *learner) { l.try("token", "glpat-mistyped-token") }},
	{"a wrong token in the environment", func(l *learner) {
		l.block["token"] = nil
		l.export("GITLAB_TOKEN", "glpat-mistyped-token").apply("slack", slack())
	}},
	{"a token with the quotes of an .env file", func(l *learner) { l.try("token", `"`+l.Token()+`"`) }},
	{"a token with the line break of the file that it is read from", func(l *learner) { l.try("token", l.Token()+"\n") }},
	{"the same in the environment", func(l *learner) {
		l.block["token"] = nil
		l.export("GITLAB_TOKEN", l.Token()+"\n").configure()
	}},
	{"a token that has expired", func(l *learner) {
		l.answers(answerBody(401, `{"error":"invalid_token","error_description":"Token is expired. You can either do re-authorization or token refresh."}`))
		l.apply("slack", slack())
	}},
	{"a token that may only read", func(l *learner) { l.try("token", l.AddToken(fakegitlab.ScopeReadAPI)) }},
	{"a token of a Developer", func(l *learner) {
		token := l.AddToken(fakegitlab.ScopeAPI)
		failOn(l.t, l.SetAccess(token, l.project.ID, fakegitlab.TokenReporter))
		l.try("token", token)
	}},
	{"a variable of the environment that is neither true nor false", func(l *learner) { l.export("GITLAB_EARLY_AUTH_CHECK", "yes").configure() }},

	// The place.
	{"a project that is not there", func(l *learner) { l.apply("slack", slack("project", "group/web-site")) }},
	{"a project that was deleted since", func(l *learner) {
		held := l.connect("slack").MustSet(Object{}, slack())
		failOn(l.t, l.DeleteProject(l.project.ID))
		l.asks("gitlabservices_slack", "is refreshed", slack())
		_, diags := l.connect("slack").Read(held)
		l.hears(diags)
	}},
	{"the address of a project", func(l *learner) { l.apply("slack", slack("project", "https://gitlab.example.com/group/website")) }},
	{"the address for git clone", func(l *learner) { l.apply("slack", slack("project", "git@gitlab.example.com:group/website.git")) }},
	{"a project with .git", func(l *learner) { l.apply("slack", slack("project", "group/website.git")) }},
	{"a project without its group", func(l *learner) { l.apply("slack", slack("project", "website")) }},
	{"a group in the place of a project", func(l *learner) { l.apply("slack", slack("project", "group/subgroup")) }},
	{"a project in the place of a group", func(l *learner) {
		l.apply("group_slack", inGroup("group/website"))
	}},
	{"a group, on a GitLab before 17.9", func(l *learner) {
		l.on(fakegitlab.V16_0).apply("group_slack", inGroup("group"))
	}},
	{"an archived project", func(l *learner) {
		failOn(l.t, l.ArchiveProject(l.project.ID))
		l.apply("slack", slack())
	}},

	// The service.
	{"a service that this GitLab has no more", func(l *learner) {
		l.apply("hipchat", map[string]any{"project": "group/website", "token": "room-token"})
	}},
	{"a service that this GitLab does not have yet", func(l *learner) {
		l.on(fakegitlab.V10_5).apply("telegram", map[string]any{"project": "group/website", "room": "@builds", "token": "123456:token"})
	}},
	{"a service that an administrator has switched off", func(l *learner) {
		l.SetAllowed("jira")
		l.apply("slack", slack())
	}},
	{"a slug that GitLab does not have", func(l *learner) {
		l.apply("service", map[string]any{"project": "group/website", "slug": "slak", "settings": map[string]any{"channel": "#builds"}})
	}},
	{"two issue trackers in one project", func(l *learner) {
		setUpServices(l.t, l.Server, "group/website", "redmine")
		l.apply("youtrack", map[string]any{"project": "group/website", "project_url": "https://youtrack.example.com", "issues_url": "https://youtrack.example.com/:id"})
	}},
	{"two resources for one service", func(l *learner) {
		l.asks("gitlabservices_slack", "is planned twice", slack())
		r := l.connect("slack")
		_, first := r.Plan(Object{}, slack())
		_, second := r.Plan(Object{}, slack())
		l.hears(append(first, second...))
	}},

	// The settings.
	{"no webhook", func(l *learner) { l.apply("slack", slack("webhook", nil)) }},
	{"a secret without a version", func(l *learner) {
		l.apply("slack", slack("webhook", nil, "webhook_wo", "https://hooks.slack.com/services/T0/B0/secret"))
	}},
	{"a version without a secret", func(l *learner) { l.apply("slack", slack("webhook", nil, "webhook_wo_version", 2)) }},
	{"a secret in both forms", func(l *learner) {
		l.apply("slack", slack("webhook_wo", "https://hooks.slack.com/services/T0/B0/secret"))
	}},
	{"a password without a user name", func(l *learner) {
		l.apply("jenkins", map[string]any{"project": "group/website", "jenkins_url": "https://jenkins.example.com", "project_name": "website", "password": "jenkins-password"})
	}},
	{"a word that is none of the choice", func(l *learner) { l.apply("slack", slack("branches_to_be_notified", "main")) }},
	{"the address of a service without https://", func(l *learner) {
		l.apply("external_wiki", map[string]any{"project": "group/website", "external_wiki_url": "wiki.example.com"})
	}},
	{"the address of a service in GitLab's own network", func(l *learner) {
		l.apply("mattermost", map[string]any{"project": "group/website", "webhook": "http://127.0.0.1:8065/hooks/secret"})
	}},
	{"mail addresses with commas", func(l *learner) {
		l.apply("emails_on_push", map[string]any{"project": "group/website", "recipients": "one@example.com, two@example.com"})
	}},

	// Imports, moves, data sources.
	{"an import by the address of a project", func(l *learner) { l.imports("slack", "https://gitlab.example.com/group/website") }},
	{"an import by a path with .git", func(l *learner) { l.imports("slack", "group/website.git") }},
	{"an import by a project and the slug", func(l *learner) { l.imports("slack", "group/website/slack") }},
	{"an import of a project that is not there", func(l *learner) { l.imports("slack", "group/web-site") }},
	{"an import of what was never set up", func(l *learner) { l.imports("slack", "group/website") }},
	{"an import of what is switched off", func(l *learner) {
		setUpServices(l.t, l.Server, "group/website", "external-wiki")
		failOn(l.t, l.Disable("group/website", "external-wiki"))
		l.imports("external_wiki", "group/website")
	}},
	{"an import of a service of any name without its slug", func(l *learner) { l.imports("service", "group/website") }},
	{"the same, in the other order", func(l *learner) { l.imports("service", "slack:group/website") }},
	{"a moved block from what is no service", func(l *learner) {
		l.asks("gitlabservices_slack", "is moved from gitlab_project_hook", nil)
		_, diags := l.connect("slack").Move("registry.terraform.io/gitlabhq/gitlab", "gitlab_project_hook", []byte(`{"id":"42:1"}`), nil)
		l.hears(diags)
	}},
	{"a moved block from another service", func(l *learner) {
		l.asks("gitlabservices_slack", "is moved from gitlab_integration_jira", nil)
		_, diags := l.connect("slack").Move("registry.terraform.io/gitlabhq/gitlab", "gitlab_integration_jira", []byte(`{"id":"42"}`), nil)
		l.hears(diags)
	}},
	{"a data source of a project that is not there", func(l *learner) { l.reads("slack", map[string]any{"project": "group/web-site"}) }},
	{"a data source of what is not set up", func(l *learner) { l.reads("slack", map[string]any{"project": "group/website"}) }},
	{"a data source of all services of a project that is not there", func(l *learner) { l.reads("services", map[string]any{"project": "group/web-site"}) }},
}

// slack is a configuration without a mistake, but for further arguments.
func slack(more ...any) map[string]any {
	config := map[string]any{"project": "group/website", "webhook": "https://hooks.slack.com/services/T0/B0/secret"}
	for i := 0; i < len(more); i += 2 {
		config[more[i].(string)] = more[i+1]
	}
	return config
}

// inGroup is the same of a group.
func inGroup(group string) map[string]any {
	config := slack("group", group)
	delete(config, "project")
	return config
}

// learner is somebody who tries the provider on a GitLab with a group and a
// project.
type learner struct {
	*fakegitlab.Server
	t       *testing.T
	project fakegitlab.Project
	block   map[string]any // of the provider
	out     *strings.Builder
}

// TestMistakesOfNewcomers quotes what is said to each, so that a change of the
// words is a visible difference.
func TestMistakesOfNewcomers(t *testing.T) {
	clearEnvironment(t)
	var out strings.Builder
	out.WriteString("What is said to those who begin. After each mistake stand the arguments that show it, and behind > what is said;\n" +
		"of an argument of the provider in brackets. GitLab is at https://gitlab.example.com.\n" +
		"Made by: go test ./internal/provider -run TestMistakesOfNewcomers -update\n")
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			fmt.Fprintf(&out, "\n=== %s\n", m.name)
			l := (&learner{t: t, block: map[string]any{"retries": 0}, out: &out}).on(fakegitlab.V19_1)
			l.block["base_url"], l.block["token"] = l.URL(), l.Token()
			m.make(l)
		})
	}
	expectGolden(t, filepath.Join("testdata", "mistakes.golden"), out.String())
}

// on has GitLab be of a version.
func (l *learner) on(profile fakegitlab.Profile) *learner {
	if profile != fakegitlab.V19_1 {
		fmt.Fprintf(l.out, "GitLab %s\n", profile)
	}
	l.Server = acctest.Server(l.t, profile)
	l.project = l.AddProject("group/website")
	l.AddGroup("group/subgroup")
	l.block["base_url"], l.block["token"] = l.URL(), l.Token()
	return l
}

// answers has GitLab, or what stands before it, answer everything so.
func (l *learner) answers(fault fakegitlab.Fault) {
	l.Inject(fault)
	fmt.Fprintf(l.out, "GitLab answers %d %s\n", fault.Status, l.masked(fault.Body+fault.Header["Location"]))
}

// secure is the GitLab by https, with a certificate of its own.
func (l *learner) secure() *httptest.Server {
	secure := httptest.NewUnstartedServer(l.Server)
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // of refused handshakes
	secure.StartTLS()
	l.t.Cleanup(secure.Close)
	return secure
}

func certificateOf(server *httptest.Server) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
}

func (l *learner) file(name string, text []byte) string {
	path := filepath.Join(l.t.TempDir(), name)
	failOn(l.t, os.WriteFile(path, text, 0o600))
	return path
}

// export takes an argument of the provider from the environment.
func (l *learner) export(name, value string) *learner {
	l.t.Setenv(name, value)
	fmt.Fprintf(l.out, "%s = %q\n", name, l.masked(value))
	if strings.HasSuffix(name, "_URL") {
		l.block["base_url"] = nil
	}
	return l
}

// try applies a configuration without a mistake under an argument of the
// provider.
func (l *learner) try(argument string, value any) {
	l.block[argument] = value
	l.asks("provider", "", map[string]any{argument: value})
	l.apply("slack", slack())
}

// configure configures the provider, which is where a mistake shows.
func (l *learner) configure() { l.hears(NewProtocol(l.t).Configure(l.block)) }

func (l *learner) apply(kind string, config map[string]any) {
	l.asks("gitlabservices_"+kind, "", config)
	p := NewProtocol(l.t)
	diags := p.Configure(l.block)
	if len(diags.Errors()) == 0 {
		_, more := p.resource("gitlabservices_"+kind).Set(Object{}, config)
		diags = append(diags, more...)
	}
	l.hears(diags)
}

func (l *learner) connect(kind string) *ProtocolResource {
	p := NewProtocol(l.t)
	if diags := p.Configure(l.block); len(diags) > 0 {
		l.t.Fatal(diags)
	}
	return p.resource("gitlabservices_" + kind)
}

func (l *learner) imports(kind, id string) {
	l.asks("gitlabservices_"+kind, fmt.Sprintf("is imported as %q", id), nil)
	_, diags := l.connect(kind).Import(id, nil)
	l.hears(diags)
}

func (l *learner) reads(name string, config map[string]any) {
	l.asks("data gitlabservices_"+name, "", config)
	_, diags := l.connect("slack").ReadData(name, config)
	l.hears(diags)
}

// asks writes down what the learner does.
func (l *learner) asks(what, how string, config map[string]any) {
	fmt.Fprintf(l.out, "%s\n", strings.TrimSpace(what+" "+how))
	for _, name := range slices.Sorted(maps.Keys(config)) {
		value, _ := json.Marshal(config[name])
		fmt.Fprintf(l.out, "  %s = %s\n", name, l.masked(string(value)))
	}
}

// hears writes down what is said to the learner, in which no secret may stand.
func (l *learner) hears(diags Diagnostics) {
	if len(diags) == 0 {
		l.out.WriteString("> (nothing: it works)\n")
	}
	for i := range diags {
		text := l.masked(strings.TrimSpace(diags[i : i+1].String()))
		for _, secret := range []string{l.Token(), "glpat", "T0/B0", "-password", "-token\"", "hooks/secret"} {
			if strings.Contains(text, secret) {
				l.t.Errorf("a secret is told: %s", text)
			}
		}
		fmt.Fprintf(l.out, "> %s\n", strings.ReplaceAll(text, "\n", "\n> "))
	}
}

// ports and files are different each time.
var (
	localPort = regexp.MustCompile(`(127\.0\.0\.1|localhost):[0-9]{2,}`)
	ownPorts  = regexp.MustCompile(`read tcp 127\.0\.0\.1:[0-9]+->`)
	ownTokens = regexp.MustCompile(`glpat-[0-9A-Z]{20,}`)
)

func (l *learner) masked(text string) string {
	text = ownTokens.ReplaceAllString(text, "glpat-token")
	text = strings.NewReplacer(l.Server.URL(), "https://gitlab.example.com", os.TempDir(), "/tmp").Replace(text)
	return localPort.ReplaceAllString(ownPorts.ReplaceAllString(text, "read tcp "), "$1:port")
}

// behindProxy configures the provider in a process of its own, whose proxy is
// settled once, and reads a service.
func (l *learner) behindProxy(proxy string, block map[string]any) {
	fmt.Fprintf(l.out, "HTTPS_PROXY = %q\n", l.masked(proxy))
	l.asks("provider", "", block)
	block["retries"] = 0
	if authority := l.block["cacert_file"]; authority != nil {
		block["cacert_file"] = authority
	}
	text, err := json.Marshal(block)
	failOn(l.t, err)
	child := exec.CommandContext(l.t.Context(), os.Args[0], "-test.run=^TestInsideAProxy$", "-test.v")
	child.Env = append(os.Environ(), insideProxy+"="+string(text), "HTTPS_PROXY="+proxy, "https_proxy="+proxy, "NO_PROXY=", "no_proxy=")
	output, err := child.CombinedOutput()
	if err != nil {
		l.t.Fatalf("%s\n%s", err, output)
	}
	_, told, _ := strings.Cut(string(output), "<<<")
	told, _, found := strings.Cut(told, ">>>")
	var diags Diagnostics
	if err := json.Unmarshal([]byte(told), &diags); err != nil || !found {
		l.t.Fatalf("%v\n%s", err, output)
	}
	l.hears(diags)
}

// insideProxy is the provider block of [TestInsideAProxy].
const insideProxy = "TEST_BLOCK_INSIDE_A_PROXY"

// TestInsideAProxy is the process of learner.behindProxy.
func TestInsideAProxy(t *testing.T) {
	text := os.Getenv(insideProxy)
	if text == "" {
		return
	}
	var block map[string]any
	failOn(t, json.Unmarshal([]byte(text), &block))
	block["retries"] = 0
	diags, err := json.Marshal(configureAndRead(t, block))
	failOn(t, err)
	fmt.Printf("<<<%s>>>\n", diags)
}

// gitlabCom is a proxy behind which all addresses lead to the GitLab of the
// test, which has a certificate of gitlab.com.
func (l *learner) gitlabCom() string {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	failOn(l.t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"gitlab.com"}, NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	failOn(l.t, err)
	secure := httptest.NewUnstartedServer(l.Server)
	secure.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{certificate}, PrivateKey: key}}}
	secure.StartTLS()
	l.t.Cleanup(secure.Close)
	l.block["cacert_file"] = l.file("ca.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}))
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		near, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer func() { _ = near.Close() }()
		far, err := (&net.Dialer{}).DialContext(r.Context(), "tcp", secure.Listener.Addr().String())
		if err != nil {
			return
		}
		defer func() { _ = far.Close() }()
		_, _ = near.Write([]byte("HTTP/1.1 200 Connection established\r\n\r\n"))
		go func() { _, _ = io.Copy(far, near) }()
		_, _ = io.Copy(near, far)
	}))
	l.t.Cleanup(proxy.Close)
	return proxy.URL
}
