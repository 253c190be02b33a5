package fakegitlab

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Server is a GitLab with nothing in it but projects and their services. It is
// an http.Handler, and a server of its own after Start. All methods may be called
// at any time from any goroutine.
type Server struct {
	token string
	conns atomic.Int64

	mu           lock
	release      *release
	root         string
	external     string            // address in links, where it is not the one that was called
	tokens       map[string]string // token -> kind
	projects     *homes
	groups       *homes
	access       map[access]string // where a token is worth less than its kind
	instance     *home             // with its defaults
	removed      map[string]bool   // slugs this GitLab no longer has
	allowed      []string          // slugs that the administrator allows; empty: all
	features     map[string]bool   // where they are not as in a new server
	waiting      []propagation
	delay        time.Duration // of propagation
	lastRecordID int64
	now          func() time.Time
	requests     []*Request
	observer     func(Request, time.Duration)
	faults       []*armedFault
	random       *randomFaults
	limit        *rateLimit
	latency      map[string]time.Duration
	http         *http.Server
	addr         string
	stop         chan struct{} // closed by Close: nobody sleeps on
}

// lock is a mutex that counts how often it was taken for more than a look.
type lock struct {
	sync.Mutex
	changes uint64
}

func (l *lock) Lock() {
	l.Mutex.Lock()
	l.changes++
}

// look takes it for reading alone.
func (l *lock) look() { l.Mutex.Lock() }

// Revision returns a number that only grows, and that is another one whenever
// something has changed: what is stored, the requests, or how the server behaves.
func (s *Server) Revision() uint64 {
	s.mu.look()
	defer s.mu.Unlock()
	s.runDue()
	return s.mu.changes
}

// New returns a GitLab of the given release without projects. With a profile that
// Profiles does not list it has no service either, and Start says so.
func New(profile Profile) *Server {
	r, ok := releases()[build{profile, Development}]
	if !ok {
		r = &release{Profile: profile}
	}
	token := "glpat-" + rand.Text()
	return &Server{
		release:  r,
		token:    token,
		tokens:   map[string]string{token: ScopeAPI},
		projects: newHomes(projectLevel),
		groups:   newHomes(groupLevel),
		access:   make(map[access]string),
		instance: newHome(instanceLevel, 0, ""),
		removed:  make(map[string]bool),
		features: make(map[string]bool),
		delay:    -time.Second,
		latency:  make(map[string]time.Duration),
		now:      time.Now,
		stop:     make(chan struct{}),
	}
}

// Start serves on a free port of 127.0.0.1 until Close.
func (s *Server) Start() error { return s.StartAddr("127.0.0.1:0") }

// Listen listens on addr, a host and port. The host must be the loopback
// interface: anybody who can reach a fake can change everything in it. It fails
// for any other host, and where the port is taken.
func Listen(addr string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("fake GitLab: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("fake GitLab: %s is not an address of the loopback interface", addr)
	}
	return ListenAnywhere(addr)
}

// ListenAnywhere is [Listen] for any interface, as a container needs it.
func ListenAnywhere(addr string) (net.Listener, error) {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("fake GitLab: %w", err)
	}
	return listener, nil
}

// StartAddr serves on addr, of which [Listen] says what it may be, until Close.
func (s *Server) StartAddr(addr string) error { return s.start(addr, Listen) }

// StartAnywhere is StartAddr for any interface.
func (s *Server) StartAnywhere(addr string) error { return s.start(addr, ListenAnywhere) }

func (s *Server) start(addr string, listen func(string) (net.Listener, error)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.release.Services) == 0 {
		return fmt.Errorf("fake GitLab: no profile %q", s.release.Profile)
	}
	if s.http != nil {
		return errors.New("fake GitLab: already started")
	}
	listener, err := listen(addr)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ConnState: func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				s.conns.Add(1)
			}
		},
	}
	s.http, s.addr, s.stop = server, listener.Addr().String(), make(chan struct{})
	s.conns.Store(0)
	go func() {
		// Serve ends with ErrServerClosed; any other end shows as a refused
		// connection in the test that needs this server.
		_ = server.Serve(listener)
	}()
	return nil
}

// Close ends the server and every connection to it, and wakes what sleeps. What
// is stored stays, and the server can be started again. Without Start it does
// nothing.
func (s *Server) Close() {
	s.mu.Lock()
	server := s.http
	if server != nil {
		s.http = nil
		close(s.stop)
	}
	s.mu.Unlock()
	if server != nil {
		_ = server.Close() // only a listener that is closed already fails here
	}
}

// Profile returns the release that the server behaves like.
func (s *Server) Profile() Profile { return s.current().Profile }

// current returns the release, which is never changed but replaced.
func (s *Server) current() *release {
	s.mu.look()
	defer s.mu.Unlock()
	return s.release
}

// URL returns http://127.0.0.1:port, with the relative root if there is one and
// without /api/v4. It is "" before Start. Served on all interfaces, it is
// reached there as well.
func (s *Server) URL() string {
	s.mu.look()
	defer s.mu.Unlock()
	return s.url()
}

func (s *Server) url() string {
	if s.addr == "" {
		return ""
	}
	addr := s.addr
	if at, err := netip.ParseAddrPort(addr); err == nil && at.Addr().IsUnspecified() {
		addr = netip.AddrPortFrom(loopback, at.Port()).String()
	}
	return "http://" + addr + s.root
}

// SetRelativeRoot serves under a path, as GitLab's relative_url_root does:
// "/gitlab" makes the API /gitlab/api/v4.
func (s *Server) SetRelativeRoot(root string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.root = ""
	if root = strings.Trim(root, "/"); root != "" {
		s.root = "/" + root
	}
}

// SetExternalURL makes GitLab one that is reached past the address it takes for
// its own, which it builds links to further pages from; "" is the usual case.
func (s *Server) SetExternalURL(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.external = address
}

// SetClock replaces the clock that stamps are taken from.
func (s *Server) SetClock(now func() time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = now
}

// RemoveSlug makes this GitLab one that no longer has the service, as after an
// upgrade: PUT is 404, GET and DELETE are 400.
func (s *Server) RemoveSlug(slug string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.removed[slug] = true
}

// served returns the service of a slug that this GitLab has, or nil.
func (s *Server) served(slug string) *service {
	if s.removed[slug] {
		return nil
	}
	return s.release.service(slug)
}

// Request is one request that arrived.
type Request struct {
	Method string
	Path   string // escaped, as sent: group%2Fname keeps its %2F
	Query  string // raw
	Status int    // 0 while unanswered, or when the connection was dropped

	// Body is the decoded JSON or form, secrets included; nil when there is none
	// or it is not an object.
	Body   map[string]any
	Header http.Header
	At     time.Time // when it arrived, by the clock of the machine
}

// Requests returns the requests since Start or ResetRequests, in the order of
// arrival.
func (s *Server) Requests() []Request {
	s.mu.look()
	defer s.mu.Unlock()
	list := make([]Request, len(s.requests))
	for i, r := range s.requests {
		list[i] = *r
	}
	return list
}

// LastRequests returns the last ones of those, at most n, and how many there are
// in all.
func (s *Server) LastRequests(n int) (last []Request, total int) {
	s.mu.look()
	defer s.mu.Unlock()
	total = len(s.requests)
	for _, r := range s.requests[max(0, total-n):] {
		last = append(last, *r)
	}
	return last, total
}

// Counts returns the number of those requests by method.
func (s *Server) Counts() map[string]int {
	counts := make(map[string]int)
	for _, r := range s.Requests() {
		counts[r.Method]++
	}
	return counts
}

// ResetRequests forgets the requests and connections so far.
func (s *Server) ResetRequests() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = nil
	s.conns.Store(0)
}

// Connections returns the number of TCP connections accepted since Start or
// ResetRequests.
func (s *Server) Connections() int { return int(s.conns.Load()) }

// Observe has f called after each request with the request and how long it
// took; nil ends that. The command logs with it.
func (s *Server) Observe(f func(Request, time.Duration)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.observer = f
}

func (s *Server) arrived(r *Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, r)
}

func (s *Server) setStatus(r *Request, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r.Status = status
}

func (s *Server) observe(r *Request, took time.Duration) {
	s.mu.Lock()
	observer, done := s.observer, *r
	s.mu.Unlock()
	if observer != nil {
		observer(done, took)
	}
}
