package gitlab

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const testToken = "glpat-Xy7-test-token"

// waits collects what a client would have waited.
type waits struct {
	mu   sync.Mutex
	list []time.Duration
}

func (w *waits) add(wait time.Duration) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = append(w.list, wait)
	return 0
}

// newTestClient gives a client that never waits, with the mean of every jitter,
// and the waits it left out.
func newTestClient(t *testing.T, cfg Config) (*Client, *waits) {
	t.Helper()
	if cfg.Token == "" {
		cfg.Token = testToken
	}
	client, err := NewClient(cfg)
	if err != nil {
		t.Fatal(err)
	}
	var left waits
	client.pause = left.add
	client.random = func() float64 { return 0.5 }
	clock := newClock()
	client.pace.now, client.pace.sleep = clock.now, clock.sleep
	return client, &left
}

// serve gives a GitLab that answers with the handler, and its address.
func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// answerWith gives a handler with one answer to everything.
func answerWith(status int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// asError gives the *Error that every request has to fail with.
func asError(t *testing.T, err error) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %T (%v), want an *Error", err, err)
	}
	return e
}

const slackAnswer = `{"id":7,"title":"Slack","slug":"slack","created_at":"2024-05-01T10:00:00.000Z","updated_at":"2024-05-02T10:00:00.123Z","active":true,"push_events":true,"properties":{"username":"bot"}}`

func TestBaseURLIsTakenWithAndWithoutTheAPIPath(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"":                                         "https://gitlab.com/api/v4",
		"https://gitlab.example.com":               "https://gitlab.example.com/api/v4",
		"https://gitlab.example.com/":              "https://gitlab.example.com/api/v4",
		"\thttps://gitlab.example.com/api/v4\n":    "https://gitlab.example.com/api/v4",
		"https://gitlab.example.com/api/v4/":       "https://gitlab.example.com/api/v4",
		"https://gitlab.example.com/api/v4//":      "https://gitlab.example.com/api/v4",
		"http://localhost:8080/gitlab":             "http://localhost:8080/gitlab/api/v4",
		"http://localhost:8080/gitlab/":            "http://localhost:8080/gitlab/api/v4",
		"http://localhost:8080/gitlab/api/v4":      "http://localhost:8080/gitlab/api/v4",
		"http://localhost:8080/gitlab/api/v4/":     "http://localhost:8080/gitlab/api/v4",
		"https://example.com/a%2Fb/":               "https://example.com/a%2Fb/api/v4",
		"https://u:p@gitlab.example.com/":          "https://gitlab.example.com/api/v4",
		"HTTPS://gitlab.example.com/rapidapi/root": "https://gitlab.example.com/rapidapi/root/api/v4",
	} {
		client, err := NewClient(Config{BaseURL: given})
		if err != nil {
			t.Errorf("%q: %v", given, err)
			continue
		}
		if client.root != want {
			t.Errorf("%q: root is %s, want %s", given, client.root, want)
		}
	}
}

func TestConfigThatCannotWorkIsRefusedByName(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	noPEM := filepath.Join(dir, "no.pem")
	if err := os.WriteFile(noPEM, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(dir, "missing")
	for name, test := range map[string]struct {
		cfg   Config
		field string
	}{
		"no scheme":                  {Config{BaseURL: "gitlab.example.com"}, "base_url"},
		"another scheme":             {Config{BaseURL: "ftp://gitlab.example.com"}, "base_url"},
		"no host":                    {Config{BaseURL: "https://"}, "base_url"},
		"no host but a port":         {Config{BaseURL: "https://:443"}, "base_url"},
		"no URL":                     {Config{BaseURL: "https://hunter2:hunter2"}, "base_url"},
		"a query":                    {Config{BaseURL: "https://gitlab.example.com/?hunter2"}, "base_url"},
		"an empty query":             {Config{BaseURL: "https://gitlab.example.com/?"}, "base_url"},
		"a pace without end":         {Config{RequestsPerSecond: math.Inf(1)}, "requests_per_second"},
		"a fragment":                 {Config{BaseURL: "https://gitlab.example.com/#hunter2"}, "base_url"},
		"a port that is no number":   {Config{BaseURL: "https://gitlab.example.com:port"}, "base_url"},
		"a password and no scheme":   {Config{BaseURL: "user:hunter2@gitlab.example.com"}, "base_url"},
		"a password and a query":     {Config{BaseURL: "https://user:hunter2@gitlab.example.com/?x=y"}, "base_url"},
		"another version of the API": {Config{BaseURL: "https://user:hunter2@gitlab.example.com/api/v3"}, "base_url"},
		"a blank":                    {Config{BaseURL: "https://gitlab.example.com/a hunter2"}, "base_url"},
		"a path inside the API":      {Config{BaseURL: "https://gitlab.example.com/api/v4/projects"}, "base_url"},
		"negative retries":           {Config{Retries: -1}, "retries"},
		"a negative pace":            {Config{RequestsPerSecond: -1}, "requests_per_second"},
		"a pace that is no number":   {Config{RequestsPerSecond: math.NaN()}, "requests_per_second"},
		"a negative timeout":         {Config{RequestTimeout: -1}, "request_timeout"},
		"another auth scheme":        {Config{AuthScheme: "basic"}, "auth_scheme"},
		"a token with a line break":  {Config{Token: "hunter2\n"}, "token"},
		"a token in quotes":          {Config{Token: `"hunter2"`}, "token"},
		"a header without a name":    {Config{Headers: map[string]string{"": "x"}}, "headers"},
		"a header with a blank":      {Config{Headers: map[string]string{"X Y": "x"}}, "headers"},
		"a header in one":            {Config{Headers: map[string]string{"X-Login: hunter2": ""}}, "headers"},
		"a value with a line break":  {Config{Headers: map[string]string{"X": "hunter2\r\nY: z"}}, "headers"},
		"a header of our own":        {Config{Headers: map[string]string{"content-type": "x"}}, "headers"},
		"the token twice":            {Config{Token: "hunter2", Headers: map[string]string{"private-token": "x"}}, "headers"},
		"no file of authorities":     {Config{CACertFile: missing}, "cacert_file"},
		"no PEM of authorities":      {Config{CACertFile: noPEM}, "cacert_file"},
		"a certificate alone":        {Config{ClientCert: noPEM}, "client_key"},
		"a key alone":                {Config{ClientKey: noPEM}, "client_cert"},
		"no file of a certificate":   {Config{ClientCert: missing, ClientKey: noPEM}, "client_cert"},
		"no file of a key":           {Config{ClientCert: noPEM, ClientKey: missing}, "client_key"},
		"a key and no path":          {Config{ClientCert: noPEM, ClientKey: "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n"}, "client_key"},
		"a key in one line":          {Config{ClientCert: noPEM, ClientKey: `-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----`}, "client_key"},
		"a key in base64":            {Config{ClientCert: noPEM, ClientKey: "LS0tLS1CRUdJhunter2"}, "client_key"},
		"a pair and no path":         {Config{ClientCert: "-----BEGIN CERTIFICATE-----\nhunter2\n", ClientKey: noPEM}, "client_cert"},
		"authorities and no path":    {Config{CACertFile: "-----BEGIN CERTIFICATE-----\nhunter2\n"}, "cacert_file"},
		"a certificate without PEM":  {Config{ClientCert: noPEM, ClientKey: noPEM}, "client_cert"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := NewClient(test.cfg)
			var refused *ConfigError
			if !errors.As(err, &refused) {
				t.Fatalf("got %v, want a *ConfigError", err)
			}
			if refused.Field != test.field {
				t.Errorf("field %s, want %s (%v)", refused.Field, test.field, err)
			}
			if !strings.HasPrefix(err.Error(), test.field+": ") || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the text is %q", err)
			}
		})
	}
	if err := CheckBaseURL("https://gitlab.acme.test/api/v3"); err == nil || strings.Contains(err.Error(), "acme") {
		t.Errorf("the address of another API: %v", err)
	}
	if err := CheckBaseURL("https://gitlab.example.com/api/v4"); err != nil {
		t.Errorf("the address of the API: %v", err)
	}
	for _, cfg := range []Config{{CACertFile: missing}, {ClientCert: missing, ClientKey: noPEM}, {ClientCert: noPEM, ClientKey: missing}} {
		if _, err := NewClient(cfg); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the cause is lost: %v", err)
		}
	}
	for name, test := range map[string]struct {
		cfg         Config
		says, never string
	}{
		"a certificate alone":      {Config{ClientCert: noPEM}, "together", ""},
		"a key alone":              {Config{ClientKey: noPEM}, "together", ""},
		"a header with a blank":    {Config{Headers: map[string]string{"X Y": "x"}}, `"X Y", which is not the name`, "colon"},
		"a header in one":          {Config{Headers: map[string]string{"X-Login: x": ""}}, `"X-Login" and a colon`, ""},
		"no file of authorities":   {Config{CACertFile: missing}, missing, ""},
		"no file of a certificate": {Config{ClientCert: missing, ClientKey: noPEM}, missing, ""},
		"no file of a key":         {Config{ClientCert: noPEM, ClientKey: missing}, "cannot be read", missing},
		"a pair in one line":       {Config{ClientCert: `-----BEGIN CERTIFICATE-----\nMIIB`, ClientKey: noPEM}, "not what is in it", "MIIB"},
		"authorities in base64":    {Config{CACertFile: "MIIB\nMIIC\n"}, "not what is in it", "MIIB"},
	} {
		_, err := NewClient(test.cfg)
		if err == nil || !strings.Contains(err.Error(), test.says) || test.never != "" && strings.Contains(err.Error(), test.never) {
			t.Errorf("%s: %v, want %q in it and no %q", name, err, test.says, test.never)
		}
	}
}

func TestRequestsCarryTheHeadersOfTheConfig(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		cfg  Config
		user string
		want map[string]string
	}{
		"private token by default": {
			cfg:  Config{Token: "tok-1", UserAgent: "provider/1.0"},
			want: map[string]string{"Private-Token": "tok-1", "Authorization": "", "User-Agent": "provider/1.0", "Accept": "application/json"},
		},
		"private token by name": {
			cfg:  Config{Token: "tok-1", AuthScheme: "private_token", Headers: map[string]string{"x-proxy": "letmein"}},
			want: map[string]string{"Private-Token": "tok-1", "X-Proxy": "letmein"},
		},
		"a tab in a header, and no agent": {
			cfg:  Config{Headers: map[string]string{"x-proxy": "let\tme in"}},
			want: map[string]string{"X-Proxy": "let\tme in", "User-Agent": "Go-http-client/1.1"},
		},
		"bearer": {
			cfg:  Config{Token: "tok-1", AuthScheme: "bearer"},
			user: "u:p@",
			want: map[string]string{"Private-Token": "", "Authorization": "Bearer tok-1"},
		},
		"user name and password for a proxy": {
			cfg:  Config{Token: "tok-1"},
			user: "u:p@",
			want: map[string]string{"Private-Token": "tok-1", "Authorization": "Basic dTpw"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got http.Header
			cfg := test.cfg
			cfg.BaseURL = strings.Replace(serve(t, func(w http.ResponseWriter, r *http.Request) {
				got = r.Header.Clone()
				_, _ = w.Write([]byte(slackAnswer))
			}), "://", "://"+test.user, 1)
			client, _ := newTestClient(t, cfg)
			if _, err := client.PutService(t.Context(), inProject("42"), "slack", Settings{}); err != nil {
				t.Fatal(err)
			}
			for key, value := range test.want {
				if got.Get(key) != value {
					t.Errorf("%s is %q, want %q", key, got.Get(key), value)
				}
			}
			if got.Get("Content-Type") != "application/json" {
				t.Errorf("Content-Type is %q", got.Get("Content-Type"))
			}
			if _, err := client.GetService(t.Context(), inProject("42"), "slack"); err != nil || got.Get("Content-Type") != "" {
				t.Errorf("Content-Type of a request without a body is %q (%v)", got.Get("Content-Type"), err)
			}
		})
	}
	t.Run("no token", func(t *testing.T) {
		t.Parallel()
		client, err := NewClient(Config{AuthScheme: "bearer"})
		if err != nil {
			t.Fatal(err)
		}
		if value, ok := client.header["Authorization"]; ok {
			t.Errorf("Authorization is %q", value)
		}
	})
}

func TestTransportIsWideAndSafe(t *testing.T) {
	t.Parallel()
	client, err := NewClient(Config{})
	if err != nil {
		t.Fatal(err)
	}
	transport, ok := client.transport.(*http.Transport)
	if !ok {
		t.Fatalf("the transport is a %T", client.transport)
	}
	switch {
	case transport.MaxIdleConnsPerHost < 64, transport.MaxIdleConns < 64:
		t.Error("too few idle connections are kept")
	case transport.HTTP2 == nil || transport.HTTP2.SendPingTimeout <= 0 || transport.HTTP2.PingTimeout <= 0:
		t.Error("a dead connection looks alive")
	case transport.DisableKeepAlives:
		t.Error("connections are not kept")
	case !transport.ForceAttemptHTTP2:
		t.Error("HTTP/2 is not attempted")
	case transport.Proxy == nil:
		t.Error("the proxy of the environment is ignored")
	case transport.TLSClientConfig.MinVersion < tls.VersionTLS12:
		t.Error("TLS before 1.2 is allowed")
	case transport.TLSClientConfig.InsecureSkipVerify:
		t.Error("certificates are not checked")
	}
	if client.timeout != 60*time.Second {
		t.Errorf("an attempt may take %s", client.timeout)
	}
}

// TestAClientWaitsForReal where no test has it do otherwise.
func TestAClientWaitsForReal(t *testing.T) {
	t.Parallel()
	client, err := NewClient(Config{})
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := client.pace.sleep(ended, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("a wait that is interrupted ends with %v", err)
	}
	if got := client.pause(time.Minute); got != time.Minute {
		t.Errorf("of a minute, %s are waited", got)
	}
	if got := client.random(); got < 0 || got >= 1 {
		t.Errorf("the jitter is %v", got)
	}
	empty, home := client.pages.size(&placePage{}), &Home{ID: 1, Path: strings.Repeat("a", 200)}
	if empty <= 0 || client.overviews.size(&Overview{size: 1}) != 1 || client.overviews.size(refusing(nil)) <= 0 || client.overviews.size(failedOverview) <= 0 {
		t.Error("what is kept takes no room")
	}
	if got, least := client.pages.size(&placePage{homes: []*Home{home, home}}), empty+2*len(home.Path); got < least {
		t.Errorf("a page of two places takes %d bytes, want %d at least", got, least)
	}
}

func TestHeadersOfTheConfigAreSecrets(t *testing.T) {
	t.Parallel()
	client, _ := newTestClient(t, Config{Headers: map[string]string{"X-Proxy": "proxy-secret-1", "X-Login": "Basic proxy-secret-2"},
		BaseURL: serve(t, answerWith(400, "text/plain", "no proxy-secret-1, no Basic proxy-secret-2 and no proxy-secret-2 in here"))})
	_, err := client.GetService(t.Context(), inProject("42"), "slack")
	if e := asError(t, err); strings.Contains(e.Error(), "proxy-secret") || !strings.Contains(e.Error(), "in here") {
		t.Error(e)
	}
}

// TestATokenInTheAddressIsASecret: it is often put there alone.
func TestATokenInTheAddressIsASecret(t *testing.T) {
	t.Parallel()
	for _, user := range []string{"address-secret@", "somebody:address-secret@"} {
		own := serve(t, answerWith(400, "text/plain", "no address-secret in here"))
		client, _ := newTestClient(t, Config{BaseURL: strings.Replace(own, "://", "://"+user, 1)})
		_, err := client.GetService(t.Context(), inProject("42"), "slack")
		if e := asError(t, err); strings.Contains(e.Error(), "address-secret") || !strings.Contains(e.Error(), "in here") {
			t.Errorf("%s: %v", user, e)
		}
	}
}

func TestWhoeverSaysNothingOfItselfIsAnonymous(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		cfg  Config
		want bool
	}{
		"nothing":             {Config{}, true},
		"a token":             {Config{Token: "t"}, false},
		"a header":            {Config{Headers: map[string]string{"X": "y"}}, false},
		"a user in base_url":  {Config{BaseURL: "https://u:p@gitlab.example.com"}, false},
		"an address is no id": {Config{BaseURL: "https://gitlab.example.com"}, true},
	} {
		client, err := NewClient(test.cfg)
		if err != nil {
			t.Fatal(err)
		}
		if got := client.Anonymous(); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestAPageMayBeAboutTheScheme(t *testing.T) {
	t.Parallel()
	const text = "The plain HTTP request was sent to HTTPS port"
	for scheme, want := range map[string]string{"http": "the server speaks https, so let base_url begin with https://", "https": pageHint} {
		if got := aboutPage(&url.URL{Scheme: scheme}, text); got != want {
			t.Errorf("%s: %q", scheme, got)
		}
	}
	for _, other := range []string{"https", "an HTTP request", ""} {
		if got := aboutPage(&url.URL{Scheme: "http"}, other); got != pageHint {
			t.Errorf("%q: %q", other, got)
		}
	}
}

func TestAuthoritiesOfTheSystemStayTrusted(t *testing.T) {
	t.Parallel()
	system, err := x509.SystemCertPool()
	if err != nil {
		t.Fatal(err)
	}
	cert, _ := writeKeyPair(t)
	pem, err := os.ReadFile(cert)
	if err != nil || !system.AppendCertsFromPEM(pem) {
		t.Fatal(err)
	}
	config, err := Config{CACertFile: cert}.TLS()
	if err != nil || !config.RootCAs.Equal(system) {
		t.Errorf("the authority is all that is trusted (%v)", err)
	}
}

// TestAuthoritiesOfOnesOwnAreTrustedWhereThoseOfTheSystemCannotBeRead runs
// itself in a process that cannot: Go reads them once a process.
func TestAuthoritiesOfOnesOwnAreTrustedWhereThoseOfTheSystemCannotBeRead(t *testing.T) {
	t.Parallel()
	const inside = "TEST_WITHOUT_AUTHORITIES"
	if cert := os.Getenv(inside); cert != "" {
		if config, err := (Config{CACertFile: cert}).TLS(); err != nil || config.RootCAs == nil {
			t.Errorf("nobody is trusted (%v)", err)
		}
		return
	}
	cert, _ := writeKeyPair(t)
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
	// A folder in the place of a file is there, and cannot be read.
	child.Env = append(os.Environ(), inside+"="+cert, "SSL_CERT_FILE="+t.TempDir(), "SSL_CERT_DIR="+filepath.Join(t.TempDir(), "missing"))
	if output, err := child.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

func TestHeadersWithoutEndAreRefused(t *testing.T) {
	t.Parallel()
	client, _ := newTestClient(t, Config{BaseURL: serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Long", strings.Repeat("x", 2*maxHeader))
		_, _ = w.Write([]byte(slackAnswer))
	})})
	_, err := client.GetService(t.Context(), inProject("42"), "slack")
	if e := asError(t, err); !strings.Contains(e.Message, "headers exceeded") {
		t.Error(e)
	}
}

func TestTLSFollowsTheConfig(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 {
			t.Errorf("asked over %s, want HTTP/2", r.Proto)
		}
		answerWith(200, "application/json", slackAnswer)(w, r)
	}))
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // of the handshakes that are to fail
	server.StartTLS()
	t.Cleanup(server.Close)
	authority := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(authority, block, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, cfg := range map[string]Config{
		"insecure":                 {Insecure: true},
		"an authority of its own":  {CACertFile: authority},
		"an authority and retries": {CACertFile: authority, Retries: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg.BaseURL = server.URL
			client, _ := newTestClient(t, cfg)
			if _, err := client.GetService(t.Context(), inProject("42"), "slack"); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("an unknown authority is not retried", func(t *testing.T) {
		t.Parallel()
		client, left := newTestClient(t, Config{BaseURL: server.URL, Retries: 5})
		_, err := client.GetService(t.Context(), inProject("42"), "slack")
		e := asError(t, err)
		if e.Attempts != 1 || len(left.list) != 0 || e.Reason() != NotConnected || !strings.Contains(e.Message, "cacert_file") {
			t.Errorf("%d attempts, reason %d: %v", e.Attempts, e.Reason(), e)
		}
	})
	t.Run("a server without TLS is not retried", func(t *testing.T) {
		t.Parallel()
		plain := serve(t, answerWith(200, "application/json", slackAnswer))
		client, _ := newTestClient(t, Config{BaseURL: strings.Replace(plain, "http:", "https:", 1), Retries: 5})
		_, err := client.GetService(t.Context(), inProject("42"), "slack")
		if e := asError(t, err); e.Attempts != 1 || !strings.Contains(e.Message, "http://") {
			t.Errorf("%d attempts: %v", e.Attempts, e)
		}
	})
}

func TestOneServerHasManySpellings(t *testing.T) {
	t.Parallel()
	for other, want := range map[string]bool{
		"https://gitlab.example.com/x": true, "https://GitLab.example.com": true, "https://gitlab.example.com:443/": true,
		"https://other.example.com": false, "http://gitlab.example.com": false, "http://gitlab.example.com:443": false, "https://gitlab.example.com:80": false, "https://gitlab.example.com:8443": false,
	} {
		a, err := url.Parse("https://gitlab.example.com/api/v4")
		if err != nil {
			t.Fatal(err)
		}
		b, err := url.Parse(other)
		if err != nil {
			t.Fatal(err)
		}
		if sameServer(a, b) != want || sameServer(b, a) != want {
			t.Errorf("%s is the same server: %t, want %t", other, !want, want)
		}
	}
	plain, explicit := &url.URL{Scheme: "http", Host: "x"}, &url.URL{Scheme: "http", Host: "x:80"}
	if !sameServer(plain, explicit) || sameServer(plain, &url.URL{Scheme: "http", Host: "x:443"}) {
		t.Error("the port of http is another than 80")
	}
}

// TestAProxyLeadsToAGitLabThatSpeaksHTTPS: it connects, and says no more than
// that it does.
func TestAProxyLeadsToAGitLabThatSpeaksHTTPS(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(answerWith(200, "application/json", slackAnswer))
	t.Cleanup(server.Close)
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var dialer net.Dialer
		there, err := dialer.DialContext(r.Context(), "tcp", r.Host)
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = there.Close() }()
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = here.Close() }()
		_, _ = here.Write([]byte("HTTP/1.1 200 Connection established\r\n\r\n"))
		go func() { _, _ = io.Copy(there, here) }()
		_, _ = io.Copy(here, there)
	})
	at, err := url.Parse(proxy)
	if err != nil {
		t.Fatal(err)
	}
	client, _ := newTestClient(t, Config{BaseURL: server.URL, Insecure: true})
	client.transport.(*http.Transport).Proxy = http.ProxyURL(at)
	if err := operations["PUT"](t.Context(), client); err != nil {
		t.Error(err)
	}
}

// TestAProxyThatWantsAPasswordIsNotAskedAgain: for http it answers in GitLab's
// place, for https before there is a way to GitLab.
func TestAProxyThatWantsAPasswordIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	for _, scheme := range []string{"http", "https"} {
		for _, status := range []int{http.StatusProxyAuthRequired, http.StatusBadGateway} {
			t.Run(fmt.Sprintf("%s %d", scheme, status), func(t *testing.T) {
				t.Parallel()
				var asked atomic.Int32
				proxy := serve(t, func(w http.ResponseWriter, _ *http.Request) {
					asked.Add(1)
					w.WriteHeader(status)
				})
				client, _ := newTestClient(t, Config{BaseURL: scheme + "://gitlab.example.com", Retries: 2})
				at, err := url.Parse(proxy)
				if err != nil {
					t.Fatal(err)
				}
				client.transport.(*http.Transport).Proxy = http.ProxyURL(at)
				e := asError(t, operations["PUT"](t.Context(), client))
				switch {
				case status == http.StatusProxyAuthRequired:
					if e.Reason() != ProxyAuth || e.Attempts != 1 || asked.Load() != 1 || !strings.Contains(e.Error(), "407 Proxy Authentication Required") {
						t.Errorf("asked %d times: %#v", asked.Load(), e)
					}
				case e.Attempts != 3 || asked.Load() != 3:
					t.Errorf("asked %d times: %#v", asked.Load(), e)
				case scheme == "https" && !strings.HasSuffix(e.Message, "the proxy does not connect to it (502 Bad Gateway)"):
					t.Errorf("it says %q", e.Message)
				}
			})
		}
	}
}

func TestClientCertificateIsShown(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(answerWith(200, "application/json", slackAnswer))
	server.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert, MinVersion: tls.VersionTLS12}
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // of the handshake that is to fail
	server.StartTLS()
	t.Cleanup(server.Close)
	cert, key := writeKeyPair(t)

	client, _ := newTestClient(t, Config{BaseURL: server.URL, Insecure: true, ClientCert: cert, ClientKey: key})
	if _, err := client.GetService(t.Context(), inProject("42"), "slack"); err != nil {
		t.Errorf("with the certificate: %v", err)
	}
	client, _ = newTestClient(t, Config{BaseURL: server.URL, Insecure: true, Retries: 5})
	_, err := client.GetService(t.Context(), inProject("42"), "slack")
	if e := asError(t, err); e.Attempts != 1 || !strings.Contains(e.Message, "certificate") {
		t.Errorf("without the certificate, %d attempts: %v", e.Attempts, e)
	}
}

// noteIn gives a log that adds its lines to others.
func noteIn(lines *[]string) func(context.Context, string, map[string]any) {
	return func(_ context.Context, msg string, fields map[string]any) {
		*lines = append(*lines, fmt.Sprintf("%s %v", msg, fields))
	}
}

func TestLogHasALineARequestAndARetryAndNoSecret(t *testing.T) {
	t.Parallel()
	const secret = "hook-secret-77"
	var lines []string
	var asked atomic.Int32
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Request-Id", "req-1-"+secret)
		if asked.Add(1) == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte(slackAnswer))
	})
	client, _ := newTestClient(t, Config{BaseURL: url, Retries: 1, Headers: map[string]string{"X-Proxy": "proxy-secret"}, Log: noteIn(&lines)})
	_, err := client.PutService(t.Context(), inProject("group/"+secret), "slack", Settings{
		Values:  map[string]any{"webhook": secret, "username": "somebody"},
		Secrets: []string{secret},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 3 {
		t.Fatalf("%d lines: %q", len(lines), lines)
	}
	for i, wants := range [][]string{
		{"GitLab request map", "status:503"},
		{"GitLab request is sent again map", "wait_ms:500", "status:503", "path:/api/v4/projects/"},
		{"GitLab request map", "status:200"},
	} {
		for _, want := range wants {
			if !strings.Contains(lines[i], want) {
				t.Errorf("line %d has no %q: %s", i, want, lines[i])
			}
		}
	}
	text := strings.Join(lines, "\n")
	for _, never := range []string{secret, testToken, "proxy-secret", "somebody"} {
		if strings.Contains(text, never) {
			t.Errorf("%q is in the log:\n%s", never, text)
		}
	}
	if !strings.Contains(text, "req-1-***") || !strings.Contains(text, "PUT") || !strings.Contains(text, "/api/v4/projects/") {
		t.Errorf("the log lacks the request:\n%s", text)
	}
}

func TestPaceHoldsRequestsBack(t *testing.T) {
	t.Parallel()
	url := serve(t, answerWith(200, "application/json", slackAnswer))
	client, _ := newTestClient(t, Config{BaseURL: url, RequestsPerSecond: 0.0001})
	if _, err := client.GetService(t.Context(), inProject("42"), "slack"); err != nil {
		t.Fatalf("the first request: %v", err)
	}
	// The second is due in hours, which the limiter can tell at once from the
	// deadline.
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	_, err := client.PutService(ctx, inProject("42"), "slack", Settings{})
	if e := asError(t, err); !errors.Is(err, context.DeadlineExceeded) || e.Attempts != 1 || e.Reason() != Interrupted {
		t.Errorf("the second request: %v", err)
	}
}

// countConnections counts the connections that a server is ever given.
func countConnections(t *testing.T, handler http.HandlerFunc) (url string, opened *atomic.Int32) {
	t.Helper()
	opened = new(atomic.Int32)
	server := httptest.NewUnstartedServer(handler)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	return server.URL, opened
}

func TestConnectionsStayAtTheNumberOfParallelOperations(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ parallel, each int }{{50, 1}, {10, 40}} {
		t.Run(fmt.Sprintf("%d parallel, %d each", test.parallel, test.each), func(t *testing.T) {
			t.Parallel()
			// The first round meets in the server, so that as many connections as
			// operations are open from then on.
			var round sync.WaitGroup
			round.Add(test.parallel)
			var seen atomic.Int32
			url, opened := countConnections(t, func(w http.ResponseWriter, r *http.Request) {
				if int(seen.Add(1)) <= test.parallel {
					round.Done()
					round.Wait()
				}
				switch r.Method {
				case http.MethodDelete:
					w.WriteHeader(http.StatusNoContent)
				case http.MethodGet: // an error with a body has to be read to its end as well
					answerWith(404, "application/json", `{"message":"404 Project Not Found"}`)(w, r)
				default:
					_, _ = w.Write([]byte(slackAnswer))
				}
			})
			client, _ := newTestClient(t, Config{BaseURL: url})
			var workers sync.WaitGroup
			for range test.parallel {
				workers.Go(func() {
					for i := range test.each {
						var err error
						switch i % 3 {
						case 0:
							_, err = client.PutService(t.Context(), inProject("42"), "slack", Settings{Values: map[string]any{"a": 1}})
						case 1:
							if _, err = client.GetService(t.Context(), inProject("42"), "slack"); err != nil {
								var e *Error
								if errors.As(err, &e) && e.Reason() == PlaceNotFound {
									err = nil
								}
							}
						default:
							err = client.DeleteService(t.Context(), inProject("42"), "slack")
						}
						if err != nil {
							t.Error(err)
						}
					}
				})
			}
			workers.Wait()
			if n := int(opened.Load()); n > test.parallel {
				t.Errorf("%d connections for %d parallel operations", n, test.parallel)
			}
		})
	}
}

func TestRetriesKeepTheConnection(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	url, opened := countConnections(t, func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) <= 4 {
			answerWith(502, "text/html", "<html>"+strings.Repeat("x", 100_000))(w, r)
			return
		}
		_, _ = w.Write([]byte(slackAnswer))
	})
	client, _ := newTestClient(t, Config{BaseURL: url, Retries: 2})
	for range 2 { // the first operation fails for good, which must not close the connection either
		_, _ = client.GetService(t.Context(), inProject("42"), "slack")
	}
	if asked.Load() != 5 || opened.Load() != 1 {
		t.Errorf("%d requests over %d connections", asked.Load(), opened.Load())
	}
}
