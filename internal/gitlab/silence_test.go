package gitlab

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
)

// silentClient gives a client whose attempts take a minute each while answers
// is false, and how many were sent.
func silentClient(t *testing.T, retries int) (client *Client, clock *clock, answers *bool, sent *int) {
	t.Helper()
	client, _ = newTestClient(t, Config{Retries: retries})
	clock = newClock()
	client.now = clock.now
	answers, sent = new(bool), new(int)
	client.transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		*sent++
		if *answers {
			return &http.Response{StatusCode: http.StatusTeapot, Body: http.NoBody, Request: r}, nil
		}
		_ = clock.sleep(t.Context(), time.Minute)
		return nil, errors.New("nobody is there")
	})
	return client, clock, answers, sent
}

func TestAGitLabThatAnswersNothingIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	client, clock, answers, sent := silentClient(t, 5)
	for i := range silentOperations {
		if e := asError(t, operations["PUT"](t.Context(), client)); e.Attempts != 6 || e.Reason() != NoAnswer {
			t.Fatalf("operation %d: %#v", i, e)
		}
	}
	*sent = 0
	for method, operate := range operations {
		e := asError(t, operate(t.Context(), client))
		if e.Attempts != 0 || e.Reason() != NoAnswer || e.MayBeDone || !strings.Contains(e.Message, "answered nothing for 18m0s, in which 3 requests") {
			t.Errorf("%s: %#v", method, e)
		}
	}
	if *sent != 0 {
		t.Fatalf("%d requests were sent", *sent)
	}

	_ = clock.sleep(t.Context(), probeEvery)
	if e := asError(t, operations["GET"](t.Context(), client)); e.Attempts != 1 || *sent != 1 {
		t.Errorf("the probe was sent %d times: %#v", *sent, e)
	}
	if e := asError(t, operations["GET"](t.Context(), client)); e.Attempts != 0 || *sent != 1 || !strings.Contains(e.Message, "answered nothing for 19m15s, in which 4 requests") {
		t.Errorf("after the probe: %#v", e)
	}

	*answers = true
	_ = clock.sleep(t.Context(), probeEvery)
	for range 2 {
		if e := asError(t, operations["GET"](t.Context(), client)); e.StatusCode != http.StatusTeapot {
			t.Errorf("after an answer: %#v", e)
		}
	}
}

// TestListsWithoutAnAnswerAreNoSilence: a GitLab that is too busy for lists
// answers what is asked in their stead.
func TestListsWithoutAnAnswerAreNoSilence(t *testing.T) {
	t.Parallel()
	client, _, answers, _ := silentClient(t, 5)
	for i := range maxFailedGlances {
		client.Glance(t.Context(), inProject(strconv.Itoa(i)))
	}
	*answers = true
	if e := asError(t, operations["GET"](t.Context(), client)); e.StatusCode != http.StatusTeapot {
		t.Errorf("%#v", e)
	}
}

// TestAnAnswerWithoutItsBodyIsSilence: a proxy sends the headers and has nothing
// to follow them.
func TestAnAnswerWithoutItsBodyIsSilence(t *testing.T) {
	t.Parallel()
	client, clock, _, sent := silentClient(t, 5)
	client.transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		*sent++
		_ = clock.sleep(t.Context(), time.Minute)
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(iotest.ErrReader(io.ErrUnexpectedEOF)), Request: r}, nil
	})
	for range silentOperations {
		if e := asError(t, operations["GET"](t.Context(), client)); e.Reason() != NoAnswer || e.Attempts != 6 {
			t.Fatalf("%#v", e)
		}
	}
	*sent = 0
	if e := asError(t, operations["GET"](t.Context(), client)); e.Attempts != 0 || *sent != 0 {
		t.Errorf("sent %d times: %#v", *sent, e)
	}
}

func TestSilenceIsWhatLastsAndIsOfSeveralOperations(t *testing.T) {
	t.Parallel()
	start := newClock().at
	at := func(seconds int) time.Time { return start.Add(time.Duration(seconds) * time.Second) }
	type event struct {
		began, ended int // seconds
		answered     bool
	}
	for name, test := range map[string]struct {
		events []event
		silent bool
	}{
		"three, one after the other":        {[]event{{0, 60, false}, {60, 120, false}, {120, 180, false}}, true},
		"three, side by side":               {[]event{{0, 60, false}, {0, 60, false}, {0, 60, false}}, true},
		"two":                               {[]event{{0, 60, false}, {0, 60, false}}, false},
		"three in a moment":                 {[]event{{0, 1, false}, {1, 2, false}, {2, 3, false}}, false},
		"more, in a while":                  {[]event{{0, 1, false}, {1, 2, false}, {2, 3, false}, {9, 10, false}}, true},
		"the first one ends later":          {[]event{{5, 6, false}, {0, 7, false}, {6, 12, false}}, true},
		"an answer among them":              {[]event{{0, 60, false}, {60, 120, false}, {0, 130, true}, {131, 180, false}}, false},
		"those that began before it":        {[]event{{5, 5, true}, {0, 60, false}, {0, 60, false}, {0, 60, false}}, false},
		"three after an answer":             {[]event{{5, 5, true}, {6, 60, false}, {6, 60, false}, {6, 60, false}}, true},
		"idle for long, then a short while": {[]event{{0, 0, true}, {900, 901, false}, {900, 901, false}, {900, 901, false}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var s silence
			last := 0
			for _, e := range test.events {
				if e.answered {
					s.end(at(e.ended))
				}
				s.leave(trial{began: at(e.began)}, at(e.ended), !e.answered)
				last = e.ended
			}
			if _, err := s.enter(at(last)); (err != nil) != test.silent {
				t.Errorf("a new operation: %v", err)
			}
		})
	}
}

// TestOneProbeAtATime also where a probe takes longer than the time to the
// next.
func TestOneProbeAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, clock, _, sent := silentClient(t, 0)
		for range silentOperations {
			_ = operations["GET"](t.Context(), client)
		}
		_ = clock.sleep(t.Context(), probeEvery)
		*sent = 0
		release := make(chan struct{})
		var mu sync.Mutex
		client.transport = roundTrip(func(*http.Request) (*http.Response, error) {
			mu.Lock()
			*sent++
			mu.Unlock()
			<-release
			return nil, errors.New("nobody is there")
		})
		var probe sync.WaitGroup
		probe.Go(func() { _ = operations["PUT"](t.Context(), client) })
		synctest.Wait()
		_ = clock.sleep(t.Context(), probeEvery)
		if e := asError(t, operations["GET"](t.Context(), client)); e.Attempts != 0 || *sent != 1 {
			t.Errorf("%d probes: %#v", *sent, e)
		}
		close(release)
		probe.Wait()
		_ = clock.sleep(t.Context(), probeEvery)
		if e := asError(t, operations["GET"](t.Context(), client)); e.Attempts != 1 || *sent != 2 {
			t.Errorf("after the first probe: %#v", e)
		}
	})
}

// TestWhatEndsLateDoesNotPutOffTheProbe: hundreds of operations may be under way
// when GitLab falls silent.
func TestWhatEndsLateDoesNotPutOffTheProbe(t *testing.T) {
	t.Parallel()
	var s silence
	begin := time.Unix(0, 0)
	for range silentOperations {
		s.leave(trial{began: begin}, begin.Add(silentFor), true)
	}
	s.leave(trial{began: begin}, begin.Add(silentFor+probeEvery-1), true)
	if _, err := s.enter(begin.Add(silentFor + probeEvery - 1)); err == nil {
		t.Error("a probe comes too early")
	}
	if probe, err := s.enter(begin.Add(silentFor + probeEvery)); err != nil || !probe.probe {
		t.Errorf("the probe is put off: %v, %v", probe, err)
	}
}
