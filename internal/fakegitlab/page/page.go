// Package page is the web page of the fake GitLab: its projects, their services
// with a switch and a form each, and the requests that arrive. It is where a
// person makes the drift that a plan then finds.
//
// The page does what a person can do, by the methods of [fakegitlab.Server] that
// stand for one, and nothing more. It never shows the value of a secret. It asks
// for no password, so it answers only to names of the loopback interface, which
// no web site can take for its own (DNS rebinding), and changes something only
// for a request that comes from itself (cross-site request forgery).
//
// Everything works without JavaScript; the script only spares reloading.
package page

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

//go:embed page.html page.css page.js
var files embed.FS

// maxForm is in bytes; the longest settings are lists of recipients.
const maxForm = 1 << 20

// page serves one fake.
type page struct {
	gitlab *fakegitlab.Server
	html   *template.Template
}

// New returns the page of a fake, to be served at the root of a loopback address
// of its own ([fakegitlab.Listen]). It fails only when the template in the
// program does not parse.
func New(gitlab *fakegitlab.Server) (http.Handler, error) {
	html, err := template.ParseFS(files, "page.html")
	if err != nil {
		return nil, fmt.Errorf("page of the fake GitLab: %w", err)
	}
	p := &page{gitlab, html}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.index)
	mux.HandleFunc("GET "+servicePath, p.service)
	mux.HandleFunc("POST "+servicePath, p.change)
	mux.Handle("GET /page.css", http.FileServerFS(files))
	mux.Handle("GET /page.js", http.FileServerFS(files))
	return guard(http.NewCrossOriginProtection().Handler(mux)), nil
}

// servicePath is the pattern of a service's address. Projects go by their id,
// which survives a new name.
const servicePath = "/projects/{project}/services/{slug}"

func addressOf(project, slug string) string {
	return "/projects/" + url.PathEscape(project) + "/services/" + url.PathEscape(slug)
}

// guard refuses requests whose Host is no name of the loopback interface, and
// forbids the browser whatever the page does not need.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "+
			"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if !isLoopback(r.Host) {
			http.Error(w, "This page answers only to localhost and 127.0.0.1.", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func isLoopback(hostport string) bool {
	u := url.URL{Host: hostport}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

func (p *page) index(w http.ResponseWriter, _ *http.Request) {
	p.show(w, http.StatusOK, target{})
}

func (p *page) service(w http.ResponseWriter, r *http.Request) {
	t, ok := p.target(w, r)
	if !ok {
		return
	}
	t.notice = notices[r.URL.Query().Get("done")]
	p.show(w, http.StatusOK, t)
}

// change does what one of the two forms of a service says: its switch has the
// parameter active, its settings do not.
func (p *page) change(w http.ResponseWriter, r *http.Request) {
	t, ok := p.target(w, r)
	if !ok {
		return
	}
	var word string
	var err error
	if r.PostForm.Has("active") {
		word, err = p.flip(t, r.PostForm.Get("active"))
	} else {
		word, err = p.edit(t, r.PostForm)
	}
	if err != nil {
		t.problem = err.Error()
		p.show(w, http.StatusUnprocessableEntity, t)
		return
	}
	// A redirect, so that reloading repeats nothing.
	http.Redirect(w, r, addressOf(t.project, t.slug)+"?done="+word+"#"+idOf(t.project, t.slug), http.StatusSeeOther) //nolint:gosec // G710: a path of this page; the slug is one of the contract's
}

// flip switches a service on or off, and returns the word for the notice.
func (p *page) flip(t target, active string) (string, error) {
	on, err := strconv.ParseBool(active)
	switch {
	case err != nil:
		return "", errors.New("active must be true or false")
	case on:
		err = p.gitlab.Edit(t.project, t.slug, map[string]any{"active": true})
	default:
		err = p.gitlab.Disable(t.project, t.slug)
	}
	if err != nil {
		return "", err
	}
	if rec, ok := p.gitlab.Record(t.project, t.slug); ok && rec.Active != on {
		return "", errors.New("GitLab switches this service by its settings")
	}
	return strconv.FormatBool(on), nil
}

// edit saves what the person changed in the form, and only that: each setting
// comes with what it was when the form was shown, so that a form that is older
// than an apply does not undo it. A secret that is left blank stays.
func (p *page) edit(t target, form url.Values) (string, error) {
	changes := make(map[string]any)
	for _, f := range t.fields(p.gitlab.Profile()) {
		v, changed, err := f.submitted(form)
		if err != nil {
			return "", err
		}
		if changed {
			changes[f.Name] = v
		}
	}
	if len(changes) == 0 {
		return "nothing", nil
	}
	return "saved", p.gitlab.Edit(t.project, t.slug, changes)
}

// notices are what the page says after a change, by the word in its address.
var notices = map[string]string{
	"saved":   "Saved. The next plan tells of it.",
	"nothing": "Nothing was changed.",
	"true":    "Switched on. The next plan tells of it.",
	"false":   "Switched off. The next plan tells of it.",
}

// target is the service that a request is about.
type target struct {
	project         string // its id; "" for none
	slug            string
	record          fakegitlab.Record
	notice, problem string
}

// target finds the service of the request's address and reads its form. It
// answers the request itself, and reports false, where that is not possible.
func (p *page) target(w http.ResponseWriter, r *http.Request) (target, bool) {
	id, slug := r.PathValue("project"), r.PathValue("slug")
	rec, found := p.gitlab.Record(id, slug)
	if !found {
		http.Error(w, "There is no such service, or nobody configured it yet.", http.StatusNotFound)
		return target{}, false
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "The form cannot be read.", http.StatusBadRequest)
		return target{}, false
	}
	return target{project: id, slug: slug, record: rec}, true
}

// show sends the page, with the form of the service, or the notice about it, if
// open names one.
func (p *page) show(w http.ResponseWriter, status int, open target) {
	var text bytes.Buffer
	if err := p.html.Execute(&text, p.view(open)); err != nil {
		http.Error(w, "The page cannot be made: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = text.WriteTo(w) // a browser that is gone gets nothing
}

// view is what the template shows.
func (p *page) view(open target) view {
	requests := p.gitlab.Requests()
	v := view{Profile: p.gitlab.Profile(), URL: p.gitlab.URL(), Total: len(requests)}
	for _, pr := range p.gitlab.Projects() {
		shown, id := projectView{Project: pr}, strconv.FormatInt(pr.ID, 10)
		for _, slug := range fakegitlab.Slugs(v.Profile) {
			rec, ok := p.gitlab.Record(id, slug)
			if !ok {
				continue
			}
			s := newService(v.Profile, target{project: id, slug: slug, record: rec})
			if open.project == id && open.slug == slug {
				// What was just changed is shown, not asked for again.
				s.Open, s.Notice, s.Problem = open.notice == "", open.notice, open.problem
				v.Title = s.Title + " of " + pr.Path
			}
			shown.Services = append(shown.Services, s)
		}
		v.Projects = append(v.Projects, shown)
	}
	for i, r := range slices.Backward(requests) {
		if len(v.Requests) == maxRequests {
			break
		}
		v.Requests = append(v.Requests, newRequest(i+1, r))
	}
	return v
}
