// Package page is the web page of the fake GitLab: its projects and groups and the
// defaults of the instance, with a search; their services with a switch and a form
// each, and whose settings they follow; and the requests that arrive. It is where a
// person makes the drift that a plan then finds, and what an import can find.
//
// The page does what a person can do, by the methods of [fakegitlab.Server] that
// stand for one, and nothing more. It never shows the value of a secret. It asks
// for no password, so it answers only to names of the loopback interface, which
// no web site can take for its own (DNS rebinding), and changes something only
// for a request that comes from itself (cross-site request forgery).
//
// The server makes all HTML, and the address says what is looked at: a search, a
// page of its results, an opened place, an opened service. So everything works
// without JavaScript. The script follows links and sends forms without loading
// anew what stays, and listens to a stream of the parts that have changed.
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
	"strconv"
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
	ticker func() (ticks <-chan time.Time, stop func()) // says when a stream looks for changes
}

// New returns the page of a fake, to be served at the root of a loopback address
// of its own ([fakegitlab.Listen]). It fails only when the template in the
// program does not parse.
func New(gitlab *fakegitlab.Server) (http.Handler, error) {
	p, err := newPage(gitlab)
	if err != nil {
		return nil, err
	}
	return p.handler(), nil
}

func newPage(gitlab *fakegitlab.Server) (*page, error) {
	html, err := template.ParseFS(files, "page.html")
	if err != nil {
		return nil, fmt.Errorf("page of the fake GitLab: %w", err)
	}
	return &page{gitlab: gitlab, html: html, ticker: everyLook}, nil
}

func (p *page) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.index)
	// Projects go by their id, which survives a new name; groups, which the fake
	// knows by their path, by that.
	for _, path := range []string{"/instance", "/groups/{group}", "/projects/{project}"} {
		mux.HandleFunc("GET "+path, p.index)
		mux.HandleFunc("GET "+path+"/services", p.index)
		mux.HandleFunc("GET "+path+"/services/{slug}", p.index)
		mux.HandleFunc("POST "+path+"/services/{slug}", p.change)
	}
	mux.HandleFunc("POST /jobs", p.jobs)
	mux.HandleFunc("GET /events", p.events)
	mux.Handle("GET /page.css", http.FileServerFS(files))
	mux.Handle("GET /page.js", http.FileServerFS(files))
	return guard(http.NewCrossOriginProtection().Handler(mux))
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

// index shows what the address says.
func (p *page) index(w http.ResponseWriter, r *http.Request) {
	t, found := p.find(r.URL)
	if !found {
		notFound(w)
		return
	}
	p.show(w, http.StatusOK, t)
}

func notFound(w http.ResponseWriter) {
	http.Error(w, "There is no such place, or no such service in it.", http.StatusNotFound)
}

// change does what one of the forms of a service says: its switch has the
// parameter active, the choice whose settings it follows has inherit, and its
// settings have neither.
func (p *page) change(w http.ResponseWriter, r *http.Request) {
	t, found := p.find(r.URL)
	if !found {
		notFound(w)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "The form cannot be read.", http.StatusBadRequest)
		return
	}
	done, err := p.do(t, r.PostForm)
	if err != nil {
		t.refuse(err, r.PostForm)
		p.show(w, http.StatusUnprocessableEntity, t)
		return
	}
	// A redirect, so that reloading repeats nothing.
	http.Redirect(w, r, t.address("done", done)+"#"+t.idOf(t.slug), http.StatusSeeOther) //nolint:gosec // G710: a path of this page; the slug is one of the contract's
}

// do returns the word for the notice.
func (p *page) do(t target, form url.Values) (string, error) {
	switch {
	case form.Has("active"):
		return p.flip(t, form.Get("active"))
	case form.Has("inherit"):
		return p.choose(t, form.Get("inherit"))
	}
	return p.edit(t, form)
}

// flip switches a service on or off.
func (p *page) flip(t target, active string) (string, error) {
	on, err := strconv.ParseBool(active)
	switch {
	case err != nil:
		return "", errors.New("active must be true or false")
	case on:
		err = p.gitlab.Save(t.name(), t.slug, map[string]any{"active": true})
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

// choose has a service follow what is above it, or have settings of its own.
func (p *page) choose(t target, inherit string) (string, error) {
	switch follow, err := strconv.ParseBool(inherit); {
	case err != nil:
		return "", errors.New("inherit must be true or false")
	case follow:
		return "follows", p.gitlab.Inherit(t.name(), t.slug)
	}
	return "own", p.gitlab.Edit(t.name(), t.slug, nil)
}

// edit saves what the person changed in the form, and only that: each setting
// comes with what it was when the form was shown, so that a form that is older
// than an apply does not undo it. A secret that is left blank stays.
func (p *page) edit(t target, form url.Values) (string, error) {
	changes := make(map[string]any)
	for _, f := range t.fields() {
		if v, changed := f.submitted(form); changed {
			changes[f.Name] = v
		}
	}
	done := "saved"
	switch {
	case t.draft:
		done = "made"
	case len(changes) == 0:
		return "nothing", nil
	}
	return done, p.gitlab.Save(t.name(), t.slug, changes)
}

// notices are what the page says after a change, by the word in its address.
var notices = map[string]string{
	"made":    "Set up. It can be imported, and what manages it finds it.",
	"saved":   "Saved. The next plan tells of it.",
	"nothing": "Nothing was changed.",
	"true":    "Switched on. The next plan tells of it.",
	"false":   "Switched off. The next plan tells of it.",
	"follows": "It follows what is above it. The next plan tells of it.",
	"own":     "It has settings of its own. The next plan tells of it.",
}

// jobs sets after how long background jobs run by themselves, or runs those that
// wait.
func (p *page) jobs(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if delay := r.FormValue("delay"); delay != "" {
		seconds, err := strconv.Atoi(delay)
		if err != nil {
			http.Error(w, "The delay is a number of seconds.", http.StatusUnprocessableEntity)
			return
		}
		p.gitlab.SetPropagation(time.Duration(seconds) * time.Second)
	} else {
		p.gitlab.Propagate()
	}
	back := target{}
	if from, err := url.Parse(r.Referer()); err == nil {
		if t, found := p.find(from); found {
			back = t
		}
	}
	http.Redirect(w, r, back.address(), http.StatusSeeOther) //nolint:gosec // G710: a path of this page
}

// show sends the page.
func (p *page) show(w http.ResponseWriter, status int, t target) {
	seen, err := p.see(t)
	var text bytes.Buffer
	if err == nil {
		err = p.html.Execute(&text, document{
			Profile: p.gitlab.Profile(), URL: p.gitlab.URL(), Title: t.title(), Query: t.query, State: seen.state(), sight: seen,
		})
	}
	if err != nil {
		http.Error(w, "The page cannot be made: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = text.WriteTo(w) // a browser that is gone gets nothing
}
