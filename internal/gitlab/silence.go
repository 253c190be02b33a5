package gitlab

import (
	"fmt"
	"sync"
	"time"
)

const (
	// silentOperations is how many operations must have ended without any answer,
	// one after the other or side by side, until GitLab counts as silent. Each has
	// used up all its attempts: with five retries of a minute, more than six
	// minutes.
	silentOperations = 3
	// silentFor is how long they must have taken in all. Where a connection is
	// refused at once and nothing is retried, three are over in a moment, in which
	// GitLab may be starting.
	silentFor = 10 * time.Second
	// probeEvery is how often an operation is let through nevertheless, with one
	// attempt, to find out whether GitLab answers again.
	probeEvery = 15 * time.Second
)

// silence keeps a run from asking hundreds of times a GitLab that does not
// answer. With the defaults, 300 operations, ten at a time, would wait for
// three hours.
//
// Once [silentOperations] have ended without any answer since the last one, new
// operations fail at once, until there is an answer to those that go on or to a
// probe. Any answer counts, errors too.
type silence struct {
	mu       sync.Mutex
	answered time.Time // the last time
	// unanswered is how many operations that began after it have ended without an
	// answer, and first when the first of them began.
	unanswered int
	first      time.Time
	silent     bool
	// Where it is silent: whether a probe is under way, and when the next one may
	// begin.
	probing bool
	probe   time.Time
}

// trial is an operation as long as it goes on.
type trial struct {
	began time.Time
	probe bool // it gets one attempt
}

// enter lets an operation begin, which ends with leave, or says why it may not.
func (s *silence) enter(now time.Time) (trial, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.silent {
		return trial{began: now}, nil
	}
	if s.probing || now.Before(s.probe) {
		return trial{}, fmt.Errorf("not sent: GitLab has answered nothing for %s, in which %d requests were given up",
			now.Sub(s.first).Round(time.Second), s.unanswered)
	}
	s.probing = true
	return trial{began: now, probe: true}, nil
}

// end notes an answer.
func (s *silence) end(now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answered, s.unanswered, s.silent = now, 0, false
}

// leave ends an operation, unanswered or otherwise.
func (s *silence) leave(t trial, now time.Time, unanswered bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t.probe {
		s.probing, s.probe = false, now.Add(probeEvery)
	}
	if !unanswered || t.began.Before(s.answered) {
		return
	}
	if s.unanswered == 0 || t.began.Before(s.first) {
		s.first = t.began
	}
	s.unanswered++
	if !s.silent && s.unanswered >= silentOperations && now.Sub(s.first) >= silentFor {
		s.silent, s.probe = true, now.Add(probeEvery)
	}
}
