package page

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

const (
	pageSize    = 50 // places of a list at a time
	few         = 5  // places that are all shown open
	maxRequests = 30 // the last ones, that a page is loaded with
)

// document is the page as a browser loads it.
type document struct {
	Profile fakegitlab.Profile
	URL     string // of the API, without /api/v4
	Title   string // of what the address opens; "" for nothing
	Query   string
	State   string // of the sight
	sight
}

// listing is a page of the places that a target's query finds.
type listing struct {
	Shown        []place
	From, Found  int // counted from 1
	All          int // places there are
	Before, Next string
	Close        string // address of the list with nothing opened
	few          bool
}

func (t target) listing(all []place) listing {
	found := slices.DeleteFunc(slices.Clone(all), func(pl place) bool { return !t.isOpen(pl) && !pl.matches(t.query) })
	number := max(1, min(t.page, (len(found)+pageSize-1)/pageSize))
	if i := slices.IndexFunc(found, t.isOpen); i >= 0 {
		number = i/pageSize + 1
	}
	from := (number - 1) * pageSize
	to := min(from+pageSize, len(found))
	list := func(number int) string { return target{query: t.query, page: number}.address() }
	l := listing{Shown: found[from:to], From: from + 1, Found: len(found), All: len(all), Close: list(number), few: len(found) <= few}
	if from > 0 {
		l.Before = list(number - 1)
	}
	if to < len(found) {
		l.Next = list(number + 1)
	}
	return l
}

// To is the number of the last place that is shown.
func (l listing) To() int { return l.From + len(l.Shown) - 1 }

// isOpen reports whether the address names the place.
func (t target) isOpen(pl place) bool { return t.Noun == pl.Noun && t.ID == pl.ID }

// matches reports whether each word of a query is in the path of a place, or in
// the name of a service that was configured there, or is its id.
func (pl place) matches(query string) bool {
	texts := []string{strings.ToLower(called(pl.Path))}
	for _, c := range pl.Services {
		texts = append(texts, c.Slug)
	}
	for word := range strings.FieldsSeq(strings.ToLower(query)) {
		if word != pl.name() && !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, word) }) {
			return false
		}
	}
	return true
}

// see is what there is to see at a target.
func (p *page) see(t target) (sight, error) {
	l := t.listing(p.places())
	v := &viewer{page: p, target: t, listing: l}
	list := part{id: "list"}
	for _, pl := range l.Shown {
		list.parts = append(list.parts, v.place(pl))
	}
	requests, total := p.gitlab.LastRequests(maxRequests)
	waiting := p.gitlab.Waiting()
	jobs := struct {
		Shown          bool
		Delay, Waiting int // in seconds, negative: until somebody runs them; jobs
	}{p.gitlab.GroupsHaveServices() || waiting > 0, int(p.gitlab.Propagation().Seconds()), waiting}
	s := sight{parts: []part{
		v.part("found", "found", l),
		v.part("list", "list", list.parts, list.parts...),
		v.part("pager", "pager", l),
		v.part("delay", "delay", jobs),
		v.part("waiting", "waiting", jobs),
		v.part("total", "total", total),
	}}
	for i, r := range slices.Backward(requests) {
		number := total - len(requests) + i + 1
		row := newRequest(number, r)
		s.requests = append(s.requests, v.part(row.ID, "request", row))
	}
	return s, v.err
}

// viewer makes the parts of a page.
type viewer struct {
	*page
	target  target
	listing listing
	err     error // the first one
}

// part makes one by a template.
func (v *viewer) part(id, template string, data any, parts ...part) part {
	var text bytes.Buffer
	if err := v.html.ExecuteTemplate(&text, template, data); err != nil && v.err == nil {
		v.err = err
	}
	return part{id, strings.TrimSpace(text.String()), parts}
}

// lineView is the line of a place, and what it offers below its services.
type lineView struct {
	ID, Noun, Title, Tag string
	Depth                int // of the groups above it
	Sum                  string
	Fold                 string // address that opens or folds it; "" while there is no need to
	Open                 bool
	Empty                bool     // nothing was ever configured there
	Setup                string   // address at which a service is chosen to be set up
	Choices              []string // of those; nil until somebody wants to choose
	Query                string
	Close                string
}

func (v *viewer) place(pl place) part {
	opened, unfolded := v.target.isOpen(pl), v.listing.few && len(pl.Services) > 0
	line := lineView{
		ID: pl.id(), Noun: pl.Noun, Title: called(pl.Path), Tag: fmt.Sprint(pl.Noun, " ", pl.ID), Sum: pl.sum(), Open: opened || unfolded,
		Empty: len(pl.Services) == 0, Setup: target{query: v.target.query, place: pl, setup: true}.address(), Query: v.target.query, Close: v.listing.Close,
	}
	switch {
	case pl.Noun == "instance":
		line.Title, line.Tag = "The instance", "defaults"
	case v.target.query == "" && v.gitlab.GroupsHaveServices():
		line.Depth = min(strings.Count(pl.Path, "/"), 5)
	}
	switch {
	case opened && !unfolded:
		line.Fold = v.listing.Close
	case !line.Open:
		line.Fold = target{query: v.target.query, place: pl}.address()
	}
	if opened && v.target.setup {
		line.Choices = v.unconfigured(pl)
	}
	parts := []part{v.part(line.ID+"-line", "line", line)}
	if line.Open {
		for _, c := range pl.Services {
			parts = append(parts, v.service(pl, c.Slug))
		}
		if opened && v.target.draft {
			parts = append(parts, v.service(pl, v.target.slug))
		}
		parts = append(parts, v.part(line.ID+"-more", "more", line))
	}
	return v.part(line.ID, "place", struct {
		ID    string
		Parts []part
	}{line.ID, parts}, parts...)
}

// sum says in a few words what a place has.
func (pl place) sum() string {
	off := 0
	for _, c := range pl.Services {
		if !c.Active {
			off++
		}
	}
	var text string
	switch n := len(pl.Services); n {
	case 0:
		return "no services"
	case 1:
		text = "1 service"
	default:
		text = fmt.Sprint(n, " services")
	}
	if off > 0 {
		text += fmt.Sprint(", ", off, " off")
	}
	return text
}

// unconfigured are the slugs of the services that can be set up in a place.
func (v *viewer) unconfigured(pl place) []string {
	return slices.DeleteFunc(v.gitlab.Slugs(), func(slug string) bool {
		_, possible := v.gitlab.Unconfigured(pl.name(), slug)
		return !possible || pl.has(slug)
	})
}

type serviceView struct {
	ID, Address     string // in the page, and of the form
	Link            string // opens it, or closes it
	Slug, Title     string
	Active          bool
	Inherited       string // the place whose settings it has; "" for its own
	Source          string // the place whose settings it could have; "" for none
	Updated         time.Time
	Params, Events  []field
	Open, Draft     bool
	Notice, Problem string
}

func (v *viewer) service(pl place, slug string) part {
	t := v.target
	if named := t.isOpen(pl) && t.slug == slug; !named {
		t, _ = v.open(target{query: t.query, place: pl}, slug)
	}
	s := serviceView{
		ID: t.idOf(slug), Address: t.address(), Slug: slug, Title: t.record.Title, Active: t.record.Active, Draft: t.draft,
		Updated: t.record.UpdatedAt.Local(), Notice: t.notice, Problem: t.problem,
	}
	// What was just changed is shown, not asked for again.
	s.Open = v.target.isOpen(pl) && v.target.slug == slug && t.notice == ""
	s.Link = s.Address
	if s.Open {
		s.Link = target{query: t.query, place: pl}.address()
	}
	if t.record.Inherited {
		s.Inherited = called(t.record.InheritsFrom)
	}
	if from, ok := v.gitlab.Source(pl.name(), slug); ok {
		s.Source = called(from)
	}
	for _, f := range t.fields() {
		if f.Event {
			s.Events = append(s.Events, f)
		} else {
			s.Params = append(s.Params, f)
		}
	}
	return v.part(s.ID, "service", s)
}

// SetParams are the settings that have a value, for a glance at a service.
func (s serviceView) SetParams() []field {
	return slices.DeleteFunc(slices.Clone(s.Params), func(f field) bool { return !f.Set })
}

// EventsOn are the names of the events that are on, without what all end in.
func (s serviceView) EventsOn() string {
	var names []string
	for _, f := range s.Events {
		if f.On() {
			names = append(names, strings.TrimSuffix(f.Name, "_events"))
		}
	}
	return strings.Join(names, ", ")
}

// requestView is a request without anything that may be secret: names of
// parameters, no values, no headers, no query.
type requestView struct {
	ID     string
	At     time.Time
	Method string
	Path   []string // in pieces, after which a line may break
	Status int      // 0 while there is no answer
	Names  []string
}

func newRequest(number int, r fakegitlab.Request) requestView {
	return requestView{
		ID: "r" + strconv.Itoa(number), At: r.At.Local(), Method: r.Method, Path: strings.SplitAfter(r.Path, "/"), Status: r.Status,
		Names: slices.Sorted(maps.Keys(r.Body)),
	}
}

// Failed reports whether GitLab refused the request, or failed at it.
func (r requestView) Failed() bool { return r.Status >= 400 }

// First are the names that are shown at once, and Rest counts the others.
func (r requestView) First() string {
	return strings.Join(r.Names[:min(firstNames, len(r.Names))], ", ")
}

// Rest is the number of names that First leaves out.
func (r requestView) Rest() int { return max(0, len(r.Names)-firstNames) }

const firstNames = 4
