package provider_test

import (
	"net/http"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// TestARateLimitIsRespectedBeforeItRefuses applies more than GitLab allows in a
// second. Ten operations that do not know of each other would be refused ten
// times in each of fifteen seconds.
func TestARateLimitIsRespectedBeforeItRefuses(t *testing.T) {
	t.Parallel()
	const projects, refusalsAtMost = 300, 14
	server := acctest.Server(t, fakegitlab.V19_1)
	server.SetRateLimit(20)
	workspace := acctest.Starting(t, server)
	workspace.Configure(addProjects(t, server, projects))

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
