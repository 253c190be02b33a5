package gitlab

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// Error is the error of every request: what was asked, what GitLab answered, or
// why there is no answer. Secrets of the [Config] and the [Settings] are masked
// in all of it.
type Error struct {
	// Method and URL are the request as sent; URL is escaped, and has neither a user
	// name nor a password.
	Method, URL string
	// StatusCode is that of the last answer, 0 when there was none. It may be 200,
	// for an answer that makes no sense.
	StatusCode int
	// Key tells where GitLab's words stood: "error" (Grape, which checks
	// parameters and routes, and OAuth) or "message" (the API's own code), the two
	// shapes of an error in every version; "" for any other answer.
	Key string
	// Message is GitLab's words, shortened, or what kept them from coming.
	Message string
	// Attempts is how many times the request was sent.
	Attempts int
	// MayBeDone tells of a PUT or DELETE that it was sent and no answer came, so
	// that GitLab may have done it.
	MayBeDone bool
	// Err is the cause where no answer came, such as [context.Canceled]; otherwise
	// nil.
	Err error

	reason Reason // found before masking, which may hide the word that decides
	local  bool   // nothing that waiting would cure: arguments, certificates, an interrupt
	moved  bool   // 405 because the place goes by another path now
}

// Error gives the request, the status and the words in one line.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: ", e.Method, e.URL)
	if e.StatusCode != 0 {
		fmt.Fprintf(&b, "GitLab answered %d", e.StatusCode)
		if text := http.StatusText(e.StatusCode); text != "" {
			b.WriteString(" " + text)
		}
	}
	// GitLab's words are often the status once more.
	if status := fmt.Sprintf("%d %s", e.StatusCode, http.StatusText(e.StatusCode)); e.Message != status {
		if e.StatusCode != 0 {
			b.WriteString(": ")
		}
		b.WriteString(e.Message)
	}
	if e.Attempts > 1 {
		fmt.Fprintf(&b, " (gave up after %d attempts)", e.Attempts)
	}
	return b.String()
}

// Unwrap gives [Error.Err].
func (e *Error) Unwrap() error { return e.Err }

// Reason is what an [Error] means for the caller.
type Reason int

// The reasons, each with the answers that stand for it.
const (
	// Other is every error that is none of the following: most are answers that
	// GitLab's API does not give.
	Other Reason = iota
	// NotConnected is that nothing was asked because the other end is not what the
	// address says: its certificate is not trusted, or it speaks https where http
	// was expected, or the other way round.
	NotConnected
	// Redirected is an answer that leads elsewhere, and was not followed.
	Redirected
	// ServiceNotFound is 404 with the message Service Not Found, or Integration
	// Not Found from GitLab 14.4 on.
	ServiceNotFound
	// PlaceNotFound is 404 with the message Project or Group Not Found, which
	// GitLab also tells a token that may not see the place, and to a path that a
	// group had before.
	PlaceNotFound
	// NoSuchRoute is any other 404: the wrong address, which an answer without a key
	// comes from, a PUT to a service that this GitLab does not know, or any request
	// for the services of a place that has none in this GitLab, see [Level.Since].
	NoSuchRoute
	// NoList is 404 with the key "error" to the list of a project's services,
	// which GitLab has since 12.7.
	NoList
	// UnknownSlug is 400 to the GET or DELETE of a service that this GitLab does
	// not know (any more).
	UnknownSlug
	// Unauthorized is 401: the token is missing, unknown, expired or revoked.
	Unauthorized
	// ScopeTooSmall is 403 with the word insufficient_scope: the token lacks the
	// scope api, whoever owns it. See https://docs.gitlab.com/api/rest/.
	ScopeTooSmall
	// Forbidden is any other 403 of GitLab: the role of the token's owner does not
	// suffice.
	Forbidden
	// Intercepted is 401 or 403 in neither of the shapes that GitLab's API has:
	// something on the way to it refused, such as a firewall or a page to log in at.
	Intercepted
	// OtherTracker is 400 because the project has another issue tracker that is
	// active. GitLab refuses a second one since it saves through UpdateService
	// (17.2); earlier ones keep several active.
	OtherTracker
	// NotOffered is 400 or 422 with the words Integration not available: an
	// administrator switched the service off, GitLab's edition lacks it, or groups
	// cannot have it. Seen in GitLab 17 to 19.
	NotOffered
	// NothingAbove is 400 to settings that are to be inherited: neither a group
	// above nor the instance has any. Seen in GitLab 18.9.
	NothingAbove
	// NotByAPI is 422 to a service that the API changes, and neither sets up nor
	// ends: it is installed in another way. Seen in GitLab 18.9.
	NotByAPI
	// LocalAddress is 400 or 422 to an address in GitLab's own network, which it
	// calls only where an administrator allows that. The web hook that GitLab
	// derives from other settings is refused with an empty list of errors, "Failed
	// to update integration. {}", seen in GitLab 17 to 19. See
	// https://docs.gitlab.com/security/webhooks/.
	LocalAddress
	// NoDetail is 400 or 422 that does not say what is wrong with the settings, as
	// no GitLab before 17.2 does where its model refuses them.
	NoDetail
	// Invalid is any other 400, and 422: GitLab refused the settings and says why.
	Invalid
	// Crashed is 500 in the shape of GitLab's API to a PUT, after two retries: its
	// code may not expect one of the values. Proxies answer 5xx in other shapes.
	Crashed
	// RateLimited is 429, after the retries.
	RateLimited
	// NoAnswer is that none came, after the retries, or that none came to other
	// requests for so long that this one was not sent.
	NoAnswer
	// Interrupted is that the context ended before GitLab answered. See
	// [Error.MayBeDone].
	Interrupted
	// ProxyAuth is 407, from the proxy to GitLab: it wants a user name and a
	// password, for http in the place of GitLab's answer, for https before the
	// request is sent.
	ProxyAuth
	// Unavailable is 409 or 5xx, after the retries.
	Unavailable
)

// Reason tells what the error means. An Error made by hand is judged by its
// fields.
func (e *Error) Reason() Reason {
	if e.reason != Other {
		return e.reason
	}
	return e.judge(e.Message)
}

func (e *Error) judge(text string) Reason {
	says := func(words string) bool { return strings.Contains(strings.ToLower(text), words) }
	switch status := e.StatusCode; {
	case e.local:
		return Other
	case status == http.StatusNotFound && e.Key == "message" && (says("service not found") || says("integration not found")):
		return ServiceNotFound
	case status == http.StatusNotFound && e.Key == "message" && (says("project not found") || says("group not found")):
		return PlaceNotFound
	case status == http.StatusNotFound:
		return NoSuchRoute
	case status == http.StatusBadRequest && e.Key == "error" && unknownSlug.MatchString(strings.ToLower(text)):
		return UnknownSlug
	case (status == http.StatusUnauthorized || status == http.StatusForbidden) && e.Key == "":
		return Intercepted
	case status == http.StatusUnauthorized:
		return Unauthorized
	case status == http.StatusForbidden && says("insufficient_scope"):
		return ScopeTooSmall
	case status == http.StatusForbidden:
		return Forbidden
	case status == http.StatusBadRequest, status == http.StatusUnprocessableEntity:
		return e.judgeRefusal(strings.TrimSpace(text))
	case status == http.StatusProxyAuthRequired:
		return ProxyAuth
	case status == http.StatusInternalServerError && e.Key == "message" && e.Method == http.MethodPut:
		return Crashed
	case status == http.StatusTooManyRequests:
		return RateLimited
	case status == 0:
		return NoAnswer
	case status == http.StatusConflict, status >= http.StatusInternalServerError:
		return Unavailable
	}
	return Other
}

// judgeRefusal tells why GitLab refuses settings.
func (e *Error) judgeRefusal(text string) Reason {
	switch {
	case e.StatusCode == http.StatusBadRequest && strings.Contains(text, trackerInUse):
		return OtherTracker
	case e.StatusCode == http.StatusBadRequest && strings.Contains(text, "Default integration not found"):
		return NothingAbove
	case strings.Contains(text, "Integration not available"):
		return NotOffered
	case e.StatusCode == http.StatusUnprocessableEntity && strings.Contains(text, "integration from the API"):
		return NotByAPI
	case strings.Contains(text, "local network"), strings.Contains(text, "Requests to localhost"), strings.HasSuffix(text, "integration. {}"):
		return LocalAddress
	case text == "400 Bad Request", e.Key == "":
		return NoDetail
	}
	return Invalid
}

var (
	// unknownSlug is what Grape says of a slug outside its list; the parameter was
	// service_slug up to 13.x.
	unknownSlug = regexp.MustCompile(`\b(service_)?slug does not have a valid value`)
	// grapeFault is one of Grape's findings. Those about several parameters at
	// once ("are mutually exclusive") belong to none.
	grapeFault = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_]*)(?:\[[^\]]*\])* ((?:is|does|has|must|should|can't|cannot) .+)$`)
)

// Fields takes apart what Grape says of parameters, "url is missing,
// server_port is invalid", into a text for each parameter. It is nil for errors
// that are not a 400 with the key "error", and for those that name no
// parameter.
func (e *Error) Fields() map[string]string {
	if e.StatusCode != http.StatusBadRequest || e.Key != "error" {
		return nil
	}
	var fields map[string]string
	for fault := range strings.SplitSeq(e.Message, ", ") {
		match := grapeFault.FindStringSubmatch(fault)
		if match == nil {
			continue
		}
		if fields == nil {
			fields = map[string]string{}
		}
		name, text := match[1], match[2]
		if earlier, ok := fields[name]; ok && earlier != text {
			text = earlier + ", " + text
		}
		fields[name] = text
	}
	return fields
}
