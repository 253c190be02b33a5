package acctest

import (
	"slices"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// Lab is a fake GitLab with a project for the test's services.
type Lab struct {
	*fakegitlab.Server
	// Place is the full path of the project, and ID its number. It has no service
	// yet.
	Place string
	ID    int64
}

// NewLab is a Lab of one version of GitLab, which ends with the test.
func NewLab(t testing.TB, profile fakegitlab.Profile) *Lab {
	t.Helper()
	server := Server(t, profile)
	place := server.AddProject("group/project")
	return &Lab{Server: server, Place: place.Path, ID: place.ID}
}

// Subject is a service of a place, a project or a group, that has nothing else:
// what a loop over all services is about.
type Subject struct {
	*catalog.Service
	At gitlab.Place
}

// Subjects are all services that this GitLab lets projects set up, and then those
// that it lets groups set up, each with a place of its own.
func (l *Lab) Subjects() []Subject {
	var out []Subject
	for _, level := range levels(l.Profile()) {
		for _, s := range Services(l.Profile(), level) {
			out = append(out, l.Subject(s, level))
		}
	}
	return out
}

// Subject is the service of another place of the level.
func (l *Lab) Subject(s *catalog.Service, level *gitlab.Level) Subject {
	at := gitlab.Place{Level: level, Name: level.Noun + "s/" + s.Slug}
	AddPlace(l.Server, at)
	return Subject{s, at}
}

// AddPlace adds a project or a group.
func AddPlace(server *fakegitlab.Server, at gitlab.Place) {
	if at.Level == gitlab.Groups {
		server.AddGroup(at.Name)
	} else {
		server.AddProject(at.Name)
	}
}

// String names a subject in messages of tests.
func (s Subject) String() string { return s.Slug + " of a " + s.At.Level.Noun }

// Type is the type of the subject's resource.
func (s Subject) Type() string {
	if s.At.Level == gitlab.Groups {
		return s.GroupResourceType()
	}
	return s.ResourceType()
}

// Address is the address of the subject's one resource in a configuration.
func (s Subject) Address() string { return s.Type() + ".this" }

// Resource is the block of that resource.
func (s Subject) Resource(settings Settings) string {
	return settings.ResourceAt(s.At.Level, s.Service, "this", s.At.Name)
}

// Values are the settings, and the place, as a configuration of a
// [ProtocolResource].
func (s Subject) Values(settings Settings) map[string]any {
	out := s.Identity()
	for _, a := range settings {
		out[a.Name] = a.Value
	}
	return out
}

// Identity is that of the resource.
func (s Subject) Identity() map[string]any { return map[string]any{s.At.Level.Noun: s.At.Name} }

// Each runs a test on a Lab of each version of GitLab, or of the named ones, as
// subtests that run side by side.
func Each(t *testing.T, test func(*testing.T, *Lab), on ...fakegitlab.Profile) {
	t.Helper()
	for _, profile := range named(on) {
		t.Run(string(profile), func(t *testing.T) {
			t.Parallel()
			test(t, NewLab(t, profile))
		})
	}
}

// EachSubject is Each for those services of a version that the test is about, in
// each kind of place that has them, every one on a Lab of its own. No condition is
// for all services.
func EachSubject(t *testing.T, about func(*catalog.Service) bool, test func(*testing.T, *Lab, Subject), on ...fakegitlab.Profile) {
	t.Helper()
	for _, profile := range named(on) {
		for _, level := range levels(profile) {
			for _, service := range Services(profile, level) {
				if about != nil && !about(service) {
					continue
				}
				t.Run(service.Slug+" of a "+level.Noun+" on "+string(profile), func(t *testing.T) {
					t.Parallel()
					lab := NewLab(t, profile)
					test(t, lab, lab.Subject(service, level))
				})
			}
		}
	}
}

func named(on []fakegitlab.Profile) []fakegitlab.Profile {
	if len(on) == 0 {
		return fakegitlab.Profiles()
	}
	return on
}

// levels are the kinds of places that have services in a version of GitLab.
func levels(profile fakegitlab.Profile) []*gitlab.Level {
	if fakegitlab.New(profile).GroupsHaveServices() {
		return []*gitlab.Level{gitlab.Projects, gitlab.Groups}
	}
	return []*gitlab.Level{gitlab.Projects}
}

// Services are the rows that a version of GitLab lets places of a kind set up.
func Services(profile fakegitlab.Profile, level *gitlab.Level) []*catalog.Service {
	return slices.DeleteFunc(catalog.All(), func(s *catalog.Service) bool {
		contract, has := fakegitlab.Contract(profile, s.Slug)
		return !has || contract.CreatedElsewhere || contract.Level != "" && contract.Level != level.Noun
	})
}
