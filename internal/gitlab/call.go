package gitlab

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

const (
	// maxBody is the size in bytes up to which an answer is read. A service is a few kB in every version.
	maxBody = 4 << 20
	// maxHops is how many redirects of a GET are followed. GitLab sends one, for a renamed project.
	maxHops = 3
)

// call is one operation: a request, its attempts and its redirects. It is the transport of its own http.Client, so that
// every attempt is paced, bounded in time with its body, and logged, and so that a body that breaks off counts as a
// connection that broke.
//
// It does not pass CloseIdleConnections on, which go-retryablehttp calls after every failure: one operation's trouble
// must not close the connections of the others.
type call struct {
	client *Client
	method string
	path   string // below the root of the API, escaped
	mask   masker

	attempts       int
	trackerRetries int
	body           []byte // of the last attempt
}

// answer is what came back, body and all.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (c *Client) newCall(method, path string, mask masker) *call {
	return &call{client: c, method: method, path: path, mask: mask}
}

// do sends the request until it is answered or the retries are used up. A status outside 2xx is an error.
func (c *call) do(ctx context.Context, body []byte) (*answer, error) {
	var payload any // an untyped nil is no body
	if body != nil {
		payload = body
	}
	req, err := retryablehttp.NewRequestWithContext(ctx, c.method, c.client.root+c.path, payload)
	if err != nil {
		return nil, c.refusal(err)
	}
	req.Header = c.client.header.Clone()
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	retrying := &retryablehttp.Client{
		HTTPClient: &http.Client{Transport: c, CheckRedirect: checkRedirect},
		RetryMax:   c.client.retries,
		CheckRetry: c.checkRetry,
		Backoff: func(_, _ time.Duration, attempt int, resp *http.Response) time.Duration {
			return c.backoff(ctx, attempt, resp)
		},
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	resp, err := retrying.Do(req)
	if resp != nil {
		defer func() { _ = resp.Body.Close() }() // in memory: it cannot fail
	}
	if err != nil {
		return nil, c.noAnswer(ctx, err)
	}
	got := &answer{status: resp.StatusCode, header: resp.Header, body: c.body}
	if got.status < 200 || got.status > 299 {
		return nil, c.failure(got, resp.Request.URL)
	}
	return got, nil
}

// RoundTrip sends one request and reads the whole answer within the time for one attempt.
func (c *call) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	if err := c.turn(ctx); err != nil {
		if req.Body != nil {
			_ = req.Body.Close() // in memory: it cannot fail
		}
		return nil, err
	}
	said := quota{}
	defer func() { c.client.pace.leave(said) }()
	bounded, cancel := c.bound(ctx)
	defer cancel()

	start := time.Now()
	resp, err := c.client.transport.RoundTrip(req.WithContext(bounded))
	c.body = nil
	if err == nil {
		said = c.quota(resp.Header, resp.StatusCode)
		c.body, err = readAll(resp.Body)
		resp.Body = io.NopCloser(bytes.NewReader(c.body))
	}
	if err != nil && ctx.Err() == nil && bounded.Err() != nil {
		err = fmt.Errorf("%w within %s (request_timeout)", errTimeout, c.client.timeout)
	}

	fields := map[string]any{
		"method":      req.Method,
		"path":        c.line(req.URL.EscapedPath(), maxText),
		"attempt":     c.attempts + 1,
		"duration_ms": time.Since(start).Milliseconds(),
	}
	if err != nil {
		fields["error"] = c.line(err.Error(), maxText)
		c.debug(ctx, "GitLab request failed", fields)
		return nil, err
	}
	fields["status"] = resp.StatusCode
	fields["request_id"] = c.line(resp.Header.Get("X-Request-Id"), maxText)
	c.debug(ctx, "GitLab request", fields)
	return resp, nil
}

// turn waits until the pace of the user and that of GitLab allow the next request.
func (c *call) turn(ctx context.Context) error {
	if err := c.client.limiter.Wait(ctx); err != nil {
		if ctx.Err() == nil { // the limiter sees that the deadline comes first
			return errPace
		}
		return err
	}
	return c.client.pace.enter(ctx)
}

// interruptGrace is how long a write that was sent before the interrupt may still take. GitLab does the work whether or
// not anybody waits for it, and a state that does not know of it is wrong.
const interruptGrace = 2 * time.Second

// bound gives the context of one attempt, which ends with the time for it, and with ctx: at once for a request that only
// reads or that has not left yet, after the grace for a write under way.
func (c *call) bound(ctx context.Context) (context.Context, context.CancelFunc) {
	if c.method == http.MethodGet {
		return context.WithTimeout(ctx, c.client.timeout)
	}
	var sent atomic.Bool
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.client.timeout)
	stop := context.AfterFunc(ctx, func() {
		if !sent.Load() {
			cancel()
			return
		}
		timer := time.AfterFunc(c.client.grace, cancel)
		context.AfterFunc(bounded, func() { timer.Stop() })
	})
	trace := &httptrace.ClientTrace{WroteHeaders: func() { sent.Store(true) }}
	return httptrace.WithClientTrace(bounded, trace), func() {
		stop()
		cancel()
	}
}

func (c *call) debug(ctx context.Context, msg string, fields map[string]any) {
	if c.client.log != nil {
		c.client.log(ctx, msg, fields)
	}
}

var (
	errTimeout = errors.New("no complete answer")
	errPace    = fmt.Errorf("the time is up before requests_per_second allows the request: %w", context.DeadlineExceeded)
	errTooLong = fmt.Errorf("the answer is longer than %d MiB", maxBody>>20)
)

// readAll reads a body to its end, where the connection becomes free again, and closes it.
func readAll(body io.ReadCloser) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(body, maxBody+1))
	if err == nil && len(data) > maxBody {
		err = errTooLong
	}
	if closeErr := body.Close(); err == nil && closeErr != nil {
		err = closeErr
	}
	return data, err
}

// checkRedirect follows a GET to another path of the same server, and leaves every other redirect as the answer, for
// [call.redirected] to explain. net/http would turn a PUT into a GET, and give PRIVATE-TOKEN to any host.
func checkRedirect(req *http.Request, via []*http.Request) error {
	first := via[0]
	if first.Method != http.MethodGet || len(via) > maxHops || !sameServer(first.URL, req.URL) {
		return http.ErrUseLastResponse
	}
	return nil
}

func sameServer(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}

func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	default:
		return "80"
	}
}

func (c *call) newError(message string, limit int) *Error {
	return &Error{
		Method:   c.method,
		Path:     c.mask.hide(c.client.rootPath + c.path),
		Message:  c.line(message, limit),
		Attempts: c.attempts,
	}
}

// line makes what people read of a text from outside. It masks twice, because tidying may tear a secret with a line
// break in it, and join one that had been torn.
func (c *call) line(text string, limit int) string {
	return shorten(c.mask.hide(tidy(c.mask.hide(text))), limit)
}

// refusal is the error of a request that is not sent.
func (c *call) refusal(err error) *Error {
	e := c.newError(err.Error(), maxText)
	e.local = true
	return e
}

// noAnswer is the error of a request that failed on the way.
func (c *call) noAnswer(ctx context.Context, err error) *Error {
	var inURL *url.Error
	if errors.As(err, &inURL) {
		err = inURL.Err // the request line is in the Error already
	}
	if ctx.Err() != nil {
		e := c.newError("interrupted before GitLab answered: "+ctx.Err().Error(), maxText)
		e.Err, e.local = ctx.Err(), true
		return e
	}
	message := "no answer from GitLab: "
	switch {
	case errors.Is(err, io.EOF): // says nothing to people
		message += "the connection was closed"
	case errors.Is(err, io.ErrUnexpectedEOF):
		message += "the connection broke off inside the answer"
	default:
		message += err.Error()
	}
	if hint := tlsHint(err); hint != "" {
		message += " (" + hint + ")"
	}
	e := c.newError(message, maxText)
	e.local = !transient(err)
	// The cause is kept for errors.Is and As only where printing it tells no more than the message does.
	if text := err.Error(); c.mask.hide(text) == text {
		e.Err = err
	} else {
		e.Err = errors.New(c.mask.hide(text))
	}
	return e
}

// failure is the error of an answer outside 2xx; asked is the address that gave it.
func (c *call) failure(got *answer, asked *url.URL) *Error {
	contentType := got.header.Get("Content-Type")
	key, text := words(contentType, got.body, c.mask)
	limit := maxText
	if key != "" {
		limit = maxJSON
	}
	e := c.newError(text, limit)
	e.StatusCode, e.Key = got.status, key
	e.reason = e.judge(text)
	e.moved = got.status == http.StatusMethodNotAllowed && strings.Contains(text, "moved projects")
	if e.Message == "" {
		e.Message = "the answer is empty"
	}
	switch {
	case got.status >= 300 && got.status < 400:
		if message := redirected(c.method, asked, got.header.Get("Location")); message != "" {
			e.Message = c.line(message, maxText)
		}
	case isPage(got, text):
		e.Message += " (" + pageHint + ")"
	case tooLong(c.serverWait(got.header, got.status)):
		wait, _ := c.serverWait(got.header, got.status)
		e.Message += fmt.Sprintf(" (GitLab asks to wait %s)", wait.Round(time.Second))
	}
	return e
}

// garbage is the error of a 2xx answer that is not what was asked for.
func (c *call) garbage(got *answer, err error) *Error {
	e := c.newError("the answer "+err.Error(), maxText)
	e.StatusCode, e.local = got.status, true
	contentType := got.header.Get("Content-Type")
	switch page := isPage(got, ""); {
	case len(bytes.TrimSpace(got.body)) == 0:
		e.Message = "the answer is empty"
	// What resembles JSON is not quoted: it may be settings with a secret that only GitLab knows.
	case page, !bytes.ContainsAny(got.body, "{["):
		e.Message += ": " + c.line(plain(contentType, got.body, c.mask), maxText)
		if page {
			e.Message += " (" + pageHint + ")"
		}
	}
	return e
}

const pageHint = "base_url probably points to a page rather than to GitLab's API"

// isPage tells whether an answer is a page for people. Errors of a proxy or a firewall are pages too, but say nothing
// about the address.
func isPage(got *answer, text string) bool {
	if !isHTML(got.header.Get("Content-Type"), got.body) {
		return false
	}
	switch got.status {
	case http.StatusForbidden, http.StatusProxyAuthRequired, http.StatusRequestEntityTooLarge, http.StatusTooManyRequests:
		text = strings.ToLower(text)
		return strings.Contains(text, "sign in") || strings.Contains(text, "log in") || strings.Contains(text, "login")
	}
	return got.status < http.StatusInternalServerError
}

// redirected explains a redirect that was not followed, or gives "" for one that names no place.
func redirected(method string, asked *url.URL, location string) string {
	to, err := asked.Parse(location)
	if err != nil || location == "" {
		return ""
	}
	server := to.Scheme + "://" + to.Host
	switch {
	case asked.Scheme == "http" && to.Scheme == "https" && strings.EqualFold(asked.Hostname(), to.Hostname()):
		return fmt.Sprintf("GitLab wants https: it redirects to %s, so let base_url begin with that", server)
	case !sameServer(asked, to):
		return fmt.Sprintf("the answer is a redirect to another server, %s, which must not receive the token; if it is the right one, let base_url name it", server)
	case method != http.MethodGet:
		return fmt.Sprintf("the answer is a redirect to %s, and only a GET is redirected; base_url probably is not the address of GitLab's API", server+to.EscapedPath())
	default:
		return fmt.Sprintf("stopped after %d redirects, the next one to %s", maxHops, server+to.EscapedPath())
	}
}

func tlsHint(err error) string {
	var (
		authority x509.UnknownAuthorityError
		header    tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &authority):
		return "cacert_file adds a certificate authority to those trusted"
	case errors.As(err, &header), errors.Is(err, http.ErrSchemeMismatch):
		return "the server speaks http, so base_url may have to begin with http://"
	}
	return ""
}
