package fakegitlab

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Server is a GitLab with nothing in it but projects and their services. It is
// an http.Handler, and a server of its own after Start. All methods may be called
// at any time from any goroutine.
type Server struct {
	release *release
	token   string
	conns   atomic.Int64

	mu            sync.Mutex
	root          string
	external      string            // address in links, where it is not the one that was called
	tokens        map[string]string // token -> kind
	projects      map[int64]*project
	paths         map[string]int64
	movedPaths    map[string]int64
	groups        map[string]int64   // path -> id
	access        map[access]string  // where a token is worth less than its kind
	defaults      map[string]*record // of the instance, by slug
	removed       map[string]bool    // slugs this GitLab no longer has
	lastProjectID int64
	lastGroupID   int64
	lastRecordID  int64
	now           func() time.Time
	requests      []*Request
	observer      func(Request, time.Duration)
	faults        []*armedFault
	random        *randomFaults
	limit         *rateLimit
	latency       map[string]time.Duration
	http          *http.Server
	addr          string
	stop          chan struct{} // closed by Close: nobody sleeps on
}

// Project is what AddProject made.
type Project struct {
	ID   int64  // from 1 up
	Path string // full path, as in "group/name"
}

type project struct {
	id       int64
	path     string
	archived bool
	records  map[string]*record // by slug
}

// access is what a token meets in a project.
type access struct {
	token   string
	project int64
}

// New returns a GitLab of the given release without projects. With a profile that
// Profiles does not list it has no service either, and Start says so.
func New(profile Profile) *Server {
	r, ok := releases()[profile]
	if !ok {
		r = &release{Profile: profile}
	}
	token := "glpat-" + rand.Text()
	return &Server{
		release:    r,
		token:      token,
		tokens:     map[string]string{token: ScopeAPI},
		projects:   make(map[int64]*project),
		paths:      make(map[string]int64),
		movedPaths: make(map[string]int64),
		groups:     make(map[string]int64),
		access:     make(map[access]string),
		defaults:   make(map[string]*record),
		removed:    make(map[string]bool),
		latency:    make(map[string]time.Duration),
		now:        time.Now,
		stop:       make(chan struct{}),
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
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("fake GitLab: %w", err)
	}
	return listener, nil
}

// StartAddr serves on addr, of which [Listen] says what it may be, until Close.
func (s *Server) StartAddr(addr string) error {
	if len(s.release.Services) == 0 {
		return fmt.Errorf("fake GitLab: no profile %q", s.release.Profile)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.http != nil {
		return errors.New("fake GitLab: already started")
	}
	listener, err := Listen(addr)
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
func (s *Server) Profile() Profile { return s.release.Profile }

// URL returns http://127.0.0.1:port, with the relative root if there is one and
// without /api/v4. It is "" before Start.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.url()
}

func (s *Server) url() string {
	if s.addr == "" {
		return ""
	}
	return "http://" + s.addr + s.root
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

// AddProject adds a project, and the groups that its path names, and returns
// it. Its id is the next one from 1 up. A path that exists already gives the
// project that has it.
func (s *Server) AddProject(path string) Project {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id, ok := s.paths[path]; ok {
		return Project{id, path}
	}
	s.lastProjectID++
	pr := &project{id: s.lastProjectID, path: path, records: make(map[string]*record)}
	s.projects[pr.id] = pr
	s.paths[path] = pr.id
	delete(s.movedPaths, path)
	s.addGroups(path)
	s.handOutDefaults(pr)
	return Project{pr.id, path}
}

// Projects returns the projects there are, by id.
func (s *Server) Projects() []Project {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Project, 0, len(s.projects))
	for _, id := range slices.Sorted(maps.Keys(s.projects)) {
		list = append(list, Project{id, s.projects[id].path})
	}
	return list
}

// RenameProject gives a project another path. On 16.0 and 19.1 the old path
// leads GET to the new place (301) and refuses other methods (405); on 10.5 it is
// unknown from then on. It fails when there is no such project or the path is
// taken.
func (s *Server) RenameProject(id int64, newPath string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	pr := s.projects[id]
	if pr == nil {
		return fmt.Errorf("no project %d", id)
	}
	if _, taken := s.paths[newPath]; taken {
		return fmt.Errorf("the path %s is taken", newPath)
	}
	delete(s.paths, pr.path)
	delete(s.movedPaths, newPath)
	if s.release.Redirects {
		s.movedPaths[pr.path] = id
	}
	pr.path = newPath
	s.paths[newPath] = id
	s.addGroups(newPath)
	return nil
}

// DeleteProject removes a project and its services. It fails when there is none
// with that id.
func (s *Server) DeleteProject(id int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	pr := s.projects[id]
	if pr == nil {
		return fmt.Errorf("no project %d", id)
	}
	delete(s.projects, id)
	delete(s.paths, pr.path)
	maps.DeleteFunc(s.movedPaths, func(_ string, to int64) bool { return to == id })
	return nil
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

// find resolves what the methods for tests take: a project by its path or its id
// in digits, and a slug of the release.
func (s *Server) find(name, slug string) (*project, *service, error) {
	svc := s.release.service(slug)
	if svc == nil {
		return nil, nil, fmt.Errorf("GitLab %s has no service %q", s.release.Profile, slug)
	}
	if pr := s.project(name); pr != nil {
		return pr, svc, nil
	}
	return nil, nil, fmt.Errorf("no project %q", name)
}

// project resolves an id segment: all digits are an id, the rest is a path.
func (s *Server) project(segment string) *project {
	if id, err := strconv.ParseInt(segment, 10, 64); err == nil {
		return s.projects[id]
	}
	if id, ok := s.paths[segment]; ok {
		return s.projects[id]
	}
	return nil
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
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Request, len(s.requests))
	for i, r := range s.requests {
		list[i] = *r
	}
	return list
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

// Kinds of tokens that AddToken makes.
const (
	ScopeAPI      = "api"       // may do everything, as Token
	ScopeReadAPI  = "read_api"  // may only GET; profile 10.5 has no such scope and refuses it everywhere
	ScopeReadUser = "read_user" // may see no project, only the version: 403 insufficient_scope
	TokenOAuth    = "oauth"     // as api, but an OAuth token: only as Authorization: Bearer
	TokenReporter = "reporter"  // as api, of somebody whose role is too small: 403 Forbidden
	TokenStranger = "stranger"  // as api, of somebody who sees no project: 404
	TokenExpired  = "expired"   // 401 invalid_token
	TokenRevoked  = "revoked"   // 401 invalid_token
)

// AddToken returns a new token of the given kind. A scope that is not among the
// constants makes a token that is too small for every route.
func (s *Server) AddToken(scope string) string {
	token := "glpat-" + rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens[token] = scope
	return token
}

// Token returns a token that may do everything. Any other than this and those
// of AddToken is answered with 401.
func (s *Server) Token() string { return s.token }

// sortedSlugs returns the slugs of a project's records in the order in which
// they were first saved.
func (pr *project) sortedSlugs() []string {
	return slices.SortedFunc(maps.Keys(pr.records), func(a, b string) int {
		return int(pr.records[a].id - pr.records[b].id)
	})
}
