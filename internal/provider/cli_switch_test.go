package provider_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// TestASecretChangesItsFormInOneUpdate switches every secret of every service
// from the state into the write-only form and back: each is one update in place,
// and the state then holds what the new form promises.
func TestASecretChangesItsFormInOneUpdate(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	acctest.Each(t, func(t *testing.T, lab *acctest.Lab) {
		workspace := acctest.NewTerraform(t, lab.Server)
		subjects := slices.DeleteFunc(lab.Subjects(), func(s acctest.Subject) bool { return len(s.Secrets()) == 0 })
		fresh := map[string]expectation{}
		for _, s := range subjects {
			fresh[s.Address()] = recordFresh(t, lab.Server, s)
		}
		// All secrets, and what must stand beside them.
		settings := func(s acctest.Subject) acctest.Settings {
			secrets := s.Secrets()
			return slices.DeleteFunc(acctest.Full(s.Service, lab.Profile()), func(a catalog.Argument) bool {
				beside := slices.ContainsFunc(a.With, func(name string) bool { return slices.Contains(secrets, name) })
				return !a.Required && a.WriteOnly == "" && !beside
			})
		}
		configure := func(form func(acctest.Settings) acctest.Settings) {
			workspace.Configure(each(subjects, func(s acctest.Subject) string { return s.Resource(form(settings(s))) })...)
		}
		plain := func(s acctest.Settings) acctest.Settings { return s }
		configure(plain)
		workspace.Apply()

		for _, form := range []struct {
			name   string
			apply  func(acctest.Settings) acctest.Settings
			hidden bool
		}{{"to write-only", acctest.Settings.WriteOnly, true}, {"and back", plain, false}} {
			configure(form.apply)
			changes := workspace.Changes()
			for _, s := range subjects {
				var want []string
				for _, a := range settings(s) {
					if a.WriteOnly != "" {
						want = append(want, a.Name, a.Name+"_wo_version")
					}
				}
				slices.Sort(want)
				if got := changes[s.Address()]; !slices.Equal(got, want) {
					t.Errorf("%s: the plan changes %v of %s, want %v", form.name, got, s, want)
				}
			}
			workspace.ApplyChanges()
			if changes := workspace.Changes(); len(changes) != 0 {
				t.Errorf("%s: the plan after apply: %v", form.name, changes)
			}
			state := readFile(t, workspace.Path("terraform.tfstate"))
			for _, s := range subjects {
				if err := fresh[s.Address()].check(lab.Server, settings(s)); err != nil {
					t.Errorf("%s: %v", form.name, err)
				}
				for _, a := range settings(s) {
					text, _ := a.Value.(string)
					if a.WriteOnly != "" && form.hidden && len(text) > 8 && bytes.Contains(state, []byte(text)) {
						t.Errorf("%s: the state holds the %s of %s", form.name, a.Name, s)
					}
				}
			}
		}
	})
}

// TestAnOptionalSecretIsClearedWhenItLeavesTheConfiguration, and left alone when
// nobody ever knew of it.
func TestAnOptionalSecretIsClearedWhenItLeavesTheConfiguration(t *testing.T) {
	t.Parallel()
	forms := []func(acctest.Settings) acctest.Settings{func(s acctest.Settings) acctest.Settings { return s }}
	if acctest.Has(t, acctest.WriteOnly) {
		forms = append(forms, acctest.Settings.WriteOnly)
	}
	for _, form := range forms {
		server := acctest.Server(t, fakegitlab.V19_1)
		project := server.AddProject("group/project")
		workspace := acctest.NewTerraform(t, server)
		jenkins := acctest.Service(t, "jenkins")
		minimal := acctest.Minimal(jenkins)
		login := minimal.With("username", "gitlab")
		password := append(slices.Clone(login), catalog.Argument{Name: "password", Value: "jenkins-secret", WriteOnly: "password_wo"})
		stored := func() any {
			record, _ := server.Record(project.Path, jenkins.Slug)
			return record.Params["password"]
		}
		configure := func(settings acctest.Settings) {
			workspace.Configure(form(settings).Resource(jenkins, "this", project.Path))
		}

		configure(password)
		workspace.Apply()
		if stored() != "jenkins-secret" {
			t.Fatalf("the password is %v", stored())
		}
		configure(minimal)
		workspace.Apply()
		if stored() != nil && stored() != "" {
			t.Errorf("the password is still %v", stored())
		}

		// Adopted with a password that only GitLab knows: a change of something else
		// leaves it alone.
		configure(password)
		workspace.Apply()
		workspace.Must("state", "rm", acctest.Address(jenkins, "this"))
		configure(login)
		workspace.Must("import", acctest.Address(jenkins, "this"), project.Path)
		if changes := workspace.Changes(); len(changes) != 0 {
			t.Errorf("the plan after import: %v", changes)
		}
		configure(login.With("push_events", false))
		workspace.Apply()
		if stored() != "jenkins-secret" {
			t.Errorf("a password that nobody configured became %v", stored())
		}
	}
}

// TestOldGitLabTellsWebhooks, which are then compared instead of guessed about,
// and which never come into a state that holds the write-only form.
func TestOldGitLabTellsWebhooks(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V10_5)
	project := server.AddProject("group/project")
	workspace := acctest.NewTerraform(t, server)
	slack := acctest.Service(t, "slack")
	address := acctest.Address(slack, "this")
	plain := acctest.Minimal(slack)
	clock := time.Now()
	server.SetClock(func() time.Time { return clock })
	edit := func(changes map[string]any) {
		t.Helper()
		clock = clock.Add(time.Hour)
		if err := server.Edit(project.Path, slack.Slug, changes); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(what string, want ...string) {
		t.Helper()
		if got := workspace.Changes()[address]; !slices.Equal(got, want) {
			t.Errorf("%s: the plan changes %v, want %v", what, got, want)
		}
	}
	const other = "https://hooks.slack.com/services/OTHER"

	workspace.Configure(plain.Resource(slack, "this", project.Path))
	workspace.Apply()
	edit(map[string]any{"username": "somebody"})
	expect("another setting changed", "username")
	edit(map[string]any{"webhook": other})
	expect("the webhook changed too", "username", "webhook")
	workspace.Apply()
	expect("after apply")

	if acctest.Has(t, acctest.WriteOnly) {
		workspace.Configure(plain.WriteOnly().Resource(slack, "this", project.Path))
		workspace.Apply()
		expect("write-only")
		edit(map[string]any{"webhook": other})
		expect("the webhook changed", "webhook_wo_version")
		workspace.Must("apply", "-refresh-only", "-auto-approve")
		expect("after a refresh", "webhook_wo_version")
		if state := workspace.Must("show", "-json").Stdout; strings.Contains(state, "hooks.slack.com") {
			t.Error("the webhook came into the state")
		}
		workspace.Apply()
		expect("after apply")
	}

	workspace.Must("state", "rm", address)
	workspace.Configure(plain.Resource(slack, "this", project.Path))
	workspace.Must("import", address, project.Path)
	expect("imported with the webhook that GitLab tells")
}

// TestAWrittenValueThatGitLabDoesNotKeepIsSaidAndShown until it is taken out.
func TestAWrittenValueThatGitLabDoesNotKeepIsSaidAndShown(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V10_5)
	project := server.AddProject("group/project")
	workspace := acctest.NewTerraform(t, server)
	jira := acctest.Service(t, "jira")
	// 10.5 shows merge_requests_events and does not let it be set.
	workspace.Configure(acctest.Minimal(jira).With("merge_requests_events", false).Resource(jira, "this", project.Path))
	out := strings.Join(strings.Fields(workspace.Apply().Text()), " ")
	for _, text := range []string{"GitLab did not keep a value", "merge_requests_events", "sent false and answers true"} {
		if !strings.Contains(out, text) {
			t.Errorf("apply does not say %q:\n%s", text, out)
		}
	}
	if got := workspace.Changes()[acctest.Address(jira, "this")]; !slices.Equal(got, []string{"merge_requests_events"}) {
		t.Errorf("the plan changes %v", got)
	}
	workspace.Configure(acctest.Minimal(jira).Resource(jira, "this", project.Path))
	if got := workspace.Changes(); len(got) != 0 {
		t.Errorf("without it the plan changes %v", got)
	}
}
