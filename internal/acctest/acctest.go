// Package acctest has what tests of the provider share: the provider itself,
// fake GitLabs, and configurations rendered from rows of the catalog.
package acctest

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

// Factories is the provider under test, as terraform-plugin-testing wants it.
func Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"gitlabservices": func() (tfprotov6.ProviderServer, error) { return provider.NewServer("test"), nil },
	}
}

// Server is a fake GitLab of the given version that ends with the test.
func Server(t testing.TB, profile fakegitlab.Profile) *fakegitlab.Server {
	t.Helper()
	server := fakegitlab.New(profile)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server
}

// Provider is the provider block for a fake GitLab.
func Provider(server *fakegitlab.Server, more ...hcltext.Attribute) string {
	return hcltext.Block("provider", []string{"gitlabservices"}, append([]hcltext.Attribute{
		{Name: "base_url", Value: server.URL()},
		{Name: "token", Value: server.Token()},
	}, more...))
}

// Address is the address of a resource of the service in a configuration.
func Address(s *catalog.Service, name string) string { return AddressAt(gitlab.Projects, s, name) }

// AddressAt is [Address] for places of a kind.
func AddressAt(level *gitlab.Level, s *catalog.Service, name string) string {
	if level == gitlab.Groups {
		return s.GroupResourceType() + "." + name
	}
	return s.ResourceType() + "." + name
}

// Settings are arguments of one resource.
type Settings []catalog.Argument

// Minimal are the required arguments of a service.
func Minimal(s *catalog.Service) Settings {
	return slices.DeleteFunc(s.Arguments(), func(a catalog.Argument) bool { return !a.Required })
}

// Full are all arguments that a version of GitLab keeps: none of them a default.
func Full(s *catalog.Service, profile fakegitlab.Profile) Settings {
	contract, _ := fakegitlab.Contract(profile, s.Slug)
	var out Settings
	for _, a := range s.Arguments() {
		keeps := slices.Contains(contract.Events, a.Name)
		for _, p := range contract.Params {
			if p.Name != a.Name {
				continue
			}
			keeps = !p.Fatal && !p.Dropped
			// Lists of numbers were one number in old versions.
			if text, ok := a.Value.(string); ok && p.Type == "integer" {
				a.Value = strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) })[0]
			}
		}
		if keeps {
			out = append(out, a)
		}
	}
	// What cannot stand alone is no setting of a version that lacks the other.
	return slices.DeleteFunc(slices.Clone(out), func(a catalog.Argument) bool {
		return slices.ContainsFunc(a.With, func(beside string) bool { return !out.has(beside) })
	})
}

func (s Settings) has(name string) bool {
	return slices.ContainsFunc(s, func(a catalog.Argument) bool { return a.Name == name })
}

// With gives the settings with one value changed or added.
func (s Settings) With(name string, value any) Settings {
	out := slices.Clone(s)
	for i := range out {
		if out[i].Name == name {
			out[i].Value = value
			return out
		}
	}
	return append(out, catalog.Argument{Name: name, Value: value})
}

// Without gives the settings without one of them.
func (s Settings) Without(name string) Settings {
	return slices.DeleteFunc(slices.Clone(s), func(a catalog.Argument) bool { return a.Name == name })
}

// WriteOnly gives the settings with every secret in its write-only form.
func (s Settings) WriteOnly() Settings {
	out := slices.Clone(s)
	for i, a := range out {
		out[i].Name = cmp.Or(a.WriteOnly, a.Name)
	}
	return out
}

// Resource is the block of a resource with the settings. Further attributes,
// such as for_each, come first.
func (s Settings) Resource(service *catalog.Service, name string, project any, first ...hcltext.Attribute) string {
	return s.ResourceAt(gitlab.Projects, service, name, project, first...)
}

// ResourceAt is [Settings.Resource] for a place of a kind.
func (s Settings) ResourceAt(level *gitlab.Level, service *catalog.Service, name string, place any, first ...hcltext.Attribute) string {
	attributes := append(slices.Clone(first), hcltext.Attribute{Name: level.Noun, Value: place})
	for _, a := range s {
		attributes = append(attributes, hcltext.Attribute{Name: a.Name, Value: a.Value})
	}
	return hcltext.Block("resource", strings.Split(AddressAt(level, service, name), "."), attributes)
}

// Service is the row with the slug.
func Service(t testing.TB, slug string) *catalog.Service {
	t.Helper()
	all := catalog.All()
	i := slices.IndexFunc(all, func(s *catalog.Service) bool { return s.Slug == slug })
	if i < 0 {
		t.Fatalf("no service %q in the catalog", slug)
	}
	return all[i]
}

// Values are the settings and the project as a configuration of a
// [ProtocolResource].
func (s Settings) Values(project string) map[string]any {
	out := map[string]any{gitlab.Projects.Noun: project}
	for _, a := range s {
		out[a.Name] = a.Value
	}
	return out
}
