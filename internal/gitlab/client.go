// Package gitlab speaks to GitLab's REST API about the services (integrations)
// of projects and groups: one PUT, one GET, one DELETE, and the lists of a
// place's services and of projects.
//
// It serves every GitLab from 10.x to 19.x through the one path all of them
// know, /projects/:id/services/:slug, and groups from 17.9 on. It knows nothing
// of Terraform, and what varies between services travels through it untouched
// as JSON.
//
// See https://docs.gitlab.com/api/project_integrations/,
// https://docs.gitlab.com/api/group_integrations/ and
// https://docs.gitlab.com/api/rest/.
package gitlab

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	"github.com/hashicorp/go-cleanhttp"
	"golang.org/x/time/rate"
)

const (
	defaultBaseURL = "https://gitlab.com/api/v4"
	apiSuffix      = "/api/v4"
	defaultTimeout = 60 * time.Second

	schemePrivateToken = "private_token"
	schemeBearer       = "bearer"

	// maxIdleConns keeps a connection for every operation that Terraform may run
	// at once. Go's default of two a host, and go-cleanhttp's of one a processor,
	// would close and reopen connections under `-parallelism=50`.
	maxIdleConns = 100

	// maxHeader is how long the headers of an answer may be, in bytes. GitLab's
	// are about 2 kB.
	maxHeader = 256 << 10
)

// Config says how to reach a GitLab. The zero value is gitlab.com without a
// token, without retries and without pace.
type Config struct {
	// BaseURL is the address of the GitLab, with or without /api/v4 and a trailing
	// slash; a relative URL root (https://example.com/gitlab) works. Empty means
	// https://gitlab.com/api/v4.
	BaseURL string
	// Token is a personal, project, group or OAuth access token with the scope
	// api. Empty sends none.
	Token string
	// AuthScheme is "private_token" (also when empty) for the header
	// PRIVATE-TOKEN, the only one that every GitLab accepts for personal, project
	// and group tokens, or "bearer" for Authorization: Bearer, which OAuth tokens
	// need.
	AuthScheme string
	// CACertFile is the path of a PEM file with certificates trusted besides those
	// of the system.
	CACertFile string
	// ClientCert and ClientKey are the paths of a PEM certificate and its key,
	// given together or not at all.
	ClientCert, ClientKey string
	// Insecure switches off the check of GitLab's TLS certificate.
	Insecure bool
	// Headers are sent with every request. Their values count as secrets.
	Headers map[string]string
	// Retries is how many times a request is sent again after the first attempt; 0
	// is never. A wait between two attempts is at most 30 s, or as long as GitLab
	// asks for, up to 2 min; where it asks for more, the request fails at once.
	Retries int
	// RequestsPerSecond paces the requests, retries included, over all callers of
	// the client; 0 is no limit.
	RequestsPerSecond float64
	// RequestTimeout bounds one attempt, reading the body included but not the
	// waits before it; 0 is 60 s.
	RequestTimeout time.Duration
	// UserAgent is the header User-Agent; empty leaves Go's own.
	UserAgent string
	// Log receives one debug line a request sent and one a retry, or is nil.
	// Neither tokens nor bodies are among the fields, and whatever the Config or
	// the Settings call a secret is masked. It is called from many goroutines.
	Log func(ctx context.Context, msg string, fields map[string]any)
}

// ConfigError is the error of [NewClient]: an argument that cannot work, found
// before any request.
type ConfigError struct {
	// Field is the argument in the words of the provider's configuration:
	// base_url, token, auth_scheme, cacert_file, client_cert, client_key, headers,
	// retries, requests_per_second or request_timeout.
	Field string
	// Err says what is wrong with it, without its value where that may be secret.
	Err error
}

// Error gives the argument and what is wrong with it.
func (e *ConfigError) Error() string { return e.Field + ": " + e.Err.Error() }

// Unwrap gives the cause, such as the [os.PathError] of a file that is not
// there.
func (e *ConfigError) Unwrap() error { return e.Err }

// Client sends requests to one GitLab. It is safe for concurrent use; make one
// with [NewClient].
type Client struct {
	root      string // scheme://host/root/api/v4, no trailing slash, no userinfo
	anonymous bool
	rootPath  string // /root/api/v4, escaped
	header    http.Header
	transport http.RoundTripper
	limiter   *rate.Limiter // the user's pace
	pace      pace          // GitLab's
	silence   silence
	ids       memo[Place, int64]
	pages     memo[string, *placePage] // by their requests
	overviews memo[Place, *Overview]
	// failedGlances is how many have failed since the last one that did not.
	failedGlances atomic.Int32
	noLists       memo[*Level, *Error] // refusals of a GitLab that has no lists
	packer        packer
	timeout       time.Duration
	retries       int
	mask          masker
	log           func(ctx context.Context, msg string, fields map[string]any)

	// Tests replace these to see waits without sleeping through them.
	now    func() time.Time
	random func() float64                         // in [0,1)
	pause  func(wait time.Duration) time.Duration // what is really waited
}

// NewClient checks cfg and gives a client for it, without sending anything. The
// error is a [*ConfigError].
func NewClient(cfg Config) (*Client, error) {
	base, err := parseBaseURL(cfg.BaseURL)
	if err != nil {
		return nil, &ConfigError{"base_url", err}
	}
	switch {
	case cfg.Retries < 0:
		return nil, &ConfigError{"retries", errors.New("must not be negative")}
	case cfg.RequestsPerSecond < 0, math.IsNaN(cfg.RequestsPerSecond), math.IsInf(cfg.RequestsPerSecond, 0):
		return nil, &ConfigError{"requests_per_second", errors.New("must be a number of 0 or more")}
	case cfg.RequestTimeout < 0:
		return nil, &ConfigError{"request_timeout", errors.New("must not be negative")}
	}
	header, err := requestHeader(cfg, base.User)
	if err != nil {
		return nil, err
	}
	trust, err := cfg.TLS()
	if err != nil {
		return nil, err
	}

	transport := cleanhttp.DefaultPooledTransport()
	transport.TLSClientConfig = trust
	transport.MaxIdleConns = maxIdleConns
	transport.MaxIdleConnsPerHost = maxIdleConns
	transport.MaxResponseHeaderBytes = maxHeader
	transport.OnProxyConnectResponse = proxyRefusal
	// A dead HTTP/2 connection looks alive to its pool, and all retries would go
	// down it; pings find out.
	transport.HTTP2 = &http.HTTP2Config{SendPingTimeout: 30 * time.Second, PingTimeout: 15 * time.Second}

	limit := rate.Inf
	if cfg.RequestsPerSecond > 0 {
		limit = rate.Limit(cfg.RequestsPerSecond)
	}
	timeout := cfg.RequestTimeout
	if timeout == 0 {
		timeout = defaultTimeout
	}
	mask := newMasker(configSecrets(cfg, base)...)
	anonymous := cfg.Token == "" && len(cfg.Headers) == 0 && base.User == nil
	base.User = nil // sent as a header, and so out of every URL
	return &Client{
		root:      base.String(),
		anonymous: anonymous,
		rootPath:  base.EscapedPath(),
		header:    header,
		transport: transport,
		limiter:   rate.NewLimiter(limit, 1),
		timeout:   timeout,
		retries:   cfg.Retries,
		mask:      mask,
		log:       cfg.Log,
		now:       time.Now,
		random:    rand.Float64,
		pause:     func(wait time.Duration) time.Duration { return wait },
		pace:      pace{now: time.Now, sleep: sleep},
		ids:       memo[Place, int64]{life: idLife, now: time.Now},
		pages:     memo[string, *placePage]{life: listLife, now: time.Now, size: (*placePage).size, room: pagesRoom},
		overviews: memo[Place, *Overview]{life: listLife, now: time.Now, size: func(o *Overview) int { return o.size }, room: overviewsRoom},
		noLists:   memo[*Level, *Error]{life: idLife, now: time.Now},
	}, nil
}

// Address is that of the GitLab, without the path of its API.
func (c *Client) Address() string { return c.mask.hide(strings.TrimSuffix(c.root, apiSuffix)) }

// Anonymous tells that no request says who sends it: there is neither a token,
// nor a user name in the address, nor a header that might stand for one.
func (c *Client) Anonymous() bool { return c.anonymous }

// proxyRefusal says who refuses where a proxy does not connect to GitLab over
// https: net/http gives the words of the status alone.
func proxyRefusal(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
	switch resp.StatusCode {
	case http.StatusOK:
		return nil
	case http.StatusProxyAuthRequired:
		return errProxyAuth
	}
	return fmt.Errorf("the proxy does not connect to it (%s)", resp.Status)
}

// otherAPI matches what is left of an address that leads into the API rather
// than to its root.
var otherAPI = regexp.MustCompile(`/api(/|$)`)

// CheckBaseURL tells what is wrong with the address of a GitLab, see
// [Config.BaseURL], without repeating it: a password may stand in it.
func CheckBaseURL(text string) error {
	_, err := parseBaseURL(text)
	return err
}

// parseBaseURL gives the root of the API. Its errors never repeat the address,
// which may hold a password.
func parseBaseURL(text string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		text = defaultBaseURL
	}
	base, err := url.Parse(text)
	if err != nil {
		return nil, errors.New("must be an address such as https://gitlab.example.com")
	}
	switch {
	case strings.ContainsFunc(text, unicode.IsSpace):
		return nil, errors.New("must have no blanks in it")
	case base.Scheme != "http" && base.Scheme != "https":
		return nil, errors.New("must begin with https:// or http://, as https://gitlab.example.com does")
	case base.Hostname() == "":
		return nil, errors.New("must name a host, as https://gitlab.example.com does")
	case base.RawQuery != "" || base.ForceQuery || base.Fragment != "":
		return nil, errors.New("must have neither a query nor a fragment")
	}
	escaped := strings.TrimRight(base.EscapedPath(), "/")
	escaped = strings.TrimRight(strings.TrimSuffix(escaped, apiSuffix), "/")
	if otherAPI.MatchString(escaped) {
		return nil, errors.New("must be the address of GitLab itself, such as https://gitlab.example.com, or end in " + apiSuffix)
	}
	if base.Path, err = url.PathUnescape(escaped + apiSuffix); err != nil {
		return nil, errors.New("must be an address such as https://gitlab.example.com")
	}
	base.RawPath = escaped + apiSuffix
	return base, nil
}

// ownHeaders are headers that the client or net/http sets itself, to values
// that the requests depend on.
var ownHeaders = map[string]bool{
	"Accept": true, "Accept-Encoding": true, "Connection": true, "Content-Length": true, "Content-Type": true, "Host": true, "Transfer-Encoding": true,
}

var headerName = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

// requestHeader gives what every request carries. A user name and password in
// base_url, for a proxy that asks for them, become Basic authentication unless
// the token or a header of the user's needs the place.
func requestHeader(cfg Config, userinfo *url.Userinfo) (http.Header, error) {
	header := http.Header{"Accept": {"application/json"}}
	if cfg.UserAgent != "" {
		header.Set("User-Agent", cfg.UserAgent)
	}
	for name, value := range cfg.Headers {
		switch key := http.CanonicalHeaderKey(name); {
		case !headerName.MatchString(name):
			// Who writes a header as HTTP has it writes its value there too.
			before, _, both := strings.Cut(name, ":")
			if both {
				return nil, &ConfigError{"headers", fmt.Errorf("must have the name of a header alone as the key, and its value apart, where it has %q and a colon", before)}
			}
			return nil, &ConfigError{"headers", fmt.Errorf("must not have %q, which is not the name of a header", name)}
		case ownHeaders[key]:
			return nil, &ConfigError{"headers", fmt.Errorf("must not have %s, which the provider sets itself", key)}
		case hasControl(value):
			return nil, &ConfigError{"headers", fmt.Errorf("must have no line break or other control character in the value of %s", key)}
		default:
			header.Set(key, value)
		}
	}

	if err := checkForm(cfg.Token); err != nil {
		return nil, &ConfigError{"token", err}
	}
	var name, value string
	switch cfg.AuthScheme {
	case "", schemePrivateToken:
		name, value = "Private-Token", cfg.Token
	case schemeBearer:
		name, value = "Authorization", "Bearer "+cfg.Token
	default:
		return nil, &ConfigError{"auth_scheme", fmt.Errorf("must be %q or %q", schemePrivateToken, schemeBearer)}
	}
	if cfg.Token != "" {
		if header.Get(name) != "" {
			return nil, &ConfigError{"headers", fmt.Errorf("must not have %s, which is set from the token", name)}
		}
		header.Set(name, value)
	}
	if userinfo != nil && header.Get("Authorization") == "" {
		password, _ := userinfo.Password()
		request := http.Request{Header: header}
		request.SetBasicAuth(userinfo.Username(), password)
	}
	return header, nil
}

func hasControl(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}

// TLS is how a client with these settings connects.
func (cfg Config) TLS() (*tls.Config, error) {
	config := &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: cfg.Insecure, // the user's own decision, off by default
	}
	if cfg.CACertFile != "" {
		pem, err := readFile("cacert_file", cfg.CACertFile)
		if err != nil {
			return nil, err
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, &ConfigError{"cacert_file", fmt.Errorf("must be a file of certificates in PEM: %s has none", cfg.CACertFile)}
		}
		config.RootCAs = pool
	}
	switch {
	case cfg.ClientCert == "" && cfg.ClientKey == "":
		return config, nil
	case cfg.ClientKey == "":
		return nil, &ConfigError{"client_key", errors.New("must be set together with client_cert")}
	case cfg.ClientCert == "":
		return nil, &ConfigError{"client_cert", errors.New("must be set together with client_key")}
	}
	// Read one by one, so that the error names the right argument.
	cert, err := readFile("client_cert", cfg.ClientCert)
	if err != nil {
		return nil, err
	}
	key, err := readFile("client_key", cfg.ClientKey)
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return nil, &ConfigError{"client_cert", fmt.Errorf("cannot be used with client_key: %w", err)}
	}
	config.Certificates = []tls.Certificate{pair}
	return config, nil
}

// readFile reads the file that an argument names. Some write what is in the file
// in the place of its path, which for a key is a secret: no error repeats the
// path of that.
func readFile(argument, path string) ([]byte, error) {
	if strings.Contains(path, "-----BEGIN ") || hasControl(path) {
		return nil, &ConfigError{argument, errors.New("must be the path of a file, and not what is in it")}
	}
	data, err := os.ReadFile(path)
	if err == nil {
		return data, nil
	}
	var unread *fs.PathError
	if argument == "client_key" && errors.As(err, &unread) {
		err = unread.Err
	}
	return nil, &ConfigError{argument, fmt.Errorf("cannot be read: %w", err)}
}

// configSecrets lists what must appear in no text whatever the request.
func configSecrets(cfg Config, base *url.URL) []string {
	secrets := []string{cfg.Token}
	for _, value := range cfg.Headers {
		_, credentials, _ := strings.Cut(value, " ") // of "Basic ..." and its like
		secrets = append(secrets, value, credentials)
	}
	if password, ok := base.User.Password(); ok {
		secrets = append(secrets, password)
	} else {
		secrets = append(secrets, base.User.Username()) // a token is often put there alone
	}
	return secrets
}
