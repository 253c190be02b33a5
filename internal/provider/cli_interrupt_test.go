//go:build unix

package provider_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// TestAnInterruptedApplyKnowsWhatGitLabHasAccepted presses Ctrl-C in the middle
// of an apply, while some requests are under way and some wait to be tried
// again. Those that GitLab answers are in the state; those that wait give up,
// although GitLab asked them to wait for longer than the test takes. Windows has
// no way to interrupt one process of a console.
func TestAnInterruptedApplyKnowsWhatGitLabHasAccepted(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.OneProcess)
	const projects, before = 300, 40
	const gaveUp = "interrupted before GitLab answered"
	server := acctest.Server(t, fakegitlab.V19_1)
	workspace := acctest.Starting(t, server)
	workspace.Configure(addProjects(t, server, projects))

	untilReceived := func(requests int) context.Context {
		ctx, interrupt := context.WithCancel(t.Context())
		server.Observe(func(fakegitlab.Request, time.Duration) {
			if server.Counts()[http.MethodPut]+server.Counts()[http.MethodDelete] >= requests {
				interrupt()
			}
		})
		return ctx
	}
	busy := fakegitlab.Fault{PathContains: "/services/", Skip: before / 2, Times: 3, Status: http.StatusServiceUnavailable, Header: map[string]string{"Retry-After": "110"}}

	busy.Method = http.MethodPut
	server.Inject(busy)
	server.SetLatency(http.MethodPut, 200*time.Millisecond)
	out := workspace.RunUntil(untilReceived(before), "apply", "-auto-approve", "-no-color")
	server.SetLatency(http.MethodPut, 0)
	if out.Code == 0 || strings.Count(unwrap(out.Stderr), gaveUp) != busy.Times || !containsWords(out.Text(), "run the command again") {
		t.Errorf("the apply ended with %d and says %s", out.Code, unwrap(out.Stderr))
	}
	done := countActive(server, projects)
	if held := len(strings.Fields(workspace.Must("state", "list").Stdout)); held != done || done < before/2 || done > projects/2 {
		t.Errorf("the state holds %d resources, GitLab %d", held, done)
	}
	if out := workspace.Apply().Stdout; !containsWords(out, fmt.Sprintf("Plan: %d to add, 0 to change, 0 to destroy.", projects-done)) {
		t.Errorf("the next plan is not to add the other %d: %s", projects-done, out)
	}
	if done := countActive(server, projects); done != projects {
		t.Errorf("after the next apply GitLab has %d services, want %d", done, projects)
	}

	busy.Method = http.MethodDelete
	server.Inject(busy)
	server.SetLatency(http.MethodDelete, 200*time.Millisecond)
	server.ResetRequests()
	out = workspace.RunUntil(untilReceived(before), "destroy", "-auto-approve", "-no-color")
	server.SetLatency(http.MethodDelete, 0)
	if out.Code == 0 || strings.Count(unwrap(out.Stderr), gaveUp) != busy.Times {
		t.Errorf("the destroy ended with %d and says %s", out.Code, unwrap(out.Stderr))
	}
	left := countActive(server, projects)
	if held := len(strings.Fields(workspace.Must("state", "list").Stdout)); held != left || left < projects/2 || left == projects {
		t.Errorf("the state holds %d resources, GitLab %d", held, left)
	}
	workspace.Must("destroy", "-auto-approve", "-refresh=false")
	if left := countActive(server, projects); left != 0 {
		t.Errorf("after the next destroy GitLab has %d services", left)
	}
}
