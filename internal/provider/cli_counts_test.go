package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

func TestEveryOperationIsOneRequest(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	workspace := acctest.Starting(t, server)
	const projects = 10
	for i := range projects {
		server.AddProject(fmt.Sprintf("group/p%d", i))
	}
	var services []*catalog.Service
	for _, slug := range []string{"slack", "jira", "jenkins", "irker", "pipelines-email", "mock-ci"} {
		services = append(services, acctest.Service(t, slug))
	}
	configure := func(settings func(*catalog.Service) acctest.Settings) {
		var blocks []string
		for _, s := range services {
			blocks = append(blocks, settings(s).Resource(s, "this", hcltext.Raw(`"group/p${count.index}"`),
				hcltext.Attribute{Name: "count", Value: int64(projects)}))
		}
		workspace.Configure(blocks...)
	}
	all := projects * len(services)

	configure(acctest.Minimal)
	workspace.Apply()
	expectTraffic(t, server, "apply", 1, map[string]int{"PUT": all})

	if changes := workspace.Changes(); len(changes) != 0 {
		t.Errorf("the plan after apply: %v", changes)
	}
	// Jira keeps settings where no stamp moves.
	refresh := projects + projects
	expectTraffic(t, server, "plan", 1, map[string]int{"GET": refresh})

	configure(func(s *catalog.Service) acctest.Settings { return acctest.Full(s, fakegitlab.V19_1) })
	workspace.Apply()
	expectTraffic(t, server, "apply of a change", 2, map[string]int{"GET": refresh, "PUT": all})

	workspace.Must("destroy", "-auto-approve")
	expectTraffic(t, server, "destroy", 2, map[string]int{"GET": refresh, "DELETE": all})
}

func TestAllServicesOfAnOldGitLabFitOneProject(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V10_5)
	server.AddProject("group/project")
	workspace := acctest.Starting(t, server)
	var blocks []string
	services := acctest.Services(fakegitlab.V10_5, gitlab.Projects)
	for _, s := range services {
		blocks = append(blocks, acctest.Minimal(s).Resource(s, "this", "group/project"))
	}
	workspace.Configure(strings.Join(blocks, "\n"))

	workspace.Apply()
	expectTraffic(t, server, "apply", 1, map[string]int{"PUT": len(services)})
	if changes := workspace.Changes(); len(changes) != 0 {
		t.Errorf("the plan after apply: %v", changes)
	}
	expectTraffic(t, server, "plan", 1, map[string]int{"GET": len(services)})
	workspace.Must("destroy", "-auto-approve")
	expectTraffic(t, server, "destroy", 2, map[string]int{"GET": len(services), "DELETE": len(services)})
}
