package provider_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

// TestAnApplyDoesNotDeleteWhatItHasJustSet: Terraform runs the destroy of an old
// address and the create of a new one side by side, or the create first. Which
// of the two reaches GitLab first is settled here by making one of them slow.
func TestAnApplyDoesNotDeleteWhatItHasJustSet(t *testing.T) {
	t.Parallel()
	slack := acctest.Service(t, "slack")
	settings := acctest.Minimal(slack)
	resource := func(name string, project any, first ...hcltext.Attribute) string {
		return settings.Resource(slack, name, project, first...)
	}
	each := func(key string) hcltext.Attribute {
		return hcltext.Attribute{Name: "for_each", Value: hcltext.Raw(`{ "` + key + `" = "group/project" }`)}
	}
	// What triggers the replacement is unknown when it is planned, so that the
	// other name of the project cannot be recognized as the same.
	trigger := func(input string) string {
		return `resource "terraform_data" "project" {
  input = "` + input + `"
}
`
	}
	first := `  lifecycle {
    create_before_destroy = true
  }
}
`
	replaced := func(project any) string {
		block := resource("this", project)
		return block[:len(block)-len("}\n")] + first
	}
	for _, test := range []struct {
		name          string
		before, after []string
	}{
		{"a resource renamed without moved", []string{resource("old", "group/project")}, []string{resource("new", "group/project")}},
		{"a renamed resource that names the project by its id", []string{resource("old", "group/project")}, []string{resource("new", "1")}},
		{"a for_each key changed", []string{resource("this", hcltext.Raw("each.value"), each("old"))}, []string{resource("this", hcltext.Raw("each.value"), each("new"))}},
		{"create_before_destroy with id against path",
			[]string{trigger("1"), replaced("1")},
			[]string{trigger("group/project"), replaced(hcltext.Raw("terraform_data.project.output"))}},
	} {
		for _, slow := range []string{http.MethodPut, http.MethodDelete} {
			t.Run(test.name+" with a slow "+slow, func(t *testing.T) {
				t.Parallel()
				if strings.Contains(test.before[0], "terraform_data") {
					acctest.Needs(t, acctest.TerraformData)
				}
				server := acctest.Server(t, fakegitlab.V19_1)
				project := server.AddProject("group/project")
				if project.ID != 1 {
					t.Fatalf("the first project has the id %d", project.ID)
				}
				workspace := acctest.NewTerraform(t, server)
				workspace.Configure(test.before...)
				workspace.Apply()
				server.SetLatency(slow, 700*time.Millisecond)
				workspace.Configure(test.after...)
				workspace.Apply()
				server.SetLatency(slow, 0)

				record, ok := server.Record("1", slack.Slug)
				if !ok || !record.Active {
					t.Error("the apply switched the service off that it had set")
				}
				if changes := workspace.Changes(); len(changes) != 0 {
					t.Errorf("the plan after apply: %v", changes)
				}
				workspace.Must("destroy", "-auto-approve")
				if record, _ := server.Record("1", slack.Slug); record.Active {
					t.Error("destroy left the service set up")
				}
			})
		}
	}
}
