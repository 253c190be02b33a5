package gitlab

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"
)

func TestErrorsCarryGitLabsWordsAndWhatTheyMean(t *testing.T) {
	t.Parallel()
	const jsonType, textType, htmlType = "application/json", "text/plain", "text/html; charset=utf-8"
	for name, test := range map[string]struct {
		status      int
		contentType string
		body        string
		key         string
		message     string
		reason      Reason
	}{
		"service, to 14.3":            {404, jsonType, `{"message":"404 Service Not Found"}`, "message", "404 Service Not Found", ServiceNotFound},
		"service, from 14.4":          {404, jsonType, `{"message":"404 Integration Not Found"}`, "message", "404 Integration Not Found", ServiceNotFound},
		"project":                     {404, jsonType, `{"message":"404 Project Not Found"}`, "message", "404 Project Not Found", PlaceNotFound},
		"group":                       {404, jsonType, `{"message":"404 Group Not Found"}`, "message", "404 Group Not Found", PlaceNotFound},
		"route":                       {404, jsonType, `{"error":"404 Not Found"}`, "error", "404 Not Found", NoSuchRoute},
		"route that says project":     {404, jsonType, `{"error":"404 Project Not Found"}`, "error", "404 Project Not Found", NoSuchRoute},
		"route that says service":     {404, jsonType, `{"error":"404 Service Not Found"}`, "error", "404 Service Not Found", NoSuchRoute},
		"a service that is refused":   {400, jsonType, `{"message":"404 Service Not Found"}`, "message", "404 Service Not Found", Invalid},
		"a project that is refused":   {400, jsonType, `{"message":"404 Project Not Found"}`, "message", "404 Project Not Found", Invalid},
		"a slug that is refused":      {422, jsonType, `{"error":"slug does not have a valid value"}`, "error", "slug does not have a valid value", Invalid},
		"a scope that is refused":     {400, jsonType, `{"error":"insufficient_scope"}`, "error", "insufficient_scope", Invalid},
		"nothing above":               {400, jsonType, `{"message":"400 Bad request - Default integration not found"}`, "message", "400 Bad request - Default integration not found", NothingAbove},
		"nothing above, refused":      {422, jsonType, `{"message":"Default integration not found"}`, "message", "Default integration not found", Invalid},
		"a second tracker, refused":   {422, jsonType, `{"message":"Another issue tracker is already in use"}`, "message", "Another issue tracker is already in use", Invalid},
		"not from the API, elsewhere": {400, jsonType, `{"message":"You cannot create the X integration from the API"}`, "message", "You cannot create the X integration from the API", Invalid},
		"a conflict of its own":       {405, jsonType, `{"message":"405"}`, "message", "405", Other},
		"another message":             {404, jsonType, `{"message":"404 Not found"}`, "message", "404 Not found", NoSuchRoute},
		"another server's page":       {404, htmlType, `<html><head><title>404</title><style>p{}</style></head><body><p>Not&nbsp;here &amp; now`, "", "404 Not here & now (" + pageHint + ")", NoSuchRoute},
		"another server's text":       {404, textType, "404 page not found\n", "", "404 page not found", NoSuchRoute},
		"unknown slug":                {400, jsonType, `{"error":"slug does not have a valid value"}`, "error", "slug does not have a valid value", UnknownSlug},
		"unknown slug, to 13.x":       {400, jsonType, `{"error":"service_slug does not have a valid value"}`, "error", "service_slug does not have a valid value", UnknownSlug},
		"the slug in a message":       {400, jsonType, `{"message":"slug does not have a valid value"}`, "message", "slug does not have a valid value", Invalid},
		"parameters":                  {400, jsonType, `{"error":"url is missing, port is invalid"}`, "error", "url is missing, port is invalid", Invalid},
		"model, to 17.1":              {400, jsonType, `{"message":"400 Bad Request"}`, "message", "400 Bad Request", NoDetail},
		"model, from 17.2":            {400, jsonType, `{"message":"Failed to update integration. {:webhook=>[\"is blocked\"]}"}`, "message", `Failed to update integration. {:webhook=>["is blocked"]}`, Invalid},
		"model, of a hook it derives": {400, jsonType, `{"message":"Failed to update integration. {}"}`, "message", "Failed to update integration. {}", LocalAddress},
		"an address of its own":       {422, jsonType, `{"message":{"url":["is blocked: Requests to the local network are not allowed"]}}`, "message", "url is blocked: Requests to the local network are not allowed", LocalAddress},
		"an address of its own host":  {400, jsonType, `{"message":"Failed to update integration. {:url=>[\"is blocked: Requests to localhost are not allowed\"]}"}`, "message", `Failed to update integration. {:url=>["is blocked: Requests to localhost are not allowed"]}`, LocalAddress},
		"switched off":                {400, jsonType, `{"message":"400 Integration not available"}`, "message", "400 Integration not available", NotOffered},
		"installed elsewhere":         {422, jsonType, `{"message":"You cannot create the X integration from the API"}`, "message", "You cannot create the X integration from the API", NotByAPI},
		"a second tracker":            {400, jsonType, `{"message":{"base":["Another issue tracker is already in use. Only one"]}}`, "message", "Another issue tracker is already in use. Only one", OtherTracker},
		"an object of lists":          {400, jsonType, `{"message":{"url":["is too long","is blocked"],"base":["Nope"],"n":[1,null]}}`, "message", "Nope, n 1, url is too long, is blocked", Invalid},
		"422":                         {422, jsonType, `{"message":"You cannot create it"}`, "message", "You cannot create it", Invalid},
		"no token":                    {401, jsonType, `{"message":"401 Unauthorized"}`, "message", "401 Unauthorized", Unauthorized},
		"expired token":               {401, jsonType, `{"error":"invalid_token","error_description":"Token is expired."}`, "error", "invalid_token: Token is expired.", Unauthorized},
		"description alone":           {401, jsonType, `{"error_description":"Token is expired."}`, "error", "Token is expired.", Unauthorized},
		"scope":                       {403, jsonType, `{"error":"insufficient_scope","error_description":"Needs more.","scope":"api"}`, "error", "insufficient_scope: Needs more.", ScopeTooSmall},
		"role":                        {403, jsonType, `{"message":"403 Forbidden - why"}`, "message", "403 Forbidden - why", Forbidden},
		"a firewall that asks who":    {401, htmlType, `<h1>Who are you?</h1>`, "", "Who are you? (" + pageHint + ")", Intercepted},
		"a firewall's page":           {403, htmlType, `<h1>Blocked</h1>`, "", "Blocked", Intercepted},
		"a sign-in page":              {403, htmlType, `<h1>Log in</h1>`, "", "Log in (" + pageHint + ")", Intercepted},
		"a page to sign in":           {403, htmlType, `<h1>Sign in</h1>`, "", "Sign in (" + pageHint + ")", Intercepted},
		"a page with a login":         {403, htmlType, `<h1>Your Login</h1>`, "", "Your Login (" + pageHint + ")", Intercepted},
		"a proxy's page":              {407, htmlType, `<h1>Who are you?</h1>`, "", "Who are you?", ProxyAuth},
		"a page about the size":       {413, htmlType, `<h1>Too large</h1>`, "", "Too large", Other},
		"a page about the limit":      {429, htmlType, `<h1>Slow down</h1>`, "", "Slow down", RateLimited},
		"a form's answer to a PUT":    {422, htmlType, `<h1>The change you requested was rejected</h1>`, "", "The change you requested was rejected (" + pageHint + ")", NoDetail},
		"limit as text":               {429, textType, "Retry later\n", "", "Retry later", RateLimited},
		"limit as an object":          {429, jsonType, `{"message":{"error":"This endpoint has been requested too many times."}}`, "message", "This endpoint has been requested too many times.", RateLimited},
		"lock":                        {409, jsonType, `{"message":"409 Conflict: Resource lock"}`, "message", "409 Conflict: Resource lock", Unavailable},
		"crash":                       {500, jsonType, `{"message":"500 Internal Server Error"}`, "message", "500 Internal Server Error", Unavailable},
		"a page of a broken proxy":    {502, htmlType, "<html>\r\n<head><title>502 Bad Gateway</title></head><script>x<y</script><!-- c --></html>", "", "502 Bad Gateway", Unavailable},
		"no body":                     {503, "", "", "", "the answer is empty", Unavailable},
		"an empty page":               {503, htmlType, "<html></html>", "", "the answer is empty", Unavailable},
		"both keys":                   {400, jsonType, `{"message":"m","error":"e"}`, "message", "m", Invalid},
		"an empty message":            {400, jsonType, `{"message":{},"error":"e"}`, "error", "e", Invalid},
		"neither key":                 {400, jsonType, `{"detail":"d"}`, "", `{"detail":"d"}`, NoDetail},
		"a JSON text":                 {400, jsonType, `"just text"`, "", "just text", NoDetail},
		"a JSON list":                 {400, jsonType, `["a",{"base":"b"}]`, "", "a, b", NoDetail},
		"a text with signs":           {400, textType, "1 < 2 &amp; <b>no</b> more", "", "1 < 2 &amp; <b>no</b> more", NoDetail},
		"numbers and flags":           {400, jsonType, `{"message":[12345678901234567890,true]}`, "message", "12345678901234567890, true", Invalid},
		"broken JSON":                 {400, jsonType, `{"message":"x`, "", `{"message":"x`, NoDetail},
		"control characters":          {400, jsonType, `{"message":"a\u001b[31m\nb\u202ec"}`, "message", "a [31m b c", Invalid},
		"no UTF-8":                    {400, textType, "a\xffb", "", "a\uFFFDb", NoDetail},
		"a status without a name":     {599, textType, "x", "", "x", Unavailable},
		"a status that means nothing": {418, textType, "x", "", "x", Other},
		"not implemented":             {501, textType, "x", "", "x", Unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(test.status, test.contentType, test.body))})
			_, err := client.GetService(t.Context(), inProject("group/name"), "slack")
			e := asError(t, err)
			if e.StatusCode != test.status || e.Key != test.key || e.Message != test.message || e.Reason() != test.reason {
				t.Errorf("got %d, %q, %q, reason %d", e.StatusCode, e.Key, e.Message, e.Reason())
			}
			if e.Method != http.MethodGet || e.URL != client.root+"/projects/group%2Fname/services/slack" || e.Attempts != 1 || e.Err != nil {
				t.Errorf("the request is %s %s, %d attempts, %v", e.Method, e.URL, e.Attempts, e.Err)
			}
			byHand := &Error{StatusCode: test.status, Key: test.key, Message: test.message}
			if byHand.Reason() != test.reason {
				t.Errorf("made by hand, the reason is %d", byHand.Reason())
			}
		})
	}
}

func TestARedirectIsExplained(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ method, asked, location, says string }{
		{"PUT", "http://gitlab.example.com/x", "https://GITLAB.example.com/x", "GitLab wants https"},
		{"PUT", "https://gitlab.example.com/x", "https://gitlab.example.com:8443/x", "another server, https://gitlab.example.com:8443,"},
		{"GET", "http://gitlab.example.com/x", "https://other.example.com/x", "another server, https://other.example.com,"},
		{"GET", "https://gitlab.example.com/x", "http://gitlab.example.com/x", "another server, http://gitlab.example.com,"},
		{"PUT", "https://gitlab.example.com/x", "/y", "only a GET is redirected"},
		{"GET", "https://gitlab.example.com/x", "/y", "stopped after 3 redirects"},
	} {
		asked, err := url.Parse(test.asked)
		if err != nil {
			t.Fatal(err)
		}
		if got := redirected(test.method, asked, test.location); !strings.Contains(got, test.says) {
			t.Errorf("%s %s to %s: %q, want %q in it", test.method, test.asked, test.location, got, test.says)
		}
	}
}

func TestWhatIsWrongOnTheWayIsHinted(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"HTTPS_PROXY":        &net.OpError{Op: "proxyconnect", Err: io.EOF},
		"spelled right":      &net.OpError{Op: "dial", Err: &net.DNSError{}},
		"nothing listens":    syscall.ECONNREFUSED,
		"cacert_file":        x509.UnknownAuthorityError{},
		"as the certificate": x509.HostnameError{Certificate: new(x509.Certificate)},
		"has run out":        x509.CertificateInvalidError{Reason: x509.Expired},
		"http://":            tls.RecordHeaderError{},
	} {
		if got := hint(fmt.Errorf("on the way: %w", err)); !strings.Contains(got, want) {
			t.Errorf("%v is hinted by %q", err, got)
		}
	}
	for _, err := range []error{io.EOF, &net.OpError{Op: "read", Err: io.EOF}, x509.CertificateInvalidError{Reason: x509.TooManyIntermediates}} {
		if got := hint(err); got != "" {
			t.Errorf("%v is hinted by %q", err, got)
		}
	}
}

func TestWhatMeetsAnotherEndThanTheAddressSays(t *testing.T) {
	t.Parallel()
	for _, err := range []error{&tls.CertificateVerificationError{Err: io.EOF}, tls.RecordHeaderError{}, http.ErrSchemeMismatch} {
		if !otherEnd(fmt.Errorf("on the way: %w", err)) {
			t.Errorf("%v does not", err)
		}
	}
	if otherEnd(io.EOF) {
		t.Error("a connection that was closed does")
	}
}

func TestErrorIsOneLine(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]Error{
		"PUT https://h/p: GitLab answered 400 Bad Request: url is missing":                          {Method: "PUT", URL: "https://h/p", StatusCode: 400, Message: "url is missing", Attempts: 1},
		"PUT https://h/p: GitLab answered 503 Service Unavailable: busy (gave up after 3 attempts)": {Method: "PUT", URL: "https://h/p", StatusCode: 503, Message: "busy", Attempts: 3},
		"GET https://h/p: GitLab answered 599: busy":                                                {Method: "GET", URL: "https://h/p", StatusCode: 599, Message: "busy"},
		"GET https://h/p: no answer from GitLab: connection refused (gave up after 6 attempts)":     {Method: "GET", URL: "https://h/p", Message: "no answer from GitLab: connection refused", Attempts: 6},
		"DELETE https://h/p: GitLab answered 404 Not Found (gave up after 2 attempts)":              {Method: "DELETE", URL: "https://h/p", StatusCode: 404, Message: "404 Not Found", Attempts: 2},
	} {
		if got := e.Error(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestLongAnswersAreShortened(t *testing.T) {
	t.Parallel()
	var list []string
	for i := range 30 {
		list = append(list, fmt.Sprintf("parameter_%d is missing", i))
	}
	all := strings.Join(list, ", ")
	for name, test := range map[string]struct {
		contentType, body string
		least, most       int
	}{
		"a text":                  {"text/plain", strings.Repeat("wörd ", 500), 250, maxText},
		"a page":                  {"text/html", "<p>" + strings.Repeat("wörd ", 500), 250, maxText + len(pageHint) + 3},
		"all of Grape's findings": {"application/json", `{"error":"` + all + `"}`, len(all), len(all)},
		"a message without end":   {"application/json", `{"message":"` + strings.Repeat("wörd ", 5000) + `"}`, 1000, maxJSON},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(400, test.contentType, test.body))})
			_, err := client.GetService(t.Context(), inProject("42"), "slack")
			if n := utf8.RuneCountInString(asError(t, err).Message); n < test.least || n > test.most {
				t.Errorf("%d characters, want %d to %d", n, test.least, test.most)
			}
		})
	}
}

func TestGrapesFindingsLandOnTheirParameters(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		e    Error
		want map[string]string
	}{
		"several": {
			Error{StatusCode: 400, Key: "error", Message: "server_port is invalid, recipients is missing, colorize_messages does not have a valid value"},
			map[string]string{"server_port": "is invalid", "recipients": "is missing", "colorize_messages": "does not have a valid value"},
		},
		"one":                     {Error{StatusCode: 400, Key: "error", Message: "url is missing"}, map[string]string{"url": "is missing"}},
		"twice":                   {Error{StatusCode: 400, Key: "error", Message: "url is invalid, url is empty, url is empty"}, map[string]string{"url": "is invalid, is empty, is empty"}},
		"the same twice":          {Error{StatusCode: 400, Key: "error", Message: "url is empty, url is empty"}, map[string]string{"url": "is empty"}},
		"an element of a list":    {Error{StatusCode: 400, Key: "error", Message: "project_keys[0] is invalid"}, map[string]string{"project_keys": "is invalid"}},
		"several at once":         {Error{StatusCode: 400, Key: "error", Message: "a, b are mutually exclusive"}, nil},
		"no parameter":            {Error{StatusCode: 400, Key: "error", Message: "unexpected token at ''"}, nil},
		"another key":             {Error{StatusCode: 400, Key: "message", Message: "url is missing"}, nil},
		"no key":                  {Error{StatusCode: 400, Message: "url is missing"}, nil},
		"another status":          {Error{StatusCode: 404, Key: "error", Message: "url is missing"}, nil},
		"nothing":                 {Error{}, nil},
		"an unrelated one inside": {Error{StatusCode: 400, Key: "error", Message: "Hello, url is missing"}, map[string]string{"url": "is missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := test.e.Fields()
			if !maps.Equal(got, test.want) || (got == nil) != (test.want == nil) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestSecretsAreInNoError(t *testing.T) {
	t.Parallel()
	const password = `pa"ss<wo>rd&/+ü 1`
	const key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END KEY-----"
	const custom = "proxy-credential-1"
	quote := func(text string) string { return `{"message":"` + inJSON("words: "+text+" :words", true) + `"}` }
	for name, body := range map[string]string{
		"in a JSON message":        quote(password),
		"in a JSON error":          strings.Replace(quote(password), "message", "error", 1),
		"in a JSON key":            `{"message":{"` + inJSON(password, true) + `":["x"]}}`,
		"in JSON inside JSON":      quote(inJSON(password, true) + inJSON(password, false)),
		"in JSON without a key":    `{"words: detail :words":"` + inJSON(password, false) + `"}`,
		"in a broken JSON":         `words: {"` + inJSON(password, true) + " :words",
		"in a text":                "words: " + password + " :words",
		"in a page":                "<p>words: " + password + " :words",
		"in a page, escaped":       "<p>words: pa&quot;ss&lt;wo&gt;rd&amp;/+&uuml; 1 :words",
		"in a query":               quote("?x=" + url.QueryEscape(password) + "&y"),
		"in a path":                quote("/" + url.PathEscape(password) + "/"),
		"in a lower-case query":    quote("?x=" + strings.ToLower(url.QueryEscape(password))),
		"in base64":                quote("cGEic3M8d28+cmQmLyvDvCAx"),
		"in base64 with a name":    quote("Basic dXNlcjpwYSJzczx3bz5yZCYvK8O8IDE="),
		"a key of several lines":   quote(key),
		"a key in one line":        quote(strings.ReplaceAll(key, "\n", " ")),
		"a line of a key":          quote("hkiG9w0BAQEFAASC"),
		"the token":                quote(testToken),
		"the value of a header":    quote(custom),
		"the password of base_url": quote("url-pass-1"),
		"userinfo of another URL":  quote("https://somebody:wo-rd@example.com/x"),
		"userinfo with a sign":     quote("https://a:b@example.com https://somebody:wo-rd@wo-rd@example.com?x"),
		"a short secret":           quote(`PIN "q7" and`),
		"two that overlap":         quote("abcdefghij"),
		"at the cut":               `words: ` + strings.Repeat("x", maxText-16) + password,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := strings.Replace(serve(t, answerWith(400, "", body)), "://", "://user:url-pass-1@", 1)
			client, _ := newTestClient(t, Config{BaseURL: address, Headers: map[string]string{"X-Proxy": "Basic " + custom}})
			_, err := client.PutService(t.Context(), inProject("42"), "slack", Settings{Secrets: []string{password, key, "q7", "abcdefg", "defghij", "", " "}})
			text := asError(t, err).Error()
			for _, never := range []string{
				"pa\"", "pa\\", "pa&", "pa%", "wo>", "wo&", "wo\\", "wo-rd", "pa ss", "cGEic", "c3M8", "dXNlcjpwYSJz", "MIIE", "hkiG", testToken, custom, "url-pass", "q7", "abc", "hij",
			} {
				if strings.Contains(text, never) {
					t.Errorf("%q is in %s", never, text)
				}
			}
			if !strings.Contains(text, "***") && name != "at the cut" {
				t.Errorf("nothing is masked in %s", text)
			}
			if !strings.Contains(text, "words") && name != "in a JSON key" {
				t.Errorf("too much is masked in %s", text)
			}
		})
	}
}

func TestMaskingDoesNotChangeTheReason(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]Reason{
		`{"message":"400 Integration not available"}`:           NotOffered,
		`{"message":"is blocked: the local network"}`:           LocalAddress,
		`{"message":"Another issue tracker is already in use"}`: OtherTracker,
		`{"message":"400 Bad Request"}`:                         NoDetail,
	} {
		client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(400, "application/json", body))})
		_, err := client.PutService(t.Context(), inProject("42"), "slack", Settings{Secrets: []string{"not available", "local", "tracker", "Request"}})
		if e := asError(t, err); e.Reason() != want || !strings.Contains(e.Message, masked) {
			t.Errorf("reason %d, want %d: %v", e.Reason(), want, e)
		}
	}
	client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(404, "application/json", `{"message":"404 Service Not Found"}`))})
	_, err := client.PutService(t.Context(), inProject("42"), "slack", Settings{Secrets: []string{"Service"}})
	if e := asError(t, err); e.Reason() != ServiceNotFound || e.Message != "404 *** Not Found" {
		t.Errorf("reason %d: %v", e.Reason(), e)
	}
}

func TestShortSecretsAreMaskedOnlyWhereTheyStandAlone(t *testing.T) {
	t.Parallel()
	mask := newMasker("a", "42", "é")
	for text, want := range map[string]string{
		"a banana":              "*** banana",
		`say "a" and (a)`:       `say "***" and (***)`,
		"42 of 420, 1.42":       "*** of 420, 1.***",
		"é été":                 "*** été",
		"nothing here but bats": "nothing here but bats",
		"":                      "",
	} {
		if got := mask.hide(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestCauseIsKeptWhereItTellsNoSecret(t *testing.T) {
	t.Parallel()
	refused := errors.New("dial tcp: refused by secret-host")
	client, _ := newTestClient(t, Config{})
	client.transport = roundTrip(func(*http.Request) (*http.Response, error) { return nil, refused })

	_, err := client.GetService(t.Context(), inProject("42"), "slack")
	if e := asError(t, err); !errors.Is(err, refused) || e.Reason() != NoAnswer || e.StatusCode != 0 {
		t.Errorf("got %#v", e)
	}
	_, err = client.PutService(t.Context(), inProject("42"), "slack", Settings{Secrets: []string{"secret-host"}})
	e := asError(t, err)
	if errors.Is(err, refused) || strings.Contains(e.Err.Error(), "secret-host") || strings.Contains(e.Error(), "secret-host") {
		t.Errorf("got %#v", e)
	}
	if !strings.Contains(e.Message, "refused by ***") {
		t.Errorf("the message is %q", e.Message)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func FuzzAnswers(f *testing.F) {
	const secret = `zq"7<k>/x%9`
	for _, body := range []string{
		"", " ", "null", "[]", "{}", `"text"`, "1e999", "<html><title>x</title>", "<", "Retry later", "\x00\xff\x1b[2J",
		slackAnswer,
		`{"id":null,"active":false,"updated_at":null,"properties":null}`,
		`{"id":1,"active":"1","updated_at":"2024-01-01T00:00:00Z","properties":{"a":[{"b":1.5}]}}`,
		`{"message":"404 Project Not Found"}`, `{"message":{"a":["b",{"c":null}]}}`, `{"error":"a is missing, b[0] is invalid"}`,
		`{"error":"invalid_token","error_description":"Token is expired."}`,
		`{"message":"` + inJSON(secret, true) + `"}`, `{"message":"` + inJSON(secret, false) + `"}`,
		"<p>" + secret, "<p>zq&quot;7&lt;k&gt;/x%9", "text " + secret + secret, url.QueryEscape(secret), "://" + secret + "@",
		strings.Repeat("[", 20_000), strings.Repeat(`{"message":`, 500),
		strings.Repeat("<script>", 5_000), strings.Repeat("<!--", 5_000), strings.Repeat(`\`, 5_000) + "u0041", strings.Repeat("&a", 5_000),
		`text \u007a\\u0071\"7<k>/x%9`, "text zq%227%3Ck%3e/x%259",
	} {
		for _, status := range []int{200, 301, 400, 404, 429, 503} {
			f.Add(status, "application/json", []byte(body))
			f.Add(status, "text/html", []byte(body))
		}
	}
	client, err := NewClient(Config{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, status int, contentType string, body []byte) {
		call := client.newCall(http.MethodPut, "/projects/42/services/slack", newMasker(secret))
		header := http.Header{"Content-Type": {contentType}, "Location": {string(body)}, "Retry-After": {string(body)}}
		got := &answer{status: status, header: header, body: body}
		at, err := url.Parse("https://gitlab.example.com/api/v4/projects/42")
		if err != nil {
			t.Fatal(err)
		}
		got.asked = at
		failed := call.failure(got, []byte(`{"webhook":"x"}`))
		if services, err := decodeList(body, decodeRecord); err == nil && slices.Contains(services, nil) {
			t.Error("a list with nothing in it")
		}
		if service, err := decodeService(body); err == nil {
			if service.Values == nil {
				t.Error("a service without values")
			}
		} else {
			check(t, call.garbage(got, err), secret)
		}
		if project, err := Projects.decodeHome(body); err == nil && (project.ID <= 0 || project.Path == "") {
			t.Errorf("a project without a name: %+v", project)
		}
		failed.Fields()
		check(t, failed, secret)
		if _, steps := readPage(string(body)); steps > stepsPerByte*len(body) {
			t.Errorf("%d steps for a page of %d bytes", steps, len(body))
		}
		if _, steps := readJSON(string(body)); steps > stepsPerByte*len(body) {
			t.Errorf("%d steps for a JSON of %d bytes", steps, len(body))
		}
	})
}

func check(t *testing.T, e *Error, secret string) {
	t.Helper()
	text := e.Error()
	read, _ := unescape(text)
	switch {
	case strings.Contains(text, secret), strings.Contains(read, secret):
		t.Errorf("the secret is in %q", text)
	case !utf8.ValidString(text) || strings.ContainsAny(text, "\n\r\x1b\x00"):
		t.Errorf("not one printable line: %q", text)
	case e.Message == "" || utf8.RuneCountInString(text) > maxJSON+500:
		t.Errorf("%d characters", utf8.RuneCountInString(text))
	}
}

// TestAnErrorNamesTheServerWithoutWhoAsks: neither the name nor the password of
// base_url is in the request, nor a token that stands there alone.
func TestAnErrorNamesTheServerWithoutWhoAsks(t *testing.T) {
	t.Parallel()
	server := serve(t, answerWith(403, "application/json", `{"message":"403 Forbidden"}`))
	for _, userinfo := range []string{"", "somebody:hunter2@", "glpat-hunter2@"} {
		client, err := NewClient(Config{BaseURL: strings.Replace(server, "://", "://"+userinfo, 1) + "/gitlab/"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.GetService(t.Context(), inProject("group/name"), "slack")
		if e, want := asError(t, err), server+"/gitlab/api/v4/projects/group%2Fname/services/slack"; e.URL != want || !strings.HasPrefix(e.Error(), "GET "+want+": ") {
			t.Errorf("the request is %q in %v, want %q", e.URL, e, want)
		}
		if got := client.Address(); got != server+"/gitlab" {
			t.Errorf("the address is %q", got)
		}
		if got := client.Anonymous(); got != (userinfo == "") {
			t.Errorf("%q is anonymous: %t", userinfo, got)
		}
	}
}

// TestWhatKeepsAnAnswerFromComingIsExplained: the words of Go's errors are for
// people who write servers.
func TestWhatKeepsAnAnswerFromComingIsExplained(t *testing.T) {
	t.Parallel()
	refused := &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	for name, test := range map[string]struct {
		err    error
		hint   string
		reason Reason
	}{
		"nobody listens":       {refused, "is the port right", NoAnswer},
		"no proxy":             {&net.OpError{Op: "proxyconnect", Net: "tcp", Err: refused}, "cannot be reached", NoAnswer},
		"a proxy without TLS":  {&net.OpError{Op: "proxyconnect", Net: "tcp", Err: tls.RecordHeaderError{Msg: "x"}}, "the proxy speaks http,", NoAnswer},
		"a proxy of one's own": {&net.OpError{Op: "proxyconnect", Net: "tcp", Err: &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}}, "certificate of the proxy; if its authority", NoAnswer},
		"an old proxy":         {&net.OpError{Op: "proxyconnect", Net: "tcp", Err: &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Cert: &x509.Certificate{}, Reason: x509.Expired}}}, "certificate of the proxy that", NoAnswer},
		"an unknown host":      {&net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "gitlab.exmaple.com", IsNotFound: true}}, "spelled right", NoAnswer},
		"another name":         {&tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{}, Host: "h"}}, "base_url", NotConnected},
		"an old certificate":   {&tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Cert: &x509.Certificate{}, Reason: x509.Expired}}, "clock", NotConnected},
		"no known authority":   {&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, "(if the authority is your own, cacert_file", NotConnected},
		"no TLS":               {tls.RecordHeaderError{Msg: "x"}, "the server speaks http,", NotConnected},
		"no TLS, as net/http":  {http.ErrSchemeMismatch, "http://", NotConnected},
		"anything else":        {errors.New("odd"), "", NoAnswer},
	} {
		client, _ := newTestClient(t, Config{BaseURL: "https://gitlab.example.com"})
		e := client.newCall(http.MethodGet, "/x", client.mask).noAnswer(test.err)
		if !strings.Contains(e.Message, test.hint) || e.Reason() != test.reason {
			t.Errorf("%s: reason %d, want %d, and %q in %v", name, e.Reason(), test.reason, test.hint, e)
		}
	}
}

// TestAPageSaysThatThePortSpeaksHTTPS as the server of most installations does.
func TestAPageSaysThatThePortSpeaksHTTPS(t *testing.T) {
	t.Parallel()
	page := `<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>`
	client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(400, "text/html", page))})
	_, err := client.GetService(t.Context(), inProject("group/name"), "slack")
	if e := asError(t, err); !strings.HasSuffix(e.Message, "(the server speaks https, so let base_url begin with https://)") {
		t.Error(e)
	}
}
