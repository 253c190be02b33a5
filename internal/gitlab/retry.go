package gitlab

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// The wait before retry n is anything up to minWait * 2^n and up to maxWait,
	// evenly spread, so that operations that failed together do not come back
	// together.
	minWait = time.Second
	maxWait = 30 * time.Second

	// maxServerWait bounds what GitLab may ask for in Retry-After or
	// RateLimit-Reset: its limits count by the minute unless an administrator
	// changed that. Where it asks for more, the request fails at once and says so,
	// since to come earlier would only be refused again.
	maxServerWait = 2 * time.Minute

	// The tracker that the same apply removes is gone a moment later: five times a
	// second or so.
	maxTrackerRetries = 5
	trackerWait       = time.Second

	// A GitLab that crashes on a value crashes again. But the database may have
	// been away for a moment, which looks the same.
	maxCrashRetries = 2

	// A glance has something to fall back on.
	maxGlanceRetries = 2
)

// trackerInUse is part of the 400 for a second issue tracker, see
// [OtherTracker].
const trackerInUse = "Another issue tracker is already in use"

// retries is how many times a request that failed is sent again; there may be
// no answer. Every method is retried: all are idempotent. A glance waits for no
// answer twice, and is patient only where GitLab asks for it, since whoever falls
// back on other requests would be asked as well.
func (c *call) retries(got *answer, failed *Error) int {
	switch why := failed.Reason(); {
	case why == NoAnswer && c.glance:
		return 0
	case why == NoAnswer:
		return c.most
	case got == nil:
		return 0
	case why == OtherTracker:
		return min(c.most, maxTrackerRetries)
	case c.crashes > maxCrashRetries:
		return 0
	case !retryable(got.status) || tooLong(c.serverWait(got.header, got.status)):
		return 0
	case c.glance && got.status != http.StatusTooManyRequests:
		return min(c.most, maxGlanceRetries)
	}
	return c.most
}

// retryable tells of a status whether waiting may cure it: GitLab's limiter
// (429), its locks (409, from 14.0 on), its restarts and those of the proxies
// before it (5xx, but for the two that speak of the request).
func retryable(status int) bool {
	switch status {
	case http.StatusConflict, http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	}
	return status >= http.StatusInternalServerError
}

// transient tells of a request without an answer whether waiting may cure it.
// Certificates do not change by themselves, and neither do a server that speaks
// another protocol or a deadline that is too near.
func transient(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		authority    x509.UnknownAuthorityError
		hostname     x509.HostnameError
		invalid      x509.CertificateInvalidError
		header       tls.RecordHeaderError
	)
	switch text := err.Error(); {
	case errors.As(err, &verification), errors.As(err, &authority), errors.As(err, &hostname), errors.As(err, &invalid), errors.As(err, &header):
		return false
	case errors.Is(err, http.ErrSchemeMismatch), errors.Is(err, errTooLong), errors.Is(err, errPace), errors.Is(err, errProxyAuth):
		return false
	// These have no type of their own.
	case strings.Contains(text, "unsupported protocol scheme"), strings.Contains(text, "remote error: tls:") && strings.Contains(text, "certificate"):
		return false
	}
	return true
}

// backoff gives the wait before the next attempt, and logs the retry. There is
// no answer where the last attempt got none.
func (c *call) backoff(ctx context.Context, got *answer, failed *Error) time.Duration {
	wait := c.wait(c.attempts-1, got)
	if failed.Reason() == OtherTracker {
		wait = trackerWait + time.Duration(c.client.random()*float64(trackerWait)/2)
	}
	c.debug(ctx, "GitLab request is sent again", func() map[string]any {
		fields := map[string]any{"method": c.method, "path": c.line(c.client.rootPath+c.path, maxText), "attempt": c.attempts, "wait_ms": wait.Milliseconds()}
		if got != nil {
			fields["status"] = got.status
		}
		return fields
	})
	noteWait(ctx, wait)
	return c.client.pause(wait)
}

// wait is the time before retry n, which begin at 0.
func (c *call) wait(attempt int, got *answer) time.Duration {
	if got != nil {
		if wait, ok := c.serverWait(got.header, got.status); ok {
			// A little later than asked, and not all at the same moment.
			return wait + time.Duration(c.client.random()*float64(wait)/10)
		}
	}
	ceiling := maxWait
	if attempt < 5 { // 2^5 s is beyond maxWait, and shifting further would overflow one day
		ceiling = min(maxWait, minWait<<attempt)
	}
	return time.Duration(c.client.random() * float64(ceiling))
}

// serverWait gives how long GitLab asks to wait: Retry-After in seconds or as
// an HTTP date, else, with a 429, RateLimit-Reset as a Unix time (GitLab sends
// both from 13.8 on). Times are compared with the answer's own Date, so that a
// clock that goes wrong here does not matter.
//
// See https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/.
func (c *call) serverWait(header http.Header, status int) (time.Duration, bool) {
	if !retryable(status) {
		return 0, false
	}
	now := c.serverNow(header)
	after := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.ParseInt(after, 10, 32); err == nil && seconds >= 0 {
		return time.Duration(seconds) * time.Second, true
	}
	if at, err := http.ParseTime(after); err == nil {
		return max(0, at.Sub(now)), true
	}
	if status != http.StatusTooManyRequests {
		return 0, false
	}
	reset, err := strconv.ParseInt(strings.TrimSpace(header.Get("RateLimit-Reset")), 10, 64)
	if err != nil {
		return 0, false
	}
	// Both are whole seconds: one more, or the reset may still be a moment away.
	// One in the past says nothing.
	if wait := time.Unix(reset, 0).Add(time.Second).Sub(now); wait > 0 {
		return wait, true
	}
	return 0, false
}

// serverNow is the time of an answer by the clock of who sent it, in whole
// seconds.
func (c *call) serverNow(header http.Header) time.Time {
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		return date
	}
	return c.client.now()
}

func tooLong(wait time.Duration, asked bool) bool { return asked && wait > maxServerWait }
