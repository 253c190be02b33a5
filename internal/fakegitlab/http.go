package fakegitlab

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	jsonType = "application/json"
	apiPath  = "/api/v4"
	maxBody  = 8 << 20 // bytes; GitLab's limit is larger, no test needs it
)

// ServeHTTP answers a request as GitLab would, after the latency and the faults
// that a test has set.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "413 Request Entity Too Large", http.StatusRequestEntityTooLarge)
		return
	}
	body, bodyErr := readBody(r.Header.Get("Content-Type"), text)
	req := &Request{
		Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.RawQuery,
		Body: loggedBody(body), Header: r.Header.Clone(), At: start,
	}
	params := make(map[string]any) // GitLab merges query and body
	addForm(params, r.URL.Query())
	maps.Copy(params, body)
	s.arrived(req)

	fault, wait := s.disturb(r.Method, r.URL.RequestURI())
	s.sleep(wait)
	var a *answer
	if fault == nil || fault.AfterApply || fault.Status == 0 && !fault.Drop {
		header, refused := s.admit(time.Now())
		if a = refused; a == nil {
			a = s.serve(r, params, bodyErr)
		}
		maps.Copy(w.Header(), header)
	}
	if fault != nil && fault.Status != 0 {
		a = fault.answer()
	}
	if fault == nil || !fault.Drop {
		// Before the client has the answer: a test may look at once.
		s.setStatus(req, a.status)
	}
	deliver(w, a, fault)
	s.observe(req, time.Since(start))
}

// readBody returns the parameters of a body. One of a type that Rack does not
// parse counts as empty; XML is refused by Grape, and so is JSON that does not
// parse.
func readBody(contentType string, text []byte) (map[string]any, error) {
	params := make(map[string]any)
	if len(text) == 0 {
		return params, nil
	}
	kind, options, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind = contentType
	}
	switch kind {
	case jsonType, "text/json":
		var body any
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&body); err != nil || decoder.More() {
			return params, &refusal{400, map[string]any{"error": "\nProblem:\n  message body does not match declared format\n" +
				"Resolution:\n  when specifying application/json as content-type, you must pass valid application/json in the request's 'body'\n"}}
		}
		object, _ := body.(map[string]any) // any other JSON has no parameters
		maps.Copy(params, object)
	case "", "application/x-www-form-urlencoded":
		if form, err := url.ParseQuery(string(text)); err == nil {
			addForm(params, form)
		}
	case "multipart/form-data":
		form, err := multipart.NewReader(bytes.NewReader(text), options["boundary"]).ReadForm(maxBody)
		if err == nil {
			addForm(params, form.Value)
		}
	case "application/xml", "text/xml":
		return params, &refusal{415, map[string]any{"error": fmt.Sprintf("The provided content-type '%s' is not supported.", contentType)}}
	}
	return params, nil
}

// addForm adds form parameters; name[] is a list.
func addForm(params map[string]any, form url.Values) {
	for name, values := range form {
		if list, isList := strings.CutSuffix(name, "[]"); isList {
			items := make([]any, len(values))
			for i, v := range values {
				items[i] = v
			}
			params[list] = items
		} else if len(values) > 0 {
			params[name] = values[len(values)-1]
		}
	}
}

// loggedBody is the parameters as encoding/json would decode them, for tests.
func loggedBody(params map[string]any) map[string]any {
	if len(params) == 0 {
		return nil
	}
	plain, err := plainValue(params)
	if err != nil {
		return nil
	}
	body, _ := plain.(map[string]any)
	return body
}

// serve does the work of a request. One request is served at a time, as a lock
// on the record would have it.
func (s *Server) serve(r *http.Request, params map[string]any, bodyErr error) *answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	rest, inRoot := strings.CutPrefix(r.URL.EscapedPath(), s.root+"/")
	rest, isAPI := strings.CutPrefix("/"+rest, apiPath+"/")
	if !inRoot || !isAPI {
		return s.webPage(r)
	}
	if bodyErr != nil {
		return failure(bodyErr)
	}
	var segments []string
	for segment := range strings.SplitSeq(rest, "/") {
		plain, err := url.PathUnescape(segment)
		if err != nil {
			return failure(errNoRoute)
		}
		segments = append(segments, plain)
	}
	a, err := s.route(call{r: r, method: r.Method, params: params}, segments)
	if err != nil {
		return failure(err)
	}
	return a
}

// webPage is what lies beside the API: a sign-in page, which is what a client
// with a wrong base URL meets.
func (s *Server) webPage(r *http.Request) *answer {
	signIn := s.root + "/users/sign_in"
	page := &answer{status: http.StatusOK, contentType: "text/html; charset=utf-8",
		body: []byte("<!DOCTYPE html>\n<html><head><title>Sign in · GitLab</title></head><body><h1>GitLab</h1></body></html>\n")}
	switch {
	case r.URL.Path == signIn:
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		page.status, page.header = http.StatusFound, http.Header{"Location": {signIn}}
	default:
		page.status = http.StatusNotFound
	}
	return page
}

// call is a request to the API.
type call struct {
	r      *http.Request
	method string
	params map[string]any // query and body
}

func (c call) reads() bool { return c.method == http.MethodGet || c.method == http.MethodHead }

// route answers an API request. A path or method that is no route is found out
// before anybody asks for the token.
func (s *Server) route(c call, path []string) (*answer, error) {
	switch {
	case len(path) == 1 && c.reads() && path[0] == "version":
		return s.getVersion(c)
	case len(path) == 1 && c.reads() && path[0] == "metadata" && s.release.Metadata:
		return s.getVersion(c)
	case len(path) == 1 && c.reads() && path[0] == "user":
		return s.getUser(c)
	case len(path) == 1 && c.reads() && path[0] == "projects":
		return s.listProjects(c)
	case len(path) == 3 && c.reads() && path[0] == "groups" && path[1] != "" && path[2] == "projects":
		return s.listGroupProjects(c, path[1])
	case len(path) < 2 || path[0] != "projects" || path[1] == "":
		return nil, errNoRoute
	case len(path) == 2 && c.reads():
		return s.getProject(c, path[1])
	case len(path) < 3 || path[2] != "services" && (path[2] != "integrations" || !s.release.IntegrationsPath):
		return nil, errNoRoute
	case len(path) == 3 && c.reads() && s.release.List:
		return s.listServices(c, path[1])
	case len(path) != 4 || path[3] == "":
		return nil, errNoRoute
	}
	switch svc := s.served(path[3]); {
	case c.method == http.MethodPut && svc != nil:
		return s.putService(c, path[1], svc)
	case c.reads() || c.method == http.MethodDelete:
		return s.getOrDelete(c, path[1], svc)
	}
	return nil, errNoRoute
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
	return "", &refusal{403, map[string]any{
		"error":             "insufficient_scope",
		"error_description": "The request requires higher privileges than provided by the access token.",
		"scope":             wanted,
	}}
}

// visible resolves the project of a call, for somebody who may see it. The
// answer is a redirect when the path is one that the project had before.
func (s *Server) visible(c call, segment string) (*project, string, *answer, error) {
	kind, err := s.authorize(c)
	if err != nil {
		return nil, "", nil, err
	}
	if kind == TokenStranger {
		return nil, "", nil, errNoProject
	}
	if pr := s.project(segment); pr != nil {
		if kind = s.kindIn(c, kind, pr); kind == TokenStranger {
			return nil, "", nil, errNoProject
		}
		return pr, kind, nil, nil
	}
	id, moved := s.movedPaths[segment]
	switch {
	case !moved:
		return nil, "", nil, errNoProject
	case !c.reads():
		return nil, "", nil, errMoved
	}
	target := *c.r.URL
	target.Scheme, target.Host = "http", c.r.Host
	target.Path = strings.Replace(target.Path, segment, strconv.FormatInt(id, 10), 1)
	target.RawPath = ""
	return nil, "", &answer{
		status: http.StatusMovedPermanently, contentType: "text/plain",
		header: http.Header{"Location": {target.String()}},
		body:   []byte("This resource has been moved permanently to " + target.String() + "."),
	}, nil
}

// managed is visible for somebody whose role allows settings.
func (s *Server) managed(c call, segment string) (*project, *answer, error) {
	pr, kind, moved, err := s.visible(c, segment)
	if err == nil && kind == TokenReporter {
		err = errForbidden
	}
	return pr, moved, err
}

func (s *Server) getVersion(c call) (*answer, error) {
	if _, err := s.authenticate(c); err != nil {
		return nil, err
	}
	body := map[string]any{"version": s.release.Version, "revision": s.release.Revision}
	if s.release.Metadata { // since 15.x both routes answer this
		body["enterprise"] = true
		body["kas"] = map[string]any{"enabled": false, "externalUrl": nil, "version": nil}
	}
	return jsonAnswer(http.StatusOK, body), nil
}

func (s *Server) getUser(c call) (*answer, error) {
	if _, err := s.authenticate(c); err != nil {
		return nil, err
	}
	return jsonAnswer(http.StatusOK, map[string]any{"id": 1, "username": "root", "name": "Administrator", "state": "active"}), nil
}

func (s *Server) getProject(c call, segment string) (*answer, error) {
	pr, _, moved, err := s.visible(c, segment)
	if err != nil || moved != nil {
		return moved, err
	}
	return jsonAnswer(http.StatusOK, s.projectEntity(c, pr)), nil
}

func (s *Server) projectEntity(c call, pr *project) map[string]any {
	name := pr.path[strings.LastIndex(pr.path, "/")+1:]
	return map[string]any{
		"id": pr.id, "path_with_namespace": pr.path, "path": name, "name": name,
		"web_url": s.base(c) + "/" + pr.path, "archived": pr.archived,
	}
}

// base is the address that a call came to, with the relative root.
func (s *Server) base(c call) string {
	if base := s.url(); base != "" {
		return base
	}
	return "http://" + c.r.Host + s.root
}

func (s *Server) listServices(c call, segment string) (*answer, error) {
	pr, moved, err := s.managed(c, segment)
	if err != nil || moved != nil {
		return moved, err
	}
	list := []any{}
	for _, slug := range pr.sortedSlugs() {
		if svc, rec := s.served(slug), pr.records[slug]; svc != nil && rec.active {
			list = append(list, s.release.entity(svc, svc.loaded(rec), false))
		}
	}
	return jsonAnswer(http.StatusOK, list), nil
}

func (s *Server) putService(c call, segment string, svc *service) (*answer, error) {
	pr, moved, err := s.managed(c, segment)
	if err != nil || moved != nil {
		return moved, err
	}
	sent, err := s.release.check(svc, c.params)
	if err != nil {
		return nil, err
	}
	rec, err := s.put(pr, svc, sent)
	if err != nil {
		return nil, err
	}
	return jsonAnswer(http.StatusOK, s.release.entity(svc, rec, true)), nil
}

// getOrDelete serves the two methods whose route takes any slug and checks it
// afterwards; PUT has a route for each slug.
func (s *Server) getOrDelete(c call, segment string, svc *service) (*answer, error) {
	pr, moved, err := s.managed(c, segment)
	switch {
	case err != nil || moved != nil:
		return moved, err
	case svc == nil:
		return nil, &refusal{400, map[string]any{"error": s.release.SlugKey + " does not have a valid value"}}
	case c.reads():
		return s.getService(pr, svc)
	}
	return s.deleteService(c, pr, svc)
}

func (s *Server) getService(pr *project, svc *service) (*answer, error) {
	rec := pr.records[svc.Slug]
	switch {
	case rec != nil:
		rec = svc.loaded(rec)
	case s.release.NeverConfigured == "missing":
		return nil, refuse(http.StatusNotFound, s.release.NotFound)
	case s.defaults[svc.Slug] != nil:
		rec = s.defaults[svc.Slug]
	default:
		rec = s.release.emptyRecord(svc)
	}
	return jsonAnswer(http.StatusOK, s.release.entity(svc, rec, true)), nil
}

func (s *Server) deleteService(c call, pr *project, svc *service) (*answer, error) {
	rec := pr.records[svc.Slug]
	if rec == nil {
		if !s.release.DeleteCreates {
			return nil, refuse(http.StatusNotFound, s.release.NotFound)
		}
		rec = s.release.emptyRecord(svc)
	}
	if svc.RefusesDeleteWhenInactive && !rec.active {
		return nil, badRequest("400 Bad Request")
	}
	if limit, err := http.ParseTime(c.r.Header.Get("If-Unmodified-Since")); err == nil && rec.updated.Truncate(time.Second).After(limit) {
		return nil, refuse(http.StatusPreconditionFailed, "412 Precondition Failed")
	}
	s.store(pr, svc, svc.cleared(rec))
	return &answer{status: http.StatusNoContent}, nil
}
