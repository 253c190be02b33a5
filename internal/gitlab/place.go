package gitlab

import (
	"fmt"
	"net/url"
	"strings"
)

// Level is a kind of place that has services. Code asks a Level for what differs
// between kinds, and never which of them it is.
type Level struct {
	// Noun is what people call the kind: the attribute that names a place, the
	// identity, and the word in messages.
	Noun string
	// collection begins the path of a place, and services follows its name.
	collection, services string
	// path is the key of a place's full path in what GitLab tells of the place.
	path string
}

// Projects is the level of projects. Its path is the one that every GitLab from
// 10.x to 19.x serves.
//
// See https://docs.gitlab.com/api/project_integrations/.
var Projects = &Level{Noun: "project", collection: "/projects/", services: "/services", path: "path_with_namespace"}

// Place is a project by the name that somebody gave it: its numeric id or its
// full path, as written. Equal places are one. Places that differ are not known
// to be two: a project answers to its id, to its path in any letter case, and to
// the paths that it had.
type Place struct {
	Level *Level
	Name  string
}

// String is the place in a message: project "group/website".
func (p Place) String() string { return fmt.Sprintf("%s %q", p.Level.Noun, p.Name) }

// Numeric reports whether GitLab reads the name as an id: digits and nothing
// else.
func (p Place) Numeric() bool {
	for _, r := range p.Name {
		if r < '0' || r > '9' {
			return false
		}
	}
	return p.Name != ""
}

// own is the path of what GitLab tells of the place itself.
func (p Place) own() string { return p.Level.collection + url.PathEscape(p.Name) }

// list is the path of all its services, and service that of one.
func (p Place) list() string { return p.own() + p.Level.services }

func (p Place) service(slug string) string { return p.list() + "/" + url.PathEscape(slug) }

// check refuses a name that would make another path of a request than the one
// meant.
func (p Place) check() error { return checkSegment(p.Level.Noun, p.Name) }

// Same reports whether two names are one for sure, whatever GitLab says of them:
// it ignores the letter case of paths.
func (p Place) Same(o Place) bool { return p.Level == o.Level && strings.EqualFold(p.Name, o.Name) }
