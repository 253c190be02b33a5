package provider_test

import (
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// TestAProjectThatInheritsAServiceGetsItsOwn: GitLab 17.3 and later answer 200
// to a PUT that does not say so, and ignore all of it.
func TestAProjectThatInheritsAServiceGetsItsOwn(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	slack := acctest.Service(t, "slack")
	server.SetInstanceDefault(slack.Slug, map[string]any{"webhook": "https://hooks.slack.com/services/ALL", "username": "everybody"})
	project := server.AddProject("group/project")
	if record, ok := server.Record(project.Path, slack.Slug); !ok || !record.Inherited {
		t.Fatal("the project does not inherit the service")
	}
	workspace := acctest.NewTerraform(t, server)
	settings := acctest.Minimal(slack)
	workspace.Configure(settings.Resource(slack, "this", project.Path))
	workspace.Apply()
	record, _ := server.Record(project.Path, slack.Slug)
	if username := record.Params["username"]; record.Inherited || record.Params["webhook"] != settings[0].Value || username != nil && username != "" {
		t.Errorf("the project has inherited: %t, webhook %v, username %v", record.Inherited, record.Params["webhook"], record.Params["username"])
	}
	if changes := workspace.Changes(); len(changes) != 0 {
		t.Errorf("the plan after apply: %v", changes)
	}
}
