package fakegitlab

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

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
func (s *Server) Token() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.token
}

// SetToken replaces that token, by one that is known before there is a server.
func (s *Server) SetToken(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.tokens, s.token)
	s.token = token
	s.tokens[token] = ScopeAPI
}

// access is what a token meets in a home.
type access struct {
	token string
	home  *home
}

// SetAccess makes a token worth less in one project: TokenReporter may see the
// project and do nothing with its services, TokenStranger may not see it. The
// empty kind takes that back. It fails when there is no project with that id.
func (s *Server) SetAccess(token string, id int64, kind string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setAccess(s.projects, token, id, kind)
}

// SetGroupAccess is SetAccess for a group. What is below it is not touched.
func (s *Server) SetGroupAccess(token string, id int64, kind string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setAccess(s.groups, token, id, kind)
}

func (s *Server) setAccess(hs *homes, token string, id int64, kind string) error {
	h := hs.byID[id]
	if h == nil {
		return fmt.Errorf("no %s %d", hs.level.noun, id)
	}
	if kind == "" {
		delete(s.access, access{token, h})
		return nil
	}
	s.access[access{token, h}] = kind
	return nil
}

// kindIn is the kind that the token of a call counts as in a home.
func (s *Server) kindIn(c call, kind string, h *home) string {
	token, _ := c.token()
	return cmp.Or(s.access[access{token, h}], kind)
}

// token returns the token of a call and whether it came as Authorization:
// Bearer.
func (c call) token() (token string, isBearer bool) {
	bearer, isBearer := strings.CutPrefix(c.r.Header.Get("Authorization"), "Bearer ")
	if token = c.r.Header.Get("PRIVATE-TOKEN"); token != "" {
		return token, false
	}
	if isBearer {
		return bearer, true
	}
	return textOf(c.params["private_token"]), false
}

// authenticate returns the kind of the token, or the refusal.
func (s *Server) authenticate(c call) (string, error) {
	token, isBearer := c.token()
	kind, known := s.tokens[token]
	switch {
	case !known, isBearer && kind != TokenOAuth && !s.release.BearerPersonalTokens, !isBearer && kind == TokenOAuth:
		return "", errUnauthorized
	case kind == TokenExpired:
		return "", errExpired
	case kind == TokenRevoked:
		return "", errRevoked
	}
	return kind, nil
}

// authorize returns the kind of a token whose scope is enough for the API, for
// reading or for everything.
func (s *Server) authorize(c call) (string, error) {
	kind, err := s.authenticate(c)
	if err != nil {
		return "", err
	}
	wanted := ScopeAPI
	if c.reads() && s.release.ReadAPIScope {
		wanted += " " + ScopeReadAPI
		if kind == ScopeReadAPI {
			return kind, nil
		}
	}
	switch kind {
	case ScopeAPI, TokenOAuth, TokenReporter, TokenStranger:
		return kind, nil
	}
	return "", &refusal{status: 403, body: map[string]any{
		"error":             "insufficient_scope",
		"error_description": "The request requires higher privileges than provided by the access token.",
		"scope":             wanted,
	}}
}

// visible resolves the home of a call, for somebody who may see it. The answer
// is a redirect when the path is one that the home had before.
func (s *Server) visible(c call, hs *homes, segment string) (*home, string, *answer, error) {
	kind, err := s.authorize(c)
	if err != nil {
		return nil, "", nil, err
	}
	if kind == TokenStranger {
		return nil, "", nil, hs.level.notFound
	}
	if h := hs.find(segment); h != nil {
		if kind = s.kindIn(c, kind, h); kind == TokenStranger {
			return nil, "", nil, hs.level.notFound
		}
		return h, kind, nil, nil
	}
	h, moved := hs.former[strings.ToLower(segment)]
	switch {
	case !moved || hs == s.groups: // the API follows former paths of projects only
		return nil, "", nil, hs.level.notFound
	case !c.reads():
		return nil, "", nil, errMoved
	}
	target := *c.r.URL
	target.Scheme, target.Host = "http", c.r.Host
	target.Path = strings.Replace(target.Path, segment, strconv.FormatInt(h.id, 10), 1)
	target.RawPath = ""
	return nil, "", &answer{
		status: http.StatusMovedPermanently, contentType: "text/plain",
		header: http.Header{"Location": {target.String()}},
		body:   []byte("This resource has been moved permanently to " + target.String() + "."),
	}, nil
}

// managed is visible for somebody whose role allows settings.
func (s *Server) managed(c call, hs *homes, segment string) (*home, *answer, error) {
	h, kind, moved, err := s.visible(c, hs, segment)
	if err == nil && kind == TokenReporter {
		err = errForbidden
	}
	return h, moved, err
}
