package provider_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// TestDriftOfEverySettingIsSeenAndHealed lets somebody change all settings of
// all services in GitLab's web page, switch services off, and lose them: each plan shows exactly that, and one apply puts it right.
func TestDriftOfEverySettingIsSeenAndHealed(t *testing.T) {
	t.Parallel()
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		workspace := acctest.NewTerraform(t, lab.Server)
		subjects := lab.Subjects()
		fresh := map[string]expectation{}
		for _, s := range subjects {
			fresh[s.Address()] = recordFresh(t, lab.Server, s)
		}
		workspace.Configure(each(subjects, func(s acctest.Subject) string { return s.Resource(acctest.Minimal(s.Service)) })...)
		workspace.Apply()
		heal := func(what string, want map[string][]string, settings func(*catalog.Service) acctest.Settings) {
			t.Helper()
			if got := workspace.Changes(); !maps.EqualFunc(got, want, slices.Equal) {
				t.Errorf("%s: the plan shows\n%v\nwant\n%v", what, got, want)
			}
			workspace.ApplyChanges()
			for _, s := range subjects {
				if err := fresh[s.Address()].check(lab.Server, settings(s.Service)); err != nil {
					t.Errorf("%s: after apply: %v", what, err)
				}
			}
			if got := workspace.Changes(); len(got) != 0 {
				t.Errorf("%s: the plan after apply shows %v", what, got)
			}
		}
		// Only writes that are more than a second apart can be told apart.
		clock := time.Now()
		lab.SetClock(func() time.Time { return clock })
		edit := func(legacy bool) map[string][]string {
			t.Helper()
			clock = clock.Add(time.Minute)
			want := map[string][]string{}
			for _, s := range subjects {
				if seen := editAll(t, lab.Server, s, legacy); len(seen) > 0 {
					want[s.Address()] = seen
				}
			}
			return want
		}

		heal("every setting changed", edit(false), acctest.Minimal)

		want := map[string][]string{}
		for i, s := range subjects {
			gone := lab.Disable
			if i%2 == 1 && !fresh[s.Address()].crashes {
				gone = lab.Erase
			}
			if err := gone(s.At.Name, s.Slug); err != nil {
				t.Fatal(err)
			}
			// GitLab 10.5 has an inactive Prometheus work.
			if record, ok := lab.Record(s.At.Name, s.Slug); !ok || !s.Exists(record.Active, nil, record.Params) {
				want[s.Address()] = []string{"create"}
			}
		}
		heal("switched off or lost", want, acctest.Minimal)

		// What nobody configured and new versions do not have is left alone.
		heal("every legacy setting changed", edit(true), func(s *catalog.Service) acctest.Settings {
			return slices.DeleteFunc(acctest.Full(s, lab.Profile()), func(a catalog.Argument) bool { return !a.Required && !a.Legacy })
		})
	})
}

// editAll changes all optional settings of a service, legacy ones or the others,
// as somebody may do in the web page, and gives the attributes that a plan must
// show then.
func editAll(t *testing.T, server *fakegitlab.Server, s acctest.Subject, legacy bool) []string {
	t.Helper()
	profile := server.Profile()
	changes := map[string]any{}
	for _, a := range acctest.Full(s.Service, profile) {
		if !a.Required && a.WriteOnly == "" && a.Legacy == legacy {
			changes[a.Name] = a.Value
		}
	}
	if len(changes) == 0 {
		return nil
	}
	if err := server.Edit(s.At.Name, s.Slug, changes); err != nil {
		t.Fatal(err)
	}
	answered := shownOf(t, server, s)
	var seen []string
	for name := range changes {
		if _, shown := answered.Values[name]; shown && !legacy {
			seen = append(seen, name)
		}
	}
	// What GitLab does not show may have changed too.
	for _, a := range acctest.Minimal(s.Service) {
		if _, shown := answered.Values[a.Name]; a.WriteOnly != "" && !shown && (profile == fakegitlab.V10_5 || a.Unwatched == "") {
			seen = append(seen, a.Name)
		}
	}
	slices.Sort(seen)
	return seen
}

func TestADeletedProjectIsSeenAndItsServiceSetAgainInTheNext(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	workspace := acctest.NewTerraform(t, server)
	slack := acctest.Service(t, "slack")
	project := server.AddProject("group/project")
	workspace.Configure(acctest.Minimal(slack).Resource(slack, "this", project.Path))
	workspace.Apply()
	if err := server.DeleteProject(project.ID); err != nil {
		t.Fatal(err)
	}
	plan := workspace.Must("plan", "-no-color").Text()
	for _, text := range []string{"will be created", "Project not found", "may not see"} {
		if !strings.Contains(strings.Join(strings.Fields(plan), " "), text) {
			t.Errorf("the plan does not say %q:\n%s", text, plan)
		}
	}
	again := server.AddProject(project.Path)
	workspace.Apply()
	if record, ok := server.Record(again.Path, slack.Slug); !ok || !record.Active {
		t.Error("the service is not set up in the new project")
	}
	if changes := workspace.Changes(); len(changes) != 0 {
		t.Errorf("the plan after apply: %v", changes)
	}
}

// TestAForeignWriteSendsTheSecretAgain is the session of somebody whose webhook
// was replaced in GitLab's web page, for both forms of a secret.
func TestAForeignWriteSendsTheSecretAgain(t *testing.T) {
	t.Parallel()
	for _, profile := range []fakegitlab.Profile{fakegitlab.V16_0, fakegitlab.V19_1} {
		for _, form := range []string{"webhook", "webhook_wo"} {
			t.Run(form+" on "+string(profile), func(t *testing.T) {
				t.Parallel()
				server := acctest.Server(t, profile)
				project := server.AddProject("group/project")
				workspace := acctest.NewTerraform(t, server)
				slack := acctest.Service(t, "slack")
				settings := acctest.Minimal(slack)
				held := "webhook"
				if form == "webhook_wo" {
					acctest.Needs(t, acctest.WriteOnly)
					settings, held = settings.WriteOnly(), "webhook_wo_version"
				}
				workspace.Configure(settings.Resource(slack, "this", project.Path))
				workspace.Apply()
				workspace.Apply("-replace=" + acctest.Address(slack, "this"))
				if changes := workspace.Changes(); len(changes) != 0 {
					t.Fatalf("an alarm after our own writes: %v", changes)
				}

				later := time.Now().Add(time.Hour)
				server.SetClock(func() time.Time { return later })
				replaced := map[string]any{"webhook": "https://hooks.slack.com/services/OTHER"}
				if err := server.Edit(project.Path, slack.Slug, replaced); err != nil {
					t.Fatal(err)
				}
				workspace.Must("plan", "-no-color")
				plan := strings.Join(strings.Fields(workspace.Must("plan", "-no-color").Text()), " ")
				for _, text := range []string{"Secret may have changed", "Slack notifications", "group/project", "was written outside Terraform at 20", "1 to change"} {
					if !strings.Contains(plan, text) {
						t.Errorf("the plan does not say %q:\n%s", text, plan)
					}
				}
				// Taking note of drift must not make it forgotten.
				workspace.Must("apply", "-refresh-only", "-auto-approve")
				changes := workspace.Changes()
				if got := changes[acctest.Address(slack, "this")]; !slices.Equal(got, []string{held}) {
					t.Errorf("the plan changes %v, want %s", changes, held)
				}
				workspace.Apply()
				record, _ := server.Record(project.Path, slack.Slug)
				if record.Params["webhook"] != settings[0].Value {
					t.Errorf("the webhook is %v after apply", record.Params["webhook"])
				}
				if changes := workspace.Changes(); len(changes) != 0 {
					t.Errorf("the plan after apply: %v", changes)
				}
			})
		}
	}
}
