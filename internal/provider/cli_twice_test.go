package provider_test

import (
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

func TestTwoNewResourcesForOneServiceAreRefusedInThePlan(t *testing.T) {
	t.Parallel()
	slack, jira := acctest.Service(t, "slack"), acctest.Service(t, "jira")
	settings := acctest.Minimal(slack)
	for name, test := range map[string]struct {
		blocks  []string
		refused bool
	}{
		"two blocks":              {[]string{settings.Resource(slack, "a", "group/project"), settings.Resource(slack, "b", "group/project")}, true},
		"a count of one project":  {[]string{settings.Resource(slack, "a", "group/project", hcltext.Attribute{Name: "count", Value: int64(2)})}, true},
		"two services":            {[]string{settings.Resource(slack, "a", "group/project"), acctest.Minimal(jira).Resource(jira, "a", "group/project")}, false},
		"two projects":            {[]string{settings.Resource(slack, "a", "group/project"), settings.Resource(slack, "b", "group/other")}, false},
		"a for_each of two names": {[]string{settings.Resource(slack, "a", hcltext.Raw("each.key"), hcltext.Attribute{Name: "for_each", Value: hcltext.Raw(`toset(["group/project", "group/other"])`)})}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, fakegitlab.V19_1)
			server.AddProject("group/project")
			server.AddProject("group/other")
			workspace := acctest.NewTerraform(t, server)
			workspace.Configure(test.blocks...)
			out := workspace.Run("plan", "-no-color")
			if refused := out.Code != 0; refused != test.refused || refused != containsWords(out.Text(), twoResources) {
				t.Errorf("refused is %t, want %t:\n%s", refused, test.refused, out.Text())
			}
			if test.refused && !containsWords(out.Text(), `another new resource for Slack notifications of project "group/project"`) {
				t.Errorf("the error does not name the project:\n%s", out.Text())
			}
		})
	}
}

// TestOneServiceThatIsPlannedMoreThanOnceIsNotTwo: Terraform plans replacements
// twice, renames under two addresses, and an apply plans again what it sets.
func TestOneServiceThatIsPlannedMoreThanOnceIsNotTwo(t *testing.T) {
	t.Parallel()
	slack := acctest.Service(t, "slack")
	settings := acctest.Minimal(slack)
	each := func(keys string) string {
		return settings.Resource(slack, "each", hcltext.Raw("each.value"), hcltext.Attribute{Name: "for_each", Value: hcltext.Raw(keys)})
	}
	server := acctest.Server(t, fakegitlab.V19_1)
	for _, path := range []string{"group/a", "group/b", "group/c", "group/d", "group/e"} {
		server.AddProject(path)
	}
	first := func(project string) string {
		block := settings.Resource(slack, "first", project)
		return strings.TrimSuffix(block, "}\n") + "  lifecycle {\n    create_before_destroy = true\n  }\n}\n"
	}
	workspace := acctest.NewTerraform(t, server)
	workspace.Configure(settings.Resource(slack, "a", "group/a"), first("group/b"), each(`{ x = "group/c", y = "group/d" }`))
	workspace.Apply()
	workspace.Must("taint", "gitlabservices_slack.a")

	quiet := func(what string, out acctest.Output) {
		t.Helper()
		if containsWords(out.Text(), twoResources) {
			t.Errorf("%s: one resource is taken for two:\n%s", what, out.Text())
		}
	}
	// Tainted and replaced, renamed, swapped, and all of it without a refresh.
	quiet("a plan", workspace.Must("plan", "-no-color", "-replace=gitlabservices_slack.first"))
	quiet("a plan without refresh", workspace.Must("plan", "-no-color", "-refresh=false", "-replace=gitlabservices_slack.first"))
	workspace.Configure(settings.Resource(slack, "renamed", "group/a"), first("group/e"), each(`{ x = "group/d", z = "group/c" }`))
	quiet("an apply", workspace.Apply("-replace=gitlabservices_slack.first"))
	if changes := workspace.Changes(); len(changes) != 0 {
		t.Errorf("the plan after apply: %v", changes)
	}
	for _, path := range []string{"group/a", "group/c", "group/d", "group/e"} {
		if record, ok := server.Record(path, slack.Slug); !ok || !record.Active {
			t.Errorf("%s has lost its service", path)
		}
	}
	quiet("an update", workspace.Apply("-replace=gitlabservices_slack.renamed"))
}

// TestTwoResourcesInTheStateForOneServiceAreWarnedOfAndCanBeDestroyed: nobody is
// locked out by a mistake that is there already.
func TestTwoResourcesInTheStateForOneServiceAreWarnedOfAndCanBeDestroyed(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("group/project")
	slack := acctest.Service(t, "slack")
	settings := acctest.Minimal(slack)
	workspace := acctest.NewTerraform(t, server)
	one, two := settings.Resource(slack, "one", "group/project"), settings.Resource(slack, "two", "group/project")
	workspace.Configure(one)
	workspace.Apply()
	workspace.Configure(one, two)
	workspace.Apply() // one old and one new may be a rename

	for range 2 {
		out := workspace.Must("plan", "-no-color").Text()
		if !containsWords(out, "Warning: "+twoResources) || !containsWords(out, "terraform state rm") {
			t.Errorf("the plan does not warn:\n%s", out)
		}
	}
	// Both are gone from GitLab, so that the plan creates both.
	if err := server.Disable("group/project", slack.Slug); err != nil {
		t.Fatal(err)
	}
	if out := workspace.Run("plan", "-no-color"); out.Code != 0 {
		t.Errorf("the plan is refused:\n%s", out.Text())
	}
	workspace.Must("destroy", "-auto-approve", "-no-color")
	if state := strings.TrimSpace(workspace.Must("state", "list").Stdout); state != "" {
		t.Errorf("left in the state: %s", state)
	}
}

func TestASecondNameOfAProjectIsFoundOutByTheRecord(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("group/project")
	slack := acctest.Service(t, "slack")
	settings := acctest.Minimal(slack)
	workspace := acctest.NewTerraform(t, server)
	byID := settings.Resource(slack, "by_id", "1")
	workspace.Configure(byID, settings.Resource(slack, "by_path", "group/project"))

	out := workspace.Run("apply", "-auto-approve", "-no-color")
	if out.Code == 0 || !containsWords(out.Text(), "Error: "+twoResources) || !containsWords(out.Text(), "is the same one") {
		t.Errorf("the apply says:\n%s", out.Text())
	}
	if got := strings.Fields(workspace.Must("state", "list").Stdout); len(got) != 1 {
		t.Errorf("the state has %v", got)
	}
	workspace.Configure(byID)
	workspace.Apply()
	if changes := workspace.Changes(); len(changes) != 0 {
		t.Errorf("the plan after apply: %v", changes)
	}
	if record, ok := server.Record("group/project", slack.Slug); !ok || !record.Active {
		t.Error("the service is lost")
	}
}
