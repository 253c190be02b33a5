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
	body, bodyErr := s.current().readBody(r.Header.Get("Content-Type"), text)
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
	if fault != nil && fault.Unheard {
		r = r.Clone(r.Context())
		r.Method = http.MethodGet
		clear(params)
	}
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

// readBody returns the parameters of a body. One without a type, or of a type that
// Rack does not parse, counts as empty; types that Grape knows and GitLab does
// not read are refused, and so is JSON that does not parse.
func (r *release) readBody(contentType string, text []byte) (map[string]any, error) {
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
			return params, &refusal{status: 400, body: map[string]any{"error": "\nProblem:\n  message body does not match declared format\n" +
				"Resolution:\n  when specifying application/json as content-type, you must pass valid application/json in the request's 'body' "}}
		}
		object, _ := body.(map[string]any) // any other JSON has no parameters
		maps.Copy(params, object)
	case "application/x-www-form-urlencoded":
		if form, err := url.ParseQuery(string(text)); err == nil {
			addForm(params, form)
		}
	case "multipart/form-data":
		form, err := multipart.NewReader(bytes.NewReader(text), options["boundary"]).ReadForm(maxBody)
		if err == nil {
			addForm(params, form.Value)
		}
	case "application/xml", "text/xml", "application/octet-stream":
		refused := r.UnsupportedType
		return params, &refusal{status: refused.Status, body: map[string]any{"error": fmt.Sprintf(refused.Error, contentType)}}
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
	s.runDue()
	rest, inRoot := strings.CutPrefix(r.URL.EscapedPath(), s.root+"/")
	rest, isAPI := strings.CutPrefix("/"+rest, apiPath+"/")
	if !inRoot || !isAPI {
		return s.webPage(r)
	}
	if bodyErr != nil {
		return failure(bodyErr)
	}
	path, err := segments(rest)
	if err != nil {
		return failure(err)
	}
	a, err := s.route(call{r: r, method: r.Method, params: params}, path)
	if err != nil {
		return failure(err)
	}
	return a
}

// segments are the parts of a path below the API. Grape takes // for /, and
// ignores a slash and a format at the end.
func segments(rest string) ([]string, error) {
	var path []string
	for segment := range strings.SplitSeq(rest, "/") {
		plain, err := url.PathUnescape(segment)
		if err != nil {
			return nil, errNoRoute
		}
		if plain != "" {
			path = append(path, plain)
		}
	}
	if last := len(path) - 1; last > 1 {
		path[last] = strings.TrimSuffix(path[last], ".json")
	}
	return path, nil
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
	if len(path) == 0 {
		return nil, errNoRoute
	}
	hs := map[string]*homes{"projects": s.projects, "groups": s.groups}[path[0]]
	switch {
	case hs != nil && len(path) > 1:
		return s.routeHome(c, hs, path[1], path[2:])
	case len(path) > 1 || !c.reads():
		return nil, errNoRoute
	case hs != nil:
		return s.listHomes(c, hs)
	case path[0] == "version", path[0] == "metadata" && s.release.Metadata:
		return s.getVersion(c)
	case path[0] == "user":
		return s.getUser(c)
	}
	return nil, errNoRoute
}

// routeHome answers a request about a project or a group, which the segment
// names.
func (s *Server) routeHome(c call, hs *homes, segment string, path []string) (*answer, error) {
	switch {
	case len(path) == 0 && c.reads():
		return s.getHome(c, hs, segment)
	case len(path) == 1 && c.reads() && hs == s.groups && path[0] == "projects":
		return s.listBelow(c, segment, s.projects)
	case len(path) == 1 && c.reads() && hs == s.groups && path[0] == "descendant_groups" && s.release.DescendantGroups:
		return s.listBelow(c, segment, s.groups)
	case len(path) == 0 || !s.hasServices(hs, path[0]):
		return nil, errNoRoute
	case len(path) == 1 && c.reads() && s.release.List:
		return s.listServices(c, hs, segment)
	case len(path) != 2:
		return nil, errNoRoute
	}
	switch svc := s.served(path[1]); {
	case c.method == http.MethodPut && svc != nil:
		return s.putService(c, hs, segment, svc)
	case c.reads() || c.method == http.MethodDelete:
		return s.getOrDelete(c, hs, segment, svc)
	}
	return nil, errNoRoute
}

// hasServices reports whether services are under that name: "integrations", and
// for projects the older "services" too.
func (s *Server) hasServices(hs *homes, name string) bool {
	if hs == s.groups {
		return name == "integrations" && s.release.Groups
	}
	return name == "services" || name == "integrations" && s.release.IntegrationsPath
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

func (s *Server) getHome(c call, hs *homes, segment string) (*answer, error) {
	h, kind, moved, err := s.visible(c, hs, segment)
	if err != nil || moved != nil {
		return moved, err
	}
	entity := s.homeEntity(c, h)
	if hs == s.groups && truth(c.params["with_projects"]) != false {
		projects := []any{}
		for _, project := range s.projects.all() {
			if role := s.kindIn(c, kind, project); project.in(h) && role != TokenStranger && len(projects) < maxGroupProjects {
				projects = append(projects, s.homeEntity(c, project))
			}
		}
		entity["projects"] = projects
	}
	return jsonAnswer(http.StatusOK, entity), nil
}

// maxGroupProjects is how many projects GET of a group tells of.
const maxGroupProjects = 100

func (s *Server) homeEntity(c call, h *home) map[string]any {
	name := h.path[strings.LastIndex(h.path, "/")+1:]
	entity := map[string]any{
		"id": h.id, h.level.pathKey: h.path, "path": name, "name": name, "web_url": s.base(c) + "/" + h.path,
	}
	if h.level == projectLevel {
		entity["archived"] = h.archived
		return entity
	}
	entity["web_url"], entity["parent_id"] = s.base(c)+"/groups/"+h.path, nil
	if above := s.above(h); len(above) > 0 {
		entity["parent_id"] = above[0].id
	}
	return entity
}

// base is the address that a call came to, with the relative root.
func (s *Server) base(c call) string {
	if base := s.url(); base != "" {
		return base
	}
	return "http://" + c.r.Host + s.root
}

func (s *Server) listServices(c call, hs *homes, segment string) (*answer, error) {
	h, moved, err := s.managed(c, hs, segment)
	if err != nil || moved != nil {
		return moved, err
	}
	list := []any{}
	for _, slug := range h.sortedSlugs() {
		if svc, rec := s.served(slug), h.records[slug]; svc != nil && rec.active && !s.forbids(slug) {
			list = append(list, s.entity(h, svc, svc.loaded(rec), false))
		}
	}
	return jsonAnswer(http.StatusOK, list), nil
}

func (s *Server) putService(c call, hs *homes, segment string, svc *service) (*answer, error) {
	h, moved, err := s.managed(c, hs, segment)
	if err != nil || moved != nil {
		return moved, err
	}
	sent, err := s.release.check(svc, c.params)
	if err != nil {
		return nil, err
	}
	if err := s.available(h, svc, true); err != nil {
		return nil, err
	}
	rec, err := s.put(h, svc, sent)
	if err != nil {
		return nil, err
	}
	entity := s.entity(h, svc, rec, true)
	svc.trim(entity)
	return jsonAnswer(http.StatusOK, entity), nil
}

// getOrDelete serves the two methods whose route takes any slug and checks it
// afterwards; PUT has a route for each slug.
func (s *Server) getOrDelete(c call, hs *homes, segment string, svc *service) (*answer, error) {
	h, moved, err := s.managed(c, hs, segment)
	switch {
	case err != nil || moved != nil:
		return moved, err
	case svc == nil:
		return nil, &refusal{status: 400, body: map[string]any{"error": s.release.SlugKey + " does not have a valid value"}}
	}
	if err := s.available(h, svc, false); err != nil {
		return nil, err
	}
	if c.reads() {
		return s.getService(h, svc)
	}
	return s.deleteService(c, h, svc)
}

func (s *Server) getService(h *home, svc *service) (*answer, error) {
	rec := h.records[svc.Slug]
	switch {
	case rec != nil:
		rec = svc.loaded(rec)
	case s.release.NeverConfigured == "missing":
		return nil, refuse(http.StatusNotFound, s.release.NotFound)
	case svc.DataFields && s.release.UnconfiguredDataFields == "crash":
		return nil, errCrash
	default:
		rec = s.unconfigured(h, svc)
	}
	return jsonAnswer(http.StatusOK, s.entity(h, svc, rec, true)), nil
}

func (s *Server) deleteService(c call, h *home, svc *service) (*answer, error) {
	rec := h.records[svc.Slug]
	if rec == nil {
		if !s.release.DeleteCreates {
			return nil, refuse(http.StatusNotFound, s.release.NotFound)
		}
		rec = s.release.newRecord(svc)
	}
	if svc.DeleteRefused != "" {
		return nil, refuse(http.StatusUnprocessableEntity, svc.DeleteRefused)
	}
	if svc.RefusesDeleteWhenInactive && !rec.active {
		return nil, badRequest("400 Bad Request")
	}
	if limit, err := http.ParseTime(c.r.Header.Get("If-Unmodified-Since")); err == nil && rec.updated.Truncate(time.Second).After(limit) {
		return nil, refuse(http.StatusPreconditionFailed, "412 Precondition Failed")
	}
	hasFields := len(svc.Params) > 0 && (rec.active || !svc.FieldsWhileActive)
	s.store(h, svc, s.cleared(svc, rec), hasFields)
	return &answer{status: http.StatusNoContent}, nil
}
