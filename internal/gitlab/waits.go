package gitlab

import (
	"context"
	"sync/atomic"
	"time"
)

// NotableWait is how long the requests of an operation may be held back before
// its user should be told why it takes so long.
const NotableWait = 10 * time.Second

// Waits adds up how long the requests of a context are held back, see
// [WithWaits]. The zero value is ready, and safe for concurrent use.
type Waits struct{ total atomic.Int64 }

// Total is the time for which requests were held back: because GitLab's rate
// limit asked for it, and between two attempts. The user's own pace is not in
// it.
//
// See https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/.
func (w *Waits) Total() time.Duration { return time.Duration(w.total.Load()) }

type waitsKey struct{}

// WithWaits gives a context whose requests add up the time for which they are
// held back, and where they do: that of an operation which the context belongs to
// already, or else a new one.
func WithWaits(ctx context.Context) (context.Context, *Waits) {
	if w, ok := ctx.Value(waitsKey{}).(*Waits); ok {
		return ctx, w
	}
	w := new(Waits)
	return context.WithValue(ctx, waitsKey{}, w), w
}

// noteWait is called where a request is about to wait, and nowhere else: who
// does not wait pays nothing.
func noteWait(ctx context.Context, wait time.Duration) {
	if w, ok := ctx.Value(waitsKey{}).(*Waits); ok {
		w.total.Add(int64(wait))
	}
}
