package provider_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// TestLifecycle takes every service through its life on every version of GitLab
// that has it. After each step the framework plans again and fails unless the
// plan is empty, and the record in GitLab is compared with what was asked for.
//
// A test case takes several services, each in a project of its own: what costs
// time is Terraform's processes, which have as much to do for one.
func TestLifecycle(t *testing.T) {
	t.Parallel()
	for _, profile := range fakegitlab.Profiles() {
		for services := range slices.Chunk(acctest.Services(profile), 6) {
			t.Run(fmt.Sprintf("%s to %s on %s", services[0].Slug, services[len(services)-1].Slug, profile), func(t *testing.T) {
				t.Parallel()
				lifecycle(t, profile, services)
			})
		}
	}
}

// life is one service in its project.
type life struct {
	service *catalog.Service
	project fakegitlab.Project
	fresh   expectation
}

func (l life) address() string { return acctest.Address(l.service, "this") }

func lifecycle(t *testing.T, profile fakegitlab.Profile, services []*catalog.Service) {
	server := acctest.Server(t, profile)
	var lives []life
	for _, s := range services {
		lives = append(lives, life{s, server.AddProject("group/" + s.Slug), recordFresh(t, server, s)})
	}
	config := func(settings func(*catalog.Service) acctest.Settings, more func(life) string) string {
		blocks := []string{acctest.Provider(server)}
		for _, l := range lives {
			if settings != nil {
				blocks = append(blocks, settings(l.service).Resource(l.service, "this", l.project.Path))
			}
			if more != nil {
				blocks = append(blocks, more(l))
			}
		}
		return strings.Join(blocks, "\n")
	}
	holds := func(settings func(*catalog.Service) acctest.Settings) resource.TestCheckFunc {
		return func(*terraform.State) error {
			var errs []error
			for _, l := range lives {
				errs = append(errs, l.fresh.check(server, l.project.Path, settings(l.service)))
			}
			return errors.Join(errs...)
		}
	}
	full := func(s *catalog.Service) acctest.Settings { return acctest.Full(s, profile) }
	removed := func(l life) string {
		return "removed {\n  from = " + l.address() + "\n  lifecycle {\n    destroy = false\n  }\n}\n"
	}
	imported := func(l life) string {
		return fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", l.address(), l.project.Path)
	}
	steps := []resource.TestStep{
		{Config: config(acctest.Minimal, nil), Check: holds(acctest.Minimal)},
		{Config: config(full, nil), Check: holds(full)},
		{Config: config(acctest.Minimal, nil), Check: holds(acctest.Minimal)},
	}
	if acctest.Has(t, acctest.ConfigDriven) {
		steps = append(steps,
			// Terraform forgets the services and GitLab keeps them.
			resource.TestStep{Config: config(nil, removed), Check: holds(acctest.Minimal)},
			resource.TestStep{
				Config: config(acctest.Minimal, imported),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{onlySecretsChange(lives)},
				},
				Check: holds(acctest.Minimal),
			},
		)
	} else {
		for _, l := range lives {
			steps = append(steps, resource.TestStep{
				ResourceName: l.address(), ImportState: true, ImportStateId: l.project.Path, ImportStateVerify: true,
				ImportStateVerifyIdentifierAttribute: gitlab.Projects.Noun, ImportStateVerifyIgnore: l.service.Secrets(),
			})
		}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps:                    steps,
		CheckDestroy: func(*terraform.State) error {
			var errs []error
			for _, l := range lives {
				if record, ok := server.Record(l.project.Path, l.service.Slug); ok && l.service.Exists(record.Active, nil, record.Params) {
					errs = append(errs, fmt.Errorf("%s is still set up after destroy", l.service.Slug))
				}
			}
			return errors.Join(errs...)
		},
	})
}

// onlySecretsChange accepts a plan that imports everything and changes nothing
// but secrets, which GitLab does not tell.
type onlySecretsChange []life

func (c onlySecretsChange) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	changes := map[string]*tfjson.Change{}
	for _, r := range req.Plan.ResourceChanges {
		changes[r.Address] = r.Change
	}
	var errs []error
	for _, l := range c {
		change := changes[l.address()]
		if change == nil || change.Importing == nil {
			errs = append(errs, fmt.Errorf("%s is not imported", l.address()))
			continue
		}
		before, _ := change.Before.(map[string]any)
		after, _ := change.After.(map[string]any)
		if before == nil || after == nil {
			errs = append(errs, fmt.Errorf("%s: %s is no change in place", l.address(), change.Actions))
			continue
		}
		secrets := l.service.Secrets()
		for name, value := range after {
			secret := strings.TrimSuffix(name, "_wo_version")
			if !reflect.DeepEqual(before[name], value) && !slices.Contains(secrets, secret) {
				errs = append(errs, fmt.Errorf("%s: %s changes from %v to %v", l.address(), name, before[name], value))
			}
		}
	}
	resp.Error = errors.Join(errs...)
}
