package provider_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

// TestWhatIsStricterThanANewRecordIsSo in a version at least: a reason that no
// longer holds goes out of its row.
func TestWhatIsStricterThanANewRecordIsSo(t *testing.T) {
	t.Parallel()
	differs := map[string]bool{}
	for _, profile := range fakegitlab.Profiles() {
		lab := acctest.NewLab(t, profile)
		for _, s := range acctest.Services(profile, gitlab.Projects) {
			subject := lab.Subject(s, gitlab.Projects)
			for name, ours := range stricterOf(subject) {
				fresh := recordFresh(t, lab.Server, subject).record.Params[name]
				differs[s.Slug+" "+name] = differs[s.Slug+" "+name] || normalize(fresh) != normalize(ours)
			}
		}
	}
	for parameter, is := range differs {
		if !is {
			t.Errorf("%s is not stricter than a new record of any GitLab", parameter)
		}
	}
	if len(differs) == 0 {
		t.Error("nothing is stricter")
	}
}

// TestLifecycle takes every service through its life on every version of GitLab
// that has it, of projects and of groups, all in one configuration, each in a
// place of its own. After each step the next plan is empty, and the record in GitLab is what was asked for.
// The provider is in this process, so that the race detector sees it.
func TestLifecycle(t *testing.T) {
	t.Parallel()
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		workspace := acctest.InProcess(t, lab.Server, provider.NewServer("test"))
		subjects := lab.Subjects()
		fresh := map[string]expectation{}
		for _, s := range subjects {
			fresh[s.Address()] = recordFresh(t, lab.Server, s)
		}
		resources := func(settings func(*catalog.Service) acctest.Settings) []string {
			return each(subjects, func(s acctest.Subject) string { return s.Resource(settings(s.Service)) })
		}
		holds := func(step string, settings func(*catalog.Service) acctest.Settings) {
			t.Helper()
			for _, s := range subjects {
				if err := fresh[s.Address()].check(lab.Server, settings(s.Service)); err != nil {
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

		forget(t, workspace, subjects)
		holds("forgotten", acctest.Minimal)
		adopt(t, workspace, subjects, resources(acctest.Minimal))
		// GitLab does not tell secrets, so that an import has none.
		for address, changes := range workspace.Changes() {
			i := slices.IndexFunc(subjects, func(s acctest.Subject) bool { return s.Address() == address })
			for _, name := range changes {
				if i < 0 || !slices.Contains(subjects[i].Secrets(), strings.TrimSuffix(name, "_wo_version")) {
					t.Errorf("the import of %s changes %s", address, name)
				}
			}
		}
		workspace.ApplyChanges()
		holds("imported", acctest.Minimal)
		settled("imported")

		workspace.Must("destroy", "-auto-approve")
		for _, s := range subjects {
			if record, ok := lab.Record(s.At.Name, s.Slug); ok && s.Exists(record.Active, nil, record.Params) {
				t.Errorf("%s is still set up after destroy", s)
			}
		}
	})
}

// each gives a text for each subject.
func each(subjects []acctest.Subject, text func(acctest.Subject) string) []string {
	var out []string
	for _, s := range subjects {
		out = append(out, text(s))
	}
	return out
}

// importBlock has the next plan import a subject.
func importBlock(s acctest.Subject) string {
	return fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", s.Address(), s.At.Name)
}

// forget has Terraform forget the subjects, which GitLab keeps.
func forget(t *testing.T, workspace *acctest.Terraform, subjects []acctest.Subject) {
	t.Helper()
	if acctest.Has(t, acctest.ConfigDriven) {
		workspace.Configure(each(subjects, func(s acctest.Subject) string {
			return fmt.Sprintf("removed {\n  from = %s\n  lifecycle {\n    destroy = false\n  }\n}\n", s.Address())
		})...)
		workspace.Apply()
	} else {
		workspace.Must(append([]string{"state", "rm"}, each(subjects, acctest.Subject.Address)...)...)
	}
	if held := readInstances(t, workspace); len(held) != 0 {
		t.Errorf("Terraform has forgotten all but %v", held)
	}
}

// adopt configures the resources and imports them, or has the next plan do so.
func adopt(t *testing.T, workspace *acctest.Terraform, subjects []acctest.Subject, resources []string) {
	t.Helper()
	if acctest.Has(t, acctest.ConfigDriven) {
		workspace.Configure(append(resources, each(subjects, importBlock)...)...)
		return
	}
	workspace.Configure(resources...)
	for _, s := range subjects {
		workspace.Must("import", s.Address(), s.At.Name)
	}
}
