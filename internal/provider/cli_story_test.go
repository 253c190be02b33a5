package provider_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

const (
	groupWebhook   = "https://hooks.slack.com/services/T0/B0/group"
	projectWebhook = "https://hooks.slack.com/services/T0/B0/project"
)

// slackOfGroup, followsGroup and ownSlack are the resources of the stories.
func slackOfGroup() string {
	return fmt.Sprintf(`resource "gitlabservices_group_slack" "acme" {
  group      = "acme"
  webhook_wo = %q
  channel    = "#acme"
}
`, groupWebhook)
}

func followsGroup(name string) string {
	return fmt.Sprintf(`resource "gitlabservices_slack" %[1]q {
  project                = "acme/%[1]s"
  use_inherited_settings = true
  depends_on             = [gitlabservices_group_slack.acme]
}
`, name)
}

func ownSlack(name string) string {
	return fmt.Sprintf(`resource "gitlabservices_slack" %[1]q {
  project    = "acme/%[1]s"
  webhook_wo = %[2]q
  channel    = "#%[1]s"
  depends_on = [gitlabservices_group_slack.acme]
}
`, name, projectWebhook)
}

// story is a group that has Slack, and projects of it.
type story struct {
	*acctest.Terraform
	server *fakegitlab.Server
	t      *testing.T
}

func newStory(t *testing.T, profile fakegitlab.Profile, projects ...string) *story {
	t.Helper()
	acctest.Needs(t, acctest.WriteOnly)
	server := acctest.Server(t, profile)
	for _, name := range projects {
		server.AddProject("acme/" + name)
	}
	return &story{acctest.NewTerraform(t, server), server, t}
}

// says is what a command warns of: the summaries, without those that repeat, and
// without Terraform's own of where the test has the provider from.
func says(out acctest.Output) []string {
	var warnings []string
	for _, found := range regexp.MustCompile(`Warning: (.+)`).FindAllStringSubmatch(out.Text(), -1) {
		if summary := strings.TrimSpace(found[1]); summary != "Provider development overrides are in effect" {
			warnings = append(warnings, summary)
		}
	}
	slices.Sort(warnings)
	return slices.Compact(warnings)
}

// plans expects the changes of a plan, and what it warns of.
func (s *story) plans(when string, want map[string][]string, warnings ...string) acctest.Output {
	s.t.Helper()
	out := s.Must("plan", "-no-color", "-out=story.tfplan")
	got, err := s.Folder.Changes(s.t.Context(), "story.tfplan")
	failOn(s.t, err)
	if !maps.EqualFunc(got, want, slices.Equal) {
		s.t.Errorf("%s, the plan shows\n%v, want\n%v", when, got, want)
	}
	if said := says(out); !slices.Equal(said, warnings) {
		s.t.Errorf("%s, the plan warns of %q, want %q", when, said, warnings)
	}
	return out
}

// applies does what was planned last, which must then be all there is to do.
func (s *story) applies(when string, warnings ...string) acctest.Output {
	s.t.Helper()
	out := s.Must("apply", "-no-color", "story.tfplan")
	if said := says(out); !slices.Equal(said, warnings) {
		s.t.Errorf("%s, the apply warns of %q, want %q", when, said, warnings)
	}
	s.plans(when+" and applied", map[string][]string{})
	return out
}

// has expects what a place has, by place: whose settings, and the channel among
// them.
func (s *story) has(when string, want map[string]string) {
	s.t.Helper()
	got := map[string]string{}
	for place := range want {
		record, there := s.server.Record(place, "slack")
		switch {
		case !there:
			got[place] = "nothing"
		case !record.Active:
			got[place] = "off"
		default:
			got[place] = fmt.Sprint(record.Params["channel"])
		}
		if record.Inherited {
			got[place] += " of " + record.InheritsFrom
		}
	}
	if !maps.Equal(got, want) {
		s.t.Errorf("%s, GitLab has\n%v, want\n%v", when, got, want)
	}
}

// TestAGroupAndItsProjects tells the story of a setting that a group hands down.
func TestAGroupAndItsProjects(t *testing.T) {
	t.Parallel()
	s := newStory(t, fakegitlab.V19_1, "shop", "blog", "docs")
	nothing := map[string][]string{}

	s.Configure(slackOfGroup(), followsGroup("shop"), followsGroup("blog"), followsGroup("docs"))
	create := []string{"create"}
	s.plans("A group owns and three projects inherit", map[string][]string{
		"gitlabservices_group_slack.acme": create, "gitlabservices_slack.shop": create, "gitlabservices_slack.blog": create, "gitlabservices_slack.docs": create,
	})
	s.server.ResetRequests()
	s.Must("apply", "-no-color", "story.tfplan")
	// GitLab says of a project that begins to inherit that it is off: it is asked
	// once more.
	if got, want := s.server.Counts(), map[string]int{"PUT": 4, "GET": 3}; !maps.Equal(got, want) {
		t.Errorf("the apply sent %v, want %v", got, want)
	}
	s.plans("Before the jobs of GitLab run", nothing)
	s.server.Propagate()
	s.plans("After they ran", nothing)
	s.has("After they ran", map[string]string{"acme": "#acme", "acme/shop": "#acme of acme", "acme/blog": "#acme of acme", "acme/docs": "#acme of acme"})

	s.Configure(slackOfGroup(), ownSlack("shop"), followsGroup("blog"), followsGroup("docs"))
	s.plans("One takes over", map[string][]string{"gitlabservices_slack.shop": {"channel", "use_inherited_settings", "webhook_wo_version"}})
	s.applies("One takes over")
	s.has("One took over", map[string]string{"acme": "#acme", "acme/shop": "#shop", "acme/blog": "#acme of acme", "acme/docs": "#acme of acme"})
	if record, _ := s.server.Record("acme/shop", "slack"); record.Params["webhook"] != projectWebhook {
		t.Errorf("the webhook of the one that took over is %v", record.Params["webhook"])
	}

	failOn(t, s.server.Edit("acme", "slack", map[string]any{"channel": "#hand", "webhook": "https://hooks.slack.com/services/T0/B0/hand"}))
	byHand := map[string][]string{"gitlabservices_group_slack.acme": {"channel", "webhook_wo_version"}}
	s.plans("Somebody changes the group", byHand, "Secret may have changed")
	s.server.Propagate()
	s.has("The change arrives", map[string]string{"acme": "#hand", "acme/shop": "#shop", "acme/blog": "#hand of acme", "acme/docs": "#hand of acme"})
	s.plans("The change arrives", byHand, "Secret may have changed")
	s.applies("It is put right")
	s.has("It is put right", map[string]string{"acme": "#acme", "acme/shop": "#shop", "acme/blog": "#hand of acme", "acme/docs": "#hand of acme"})
	s.server.Propagate()
	s.plans("That arrives", nothing)
	s.has("That arrives", map[string]string{"acme": "#acme", "acme/shop": "#shop", "acme/blog": "#acme of acme", "acme/docs": "#acme of acme"})
	if record, _ := s.server.Record("acme/blog", "slack"); record.Params["webhook"] != groupWebhook {
		t.Errorf("the webhook of one that inherits is %v", record.Params["webhook"])
	}

	s.Configure(slackOfGroup(), followsGroup("shop"), followsGroup("blog"), followsGroup("docs"))
	s.plans("It gives back", map[string][]string{"gitlabservices_slack.shop": {"channel", "use_inherited_settings", "webhook_wo_version"}})
	s.applies("It gives back")
	s.has("It gave back", map[string]string{"acme": "#acme", "acme/shop": "#acme of acme", "acme/blog": "#acme of acme", "acme/docs": "#acme of acme"})
	state := string(readFile(t, s.Path("terraform.tfstate")))
	for _, secret := range []string{groupWebhook, projectWebhook} {
		if strings.Contains(state, secret) {
			t.Errorf("the state holds %s", secret)
		}
	}

	s.Configure(slackOfGroup(), followsGroup("shop"), followsGroup("docs"))
	s.plans("One is taken out", map[string][]string{"gitlabservices_slack.blog": {"delete"}}, "Inherited service is switched off")
	s.applies("One is taken out")
	s.has("One is taken out", map[string]string{"acme": "#acme", "acme/blog": "off of acme"})
	failOn(t, s.server.Edit("acme", "slack", map[string]any{"channel": "#acme"}))
	s.server.Propagate()
	s.has("The group is saved once more", map[string]string{"acme/blog": "#acme of acme"})

	s.Configure(followsGroup("shop"), followsGroup("docs"), strings.Replace(slackOfGroup(), `"#acme"`, `"#all"`, 1))
	s.Apply()
	s.Configure()
	s.Must("destroy", "-auto-approve", "-no-color")
	s.has("All is destroyed", map[string]string{"acme": "off", "acme/shop": "off of acme", "acme/docs": "off of acme"})
}

// TestAGroupThatIsDestroyedLeavesItsCopies: no job runs, so that the projects go
// on with what they have.
func TestAGroupThatIsDestroyedLeavesItsCopies(t *testing.T) {
	t.Parallel()
	s := newStory(t, fakegitlab.V19_1, "shop", "blog")
	s.Configure(slackOfGroup())
	s.Apply()
	s.server.Propagate()
	s.Must("destroy", "-auto-approve", "-no-color")
	s.server.Propagate()
	s.has("The group is destroyed", map[string]string{"acme": "off", "acme/shop": "#acme of acme", "acme/blog": "#acme of acme"})
}

// TestWhoOwnsTheSettingsIsWatched in both directions.
func TestWhoOwnsTheSettingsIsWatched(t *testing.T) {
	t.Parallel()
	s := newStory(t, fakegitlab.V19_1, "shop", "blog")
	s.Configure(slackOfGroup(), ownSlack("shop"), followsGroup("blog"))
	s.Apply()

	failOn(t, s.server.Inherit("acme/shop", "slack"))
	out := s.plans("Somebody gives one to the group", map[string][]string{"gitlabservices_slack.shop": {"use_inherited_settings"}})
	if !strings.Contains(strings.Join(strings.Fields(out.Stdout), " "), "use_inherited_settings = true -> false") {
		t.Errorf("the plan does not show it:\n%s", out.Stdout)
	}
	s.server.ResetRequests()
	s.applies("It is taken back")
	s.has("It is taken back", map[string]string{"acme/shop": "#shop"})
	for _, r := range s.server.Requests() {
		if r.Method == "PUT" && (r.Body["webhook"] != projectWebhook || r.Body["use_inherited_settings"] != false) {
			t.Errorf("the PUT says %v", r.Body)
		}
	}
	if record, _ := s.server.Record("acme/shop", "slack"); record.Params["webhook"] != projectWebhook {
		t.Errorf("the webhook is %v", record.Params["webhook"])
	}

	failOn(t, s.server.Edit("acme/blog", "slack", map[string]any{"channel": "#mine"}))
	out = s.plans("Somebody takes one over", map[string][]string{"gitlabservices_slack.blog": {"channel", "use_inherited_settings"}})
	if !strings.Contains(strings.Join(strings.Fields(out.Stdout), " "), "use_inherited_settings = false -> true") {
		t.Errorf("the plan does not show it:\n%s", out.Stdout)
	}
	s.applies("It is given back")
	s.has("It is given back", map[string]string{"acme/blog": "#acme of acme"})
}

// TestAnInheritedServiceIsImported with the configuration that Terraform
// generates, and plans no change: not of its settings either, which are those of
// another.
func TestAnInheritedServiceIsImported(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ConfigDriven)
	acctest.Needs(t, acctest.Generation)
	server := acctest.Server(t, fakegitlab.V19_1)
	workspace := acctest.NewTerraform(t, server)
	var blocks []string
	for _, service := range acctest.Services(server.Profile(), gitlab.Projects) {
		if service.ProjectOnly {
			continue
		}
		project := server.AddProject("acme/" + service.Slug)
		body := map[string]any{}
		for _, a := range acctest.Full(service, server.Profile()) {
			body[a.Name] = a.Value
		}
		failOn(t, server.Edit("acme", service.Slug, body))
		failOn(t, server.Inherit(project.Path, service.Slug))
		blocks = append(blocks, fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", acctest.Address(service, "this"), project.Path))
	}
	workspace.Configure(blocks...)
	server.ResetRequests()
	workspace.Must("plan", "-no-color", "-generate-config-out=generated.tf")
	generated, err := os.ReadFile(workspace.Path("generated.tf"))
	failOn(t, err)
	if got := strings.Count(string(generated), "use_inherited_settings"); got != len(blocks) {
		t.Errorf("the generated configuration says of %d that they inherit, want %d", got, len(blocks))
	}
	plan := workspace.Must("plan", "-no-color").Stdout
	if want := fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", len(blocks)); !strings.Contains(plan, want) {
		t.Errorf("want %q in\n%s", want, plan)
	}
	workspace.Apply()
	if changes := workspace.Changes(); len(changes) != 0 {
		t.Errorf("the plan after the import: %v", changes)
	}
	if counts := server.Counts(); counts["PUT"]+counts["DELETE"] > 0 {
		t.Errorf("adopting sent %v", counts)
	}
}

// TestGitLabThatDoesNotTellOfInheritance: before 17.3 the settings are compared,
// which a note says.
func TestGitLabThatDoesNotTellOfInheritance(t *testing.T) {
	t.Parallel()
	s := newStory(t, fakegitlab.V16_0, "shop")
	s.server.SetInstanceDefault("slack", map[string]any{"webhook": groupWebhook, "channel": "#all"})
	s.server.Propagate()
	resource := `resource "gitlabservices_slack" "shop" {
  project                = "acme/shop"
  use_inherited_settings = true
  webhook_wo             = "` + projectWebhook + `"
  channel                = "#shop"
}
`
	s.Configure(resource)
	if out := s.Apply(); !slices.Equal(says(out), []string{"Inheritance is not told"}) {
		t.Errorf("the apply warns of %q%s", says(out), out.Text())
	}
	s.plans("Nothing is changed", map[string][]string{}, "Inheritance is not told")
	failOn(t, s.server.Edit("acme/shop", "slack", map[string]any{"channel": "#hand"}))
	s.plans("Somebody changes a setting", map[string][]string{"gitlabservices_slack.shop": {"channel"}}, "Inheritance is not told")
}

// TestTheWayOutOfTwoTrackersIsToDestroyOne: the apply that GitLab refuses says
// so, and it is one command.
func TestTheWayOutOfTwoTrackersIsToDestroyOne(t *testing.T) {
	t.Parallel()
	bugzilla, redmine := acctest.Service(t, "bugzilla"), acctest.Service(t, "redmine")
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("acme/web")
	failOn(t, server.Edit("acme/web", bugzilla.Slug, nil))
	body := map[string]any{}
	for _, a := range acctest.Minimal(redmine) {
		body[a.Name] = a.Value
	}
	failOn(t, server.Edit("acme", redmine.Slug, body))
	server.Propagate()
	workspace := acctest.NewTerraform(t, server)
	provider := acctest.Provider(server, hcltext.Attribute{Name: "retries", Value: int64(0)})
	workspace.Configure(provider, acctest.Minimal(bugzilla).Resource(bugzilla, "web", "acme/web"))
	workspace.Must("import", "-no-color", acctest.Address(bugzilla, "web"), "acme/web")
	out := workspace.Run("apply", "-auto-approve", "-no-color")
	if out.Code == 0 || !containsWords(out.Text(), "until one of them is deleted") {
		t.Errorf("the apply says:\n%s", out.Text())
	}
	workspace.Must("destroy", "-auto-approve", "-no-color", "-target="+acctest.Address(bugzilla, "web"))
	workspace.Configure(provider, acctest.Minimal(redmine).Resource(redmine, "web", "acme/web"))
	workspace.Apply()
	if changes := workspace.Changes(); len(changes) != 0 {
		t.Errorf("the plan after it shows %v", changes)
	}
}
