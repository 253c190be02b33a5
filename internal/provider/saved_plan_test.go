package provider_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// TestASavedPlanFollowsAProjectWhoseOldPathIsTaken: Terraform has an apply plan
// once more, and blames a provider that then comes to another result.
func TestASavedPlanFollowsAProjectWhoseOldPathIsTaken(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	project := server.AddProject("g/old")
	slack := acctest.Service(t, "slack")
	block := func(project, channel string) string {
		return fmt.Sprintf("resource %q \"a\" {\n  project = %q\n  channel = %q\n  webhook = \"https://hooks.slack.com/services/T0/B0/x\"\n}\n", slack.ResourceType(), project, channel)
	}
	workspace := acctest.NewTerraform(t, server)
	workspace.Configure(block("g/old", "#a"))
	workspace.Apply()
	if err := server.RenameProject(project.ID, "g/new"); err != nil {
		t.Fatal(err)
	}
	workspace.Configure(block("g/new", "#b"))
	workspace.Must("plan", "-out=saved")
	server.AddProject("g/old")
	workspace.Must("apply", "saved")
	if record, _ := server.Record("g/new", "slack"); !record.Active || record.Params["channel"] != "#b" {
		t.Errorf("GitLab has %v", record)
	}
	if changes := workspace.Changes(); len(changes) != 0 {
		t.Errorf("the plan after apply: %v", changes)
	}
}

// TestAnotherProjectIsAnotherPlace although the service is set up there too.
func TestAnotherProjectIsAnotherPlace(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	for _, path := range []string{"g/p", "g/q", "g/r"} {
		server.AddProject(path)
	}
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	config := func(project string) map[string]any {
		return map[string]any{"project": project, "webhook": "https://hooks.slack.com/services/T0/B0/x"}
	}
	held := slack.MustSet(Object{}, config("g/p"))
	slack.MustSet(Object{}, config("g/q"))
	for _, to := range []string{"g/q", "g/r"} {
		if planned, diags := slack.Plan(held, config(to)); len(diags) > 0 || len(planned.Replaces) != 1 {
			t.Errorf("%s: replaces %v\n%s", to, planned.Replaces, diags)
		}
	}
}

// TestAWriteToAnotherRecordSaysSo: between the refresh and the apply, another
// project has taken the path.
func TestAWriteToAnotherRecordSaysSo(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	project := server.AddProject("g/p")
	config := map[string]any{"project": "g/p", "webhook": "https://hooks.slack.com/services/T0/B0/x", "channel": "#a"}
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	held := slack.MustSet(Object{}, config)
	was, _ := server.Record("g/p", "slack")
	config["channel"] = "#b"
	planned, diags := slack.Plan(held, config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if err := server.RenameProject(project.ID, "g/moved"); err != nil {
		t.Fatal(err)
	}
	server.AddProject("g/p")
	Connect(t, server).Resource(acctest.Service(t, "slack")).MustSet(Object{}, config)
	is, _ := server.Record("g/p", "slack")

	after, diags := slack.Apply(held, planned, config)
	expectOne(t, diags, true, "Service of another record", strconv.FormatInt(was.ID, 10), strconv.FormatInt(is.ID, 10))
	if _, diags := slack.Set(after, map[string]any{"project": "g/p", "webhook": config["webhook"], "channel": "#c"}); len(diags) > 0 {
		t.Errorf("and again: %s", diags)
	}
}
