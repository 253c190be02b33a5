package page

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// place is a project, a group, or the instance.
type place struct{ fakegitlab.Place }

// name is what the fake knows it by.
func (pl place) name() string {
	if pl.Noun == "project" {
		return strconv.FormatInt(pl.ID, 10)
	}
	return pl.Path
}

// called is a place by its path, as the page calls it.
func called(path string) string {
	if path == fakegitlab.Instance {
		return "the instance"
	}
	return path
}

func (pl place) address() string {
	if pl.Noun == "instance" {
		return "/instance"
	}
	return "/" + pl.Noun + "s/" + url.PathEscape(pl.name())
}

// id names a place in the page.
func (pl place) id() string { return pl.Noun[:1] + strconv.FormatInt(pl.ID, 10) }

// idOf names a service in the page.
func (pl place) idOf(slug string) string { return pl.id() + "-" + slug }

// has reports whether a service was ever configured there.
func (pl place) has(slug string) bool {
	return slices.ContainsFunc(pl.Services, func(c fakegitlab.Configured) bool { return c.Slug == slug })
}

// target is what an address is about.
type target struct {
	query string // that places are searched by
	page  int    // of the places that it finds, from 1; 0 where the address does not say

	place          // the one that is opened; zero for none
	setup   bool   // a service is to be chosen that is set up there
	slug    string // of the service that is opened; "" for none
	draft   bool   // nobody has set it up yet
	service fakegitlab.ServiceContract
	record  fakegitlab.Record

	notice  string              // what was done
	problem string              // why nothing was
	wrong   map[string][]string // with which setting
	typed   url.Values          // what the person wanted
}

// find is the target of an address. It reports false where that leads nowhere.
func (p *page) find(u *url.URL) (target, bool) {
	q := u.Query()
	t := target{query: strings.TrimSpace(q.Get("q")), notice: notices[q.Get("done")]}
	t.page, _ = strconv.Atoi(q.Get("page"))
	if u.Path == "/" {
		return t, true
	}
	for _, pl := range p.places() {
		rest, within := strings.CutPrefix(u.EscapedPath()+"/", pl.address()+"/")
		if !within {
			continue
		}
		t.place = pl
		switch slug, chosen := strings.CutPrefix(strings.Trim(rest, "/"), "services/"); {
		case chosen:
			slug, _ = url.PathUnescape(slug)
			return p.open(t, slug)
		case slug == "services":
			if slug = q.Get("slug"); slug != "" {
				return p.open(t, slug)
			}
			t.setup = true
		case slug != "":
			return t, false
		}
		return t, true
	}
	return t, false
}

// open has the target be about a service. It reports false for one that the
// place cannot have.
func (p *page) open(t target, slug string) (target, bool) {
	var known, there bool
	t.slug, t.draft = slug, !t.has(slug)
	t.service, known = p.gitlab.Contract(slug)
	if t.draft {
		t.record, there = p.gitlab.Unconfigured(t.name(), slug)
	} else {
		t.record, there = p.gitlab.Record(t.name(), slug)
	}
	return t, known && there
}

// refuse has the form show what is wrong with it, and what was typed.
func (t *target) refuse(err error, form url.Values) {
	t.problem, t.typed = err.Error(), form
	var refused *fakegitlab.RefusedError
	if errors.As(err, &refused) {
		t.problem, t.wrong = "GitLab refuses it: "+refused.Words, refused.Fields
	}
}

// address leads to the target, with more said about it.
func (t target) address(more ...string) string {
	path := "/"
	if t.Noun != "" {
		path = t.place.address()
	}
	switch {
	case t.slug != "":
		path += "/services/" + url.PathEscape(t.slug)
	case t.setup:
		path += "/services"
	}
	q := url.Values{}
	if t.query != "" {
		q.Set("q", t.query)
	}
	if t.page > 1 && t.Noun == "" { // an opened place is on its own page
		q.Set("page", strconv.Itoa(t.page))
	}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path
}

// title is that of the window; "" when nothing is opened.
func (t target) title() string {
	switch {
	case t.slug != "":
		return t.record.Title + " of " + called(t.Path)
	case t.Noun != "":
		return called(t.Path)
	}
	return ""
}

func (p *page) places() []place {
	var places []place
	for _, pl := range p.gitlab.Places() {
		places = append(places, place{pl})
	}
	return places
}
