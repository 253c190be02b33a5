package acctest

import (
	"slices"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// Lab is a fake GitLab with a place for the test's services. A test that makes a
// place of another kind, or names the kind, is about that kind.
type Lab struct {
	*fakegitlab.Server
	// Level is the kind of the place.
	Level *gitlab.Level
	// Place is its full path, and ID its number. It has no service yet.
	Place string
	ID    int64
}

// NewLab is a Lab of one version of GitLab, which ends with the test.
func NewLab(t testing.TB, profile fakegitlab.Profile) *Lab {
	t.Helper()
	server := Server(t, profile)
	place := server.AddProject("group/project")
	return &Lab{Server: server, Level: gitlab.Projects, Place: place.Path, ID: place.ID}
}

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

// EachService is Each for those services of a version that the test is about,
// every one on a Lab of its own. No condition is for all services.
func EachService(t *testing.T, about func(*catalog.Service) bool, test func(*testing.T, *Lab, *catalog.Service), on ...fakegitlab.Profile) {
	t.Helper()
	for _, profile := range named(on) {
		for _, service := range Services(profile) {
			if about != nil && !about(service) {
				continue
			}
			t.Run(service.Slug+" on "+string(profile), func(t *testing.T) {
				t.Parallel()
				test(t, NewLab(t, profile), service)
			})
		}
	}
}

func named(on []fakegitlab.Profile) []fakegitlab.Profile {
	if len(on) == 0 {
		return fakegitlab.Profiles()
	}
	return on
}

// Services are the rows that a version of GitLab lets a project set up.
func Services(profile fakegitlab.Profile) []*catalog.Service {
	slugs, refused := fakegitlab.Slugs(profile), refusedServices(profile)
	return slices.DeleteFunc(catalog.All(), func(s *catalog.Service) bool { return !slices.Contains(slugs, s.Slug) || refused[s.Slug] })
}
