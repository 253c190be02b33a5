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
	// Example is a full path of such a place, and Nested says that it is always
	// below another one.
	Example string
	Nested  bool
	// Note is what documentation says of all services of such places.
	Note string
	// Since is the first GitLab in which such places have services, "" for every
	// one. [NoSuchRoute] may mean an older one.
	Since string
	// CopiesLater says that a place which begins to follow the settings above it
	// gets them when those are saved the next time, and not at once.
	CopiesLater bool
	// collection begins the path of a place. What follows its name is services, or
	// lookup where GitLab is asked for the place itself.
	collection, services, lookup string
	// below is the path, after that of a group, of such places in it, and keyset
	// says that the list of all has pages that follow a key.
	below  string
	keyset bool
	// path is the key of a place's full path in what GitLab tells of the place.
	path string
	// noList is the reason of a GitLab that does not know the path of a list.
	noList Reason
}

// Projects and Groups are the levels there are. The path of a project's
// services is the one that every GitLab from 10.x to 19.x serves; groups never
// had it, only that of integrations, since 17.9.
//
// See https://docs.gitlab.com/api/project_integrations/ and
// https://docs.gitlab.com/api/group_integrations/.
var (
	Projects = &Level{
		Noun: "project", Example: "group/project", Nested: true,
		collection: "/projects/", services: "/services", path: "path_with_namespace", noList: NoList,
		below: "/projects", keyset: true,
	}
	// Without the parameter, up to a hundred projects come along with the group.
	Groups = &Level{
		Noun: "group", Example: "group/subgroup", Since: "17.9", CopiesLater: true,
		Note: "Services of groups need GitLab 17.9 or later. Groups and projects below it that have no settings of their own inherit these, " +
			"which GitLab copies in the background: see the guide on groups and inheritance.",
		collection: "/groups/", services: "/integrations", lookup: "?with_projects=false", path: "full_path", noList: NoSuchRoute,
		below: "/descendant_groups",
	}
)

// Place is a project or a group by the name that somebody gave it: its numeric
// id or its full path, as written. Equal places are one. Places that differ are
// not known to be two: a place answers to its id and to its path in any letter
// case, and a project to the paths that it had.
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

// home is the path of the place, below which all lies that it has.
func (p Place) home() string { return p.Level.collection + url.PathEscape(p.Name) }

// own is the path of what GitLab tells of the place itself.
func (p Place) own() string { return p.home() + p.Level.lookup }

// list is the path of all its services, and service that of one.
func (p Place) list() string { return p.home() + p.Level.services }

func (p Place) service(slug string) string { return p.list() + "/" + url.PathEscape(slug) }

// check refuses a name that would make another path of a request than the one
// meant.
func (p Place) check() error { return checkSegment(p.Level.Noun, p.Name) }

// Same reports whether two names are one for sure, whatever GitLab says of them:
// it ignores the letter case of paths.
func (p Place) Same(o Place) bool { return p.Level == o.Level && strings.EqualFold(p.Name, o.Name) }
