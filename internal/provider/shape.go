package provider

import (
	"fmt"
	"maps"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// shape is all that differs between types of resources, lists and data sources:
// the service that they are about, and the kinds of places where it lives. What
// names a service of a place, its address, is at the same time the identity and
// the id of an import.
type shape struct {
	// typeName is the type in configurations.
	typeName string
	// service is nil where the configuration names it, by its slug.
	service *catalog.Service
	// levels are the kinds of places; of more than one, the configuration chooses.
	levels []*gitlab.Level
	// peers are the types of the official provider that a moved block takes over.
	peers []string

	// types are those of all attributes of the resource. Nobody changes them.
	types func() map[string]attr.Type
}

// slug is the attribute that names the service.
const slug = "slug"

// levels are all kinds of places, and container is that in which the others are.
var (
	levels    = []*gitlab.Level{gitlab.Projects, gitlab.Groups}
	container = gitlab.Groups
)

// shapes are all types of resources. Nobody changes them.
var shapes = sync.OnceValue(func() []*shape {
	var out []*shape
	for _, row := range catalog.All() {
		out = append(out, &shape{typeName: row.ResourceType(), service: row, levels: []*gitlab.Level{gitlab.Projects}, peers: row.Peer.Types})
		if !row.ProjectOnly {
			out = append(out, &shape{typeName: row.GroupResourceType(), service: row, levels: []*gitlab.Level{gitlab.Groups}, peers: row.Peer.GroupTypes})
		}
	}
	out = append(out, &shape{typeName: "gitlabservices_service", levels: []*gitlab.Level{gitlab.Projects, gitlab.Groups}})
	for _, s := range out {
		s.types = sync.OnceValue(func() map[string]attr.Type {
			out := maps.Clone(s.named("").AttributeTypes())
			for name := range s.place(target{}) {
				out[name] = types.StringType
			}
			return out
		})
	}
	return out
})

// part is one of the attributes that name a service.
type part struct {
	name, help string
	// except says when another value is no other service.
	except   string
	required bool
	checks   []validator.String
}

// address are the attributes that name a service, in all schemas.
func (s *shape) address() []part {
	var out []part
	for _, level := range s.levels {
		p := part{
			name: level.Noun, required: len(s.levels) == 1, checks: []validator.String{placeName(level)},
			help: placeHelp(level), except: ", except when both name the same " + level.Noun,
		}
		if !p.required {
			p.help += fmt.Sprintf(" One of `%s` must be set, and no other.", strings.Join(nouns(s.levels), "` and `"))
			p.checks = append(p.checks, stringvalidator.ExactlyOneOf(roots(nouns(s.levels))...))
		}
		out = append(out, p)
	}
	if s.service == nil {
		out = append(out, part{name: slug, required: true, checks: []validator.String{slugName}, help: "GitLab's name of the service in addresses, as in `/services/name`."})
	}
	return out
}

// placeHelp describes the attribute that names a place.
func placeHelp(level *gitlab.Level) string {
	return fmt.Sprintf("%s: its numeric id or its full path, such as `42` or `%s`.", capital(level.Noun), level.Example)
}

func nouns(levels []*gitlab.Level) []string {
	var out []string
	for _, level := range levels {
		out = append(out, level.Noun)
	}
	return out
}

// title is the service in messages.
func (s *shape) title() string {
	if s.service == nil {
		return "a service"
	}
	return s.service.Title
}

// integration is the service in descriptions.
func (s *shape) integration() string {
	if s.service == nil {
		return "any integration (service)"
	}
	return "the " + s.service.Integration()
}

// description is what the documentation says of the resource.
func (s *shape) description() string {
	text := "Manages " + s.integration() + " of a " + s.where() + ". "
	if s.service != nil {
		text += s.service.Description()
	} else {
		text += "Its settings have GitLab's names, so that it also serves one that this provider has no resource for. " + documentation
	}
	for _, level := range s.levels {
		text = strings.TrimSpace(text + " " + level.Note)
	}
	return text
}

// summary is what the documentation says of the data source.
func (s *shape) summary() string {
	text := "Reads " + s.integration() + " of a " + s.where() + ": its settings and events as GitLab returns them, without secrets. " +
		"A setting that this version of GitLab does not return is null. "
	if s.service != nil {
		return text + s.service.Summary()
	}
	return text + documentation
}

// documentation leads to GitLab's page of all services.
const documentation = "See [GitLab's documentation](https://docs.gitlab.com/api/project_integrations/)."

// where is the kinds of places in a sentence.
func (s *shape) where() string {
	return strings.Join(nouns(s.levels), " or ")
}

// filters are the arguments of the list: of the places to look at, and of the
// service where the type does not say it. Nobody changes them.
func (s *shape) filters() []argument {
	switch {
	case s.service == nil:
		return anyFilters()
	case s.levels[0] == gitlab.Groups:
		return groupFilters()
	}
	return projectFilters()
}

// The arguments of lists, which many types share.
var (
	anyFilters = sync.OnceValue(func() []argument {
		return scopeArguments(inProject, inGroup, slug, includeProjects, includeSubgroups, includeArchived, membership)
	})
	groupFilters   = sync.OnceValue(func() []argument { return scopeArguments(inGroup, includeSubgroups, membership) })
	projectFilters = sync.OnceValue(func() []argument {
		return scopeArguments(inProject, inGroup, includeSubgroups, includeArchived, membership)
	})
)

// looksAt are the kinds of places that a list with the arguments looks at: where
// the type does not say it, a group that is named, and projects if there is none
// or they are asked for.
func (s *shape) looksAt(arguments catalog.Values) []*gitlab.Level {
	projects, _ := arguments[includeProjects].(types.Bool)
	switch {
	case len(s.levels) == 1:
		return s.levels
	case arguments[inGroup].IsNull():
		return lookedAt(false)
	case projects.ValueBool():
		return lookedAt(true)
	}
	return []*gitlab.Level{gitlab.Groups}
}

// lookedAt are projects, and groups before them if they are wanted too.
func lookedAt(groupsToo bool) []*gitlab.Level {
	if groupsToo {
		return []*gitlab.Level{gitlab.Groups, gitlab.Projects}
	}
	return []*gitlab.Level{gitlab.Projects}
}

// named is the row of the service; the slug decides where the shape does not.
func (s *shape) named(slug string) *catalog.Service {
	if s.service != nil {
		return s.service
	}
	return catalog.Any(slug)
}

// target is the service that values are about. What is unknown of it has no
// name.
func (s *shape) target(values catalog.Values) target {
	level := s.levels[0]
	for _, other := range s.levels[1:] {
		if _, ok := values[other.Noun]; ok && !values[other.Noun].IsNull() {
			level = other
		}
	}
	return target{s.named(textOf(values[slug])), gitlab.Place{Level: level, Name: textOf(values[level.Noun])}}
}

// identified is the target that an identity names, in which a place of one kind
// must stand.
func (s *shape) identified(identity catalog.Values) (target, error) {
	t := s.target(identity)
	for _, level := range s.levels {
		if level != t.at.Level && !identity[level.Noun].IsNull() {
			return t, fmt.Errorf("the identity names both a %s and a %s: leave out one of them", level.Noun, t.at.Level.Noun)
		}
	}
	return t, nil
}

// place gives the attributes that name a target.
func (s *shape) place(t target) catalog.Values {
	out := catalog.Values{}
	for _, level := range s.levels {
		out[level.Noun] = types.StringNull()
		if level == t.at.Level {
			out[level.Noun] = types.StringValue(t.at.Name)
		}
	}
	if s.service == nil && t.row != nil {
		out[slug] = types.StringValue(t.row.Slug)
	} else if s.service == nil {
		out[slug] = types.StringNull()
	}
	return out
}

// parse reads the id of an import: the name of the place, which is followed by a
// colon and the slug where the type does not say the service, and preceded by
// the kind of the place and an equals sign where it is not the first kind.
func (s *shape) parse(id string) (target, error) {
	t := target{s.named(""), gitlab.Place{Level: s.levels[0], Name: id}}
	if s.service == nil {
		name, slug, found := strings.Cut(id, ":")
		if !found {
			return t, fmt.Errorf("%q does not say which service.%s", id, s.idForm())
		}
		t.row, t.at.Name = s.named(slug), name
	}
	for _, level := range s.levels[1:] {
		if name, found := strings.CutPrefix(t.at.Name, level.Noun+"="); found {
			t.at = gitlab.Place{Level: level, Name: name}
		}
	}
	return t, nil
}

// idForm tells what an import takes where it is more than the name of a place.
func (s *shape) idForm() string {
	if s.service != nil {
		return ""
	}
	return " Give the place and the slug, such as group/project:name, 42:name or group=group/subgroup:name."
}

// textOf is a text that is known; else "".
func textOf(v attr.Value) string {
	text, _ := v.(types.String)
	return text.ValueString()
}

// target is one service of one place: what a request, a claim or a message is
// about.
type target struct {
	row *catalog.Service
	at  gitlab.Place
}

// String is the target in a message: the title of the service, and the place.
func (t target) String() string { return t.row.Title + " of " + t.at.String() }

// known reports whether it is known which service it is, and where.
func (t target) known() bool { return t.at.Name != "" && t.row.Slug != "" }

// wrong says what is wrong with the names of a target; "" is nothing.
func (t target) wrong() string {
	if why := badPlace(t.at); why != "" {
		return why
	}
	return slugName.Wrong(t.row.Slug)
}

// key is a target that can be compared.
type key struct {
	slug string
	at   gitlab.Place
}

func (t target) key() key { return key{t.row.Slug, t.at} }

// changed are the attributes that name the service and differ, in any order.
func (s *shape) changed(a, b catalog.Values) []string {
	var out []string
	for name := range s.place(target{}) {
		if !a[name].Equal(b[name]) {
			out = append(out, name)
		}
	}
	return out
}
