package gitlab

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// newMemo gives a memo whose answers last a minute of the clock.
func newMemo() (*memo[string, int], *clock) {
	clock := newClock()
	return &memo[string, int]{life: time.Minute, now: clock.now}, clock
}

// source answers with numbers that grow, each to one question.
type source struct{ asked atomic.Int32 }

func (s *source) ask(context.Context) (int, error) { return int(s.asked.Add(1)), nil }

func TestAMemoKeepsAnswersForAsLongAsTheyLive(t *testing.T) {
	t.Parallel()
	failure := errors.New("no")
	type step struct {
		do   string
		key  string
		want int // 0 where there is nothing
	}
	for name, steps := range map[string][]step{
		"asked once":               {{"get", "a", 1}, {"get", "a", 1}, {"peek", "a", 1}},
		"each key for itself":      {{"get", "a", 1}, {"get", "b", 2}, {"get", "a", 1}},
		"a peek asks nobody":       {{"peek", "a", 0}, {"get", "a", 1}},
		"put is kept":              {{"put", "a", 9}, {"get", "a", 9}, {"peek", "a", 9}},
		"put wins":                 {{"get", "a", 1}, {"put", "a", 9}, {"get", "a", 9}},
		"a drop forgets":           {{"get", "a", 1}, {"drop", "", 0}, {"peek", "a", 0}, {"get", "a", 2}},
		"a drop forgets what put":  {{"put", "a", 9}, {"drop", "", 0}, {"get", "a", 1}},
		"a life ends":              {{"get", "a", 1}, {"pass", "", 60}, {"peek", "a", 0}, {"get", "a", 2}},
		"a life lasts":             {{"get", "a", 1}, {"pass", "", 59}, {"get", "a", 1}},
		"errors are asked again":   {{"fail", "a", 0}, {"peek", "a", 0}, {"get", "a", 1}},
		"errors leave what is put": {{"put", "a", 9}, {"fail", "a", 9}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, clock := newMemo()
			var s source
			for i, step := range steps {
				var got int
				var err error
				switch step.do {
				case "get":
					got, err = m.get(t.Context(), step.key, s.ask)
				case "fail":
					got, err = m.get(t.Context(), step.key, func(context.Context) (int, error) { return 0, failure })
					if errors.Is(err, failure) {
						err = nil
					}
				case "peek":
					got, _ = m.peek(step.key)
				case "put":
					m.put(step.key, step.want)
					got = step.want
				case "drop":
					m.drop()
				case "pass":
					_ = clock.sleep(t.Context(), time.Duration(step.want)*time.Second)
					got = step.want
				}
				if got != step.want || err != nil {
					t.Errorf("step %d, %s %s: %d and %v, want %d", i, step.do, step.key, got, err, step.want)
				}
			}
		})
	}
}

func TestALifeBeginsWithTheQuestion(t *testing.T) {
	t.Parallel()
	m, clock := newMemo()
	_, err := m.get(t.Context(), "a", func(ctx context.Context) (int, error) { return 1, clock.sleep(ctx, time.Minute) })
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := m.peek("a"); ok {
		t.Errorf("%d is kept", got)
	}
}

func TestAMemoHasRoomForSoMuch(t *testing.T) {
	t.Parallel()
	type put struct {
		key  string
		size int
		pass time.Duration // before it
	}
	for name, test := range map[string]struct {
		puts []put
		want string // what is kept
	}{
		"all":                          {[]put{{"a", 4, 0}, {"b", 6, 0}}, "ab"},
		"the first goes first":         {[]put{{"a", 4, 0}, {"b", 4, 0}, {"c", 4, 0}, {"d", 2, 0}}, "bcd"},
		"several go for a large one":   {[]put{{"a", 4, 0}, {"b", 4, 0}, {"c", 9, 0}}, "c"},
		"too large for all":            {[]put{{"a", 4, 0}, {"b", 11, 0}}, ""},
		"and then there is room again": {[]put{{"a", 11, 0}, {"b", 10, 0}}, "b"},
		"anew takes its place once":    {[]put{{"a", 6, 0}, {"a", 5, 0}, {"b", 5, 0}}, "ab"},
		"what is over makes room":      {[]put{{"a", 1, 0}, {"b", 1, 40 * time.Second}, {"c", 1, 40 * time.Second}}, "bc"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, clock := newMemo()
			m.room, m.size = 10, func(n int) int { return n }
			for range 2 { // once more after a drop, as if nothing had been
				for _, p := range test.puts {
					_ = clock.sleep(t.Context(), p.pass)
					m.put(p.key, p.size)
				}
				got, used := strings.Join(slices.Sorted(maps.Keys(m.kept)), ""), 0
				for _, k := range m.kept {
					used += k.value
				}
				if got != test.want || m.used != used || len(m.order) != len(m.kept) {
					t.Errorf("%q are kept, want %q; %d used, %d in order", got, test.want, m.used, len(m.order))
				}
				m.drop()
			}
		})
	}
}

// question is one that is answered when the test says so.
type question struct {
	begun  atomic.Int32
	answer chan int
	ended  chan error // of the context of a question that nobody waits for
}

func newQuestion() *question { return &question{answer: make(chan int), ended: make(chan error, 10)} }

func (q *question) ask(ctx context.Context) (int, error) {
	q.begun.Add(1)
	select {
	case value := <-q.answer:
		return value, nil
	case <-ctx.Done():
		q.ended <- ctx.Err()
		return 0, ctx.Err()
	}
}

func TestThoseWhoAskTogetherAskOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, _ := newMemo()
		q, other := newQuestion(), newQuestion()
		var all sync.WaitGroup
		get := func(key string, of *question) {
			all.Go(func() {
				if got, err := m.get(t.Context(), key, of.ask); got != 7 || err != nil {
					t.Errorf("%s is %d and %v", key, got, err)
				}
			})
			synctest.Wait()
		}
		for range 5 {
			get("a", q)
			get("b", other)
		}
		for _, asked := range []*question{q, other} {
			n := asked.begun.Load()
			if n != 1 {
				t.Errorf("asked %d times", n)
			}
			for range n {
				asked.answer <- 7
			}
		}
		all.Wait()
	})
}

// TestWhoEndsAQuestionFromBeforeADropLeavesTheOneAfterIt to those who wait for
// that.
func TestWhoEndsAQuestionFromBeforeADropLeavesTheOneAfterIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, _ := newMemo()
		before, after := newQuestion(), newQuestion()
		ctx, interrupt := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			_, err := m.get(ctx, "a", func(context.Context) (int, error) { return before.ask(t.Context()) })
			if !errors.Is(err, context.Canceled) {
				t.Errorf("the first one: %v", err)
			}
		})
		synctest.Wait()
		m.drop()
		get := func() {
			all.Go(func() {
				if got, err := m.get(t.Context(), "a", after.ask); got != 7 || err != nil {
					t.Errorf("got %d and %v", got, err)
				}
			})
			synctest.Wait()
		}
		get()
		interrupt()
		synctest.Wait()
		get()
		n := after.begun.Load()
		if n != 1 {
			t.Errorf("asked %d times after the drop", n)
		}
		for range n {
			after.answer <- 7
		}
		before.answer <- 6
		all.Wait()
	})
}

// TestWhoIsInterruptedIsToldNothing, not even what is kept, and asks nobody.
func TestWhoIsInterruptedIsToldNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, _ := newMemo()
		m.put("kept", 7)
		ctx, interrupt := context.WithCancel(t.Context())
		interrupt()
		var s source
		for _, key := range []string{"kept", "unknown"} {
			if got, err := m.get(ctx, key, s.ask); got != 0 || !errors.Is(err, context.Canceled) {
				t.Errorf("%s is %d and %v", key, got, err)
			}
		}
		synctest.Wait()
		if n := s.asked.Load(); n != 0 {
			t.Errorf("asked %d times", n)
		}
	})
}

// TestAQuestionOutlivesWhoAskedIt as long as somebody waits for the answer.
func TestAQuestionOutlivesWhoAskedIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, _ := newMemo()
		q := newQuestion()
		first, interrupt := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if _, err := m.get(first, "a", q.ask); !errors.Is(err, context.Canceled) {
				t.Errorf("the first one: %v", err)
			}
		})
		synctest.Wait()
		all.Go(func() {
			if got, err := m.get(t.Context(), "a", q.ask); got != 7 || err != nil {
				t.Errorf("the second one: %d and %v", got, err)
			}
		})
		synctest.Wait()
		interrupt()
		synctest.Wait()
		q.answer <- 7
		all.Wait()
	})
}

func TestAQuestionThatNobodyWaitsForEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, _ := newMemo()
		q := newQuestion()
		ctx, interrupt := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() { _, _ = m.get(ctx, "a", q.ask) })
		}
		synctest.Wait()
		interrupt()
		all.Wait()
		if err := <-q.ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		// Who comes then does not share its end.
		all.Go(func() {
			if got, err := m.get(t.Context(), "a", q.ask); got != 7 || err != nil {
				t.Errorf("a later one: %d and %v", got, err)
			}
		})
		synctest.Wait()
		q.answer <- 7
		all.Wait()
		if n := q.begun.Load(); n != 2 {
			t.Errorf("asked %d times", n)
		}
	})
}

// TestWhatWasAskedForBeforeADropIsNotHandedOutAfterIt, even to those who asked
// before it, and even where the answer takes no notice of its context.
func TestWhatWasAskedForBeforeADropIsNotHandedOutAfterIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, _ := newMemo()
		old := make(chan int)
		var asked atomic.Int32
		ask := func(context.Context) (int, error) {
			if asked.Add(1) == 1 {
				return <-old, nil
			}
			return 8, nil
		}
		var all sync.WaitGroup
		get := func(who string) {
			all.Go(func() {
				if got, err := m.get(t.Context(), "a", ask); got != 8 || err != nil {
					t.Errorf("who asked %s the drop: %d and %v", who, got, err)
				}
			})
		}
		get("before")
		get("before")
		synctest.Wait()
		m.drop()
		get("after")
		synctest.Wait()
		old <- 7
		all.Wait()
		if got, ok := m.peek("a"); got != 8 || !ok {
			t.Errorf("%d is kept", got)
		}
		// Those before the drop for themselves, the one after it for all.
		if n := asked.Load(); n != 4 {
			t.Errorf("asked %d times", n)
		}
	})
}

func TestAMemoIsSafeForAll(t *testing.T) {
	t.Parallel()
	m := &memo[int, int]{life: time.Hour, now: time.Now}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := range 200 {
				key := n % 3
				ctx, cancel := context.WithCancel(t.Context())
				switch (n + i) % 5 {
				case 0:
					m.drop()
				case 1:
					m.put(key, key)
				case 2:
					cancel()
					fallthrough
				default:
					got, err := m.get(ctx, key, func(ctx context.Context) (int, error) { return key, ctx.Err() })
					if err == nil && got != key {
						t.Errorf("%d for %d", got, key)
					}
				}
				cancel()
			}
		})
	}
	all.Wait()
	if len(m.flights) != 0 {
		t.Errorf("%d questions are not answered", len(m.flights))
	}
}
