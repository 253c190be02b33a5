package provider_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

// TestFiftyOperationsAtATime do everything that operations share: the client,
// its pace, the gate. The race detector sees it: the provider is in this process.
func TestFiftyOperationsAtATime(t *testing.T) {
	t.Parallel()
	const projects, parallelism = 40, "-parallelism=50"
	server := acctest.Server(t, fakegitlab.V10_5)
	for i := range projects {
		server.AddProject(fmt.Sprintf("group/p%d", i))
	}
	workspace := acctest.InProcess(t, server, provider.NewServer("test"))
	configure := func(slugs ...string) {
		var blocks []string
		for _, slug := range slugs {
			s := acctest.Service(t, slug)
			blocks = append(blocks, acctest.Minimal(s).Resource(s, "this", hcltext.Raw(`"group/p${count.index}"`),
				hcltext.Attribute{Name: "count", Value: int64(projects)}))
		}
		workspace.Configure(blocks...)
	}
	server.Inject(fakegitlab.Fault{Method: http.MethodPut, Skip: 20, Times: 3, Status: 429, Body: "Retry later\n", Header: map[string]string{"Retry-After": "0", "RateLimit-Limit": "60000"}})
	configure("slack", "jira", "external-wiki")
	workspace.Apply(parallelism)
	// Renamed, replaced, new and gone in one apply.
	configure("slack", "redmine", "external-wiki")
	workspace.Apply(parallelism, "-replace=gitlabservices_slack.this[0]")
	if changes := workspace.Changes(parallelism); len(changes) != 0 {
		t.Errorf("the plan after apply: %v", changes)
	}
	workspace.Must("destroy", "-auto-approve", parallelism)
	for i := range projects {
		for _, slug := range []string{"slack", "jira", "redmine", "external-wiki"} {
			if record, _ := server.Record(fmt.Sprintf("group/p%d", i), slug); record.Active {
				t.Errorf("%s of project %d is left", slug, i)
			}
		}
	}
}

// TestFirstWritesOfOneServiceNeverMeet, whatever their resources call the
// project: GitLab 10.x makes two records of them.
func TestFirstWritesOfOneServiceNeverMeet(t *testing.T) {
	t.Parallel()
	const projects = 20
	server := acctest.Server(t, fakegitlab.V10_5)
	ids := map[string]string{}
	for i := range projects {
		project := server.AddProject(fmt.Sprintf("group/p%d", i+1))
		ids["group%2F"+strings.TrimPrefix(project.Path, "group/")] = strconv.FormatInt(project.ID, 10)
	}
	type span struct{ from, to time.Time }
	var mu sync.Mutex
	writes := map[string][]span{} // by the id of the project
	server.Observe(func(r fakegitlab.Request, took time.Duration) {
		segment := strings.Split(r.Path, "/")[4]
		if id, ok := ids[segment]; ok {
			segment = id
		}
		mu.Lock()
		defer mu.Unlock()
		writes[segment] = append(writes[segment], span{r.At, r.At.Add(took)})
	})
	server.SetLatency(http.MethodPut, 20*time.Millisecond)
	workspace := acctest.NewTerraform(t, server)
	slack := acctest.Service(t, "slack")
	count := hcltext.Attribute{Name: "count", Value: int64(projects)}
	workspace.Configure(acctest.Minimal(slack).Resource(slack, "by_path", hcltext.Raw(`"group/p${count.index + 1}"`), count),
		acctest.Minimal(slack).Resource(slack, "by_id", hcltext.Raw("tostring(count.index + 1)"), count))

	out := workspace.Run("apply", "-auto-approve", "-no-color", "-parallelism=50")

	if found := strings.Count(unwrap(out.Stderr), "Error: "+twoResources); found != projects {
		t.Errorf("%d of %d pairs were noticed:\n%s", found, projects, out.Stderr)
	}
	mu.Lock()
	defer mu.Unlock()
	for id, spans := range writes {
		slices.SortFunc(spans, func(a, b span) int { return a.from.Compare(b.from) })
		if len(spans) != 2 || spans[1].from.Before(spans[0].to) {
			t.Errorf("the writes of project %s meet: %v", id, spans)
		}
	}
	if len(writes) != projects {
		t.Errorf("%d projects were written, want %d", len(writes), projects)
	}
}
