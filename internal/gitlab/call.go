package gitlab

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	// maxBody is the size in bytes up to which an answer is read. A service is a
	// few kB in every version.
	maxBody = 4 << 20
	// maxHops is how many redirects of a GET are followed. GitLab sends one, for a
	// renamed project.
	maxHops = 3
)

// call is one operation: a request, its attempts and its redirects.
type call struct {
	client *Client
	method string
	path   string // below the root of the API, escaped
	mask   masker

	glance   bool // see [Client.Glance]
	most     int  // retries
	attempts int
	crashes  int // of GitLab, among the attempts
	// unanswered tells that a write was sent and not answered, so that GitLab may
	// have done it.
	unanswered bool
}

// answer is what came back, body and all, and the address that gave it.
type answer struct {
	asked  *url.URL
	status int
	header http.Header
	body   []byte
}

func (c *Client) newCall(method, path string, mask masker) *call {
	return &call{client: c, method: method, path: path, mask: mask, most: c.retries}
}

// do sends the request until it is answered or the retries are used up. A
// status outside 2xx is an error.
func (c *call) do(ctx context.Context, body []byte) (*answer, error) {
	trial, err := c.client.silence.enter(c.client.now())
	if err != nil {
		return nil, c.newError(err.Error(), maxText)
	}
	if trial.probe {
		c.most = 0
	}
	got, failed := c.persist(ctx, body)
	// That there is no answer to a glance is for the requests to tell that follow it.
	unanswered := failed != nil && failed.Reason() == NoAnswer && !c.glance
	c.client.silence.leave(trial, c.client.now(), unanswered)
	if failed != nil {
		return nil, failed
	}
	return got, nil
}

// persist is the attempts, until there is to be no other.
func (c *call) persist(ctx context.Context, body []byte) (*answer, *Error) {
	for {
		c.attempts++
		got, err := c.once(ctx, body)
		failed := c.failed(ctx, got, err, body)
		if failed == nil {
			return got, nil
		}
		if failed.Reason() == Crashed {
			c.crashes++
		}
		switch {
		case ctx.Err() != nil && got != nil && retryable(got.status):
			return nil, c.interrupted(ctx)
		case c.attempts > c.retries(got, failed):
			return nil, failed
		}
		if sleep(ctx, c.backoff(ctx, got, failed)) != nil {
			return nil, c.interrupted(ctx)
		}
	}
}

// failed is the error of an attempt, nil for a success.
func (c *call) failed(ctx context.Context, got *answer, err error, body []byte) *Error {
	switch {
	case err != nil && ctx.Err() != nil:
		return c.interrupted(ctx)
	case err != nil:
		return c.noAnswer(err)
	case got.status < 200 || got.status > 299:
		return c.failure(got, body)
	}
	return nil
}

// once makes one attempt: the request, and those to which its answer redirects.
// Only a GET goes to another path of the same server. Every other redirect is
// the answer, for [redirected] to explain: net/http would turn a PUT into a
// GET, and give PRIVATE-TOKEN to any host.
func (c *call) once(ctx context.Context, body []byte) (*answer, error) {
	got, err := c.send(ctx, c.client.root+c.path, body)
	for hops := 0; err == nil && hops < maxHops && c.method == http.MethodGet; hops++ {
		next, ok := got.redirect()
		if !ok {
			break
		}
		got, err = c.send(ctx, next, nil)
	}
	return got, err
}

// redirect gives the address on the same server to which the answer sends a
// GET.
func (a *answer) redirect() (next string, ok bool) {
	switch a.status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return "", false
	}
	to, err := a.asked.Parse(a.header.Get("Location"))
	if err != nil || a.header.Get("Location") == "" || !sameServer(a.asked, to) {
		return "", false
	}
	to.User = nil // the headers say already who asks
	return to.String(), true
}

// send sends one request once it may, and reads the whole answer within the
// time for one attempt. A body that breaks off counts as a connection that
// broke.
func (c *call) send(ctx context.Context, address string, body []byte) (*answer, error) {
	if err := c.turn(ctx); err != nil {
		return nil, err
	}
	said := quota{}
	defer func() { c.client.pace.leave(said) }()
	bounded, sent, cancel := c.bound(ctx)
	defer cancel()
	req, err := c.request(bounded, address, body)
	if err != nil {
		return nil, err
	}

	start := time.Now()
	got, err := c.client.exchange(req)
	if got != nil {
		said = c.quota(got.header, got.status)
	}
	if err == nil { // A proxy may send headers for a GitLab that says nothing.
		c.client.silence.end(c.client.now())
	}
	if err != nil && sent.Load() {
		c.unanswered = true
	}
	if err != nil && ctx.Err() == nil && bounded.Err() != nil {
		err = fmt.Errorf("%w within %s (request_timeout)", errTimeout, c.client.timeout)
	}

	what := "GitLab request"
	if err != nil {
		what = "GitLab request failed"
	}
	c.debug(ctx, what, func() map[string]any {
		fields := map[string]any{
			"method":      req.Method,
			"path":        c.line(req.URL.EscapedPath(), maxText),
			"attempt":     c.attempts,
			"duration_ms": time.Since(start).Milliseconds(),
		}
		if err != nil {
			fields["error"] = c.line(err.Error(), maxText)
			return fields
		}
		fields["status"] = got.status
		fields["request_id"] = c.line(got.header.Get("X-Request-Id"), maxText)
		return fields
	})
	if err != nil {
		return nil, err
	}
	return got, nil
}

func (c *call) request(ctx context.Context, address string, body []byte) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, c.method, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header = c.client.header.Clone()
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// exchange gives the answer to a request, or as much of it as came before the
// error.
func (c *Client) exchange(req *http.Request) (*answer, error) {
	client := http.Client{Transport: c.transport, CheckRedirect: stay}
	resp, err := client.Do(req)
	if err != nil {
		var inURL *url.Error
		if errors.As(err, &inURL) {
			err = inURL.Err // an Error has the request line already
		}
		return nil, err
	}
	got := &answer{asked: req.URL, status: resp.StatusCode, header: resp.Header}
	if got.status == http.StatusSwitchingProtocols {
		// The body is the connection, and no timeout reaches it.
		_ = resp.Body.Close()
		return got, nil
	}
	got.body, err = readAll(resp.Body)
	return got, err
}

func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// turn waits until the pace of the user and that of GitLab allow the next
// request.
func (c *call) turn(ctx context.Context) error {
	if c.client.limiter.Wait(ctx) != nil {
		return errPace // Where ctx has not ended yet, the limiter sees that its end comes first.
	}
	return c.client.pace.enter(ctx)
}

// bound gives the context of one attempt, which ends with the time for it, and
// with ctx: at once for a request that only reads or that has not left yet, but
// not for a write that was sent. GitLab does the work whether or not anybody
// waits for it, and a state that does not know of it is wrong; who cannot wait
// for it has the second interrupt, at which Terraform ends the process.
func (c *call) bound(ctx context.Context) (context.Context, *atomic.Bool, context.CancelFunc) {
	sent := new(atomic.Bool)
	if c.method == http.MethodGet {
		bounded, cancel := context.WithTimeout(ctx, c.client.timeout)
		return bounded, sent, cancel
	}
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.client.timeout)
	stop := context.AfterFunc(ctx, func() {
		if !sent.Load() {
			cancel()
		}
	})
	trace := &httptrace.ClientTrace{WroteHeaders: func() { sent.Store(true) }}
	return httptrace.WithClientTrace(bounded, trace), sent, func() {
		stop()
		cancel()
	}
}

// debug logs a line, which is put together only where somebody reads it.
func (c *call) debug(ctx context.Context, msg string, fields func() map[string]any) {
	if c.client.log != nil {
		c.client.log(ctx, msg, fields())
	}
}

var (
	errTimeout   = errors.New("no complete answer")
	errPace      = fmt.Errorf("the time is up before requests_per_second allows the request: %w", context.DeadlineExceeded)
	errTooLong   = fmt.Errorf("the answer is longer than %d MiB", maxBody>>20)
	errProxyAuth = errors.New("the proxy wants a user name and a password (407 Proxy Authentication Required)")
)

// readAll reads a body to its end, where the connection becomes free again, and
// closes it.
func readAll(body io.ReadCloser) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(body, maxBody+1))
	if len(data) > maxBody {
		err = errTooLong
	}
	_ = body.Close()
	return data, err
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
		URL:      c.shown(),
		Message:  c.line(message, limit),
		Attempts: c.attempts,
	}
}

// shown is the address of the request, as people may see it.
func (c *call) shown() string { return c.mask.hide(c.client.root + c.path) }

// line makes what people read of a text from outside. It masks twice, because
// tidying may tear a secret with a line break in it, and join one that had been
// torn.
func (c *call) line(text string, limit int) string {
	return shorten(c.mask.hide(tidy(c.mask.hide(c.mask.cut(text)))), limit)
}

// refusal is the error of a request that is not sent.
func (c *call) refusal(err error) *Error {
	e := c.newError(err.Error(), maxText)
	e.local = true
	return e
}

// interrupted is the error of a request whose ctx ended before it was answered.
func (c *call) interrupted(ctx context.Context) *Error {
	message := "interrupted before GitLab answered: " + ctx.Err().Error()
	if c.unanswered {
		message += "; it may have done it all the same"
	}
	e := c.newError(message, maxText)
	e.Err, e.reason, e.MayBeDone = ctx.Err(), Interrupted, c.unanswered
	return e
}

// noAnswer is the error of a request that failed on the way.
func (c *call) noAnswer(err error) *Error {
	message := "no answer from GitLab: "
	switch {
	case errors.Is(err, io.EOF): // says nothing to people
		message += "the connection was closed"
	case errors.Is(err, io.ErrUnexpectedEOF):
		message += "the connection broke off inside the answer"
	default:
		message += err.Error()
	}
	if hint := hint(err); hint != "" {
		message += " (" + hint + ")"
	}
	e := c.newError(message, maxText)
	e.local, e.MayBeDone = !transient(err), c.unanswered
	switch {
	case errors.Is(err, errPace):
		e.reason = Interrupted
	case errors.Is(err, errProxyAuth):
		e.reason = ProxyAuth
	case ofProxy(err): // Its certificate may be the reason, and base_url is not.
		e.reason = NoAnswer
	case otherEnd(err):
		e.reason = NotConnected
	}
	// The cause is kept for errors.Is and As only where printing it tells no more
	// than the message does.
	if text := err.Error(); c.mask.hide(text) == text {
		e.Err = err
	} else {
		e.Err = errors.New(c.mask.hide(text))
	}
	return e
}

// failure is the error of an answer outside 2xx; body is what was sent.
func (c *call) failure(got *answer, body []byte) *Error {
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
	case got.status == http.StatusSwitchingProtocols:
		e.Message = "the server goes over to another protocol, which nobody asked it for"
	case e.reason == Crashed:
		e.Message = c.line(crashWords(text, body), maxJSON)
	case got.status < 400:
		if message := redirected(c.method, got.asked, got.header.Get("Location")); message != "" {
			e.Message, e.reason = c.line(message, maxText), Redirected
		}
	case isPage(got, text):
		e.Message += " (" + aboutPage(got.asked, text) + ")"
	case tooLong(c.serverWait(got.header, got.status)):
		wait, _ := c.serverWait(got.header, got.status)
		e.Message += fmt.Sprintf(" (GitLab asks to wait %s)", wait.Round(time.Second))
	}
	return e
}

// crashWords says what may be to blame where GitLab crashes on a PUT: a value
// that its code does not expect. It names the parameters, and nobody's values.
func crashWords(text string, body []byte) string {
	var sent map[string]json.RawMessage
	_ = json.Unmarshal(body, &sent) // what PutService made is an object
	words := "one of the values sent may be what it cannot take: " + strings.Join(slices.Sorted(maps.Keys(sent)), ", ")
	if said := strings.Trim(strings.TrimPrefix(text, "500 Internal Server Error"), " :"); said != "" {
		return said + "; " + words
	}
	return words
}

// garbage is the error of a 2xx answer that is not what was asked for.
func (c *call) garbage(got *answer, err error) *Error {
	e := c.senseless(got.status, err)
	contentType := got.header.Get("Content-Type")
	switch page := isPage(got, ""); {
	case len(bytes.TrimSpace(got.body)) == 0:
		e.Message = "the answer is empty"
	// What resembles JSON is not quoted, whatever the answer calls itself: it may
	// be settings with a secret that only GitLab knows.
	case page && bytes.IndexAny(bytes.TrimSpace(got.body), "{[") != 0, !bytes.ContainsAny(got.body, "{["):
		e.Message += ": " + c.line(plain(contentType, got.body, c.mask), maxText)
		if page {
			e.Message += " (" + pageHint + ")"
		}
	}
	return e
}

// senseless is the error of an answer that can be read, and means nothing.
func (c *call) senseless(status int, err error) *Error {
	e := c.newError("the answer "+err.Error(), maxText)
	e.StatusCode = status
	return e
}

const pageHint = "base_url probably points to a page rather than to GitLab's API"

// aboutPage says what is wrong with an address where there is a page: servers
// tell by one that they were asked by http on a port for https.
func aboutPage(asked *url.URL, text string) string {
	text = strings.ToLower(text)
	if asked.Scheme == "http" && strings.Contains(text, "http request") && strings.Contains(text, "https") {
		return "the server speaks https, so let base_url begin with https://"
	}
	return pageHint
}

// isPage tells whether an answer is a page for people. Errors of a proxy or a
// firewall are pages too, but say nothing about the address.
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

// redirected explains a redirect that was not followed, or gives "" for one
// that names no place.
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

// hint says what to do about a request that got no answer, where its error does
// not.
func hint(err error) string {
	var (
		authority x509.UnknownAuthorityError
		hostname  x509.HostnameError
		expired   x509.CertificateInvalidError
		header    tls.RecordHeaderError
		lookup    *net.DNSError
	)
	switch proxy := ofProxy(err); {
	case proxy && errors.As(err, &header):
		return "the proxy speaks http, so HTTPS_PROXY or HTTP_PROXY may have to begin with http://"
	case proxy && errors.As(err, &authority):
		return "this is the certificate of the proxy; if its authority is your own, cacert_file adds it to those trusted"
	case proxy && otherEnd(err):
		return "this is the certificate of the proxy that HTTPS_PROXY or HTTP_PROXY names"
	case proxy:
		return "the proxy that HTTPS_PROXY or HTTP_PROXY names cannot be reached; NO_PROXY names hosts that need none"
	case errors.As(err, &lookup):
		return "is the host spelled right, and can this machine look it up?"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing listens there: is the port right, and does GitLab run?"
	case errors.As(err, &authority):
		return "if the authority is your own, cacert_file adds it to those trusted"
	case errors.As(err, &hostname):
		return "let base_url name the host as the certificate does"
	case errors.As(err, &expired) && expired.Reason == x509.Expired:
		return "the certificate has run out, or the clock of this machine is wrong"
	case errors.As(err, &header), errors.Is(err, http.ErrSchemeMismatch):
		return "the server speaks http, so base_url may have to begin with http://"
	}
	return ""
}

// ofProxy tells of a request without an answer whether it did not get beyond a
// proxy.
func ofProxy(err error) bool {
	var network *net.OpError
	return errors.As(err, &network) && network.Op == "proxyconnect"
}

// otherEnd tells of a request without an answer whether it met an end that is
// not what the address says.
func otherEnd(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		header       tls.RecordHeaderError
	)
	return errors.As(err, &verification) || errors.As(err, &header) || errors.Is(err, http.ErrSchemeMismatch)
}
