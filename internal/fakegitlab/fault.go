package fakegitlab

import (
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Fault is something that goes wrong between a client and GitLab: an error
// answer, a rate limit, a lost connection, a proxy in the way.
//
// With a Status the request is answered by the fault alone and never reaches
// GitLab, unless AfterApply says that it does the work first. Without one (and
// without Drop) the request is served as usual, after Delay and cut short by
// Truncate.
type Fault struct {
	// Which requests. Empty fields match everything. PathContains looks at the
	// escaped path and query, PathEnds at the end of the path alone: "/services"
	// and "/integrations" are the lists of a place's services, and no service.
	Method       string
	PathContains string
	PathEnds     string
	Skip         int // let so many matching requests pass first
	Times        int // then hit so many; 0 = every one

	// What happens.
	Status      int
	Header      map[string]string
	Body        string
	ContentType string        // default: application/json for a body that starts with { or [, else text/plain
	Drop        bool          // close the connection without an answer
	Truncate    bool          // announce the whole body, send half of it, close the connection
	Delay       time.Duration // wait first
	AfterApply  bool          // GitLab does the work, then the answer fails
	Unheard     bool          // a write does nothing, and is answered as a GET would be
}

type armedFault struct {
	Fault
	matched int
}

// Inject arms a fault. The first armed fault that matches a request and is not
// used up acts on it, in the order of injection.
func (s *Server) Inject(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &armedFault{Fault: f})
}

// randomFaults are faults that hit at random.
type randomFaults struct {
	seed   uint64
	share  float64
	faults []Fault
	asked  map[string]uint64 // how often each request has arrived
}

// InjectRandom has a share (0 to 1) of all requests that no other fault hits meet
// one of the faults that match them; Skip and Times are not looked at. The same
// seed gives the same faults to the first, second and every further request of
// a method and path, in whatever order requests of different ones arrive.
func (s *Server) InjectRandom(seed uint64, share float64, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.random = &randomFaults{seed, share, slices.Clone(faults), make(map[string]uint64)}
}

func (r *randomFaults) pick(method, target string) *Fault {
	request := method + " " + target
	r.asked[request]++
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(request)) // never fails
	random := rand.New(rand.NewPCG(r.seed, hash.Sum64()+r.asked[request]))
	if random.Float64() >= r.share {
		return nil
	}
	var matching []Fault
	for _, f := range r.faults {
		if f.matches(method, target) {
			matching = append(matching, f)
		}
	}
	if len(matching) == 0 {
		return nil
	}
	return &matching[random.IntN(len(matching))]
}

// ClearFaults disarms all faults, random ones too.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults, s.random = nil, nil
}

// SetLatency makes every request with the method ("" = any) take d before
// GitLab looks at it: the state changes at the end of that time, then the answer
// goes out, even when the client has given up meanwhile. Latencies of concurrent
// requests pass at the same time. A latency for a method replaces the one for
// any; 0 removes it.
func (s *Server) SetLatency(method string, d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latency[method] = d
	if d == 0 {
		delete(s.latency, method)
	}
}

// disturb returns the fault for a request, nil for none, and how long to wait
// before it is served.
func (s *Server) disturb(method, target string) (*Fault, time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	wait, ok := s.latency[method]
	if !ok {
		wait = s.latency[""]
	}
	for _, f := range s.faults {
		if !f.matches(method, target) {
			continue
		}
		if f.Times > 0 && f.matched >= f.Skip+f.Times {
			continue
		}
		f.matched++
		if f.matched > f.Skip {
			fault := f.Fault
			return &fault, wait + fault.Delay
		}
	}
	if s.random != nil {
		if fault := s.random.pick(method, target); fault != nil {
			return fault, wait + fault.Delay
		}
	}
	return nil, wait
}

func (f *Fault) matches(method, target string) bool {
	path, _, _ := strings.Cut(target, "?")
	return (f.Method == "" || f.Method == method) && strings.Contains(target, f.PathContains) && strings.HasSuffix(path, f.PathEnds)
}

// sleep waits, or returns at once when the server is closed. It does not care
// whether the client is still there: GitLab does not either.
func (s *Server) sleep(d time.Duration) {
	if d <= 0 {
		return
	}
	s.mu.Lock()
	stop := s.stop
	s.mu.Unlock()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-stop:
	}
}

func (f *Fault) answer() *answer {
	contentType := f.ContentType
	if contentType == "" {
		contentType = "text/plain; charset=utf-8"
		if strings.HasPrefix(f.Body, "{") || strings.HasPrefix(f.Body, "[") {
			contentType = jsonType
		}
	}
	a := &answer{status: f.Status, contentType: contentType, body: []byte(f.Body), header: http.Header{}}
	for name, value := range f.Header {
		a.header.Set(name, value)
	}
	return a
}

// deliver sends an answer, as far as the fault lets it through.
func deliver(w http.ResponseWriter, a *answer, f *Fault) {
	if f != nil && f.Drop {
		if hangUp(w) {
			return
		}
		a = &answer{status: http.StatusBadGateway}
	}
	body := a.body
	for name, values := range a.header {
		w.Header()[name] = slices.Clone(values)
	}
	if a.contentType != "" {
		w.Header().Set("Content-Type", a.contentType)
	}
	truncate := f != nil && f.Truncate && len(body) > 0
	if truncate {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		body = body[:len(body)/2]
	}
	w.WriteHeader(a.status)
	// A client that is gone gets nothing; what it asked for is done.
	_, _ = w.Write(body) //nolint:gosec // JSON, or what a test wrote: no browser reads it
	if truncate {
		_ = http.NewResponseController(w).Flush()
		hangUp(w)
	}
}

// hangUp closes the connection under a request. It reports false where there is
// none to close: under a recorder, or HTTP/2.
func hangUp(w http.ResponseWriter) bool {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}
