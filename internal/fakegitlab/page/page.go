// Package page is the web page of the fake GitLab: its projects in their groups,
// where those have services, and the defaults of the instance; their services with
// a switch and a form each, and whose settings they follow; and the requests that
// arrive. It is where a person makes the drift that a plan then finds.
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
	for _, path := range []string{instancePath, groupPath, projectPath} {
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
	instancePath = "/instance/services/{slug}"
	groupPath    = "/groups/{group}/services/{slug}"
	projectPath  = "/projects/{project}/services/{slug}"
	jobsPath     = "/jobs"
)

// place is a project, a group, or the instance.
type place struct {
	noun string // "project", "group" or "instance"
	id   int64
	path string
}

var instance = place{noun: "instance", path: fakegitlab.Instance}

// name is what the fake knows it by.
func (pl place) name() string {
	if pl.noun == "project" {
		return strconv.FormatInt(pl.id, 10)
	}
	return pl.path
}

// called is a place by its path, as the page calls it.
func called(path string) string {
	if path == fakegitlab.Instance {
		return "the instance"
	}
	return path
}

func (pl place) addressOf(slug string) string {
	address := "/instance"
	if pl != instance {
		address = "/" + pl.noun + "s/" + url.PathEscape(pl.name())
	}
	return address + "/services/" + url.PathEscape(slug)
}

// holds reports whether another place is somewhere in a group.
func (pl place) holds(other place) bool {
	return pl.noun == "group" && strings.HasPrefix(other.path, pl.path+"/")
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

// change does what one of the forms of a service says: its switch has the
// parameter active, the choice whose settings it follows has inherit, and its
// settings have neither.
func (p *page) change(w http.ResponseWriter, r *http.Request) {
	t, ok := p.target(w, r)
	if !ok {
		return
	}
	var word string
	var err error
	switch {
	case r.PostForm.Has("active"):
		word, err = p.flip(t, r.PostForm.Get("active"))
	case r.PostForm.Has("inherit"):
		word, err = p.choose(t, r.PostForm.Get("inherit"))
	default:
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

// choose has a service follow what is above it, or have settings of its own, and
// returns the word for the notice.
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
	"follows": "It follows what is above it. The next plan tells of it.",
	"own":     "It has settings of its own. The next plan tells of it.",
}

// target is the service that a request is about.
type target struct {
	place           // zero for none
	contract        fakegitlab.ServiceContract
	record          fakegitlab.Record
	slug            string
	notice, problem string
}

// target finds the service of the request's address and reads its form. It
// answers the request itself, and reports false, where that is not possible.
func (p *page) target(w http.ResponseWriter, r *http.Request) (target, bool) {
	var t target
	found := false
	for _, pl := range p.places() {
		if address := pl.addressOf(r.PathValue("slug")); address == r.URL.EscapedPath() {
			t, found = p.look(pl, r.PathValue("slug"))
		}
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
	return t, true
}

// look is a service of a place. It reports false when it was never configured.
func (p *page) look(pl place, slug string) (target, bool) {
	contract, known := p.gitlab.Contract(slug)
	rec, there := p.gitlab.Record(pl.name(), slug)
	return target{place: pl, slug: slug, contract: contract, record: rec}, known && there
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
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// places are the instance, the groups, where those have services, and the
// projects, each place after what is above it.
func (p *page) places() []place {
	var places []place
	for _, pr := range p.gitlab.Projects() {
		places = append(places, place{"project", pr.ID, pr.Path})
	}
	if p.gitlab.GroupsHaveServices() {
		for _, group := range p.gitlab.Groups() {
			places = append(places, place{"group", group.ID, group.Path})
		}
		slices.SortFunc(places, func(a, b place) int { return strings.Compare(a.path+"/", b.path+"/") })
	}
	return slices.Insert(places, 0, instance)
}

// view is what the template shows.
func (p *page) view(open target) view {
	requests := p.gitlab.Requests()
	v := view{Profile: p.gitlab.Profile(), URL: p.gitlab.URL(), Total: len(requests),
		Waiting: p.gitlab.Waiting(), Delay: int(p.gitlab.Propagation().Seconds())}
	v.Jobs = p.gitlab.GroupsHaveServices() || v.Waiting > 0
	v.Places = p.tree(p.places(), open)
	if open.slug != "" {
		v.Title = open.record.Title + " of " + called(open.path)
	}
	for i, r := range slices.Backward(requests) {
		if len(v.Requests) == maxRequests {
			break
		}
		v.Requests = append(v.Requests, newRequest(i+1, r))
	}
	return v
}

// tree puts places into the groups that they follow. The instance is left out
// while it has no defaults.
func (p *page) tree(places []place, open target) []placeView {
	var views []placeView
	for len(places) > 0 {
		pl, below := places[0], 1
		for below < len(places) && pl.holds(places[below]) {
			below++
		}
		shown := placeView{Noun: pl.noun, ID: pl.id, Path: pl.path, Services: p.services(pl, open), Places: p.tree(places[1:below], open)}
		if pl != instance || len(shown.Services) > 0 {
			views = append(views, shown)
		}
		places = places[below:]
	}
	return views
}

// services are those of a place that were ever configured.
func (p *page) services(pl place, open target) []serviceView {
	var views []serviceView
	for _, slug := range p.gitlab.Slugs() {
		t, ok := p.look(pl, slug)
		if !ok {
			continue
		}
		s := newService(t)
		if from, ok := p.gitlab.Source(pl.name(), slug); ok {
			s.Source = called(from)
		}
		if open.place == pl && open.slug == slug {
			// What was just changed is shown, not asked for again.
			s.Open, s.Notice, s.Problem = open.notice == "", open.notice, open.problem
		}
		views = append(views, s)
	}
	return views
}
