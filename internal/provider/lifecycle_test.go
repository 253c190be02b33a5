package provider_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
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
		lives = append(lives, life{s, server.AddProject("group/" + s.Slug), freshOn(t, server, s)})
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
				if record, ok := server.Record(l.project.Path, l.service.Slug); ok && l.service.Exists(record.Active, record.Params) {
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

// expectation is what GitLab itself makes of a new record of a service, and so
// what a setting is that nobody configured.
type expectation struct {
	service  *catalog.Service
	contract fakegitlab.ServiceContract
	record   fakegitlab.Record
}

// stricter are the settings that the provider sends although a new record of
// GitLab has something else, with the reason.
var stricter = map[string]any{
	// Documented as true; a new record of a server of one's own reads false.
	"drone-ci enable_ssl_verification": true,
	"teamcity enable_ssl_verification": true,
	// Documented as true; 10.5 leaves it unset, newer versions read true always.
	"buildkite enable_ssl_verification": true,
	// Without it the service stays inactive.
	"prometheus manual_configuration": true,
}

// derived are flags that GitLab declares and sets by itself, with the reason.
var derived = map[string]bool{
	// It follows datadog_ci_visibility at each save.
	"datadog pipeline_events": true,
}

// freshOn asks GitLab, without Terraform, what a new record looks like.
func freshOn(t *testing.T, server *fakegitlab.Server, service *catalog.Service) expectation {
	t.Helper()
	project := server.AddProject("reference/" + service.Slug)
	contract, ok := fakegitlab.Contract(server.Profile(), service.Slug)
	if !ok {
		t.Fatalf("no contract for %s", service.Slug)
	}
	put(t, server, project.ID, service.Slug, body(contract, acctest.Minimal(service)))
	record, ok := server.Record(project.Path, service.Slug)
	if !ok {
		t.Fatalf("no record of %s after a PUT", service.Slug)
	}
	server.ResetRequests()
	return expectation{service, contract, record}
}

// body is what somebody sends who sets up a service without Terraform.
func body(contract fakegitlab.ServiceContract, settings acctest.Settings) map[string]any {
	out := map[string]any{}
	for _, p := range contract.Params {
		if p.Required {
			out[p.Name] = nil
		}
	}
	for _, a := range settings {
		out[a.Name] = a.Value
	}
	return out
}

func put(t *testing.T, server *fakegitlab.Server, project int64, slug string, body map[string]any) {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut,
		fmt.Sprintf("%s/api/v4/projects/%d/services/%s", server.URL(), project, slug), bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("PRIVATE-TOKEN", server.Token())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		var answer bytes.Buffer
		_, _ = answer.ReadFrom(resp.Body)
		t.Fatalf("PUT %s: %s: %s", slug, resp.Status, answer.String())
	}
}

// check compares the record of a service with the settings that were asked for:
// what is not among them is as in a new record.
func (e expectation) check(server *fakegitlab.Server, project string, settings acctest.Settings) error {
	record, ok := server.Record(project, e.service.Slug)
	if !ok || !e.service.Exists(record.Active, record.Params) {
		return fmt.Errorf("GitLab has no %s", e.service.Slug)
	}
	wanted := map[string]any{}
	for _, a := range settings {
		wanted[strings.TrimSuffix(a.Name, "_wo")] = a.Value
	}
	compare := func(name string, got, fresh any) error {
		want, set := wanted[name]
		if !set {
			want = fresh
			if ours, ok := stricter[e.service.Slug+" "+name]; ok && !e.drops(name) {
				want = ours
			}
		}
		if plain(got) != plain(want) {
			return fmt.Errorf("GitLab's %s of %s is %s, want %s", name, e.service.Slug, plain(got), plain(want))
		}
		return nil
	}
	for _, p := range e.contract.Params {
		if err := compare(p.Name, record.Params[p.Name], e.record.Params[p.Name]); err != nil {
			return err
		}
	}
	for _, flag := range e.contract.Events {
		if derived[e.service.Slug+" "+flag] {
			continue
		}
		if err := compare(flag, record.Flags[flag], e.record.Flags[flag]); err != nil {
			return err
		}
	}
	return nil
}

// drops reports whether this version of GitLab accepts the parameter and never
// stores it.
func (e expectation) drops(name string) bool {
	return slices.ContainsFunc(e.contract.Params, func(p fakegitlab.ParamContract) bool { return p.Name == name && p.Dropped })
}

// plain writes a stored value such that what means the same to GitLab reads the
// same: nothing, empty text, an empty list and false.
func plain(value any) string {
	raw, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	switch text := strings.Trim(string(raw), `"`); text {
	case "null", "[]", "false", "":
		return "nothing"
	default:
		return text
	}
}
