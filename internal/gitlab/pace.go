package gitlab

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	// lowSeconds is for how many seconds the allowance that is left must last, at
	// GitLab's own rate, to be spent as fast as Terraform likes.
	lowSeconds = 12
	// paceShare is the part of GitLab's rate that is used once the allowance is
	// low: its windows and ours do not begin together.
	paceShare = 0.9
	// unknownGap lies between two requests after a refusal that does not say the
	// limit, as those of GitLab before 13.8 and of proxies. Each later answer
	// makes it one per cent smaller.
	unknownGap = 100 * time.Millisecond
	// maxGap is the slowest pace. Whatever needs a slower one ends in a refusal,
	// which says how long to wait.
	maxGap = time.Second
)

// pace is how fast GitLab lets all operations of a client go. Every answer sets
// it anew:
//
//   - 429 with RateLimit-Name is from the limiter that counts all requests. It
//     stops all operations for as long as GitLab asks, not only the one that
//     was refused: the others would be refused next, and GitLab counts refused
//     requests too. They go on one by one.
//   - Any other 429 may be about one project, and only slows the others down.
//     But GitLab before 13.8, and proxies, do not say whose limit it is: when
//     another project is refused while the first one waits, all operations stop.
//   - A low RateLimit-Remaining spreads what is left over the time until
//     RateLimit-Reset, so that there is no refusal.
//   - Otherwise nothing is held back, which is GitLab's default: most
//     installations have no limit.
//
// It knows the allowance from the answers alone, so that what others spend of
// it counts too. The pace that the user sets is another matter, see
// [Config.RequestsPerSecond].
//
// See https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/.
type pace struct {
	mu       sync.Mutex
	next     time.Time     // nothing is sent before
	gap      time.Duration // between one request and the next
	known    bool          // gap comes from GitLab, rather than from unknownGap
	inFlight int

	// refused is the place whose refusal stopped nobody else, and until when it
	// waits.
	refused      string
	refusedUntil time.Time

	// Tests replace these to see waits without sleeping through them.
	now   func() time.Time
	sleep func(context.Context, time.Duration) error
}

// quota is what an answer says of the allowance.
type quota struct {
	refused bool
	// where is the path of the place that was refused, whichever of its services
	// it was, and "" where the limit is for all.
	where string
	// wait is how long a refusal asks to wait, else the time until the allowance
	// is full again.
	wait time.Duration
	// perSecond is the allowance, as requests a second, and left what remains of
	// it. Where perSecond is 0, neither was said.
	perSecond float64
	left      int
}

// enter waits until the next request may be sent, which ends with leave. It
// fails only when ctx ends first.
func (p *pace) enter(ctx context.Context) error {
	for {
		wait := p.reserve()
		if wait <= 0 {
			return nil
		}
		noteWait(ctx, wait)
		// Whoever sleeps does not hold a place: until it wakes, an answer may have
		// stopped everybody.
		if err := p.sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// reserve lets a request pass, or says when to ask again.
func (p *pace) reserve() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if wait := p.next.Sub(now); wait > 0 {
		return wait
	}
	p.next = now.Add(p.gap)
	p.inFlight++
	return 0
}

// leave ends a request and sets the pace by its answer.
func (p *pace) leave(q quota) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.inFlight--
	ownGap := time.Duration(0)
	if q.perSecond > 0 {
		ownGap = time.Duration(float64(time.Second) / (q.perSecond * paceShare))
	}
	switch {
	case q.refused && !p.everywhere(q):
		if p.gap < unknownGap {
			p.gap, p.known = unknownGap, false
		}
	case q.refused:
		p.gap, p.known = ownGap, ownGap > 0
		if !p.known {
			p.gap = unknownGap
		}
		p.hold(q.wait)
	case ownGap == 0:
		if !p.known {
			p.gap -= p.gap / 100
		}
	case float64(q.left) > lowSeconds*q.perSecond, q.wait > maxServerWait:
		// There is plenty, or so long to go that a refusal, which says so, is better
		// than to creep.
		p.gap = 0
	default:
		p.gap, p.known = ownGap, true
		// The requests under way are not in GitLab's number yet, or maybe they are.
		if left := q.left - p.inFlight; left > 0 {
			// GitLab's times are whole seconds, the last of which may be over already.
			p.gap = max(p.gap, (q.wait-time.Second)/time.Duration(left))
		} else {
			p.hold(q.wait)
		}
	}
	p.gap = min(p.gap, maxGap)
}

// everywhere tells whether a refusal concerns all operations.
func (p *pace) everywhere(q quota) bool {
	now := p.now()
	elsewhere := p.refused != "" && p.refused != q.where && now.Before(p.refusedUntil)
	p.refused, p.refusedUntil = q.where, now.Add(q.wait)
	return q.where == "" || elsewhere
}

// hold stops all requests for a while. Who asks for more time than anybody
// waits gets none: each operation fails then, saying so.
func (p *pace) hold(wait time.Duration) {
	if until := p.now().Add(wait); wait <= maxServerWait && until.After(p.next) {
		p.next = until
	}
}

// quota reads what GitLab says of its rate limit. RateLimit-Limit is by the
// minute whatever the window of the limit is, RateLimit-Remaining is what the
// window has left. GitLab sends them with 429 from 13.8 on, gitlab.com with
// every answer.
func (c *call) quota(header http.Header, status int) quota {
	number := func(name string) (int, bool) {
		n, err := strconv.Atoi(strings.TrimSpace(header.Get(name)))
		return n, err == nil && n >= 0
	}
	q := quota{refused: status == http.StatusTooManyRequests}
	if limit, ok := number("RateLimit-Limit"); ok {
		q.perSecond = float64(limit) / 60
	}
	if q.refused {
		wait, asked := c.serverWait(header, status)
		if !asked {
			wait = minWait
		}
		q.wait = wait
		if header.Get("RateLimit-Name") == "" {
			path, _, _ := strings.Cut(c.path, "?")
			parts := strings.Split(path, "/") // "", what is collected, a name
			q.where = strings.Join(parts[:min(3, len(parts))], "/")
		}
		return q
	}
	left, leftSaid := number("RateLimit-Remaining")
	reset, resetSaid := number("RateLimit-Reset")
	if !leftSaid || !resetSaid {
		return quota{}
	}
	q.left, q.wait = left, time.Unix(int64(reset), 0).Sub(c.serverNow(header))
	return q
}

// sleep waits, or fails as soon as ctx ends.
func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
