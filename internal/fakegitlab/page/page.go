// Package page is the web page of the fake GitLab: its projects and, where those
// have services, its groups; their services with a switch and a form each; and the
// requests that arrive. It is where a
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
	"strings"
	"time"

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
	for _, path := range []string{projectPath, groupPath} {
		mux.HandleFunc("GET "+path, p.service)
		mux.HandleFunc("POST "+path, p.change)
	}
	mux.HandleFunc("POST "+jobsPath, p.jobs)
	mux.Handle("GET /page.css", http.FileServerFS(files))
	mux.Handle("GET /page.js", http.FileServerFS(files))
	return guard(http.NewCrossOriginProtection().Handler(mux)), nil
}

// The patterns of a service's address. Projects go by their id, which survives a
// new name; groups, which the fake knows by their path, by that.
const (
	projectPath = "/projects/{project}/services/{slug}"
	groupPath   = "/groups/{group}/services/{slug}"
	jobsPath    = "/jobs"
)

// place is a project or a group.
type place struct {
	noun string // "project" or "group"
	id   int64
	path string
}

// name is what the fake knows it by.
func (pl place) name() string {
	if pl.noun == "project" {
		return strconv.FormatInt(pl.id, 10)
	}
	return pl.path
}

func (pl place) addressOf(slug string) string {
	return "/" + pl.noun + "s/" + url.PathEscape(pl.name()) + "/services/" + url.PathEscape(slug)
}

// idOf names a service in the page.
func (pl place) idOf(slug string) string {
	return pl.noun[:1] + strconv.FormatInt(pl.id, 10) + "-" + slug
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
	http.Redirect(w, r, t.addressOf(t.slug)+"?done="+word+"#"+t.idOf(t.slug), http.StatusSeeOther) //nolint:gosec // G710: a path of this page; the slug is one of the contract's
}

// flip switches a service on or off, and returns the word for the notice.
func (p *page) flip(t target, active string) (string, error) {
	on, err := strconv.ParseBool(active)
	switch {
	case err != nil:
		return "", errors.New("active must be true or false")
	case on:
		err = p.gitlab.Edit(t.name(), t.slug, map[string]any{"active": true})
	default:
		err = p.gitlab.Disable(t.name(), t.slug)
	}
	if err != nil {
		return "", err
	}
	if rec, ok := p.gitlab.Record(t.name(), t.slug); ok && rec.Active != on {
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
	return "saved", p.gitlab.Edit(t.name(), t.slug, changes)
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
	place           // zero for none
	slug            string
	record          fakegitlab.Record
	notice, problem string
}

// target finds the service of the request's address and reads its form. It
// answers the request itself, and reports false, where that is not possible.
func (p *page) target(w http.ResponseWriter, r *http.Request) (target, bool) {
	slug := r.PathValue("slug")
	i := slices.IndexFunc(p.places(), func(pl place) bool {
		return pl.noun == "group" && pl.path == r.PathValue("group") || pl.noun == "project" && pl.name() == r.PathValue("project")
	})
	var rec fakegitlab.Record
	found := i >= 0
	if found {
		rec, found = p.gitlab.Record(p.places()[i].name(), slug)
	}
	if !found {
		http.Error(w, "There is no such service, or nobody configured it yet.", http.StatusNotFound)
		return target{}, false
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "The form cannot be read.", http.StatusBadRequest)
		return target{}, false
	}
	return target{place: p.places()[i], slug: slug, record: rec}, true
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

// jobs runs the background jobs that wait, and sets after how long further ones
// run by themselves.
func (p *page) jobs(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if delay := r.FormValue("delay"); delay != "" {
		seconds, err := strconv.Atoi(delay)
		if err != nil {
			http.Error(w, "The delay is a number of seconds.", http.StatusUnprocessableEntity)
			return
		}
		p.gitlab.SetPropagation(time.Duration(seconds) * time.Second)
	}
	p.gitlab.Propagate()
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// places are the groups, where those have services, and the projects, each group
// above what is in it.
func (p *page) places() []place {
	var places []place
	for _, pr := range p.gitlab.Projects() {
		places = append(places, place{"project", pr.ID, pr.Path})
	}
	if !p.gitlab.GroupsHaveServices() {
		return places
	}
	for _, group := range p.gitlab.Groups() {
		places = append(places, place{"group", group.ID, group.Path})
	}
	slices.SortFunc(places, func(a, b place) int { return strings.Compare(a.path+"/", b.path+"/") })
	return places
}

// view is what the template shows.
func (p *page) view(open target) view {
	requests := p.gitlab.Requests()
	v := view{Profile: p.gitlab.Profile(), URL: p.gitlab.URL(), Total: len(requests), Jobs: p.gitlab.GroupsHaveServices(),
		Waiting: p.gitlab.Waiting(), Delay: int(p.gitlab.Propagation().Seconds())}
	for _, pl := range p.places() {
		shown := placeView{Noun: pl.noun, ID: pl.id, Path: pl.path}
		for _, slug := range fakegitlab.Slugs(v.Profile) {
			rec, ok := p.gitlab.Record(pl.name(), slug)
			if !ok {
				continue
			}
			s := newService(v.Profile, target{place: pl, slug: slug, record: rec})
			if open.place == pl && open.slug == slug {
				// What was just changed is shown, not asked for again.
				s.Open, s.Notice, s.Problem = open.notice == "", open.notice, open.problem
				v.Title = s.Title + " of " + pl.path
			}
			shown.Services = append(shown.Services, s)
		}
		v.Places = append(v.Places, shown)
	}
	for i, r := range slices.Backward(requests) {
		if len(v.Requests) == maxRequests {
			break
		}
		v.Requests = append(v.Requests, newRequest(i+1, r))
	}
	return v
}
