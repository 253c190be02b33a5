package fakegitlab

import (
	"net/http"
	"testing"
	"time"
)

func TestRequestsBeyondTheRateLimitAreRefused(t *testing.T) {
	t.Parallel()
	s := New(V19_1)
	if header, refused := s.admit(time.Unix(1000, 0)); header != nil || refused != nil {
		t.Errorf("without a limit: %v %v", header, refused)
	}
	s.SetRateLimit(2)
	for i, test := range []struct {
		at                  time.Time
		observed, remaining string
		refused             bool
	}{
		{time.Unix(1000, 5e8), "1", "1", false},
		{time.Unix(1000, 6e8), "2", "0", false},
		{time.Unix(1000, 9e8), "3", "0", true},
		{time.Unix(1001, 0), "1", "1", false},
	} {
		header, refused := s.admit(test.at)
		if (refused != nil) != test.refused {
			t.Errorf("request %d: refused is %t", i, refused != nil)
		}
		for name, want := range map[string]string{"RateLimit-Limit": "120", "RateLimit-Observed": test.observed, "RateLimit-Remaining": test.remaining} {
			if got := header.Get(name); got != want {
				t.Errorf("request %d: %s is %s, want %s", i, name, got, want)
			}
		}
	}
	s.SetRateLimit(0)
	if header, _ := s.admit(time.Unix(1001, 0)); header != nil {
		t.Errorf("after the limit: %v", header)
	}
}

func TestARefusedRequestLooksAsGitLabsLimiterAnswers(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.SetRateLimit(1)
	var r reply
	for r.status != http.StatusTooManyRequests { // two in one second of the clock
		r = l.put("asana", values{"api_key": "k"})
		if r.header.Get("RateLimit-Reset") == "" || (r.status == 200) != (r.header.Get("Retry-After") == "") {
			t.Fatalf("PUT = %d %v", r.status, r.header)
		}
	}
	if r.text != "Retry later\n" || r.header.Get("Content-Type") != "text/plain" || r.header.Get("Retry-After") != "1" || r.header.Get("RateLimit-Remaining") != "0" {
		t.Errorf("PUT = %d %q %v", r.status, r.text, r.header)
	}
}

// TestRandomFaultsAreTheSameForOneSeed, however requests overtake each other.
func TestRandomFaultsAreTheSameForOneSeed(t *testing.T) {
	t.Parallel()
	const rounds = 300
	paths := []string{"/a", "/b", "/c"}
	faulty := func(seed uint64, reverse bool) (hits map[string][]int, n int) {
		s := New(V19_1)
		s.InjectRandom(seed, 0.2, Fault{Status: 500}, Fault{Status: 502}, Fault{Method: "PUT", Status: 503})
		hits = map[string][]int{}
		for range rounds {
			for i := range paths {
				if reverse {
					i = len(paths) - 1 - i
				}
				fault, _ := s.disturb("GET", paths[i])
				status := 0
				if fault != nil {
					status = fault.Status
					n++
				}
				hits[paths[i]] = append(hits[paths[i]], status)
			}
		}
		return hits, n
	}
	first, n := faulty(1, false)
	if n < rounds*3/10 || n > rounds*9/10 {
		t.Errorf("%d of %d requests met a fault, want about one in five", n, 3*rounds)
	}
	same, _ := faulty(1, true)
	other, _ := faulty(2, false)
	differs := false
	for _, path := range paths {
		for i, status := range first[path] {
			if same[path][i] != status {
				t.Fatalf("request %d of %s: %d, then %d for the same seed", i, path, status, same[path][i])
			}
			if status == 503 {
				t.Errorf("request %d of %s met a fault of another method", i, path)
			}
			differs = differs || other[path][i] != status
		}
	}
	if !differs {
		t.Error("another seed gives the same faults")
	}
	s := New(V19_1)
	s.InjectRandom(1, 1, Fault{Status: 500})
	s.ClearFaults()
	if fault, _ := s.disturb("GET", "/a"); fault != nil {
		t.Error("a fault is left after ClearFaults")
	}
}
