package provider_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

// TestOneIssueTrackerTakesThePlaceOfAnother in one apply, although GitLab refuses
// the new one while the old one is there: Terraform does both side by side.
func TestOneIssueTrackerTakesThePlaceOfAnother(t *testing.T) {
	t.Parallel()
	jira, redmine := acctest.Service(t, "jira"), acctest.Service(t, "redmine")
	for _, slow := range []string{http.MethodPut, http.MethodDelete} {
		t.Run("with a slow "+slow, func(t *testing.T) {
			t.Parallel()
			const projects = 4
			server := acctest.Server(t, fakegitlab.V19_1)
			for i := range projects {
				server.AddProject(fmt.Sprintf("group/p%d", i))
			}
			project := hcltext.Raw(`"group/p${count.index}"`)
			count := hcltext.Attribute{Name: "count", Value: int64(projects)}
			workspace := acctest.NewTerraform(t, server)
			workspace.Configure(acctest.Minimal(jira).Resource(jira, "this", project, count))
			workspace.Apply()

			server.SetLatency(slow, 300*time.Millisecond)
			workspace.Configure(acctest.Minimal(redmine).Resource(redmine, "this", project, count))
			workspace.Apply()

			for i := range projects {
				if record, ok := server.Record(fmt.Sprintf("group/p%d", i), redmine.Slug); !ok || !record.Active {
					t.Errorf("project %d has no redmine", i)
				}
				if record, _ := server.Record(fmt.Sprintf("group/p%d", i), jira.Slug); record.Active {
					t.Errorf("project %d still has jira", i)
				}
			}
			if changes := workspace.Changes(); len(changes) != 0 {
				t.Errorf("the plan after apply: %v", changes)
			}
		})
	}
}

// TestWithoutParallelismTheErrorSaysToApplyAgain: where Terraform does one thing
// after the other, and this one first, the old tracker cannot go in time. The
// delete that is refused stands for the one that comes too late.
func TestWithoutParallelismTheErrorSaysToApplyAgain(t *testing.T) {
	t.Parallel()
	jira, redmine := acctest.Service(t, "jira"), acctest.Service(t, "redmine")
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("group/project")
	workspace := acctest.NewTerraform(t, server)
	retries := hcltext.Attribute{Name: "retries", Value: int64(1)}
	workspace.Configure(acctest.Provider(server, retries), acctest.Minimal(jira).Resource(jira, "this", "group/project"))
	workspace.Apply()
	workspace.Configure(acctest.Provider(server, retries), acctest.Minimal(redmine).Resource(redmine, "this", "group/project"))

	server.Inject(fakegitlab.Fault{Method: http.MethodDelete, Status: http.StatusForbidden, Body: `{"message":"403 Forbidden"}`})
	out := workspace.Run("apply", "-auto-approve", "-no-color", "-parallelism=1")
	if out.Code == 0 || !containsWords(out.Text(), "Another issue tracker is already in use") || !containsWords(out.Text(), "apply again") {
		t.Errorf("the apply says:\n%s", out.Text())
	}
	server.ClearFaults()

	// Whichever it begins with, one apply more is enough.
	if out := workspace.Run("apply", "-auto-approve", "-no-color", "-parallelism=1"); out.Code != 0 {
		if !containsWords(out.Text(), "apply again") {
			t.Errorf("the apply says:\n%s", out.Text())
		}
		workspace.Apply("-parallelism=1")
	}
	if changes := workspace.Changes(); len(changes) != 0 {
		t.Errorf("the plan after apply: %v", changes)
	}
}
