package provider_test

import (
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// TestTerraformRefreshesWhatChanges with -minimal-refresh: of ten services that
// others have changed, the one whose resource changes is read, and one that moves
// to another project is planned although its service is gone.
func TestTerraformRefreshesWhatChanges(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.MinimalRefresh)
	const projects = 10
	server := acctest.Server(t, fakegitlab.V19_1)
	addProjects(t, server, projects)
	moved := server.AddProject("group/moved")
	workspace := acctest.NewTerraform(t, server)
	wiki := acctest.Service(t, "external-wiki")
	configure := func(project, url string) {
		workspace.Configure(configureProjects(t, projects-1),
			acctest.Minimal(wiki).With("external_wiki_url", url).Resource(wiki, "last", project))
	}
	configure("group/p9", "https://wiki.example.com/one")
	workspace.Apply()
	for _, path := range []string{"group/p0", "group/p9"} {
		failOn(t, server.Edit(path, wiki.Slug, map[string]any{"external_wiki_url": "https://wiki.example.com/somebody"}))
	}
	server.ResetRequests()
	if changes := workspace.Changes("-minimal-refresh"); len(changes) > 0 || len(server.Requests()) > 0 {
		t.Errorf("where nothing changes, the plan has %v after %v", changes, server.Counts())
	}

	configure("group/p9", "https://wiki.example.com/two")
	workspace.Apply("-minimal-refresh")
	record, _ := server.Record("group/p9", wiki.Slug)
	other, _ := server.Record("group/p0", wiki.Slug)
	if record.Params["external_wiki_url"] != "https://wiki.example.com/two" || other.Params["external_wiki_url"] != "https://wiki.example.com/somebody" {
		t.Errorf("GitLab has %v and %v", record.Params, other.Params)
	}
	if got := server.Counts(); got["PUT"] != 1 || got["GET"] > 2 {
		t.Errorf("one change sends %v", got)
	}

	failOn(t, server.Disable("group/p9", wiki.Slug))
	configure(moved.Path, "https://wiki.example.com/two")
	workspace.Apply("-minimal-refresh")
	if record, _ := server.Record(moved.Path, wiki.Slug); !record.Active {
		t.Error("the service is not in its new project")
	}
	if changes := workspace.Changes("-minimal-refresh"); len(changes) > 0 {
		t.Errorf("after the move the plan has %v", changes)
	}
}
