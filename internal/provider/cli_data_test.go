package provider_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

func TestDataSourcesThroughTheCLI(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("group/project")
	setUpServices(t, server, "group/project", "jira")
	slack := acctest.Service(t, "slack")
	workspace := acctest.NewTerraform(t, server)
	workspace.Configure(acctest.Minimal(slack).With("username", "bot").Resource(slack, "this", "group/project"), `
data "gitlabservices_slack" "this" {
  project = gitlabservices_slack.this.project
}

data "gitlabservices_services" "this" {
  project    = "group/project"
  depends_on = [gitlabservices_slack.this]
}

data "gitlabservices_jenkins" "this" {
  project       = "1"
  allow_missing = true
}

output "all" {
  value = {
    username = data.gitlabservices_slack.this.username
    slugs    = data.gitlabservices_services.this.services[*].slug
    jenkins  = data.gitlabservices_jenkins.this.exists
  }
}
`)
	workspace.Apply()
	// Jenkins is read by the plan, the other two once Slack has been set, with the
	// id of the project.
	if got, want := server.Counts(), map[string]int{http.MethodGet: 4, http.MethodPut: 1}; !maps.Equal(got, want) {
		t.Errorf("apply sent %v, want %v", got, want)
	}
	var output any
	if err := json.Unmarshal([]byte(workspace.Must("output", "-json", "all").Stdout), &output); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(output)
	if want := `{"jenkins":false,"slugs":["jira","slack"],"username":"bot"}`; err != nil || string(text) != want {
		t.Errorf("output is %s, want %s", text, want)
	}
	if changes := workspace.Changes(); len(changes) != 0 {
		t.Errorf("the plan after apply: %v", changes)
	}

	workspace.Configure(`data "gitlabservices_jenkins" "this" {
  project = "group/project"
}
`)
	out := workspace.Run("plan", "-no-color")
	if out.Code == 0 || !strings.Contains(out.Text(), "the service is not set up") {
		t.Errorf("exit %d: %s", out.Code, out.Text())
	}
}
