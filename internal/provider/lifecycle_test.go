package provider_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

// TestLifecycle takes every service through its life on every version of GitLab
// that has it, all in one configuration, each in a project of its own. After each
// step the next plan is empty, and the record in GitLab is what was asked for.
// The provider is in this process, so that the race detector sees it.
func TestLifecycle(t *testing.T) {
	t.Parallel()
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		workspace := acctest.InProcess(t, lab.Server, provider.NewServer("test"))
		services := acctest.Services(lab.Profile())
		fresh := map[string]expectation{}
		for _, s := range services {
			fresh[s.Slug] = recordFresh(t, lab.Server, s)
			lab.AddProject("group/" + s.Slug)
		}
		each := func(block func(s *catalog.Service, project string) string) []string {
			var blocks []string
			for _, s := range services {
				blocks = append(blocks, block(s, "group/"+s.Slug))
			}
			return blocks
		}
		resources := func(settings func(*catalog.Service) acctest.Settings) []string {
			return each(func(s *catalog.Service, project string) string { return settings(s).Resource(s, "this", project) })
		}
		holds := func(step string, settings func(*catalog.Service) acctest.Settings) {
			t.Helper()
			for _, s := range services {
				if err := fresh[s.Slug].check(lab.Server, "group/"+s.Slug, settings(s)); err != nil {
					t.Errorf("%s: %v", step, err)
				}
			}
		}
		settled := func(step string) {
			t.Helper()
			if changes := workspace.Changes(); len(changes) != 0 {
				t.Errorf("%s: the next plan shows %v", step, changes)
			}
		}
		full := func(s *catalog.Service) acctest.Settings { return acctest.Full(s, lab.Profile()) }
		for _, step := range []struct {
			name     string
			settings func(*catalog.Service) acctest.Settings
		}{{"created", acctest.Minimal}, {"set up in full", full}, {"back to the least", acctest.Minimal}} {
			workspace.Configure(resources(step.settings)...)
			workspace.Apply()
			holds(step.name, step.settings)
			settled(step.name)
		}

		forget(t, workspace, each)
		holds("forgotten", acctest.Minimal)
		adopt(t, workspace, each, resources(acctest.Minimal))
		// GitLab does not tell secrets, so that an import has none.
		for address, changes := range workspace.Changes() {
			i := slices.IndexFunc(services, func(s *catalog.Service) bool { return acctest.Address(s, "this") == address })
			for _, name := range changes {
				if i < 0 || !slices.Contains(services[i].Secrets(), strings.TrimSuffix(name, "_wo_version")) {
					t.Errorf("the import of %s changes %s", address, name)
				}
			}
		}
		workspace.ApplyChanges()
		holds("imported", acctest.Minimal)
		settled("imported")

		workspace.Must("destroy", "-auto-approve")
		for _, s := range services {
			if record, ok := lab.Record("group/"+s.Slug, s.Slug); ok && s.Exists(record.Active, nil, record.Params) {
				t.Errorf("%s is still set up after destroy", s.Slug)
			}
		}
	})
}

// forget has Terraform forget the services, which GitLab keeps.
func forget(t *testing.T, workspace *acctest.Terraform, each func(func(*catalog.Service, string) string) []string) {
	t.Helper()
	if acctest.Has(t, acctest.ConfigDriven) {
		workspace.Configure(each(func(s *catalog.Service, _ string) string {
			return fmt.Sprintf("removed {\n  from = %s\n  lifecycle {\n    destroy = false\n  }\n}\n", acctest.Address(s, "this"))
		})...)
		workspace.Apply()
	} else {
		workspace.Must(append([]string{"state", "rm"}, each(func(s *catalog.Service, _ string) string { return acctest.Address(s, "this") })...)...)
	}
	if held := readInstances(t, workspace); len(held) != 0 {
		t.Errorf("Terraform has forgotten all but %v", held)
	}
}

// adopt configures the resources and imports them, or has the next plan do so.
func adopt(t *testing.T, workspace *acctest.Terraform, each func(func(*catalog.Service, string) string) []string, resources []string) {
	t.Helper()
	workspace.Configure(resources...)
	if acctest.Has(t, acctest.ConfigDriven) {
		workspace.Configure(append(resources, each(func(s *catalog.Service, project string) string {
			return fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", acctest.Address(s, "this"), project)
		})...)...)
		return
	}
	each(func(s *catalog.Service, project string) string {
		return workspace.Must("import", acctest.Address(s, "this"), project).Text()
	})
}
