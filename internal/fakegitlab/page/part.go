package page

import (
	"hash/fnv"
	"html/template"
	"slices"
	"strconv"
)

// part is an element of the page that can be renewed by itself. What it has
// besides its own parts depends on which parts those are, and on nothing else.
type part struct {
	id, html string
	parts    []part
}

// HTML is the element, its parts included.
func (p part) HTML() template.HTML { return template.HTML(p.html) } //nolint:gosec // G203: html/template has made it

// since is what has to be replaced where the part was another before.
func (p part) since(before part) []string {
	switch {
	case p.html == before.html:
		return nil
	case len(p.parts) == 0 || !sameParts(p.parts, before.parts):
		return []string{p.html}
	}
	return since(p.parts, before.parts)
}

func since(parts, before []part) []string {
	var changes []string
	for i, p := range parts {
		changes = append(changes, p.since(before[i])...)
	}
	return changes
}

func sameParts(a, b []part) bool {
	return slices.EqualFunc(a, b, func(a, b part) bool { return a.id == b.id })
}

// sight is all that changes in a page: parts, and the last requests, newest
// first. The zero sight is that of a browser that has seen nothing.
type sight struct {
	parts    []part
	requests []part
}

// Part is the element with an id.
func (s sight) Part(id string) template.HTML {
	for _, p := range s.parts {
		if p.id == id {
			return p.HTML()
		}
	}
	return ""
}

// Requests are the elements of the last requests.
func (s sight) Requests() []part { return s.requests }

// state tells a sight from others.
func (s sight) state() string {
	hash := fnv.New64a()
	for _, p := range append(slices.Clone(s.parts), s.requests...) {
		_, _ = hash.Write([]byte(p.html)) // a hash takes anything
	}
	return strconv.FormatUint(hash.Sum64(), 36)
}

// news is what a browser has to be told.
type news struct {
	Parts    []string `json:"parts,omitempty"`    // to be put where their ids are
	Requests []string `json:"requests,omitempty"` // likewise, or before all others; oldest first
}

// since is the news for a browser that has seen another sight.
func (s sight) since(before sight) news {
	if !sameParts(s.parts, before.parts) {
		before = sight{parts: make([]part, len(s.parts))}
	}
	n := news{Parts: since(s.parts, before.parts)}
	for _, r := range slices.Backward(s.requests) {
		if !slices.ContainsFunc(before.requests, func(old part) bool { return old.html == r.html }) {
			n.Requests = append(n.Requests, r.html)
		}
	}
	return n
}
