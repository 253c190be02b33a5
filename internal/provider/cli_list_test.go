package provider_test

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// TestQueryAdoptsAWholeGroup takes the way of a team that has everything already:
// one query, and all services of a group are imported without a change.
func TestQueryAdoptsAWholeGroup(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	workspace := acctest.NewTerraform(t, server)
	acctest.Needs(t, acctest.ListResources)
	const projects = 40
	services := []string{"slack", "jira", "pipelines-email"}
	var lists []string
	for i := range projects {
		path := server.AddProject(fmt.Sprintf("team/sub%d/p%02d", i%3, i)).Path
		for _, slug := range services {
			body := map[string]any{}
			for _, a := range acctest.Minimal(acctest.Service(t, slug)) {
				body[a.Name] = a.Value
			}
			failOn(t, server.Edit(path, slug, body))
		}
	}
	for _, slug := range services {
		lists = append(lists, fmt.Sprintf(`list "gitlabservices_%s" "team" {
  provider = gitlabservices

  config {
    group             = "team"
    include_subgroups = true
  }
}
`, acctest.Service(t, slug).TypeName()))
	}
	workspace.Configure()
	workspace.Write("team.tfquery.hcl", strings.Join(lists, "\n"))

	out := workspace.Must("query", "-no-color").Text()
	for i := range projects {
		if name := fmt.Sprintf("team/sub%d/p%02d: Slack notifications", i%3, i); !strings.Contains(out, name) {
			t.Errorf("%q is not in the output of query", name)
		}
	}
	// For each list one page of projects, and then one request a project.
	want := map[string]int{http.MethodGet: len(services) * (1 + projects)}
	if got := server.Counts(); !maps.Equal(got, want) {
		t.Errorf("query sent %v, want %v", got, want)
	}

	workspace.Must("query", "-no-color", "-generate-config-out=found.tf")
	found, err := os.ReadFile(workspace.Path("found.tf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range services {
		for _, a := range acctest.Minimal(acctest.Service(t, s)) {
			if text, ok := a.Value.(string); ok && a.WriteOnly != "" && strings.Contains(string(found), text) {
				t.Errorf("the secret %s of %s is in the generated configuration", a.Name, s)
			}
		}
	}
	plan := workspace.Must("plan", "-no-color").Stdout
	if want := fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", len(services)*projects); !strings.Contains(plan, want) {
		t.Errorf("want %q in %s", want, plan)
	}
	server.ResetRequests()
	workspace.Apply()
	if changes := workspace.Changes(); len(changes) != 0 {
		t.Errorf("the plan after the import: %v", changes)
	}
	if got := server.Counts(); len(got) != 1 || got[http.MethodGet] == 0 {
		t.Errorf("adopting sent %v, want nothing but GET", got)
	}
}
