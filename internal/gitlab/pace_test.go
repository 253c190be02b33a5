package gitlab

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// clock is a time that passes only while somebody sleeps.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) sleep(ctx context.Context, wait time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(wait)
	return ctx.Err()
}

func TestAnAnswerSetsThePaceOfTheRequestsAfterIt(t *testing.T) {
	t.Parallel()
	const everyMinute = 2000.0 / 60
	own := 33 * time.Millisecond // nine tenths of it
	for name, test := range map[string]struct {
		inFlight int // besides
		said     []quota
		waits    []time.Duration // of the requests that follow
	}{
		"no word of a limit":                      {0, []quota{{}}, []time.Duration{0, 0, 0}},
		"plenty is left":                          {9, []quota{{perSecond: everyMinute, left: 1900, wait: 58 * time.Second}}, []time.Duration{0, 0, 0}},
		"little is left, for long":                {0, []quota{{perSecond: everyMinute, left: 80, wait: 41 * time.Second}}, []time.Duration{0, time.Second / 2, time.Second / 2}},
		"little is left, and requests are on way": {9, []quota{{perSecond: everyMinute, left: 89, wait: 41 * time.Second}}, []time.Duration{0, time.Second / 2, time.Second / 2}},
		"little is left, until soon":              {0, []quota{{perSecond: everyMinute, left: 300, wait: time.Second}}, []time.Duration{0, own, own}},
		"very little is left":                     {0, []quota{{perSecond: everyMinute, left: 2, wait: 50 * time.Second}}, []time.Duration{0, time.Second, time.Second}},
		"as much is left as is little":            {0, []quota{{perSecond: 2, left: 2 * lowSeconds, wait: 6 * time.Second}}, []time.Duration{0, 556 * time.Millisecond}},
		"little is left, for as long as we wait":  {0, []quota{{perSecond: 2, left: 20, wait: maxServerWait}}, []time.Duration{0, time.Second}},
		"one is left":                             {0, []quota{{perSecond: everyMinute, left: 1, wait: 50 * time.Second}}, []time.Duration{0, time.Second, time.Second}},
		"nothing is left":                         {0, []quota{{perSecond: everyMinute, left: 0, wait: 50 * time.Second}}, []time.Duration{50 * time.Second, own, own}},
		"nothing is left after those on way":      {5, []quota{{perSecond: everyMinute, left: 5, wait: 50 * time.Second}}, []time.Duration{50 * time.Second, own}},
		"nothing is left for an hour":             {0, []quota{{perSecond: everyMinute, left: 0, wait: time.Hour}}, []time.Duration{0, 0}},
		"refused":                                 {0, []quota{{refused: true, perSecond: everyMinute, wait: 20 * time.Second}}, []time.Duration{20 * time.Second, own, own}},
		"refused by who says no limit":            {0, []quota{{refused: true, wait: 3 * time.Second}}, []time.Duration{3 * time.Second, unknownGap, unknownGap}},
		"refused for an hour":                     {0, []quota{{refused: true, wait: time.Hour, perSecond: everyMinute}}, []time.Duration{0, own}},
		"refused twice":                           {9, []quota{{refused: true, wait: 9 * time.Second}, {refused: true, wait: 2 * time.Second}}, []time.Duration{9 * time.Second, unknownGap}},
		"one path refused":                        {0, []quota{{refused: true, where: "/a", wait: 9 * time.Second}}, []time.Duration{0, unknownGap, unknownGap}},
		"one path refused twice":                  {9, []quota{{refused: true, where: "/a", wait: 9 * time.Second}, {refused: true, where: "/a", wait: 9 * time.Second}}, []time.Duration{0, unknownGap}},
		"two paths refused":                       {9, []quota{{refused: true, where: "/a", wait: 9 * time.Second}, {refused: true, where: "/b", wait: 2 * time.Second}}, []time.Duration{2 * time.Second, unknownGap}},
		"one path refused, then all":              {9, []quota{{refused: true, where: "/a", wait: 9 * time.Second}, {refused: true, wait: 2 * time.Second, perSecond: everyMinute}}, []time.Duration{2 * time.Second, own}},
		"all refused, then one path":              {9, []quota{{refused: true, wait: 2 * time.Second}, {refused: true, where: "/a", wait: 9 * time.Second}}, []time.Duration{2 * time.Second, unknownGap}},
		"one path refused, then silent answers":   {0, []quota{{refused: true, where: "/a", wait: 9 * time.Second}, {}}, []time.Duration{0, 99 * time.Millisecond, 99 * time.Millisecond}},
		"a limit, then no word of one":            {0, []quota{{perSecond: 2, left: 20, wait: 6 * time.Second}, {}}, []time.Duration{0, 556 * time.Millisecond, 556 * time.Millisecond}},
		"one path refused at a slow pace":         {0, []quota{{perSecond: 2, left: 20, wait: 41 * time.Second}, {refused: true, where: "/a", wait: 9 * time.Second}}, []time.Duration{0, time.Second, time.Second}},
		"refused, then silent answers":            {0, []quota{{refused: true, perSecond: everyMinute, wait: time.Second}, {}, {}}, []time.Duration{time.Second, own}},
		"refused, then a full window":             {0, []quota{{refused: true, perSecond: everyMinute, wait: time.Second}, {perSecond: everyMinute, left: 1999, wait: time.Minute}}, []time.Duration{time.Second, 0, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := newClock()
			p := pace{now: clock.now, sleep: clock.sleep, inFlight: test.inFlight}
			for range test.said {
				p.inFlight++
			}
			for _, said := range test.said {
				p.leave(said)
			}
			for i, want := range test.waits {
				before := clock.now()
				if err := p.enter(t.Context()); err != nil {
					t.Fatal(err)
				}
				if got := clock.now().Sub(before).Round(time.Millisecond); got != want {
					t.Errorf("request %d waits %s, want %s", i, got, want)
				}
			}
		})
	}
}

func TestARefusalThatIsOverDoesNotMakeAnotherStopEverything(t *testing.T) {
	t.Parallel()
	clock := newClock()
	p := pace{now: clock.now, sleep: clock.sleep, inFlight: 2}
	p.leave(quota{refused: true, where: "/a", wait: 9 * time.Second})
	if err := clock.sleep(t.Context(), 9*time.Second); err != nil {
		t.Fatal(err)
	}
	p.leave(quota{refused: true, where: "/b", wait: 9 * time.Second})
	if wait := p.reserve(); wait > 0 {
		t.Errorf("the next request waits %s", wait)
	}
}

// TestARefusalOfOneProjectStopsItsOperationOnly, as long as no other is
// refused.
func TestARefusalOfOneProjectStopsItsOperationOnly(t *testing.T) {
	t.Parallel()
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			w.Header().Set("Retry-After", "30")
			answerWith(429, "application/json", `{"message":{"error":"This endpoint has been requested too many times."}}`)(w, r)
			return
		}
		_, _ = w.Write([]byte(slackAnswer))
	})
	client, left := newTestClient(t, Config{BaseURL: url, Retries: 1})
	before := client.pace.now()
	for i, refused := range []struct{ project, slug string }{{"1", "slack"}, {"1", "jira"}, {"2", "slack"}} {
		if _, err := client.PutService(t.Context(), inProject(refused.project), refused.slug, Settings{}); asError(t, err).Reason() != RateLimited {
			t.Fatal(err)
		}
		if len(left.list) != i+1 || left.list[i] < 30*time.Second {
			t.Errorf("the PUTs waited %v", left.list)
		}
		if err := operations["GET"](t.Context(), client); err != nil {
			t.Fatal(err)
		}
		if waited := client.pace.now().Sub(before); (waited >= 30*time.Second) != (refused.project == "2") {
			t.Errorf("after %s of project %s is refused, another project waits %s", refused.slug, refused.project, waited)
		}
	}
}

// TestTheWaitsOfAnOperationAreItsCallersToKnow, without those of others.
func TestTheWaitsOfAnOperationAreItsCallersToKnow(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			w.Header().Set("Retry-After", "20")
			w.Header().Set("RateLimit-Name", "throttle_authenticated_api")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		_, _ = w.Write([]byte(slackAnswer))
	})
	client, _ := newTestClient(t, Config{BaseURL: url, Retries: 1})
	ofPut, put := WithWaits(t.Context())
	if err := operations["PUT"](ofPut, client); err != nil {
		t.Fatal(err)
	}
	ofGet, get := WithWaits(t.Context())
	if err := operations["GET"](ofGet, client); err != nil {
		t.Fatal(err)
	}
	if same, w := WithWaits(ofPut); same != ofPut || w != put {
		t.Error("a part of an operation has waits of its own")
	}
	// The retry waits 20 s and half of its jitter. No time passes in it here, so
	// the pace holds the second attempt back as well.
	if put.Total() != 41*time.Second || put.Total() < NotableWait {
		t.Errorf("the PUT waited %s", put.Total())
	}
	if get.Total() > time.Second {
		t.Errorf("the GET waited %s", get.Total())
	}
}

func TestAfterARefusalWithoutALimitThePaceRecovers(t *testing.T) {
	t.Parallel()
	clock := newClock()
	p := pace{now: clock.now, sleep: clock.sleep}
	said := quota{refused: true, wait: time.Second}
	var sent int
	for ; sent < 1000 && (sent == 0 || p.gap > time.Millisecond); sent++ {
		if err := p.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.leave(said)
		said = quota{}
	}
	if took := clock.now().Sub(newClock().at); sent < 100 || sent == 1000 || took > 12*time.Second {
		t.Errorf("back at full speed after %d requests and %s", sent, took)
	}
}

func TestTheAllowanceIsReadFromTheAnswer(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	in := func(d time.Duration) string { return strconv.FormatInt(now.Add(d).Unix(), 10) }
	for name, test := range map[string]struct {
		status int
		header map[string]string
		want   quota
	}{
		"nothing said":         {200, nil, quota{}},
		"all said":             {200, map[string]string{"RateLimit-Limit": "600", "RateLimit-Remaining": "42", "RateLimit-Reset": in(30 * time.Second)}, quota{perSecond: 10, left: 42, wait: 30 * time.Second}},
		"said of an error":     {404, map[string]string{"RateLimit-Limit": "600", "RateLimit-Remaining": "0", "RateLimit-Reset": in(30 * time.Second)}, quota{perSecond: 10, wait: 30 * time.Second}},
		"no reset said":        {200, map[string]string{"RateLimit-Limit": "600", "RateLimit-Remaining": "42"}, quota{}},
		"no rest said":         {200, map[string]string{"RateLimit-Limit": "600", "RateLimit-Reset": in(30 * time.Second)}, quota{}},
		"less than nothing":    {200, map[string]string{"RateLimit-Limit": "600", "RateLimit-Remaining": "-1", "RateLimit-Reset": in(30 * time.Second)}, quota{}},
		"an absurd limit":      {200, map[string]string{"RateLimit-Limit": "99999999999999999999", "RateLimit-Remaining": "0", "RateLimit-Reset": in(30 * time.Second)}, quota{wait: 30 * time.Second}},
		"nonsense":             {200, map[string]string{"RateLimit-Limit": "ten", "RateLimit-Remaining": "-1", "RateLimit-Reset": "soon"}, quota{}},
		"a clock of its own":   {200, map[string]string{"Date": now.Add(time.Hour).Format(http.TimeFormat), "RateLimit-Limit": "60", "RateLimit-Remaining": "1", "RateLimit-Reset": in(time.Hour + 5*time.Second)}, quota{perSecond: 1, left: 1, wait: 5 * time.Second}},
		"a refusal of all":     {429, map[string]string{"RateLimit-Name": "throttle_authenticated_api", "Retry-After": "7", "RateLimit-Limit": "1200", "RateLimit-Remaining": "0"}, quota{refused: true, perSecond: 20, wait: 7 * time.Second}},
		"a refusal":            {429, map[string]string{"Retry-After": "7"}, quota{refused: true, where: "/projects/g%2Fp", wait: 7 * time.Second}},
		"a refusal, no reason": {429, nil, quota{refused: true, where: "/projects/g%2Fp", wait: minWait}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := newTestClient(t, Config{})
			client.now = func() time.Time { return now }
			header := http.Header{}
			for key, value := range test.header {
				header.Set(key, value)
			}
			if got := client.newCall(http.MethodGet, "/projects/g%2Fp/services/slack?page=2", client.mask).quota(header, test.status); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

// TestARefusalStopsTheOtherOperationsToo, which were not refused themselves.
func TestARefusalStopsTheOtherOperationsToo(t *testing.T) {
	t.Parallel()
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			w.Header().Set("Retry-After", "30")
			w.Header().Set("RateLimit-Name", "throttle_authenticated_api")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		_, _ = w.Write([]byte(slackAnswer))
	})
	client, _ := newTestClient(t, Config{BaseURL: url})
	before := client.pace.now()
	if err := operations["PUT"](t.Context(), client); err == nil {
		t.Fatal("the PUT was not refused")
	}
	if err := operations["GET"](t.Context(), client); err != nil {
		t.Fatal(err)
	}
	if waited := client.pace.now().Sub(before); waited != 30*time.Second {
		t.Errorf("the GET waited %s", waited)
	}
	if client.pace.inFlight != 0 {
		t.Errorf("%d requests are never answered", client.pace.inFlight)
	}
}

func TestTheBoundsOfThePace(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	for wait, held := range map[time.Duration]bool{time.Second: true, maxServerWait: true, maxServerWait + 1: false} {
		p := pace{now: func() time.Time { return now }}
		p.hold(wait)
		if got := p.next.Equal(now.Add(wait)); got != held {
			t.Errorf("%s: held %t", wait, got)
		}
	}
	// A pace that GitLab has said is not made one that it has not.
	p := pace{now: func() time.Time { return now }, gap: unknownGap, known: true}
	p.leave(quota{refused: true, where: "/projects/1", wait: time.Second})
	if !p.known || p.gap != unknownGap {
		t.Errorf("the gap is %s, known: %t", p.gap, p.known)
	}
}
