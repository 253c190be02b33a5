package provider_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

// manyProjects adds projects and gives the block of a small service in each.
func manyProjects(t *testing.T, server *fakegitlab.Server, projects int) string {
	t.Helper()
	for i := range projects {
		server.AddProject(fmt.Sprintf("group/p%d", i))
	}
	return eachProject(t, projects)
}

func eachProject(t *testing.T, projects int) string {
	t.Helper()
	wiki := acctest.Service(t, "external-wiki")
	return acctest.Minimal(wiki).Resource(wiki, "this", hcltext.Raw(`"group/p${count.index}"`),
		hcltext.Attribute{Name: "count", Value: int64(projects)})
}

// active is how many of the projects have the service of eachProject.
func active(server *fakegitlab.Server, projects int) int {
	n := 0
	for i := range projects {
		if record, ok := server.Record(fmt.Sprintf("group/p%d", i), "external-wiki"); ok && record.Active {
			n++
		}
	}
	return n
}

// TestARateLimitIsRespectedBeforeItRefuses applies more than GitLab allows in a
// second. Ten operations that do not know of each other would be refused ten
// times in each of fifteen seconds.
func TestARateLimitIsRespectedBeforeItRefuses(t *testing.T) {
	t.Parallel()
	const projects, refusalsAtMost = 300, 14
	server := acctest.Server(t, fakegitlab.V19_1)
	server.SetRateLimit(20)
	workspace := acctest.NewTerraform(t, server)
	workspace.Configure(manyProjects(t, server, projects))

	workspace.Apply()

	answers := map[int]int{}
	for _, r := range server.Requests() {
		answers[r.Status]++
	}
	t.Logf("answers by status: %v", answers)
	if answers[http.StatusOK] != projects {
		t.Errorf("%d requests succeeded, want %d", answers[http.StatusOK], projects)
	}
	if answers[http.StatusTooManyRequests] > refusalsAtMost {
		t.Errorf("%d requests were refused, want at most %d", answers[http.StatusTooManyRequests], refusalsAtMost)
	}
}
