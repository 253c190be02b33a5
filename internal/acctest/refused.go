package acctest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

var refusals sync.Map

// refusedServices are the services that a version of GitLab knows and does not
// let a project set up, by its own words: only groups have them, or they are
// installed in another way. GitLab is asked once.
func refusedServices(profile fakegitlab.Profile) map[string]bool {
	known, _ := refusals.LoadOrStore(profile, sync.OnceValue(func() map[string]bool {
		out := map[string]bool{}
		server := fakegitlab.New(profile)
		for _, s := range catalog.All() {
			answer := setUp(server, s)
			out[s.Slug] = strings.Contains(answer, "Integration not available") || strings.Contains(answer, "integration from the API")
		}
		return out
	}))
	ask, _ := known.(func() map[string]bool)
	return ask()
}

// setUp is what GitLab answers when somebody sets up a service in a project.
func setUp(server *fakegitlab.Server, s *catalog.Service) string {
	body := map[string]any{}
	contract, _ := fakegitlab.Contract(server.Profile(), s.Slug)
	for _, p := range contract.Params {
		if p.Required {
			body[p.Name] = nil
		}
	}
	for _, a := range Minimal(s) {
		body[a.Name] = a.Value
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return err.Error()
	}
	project := server.AddProject("group/" + s.Slug)
	req := httptest.NewRequest(http.MethodPut, fmt.Sprintf("/api/v4/projects/%d/services/%s", project.ID, s.Slug), bytes.NewReader(raw))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("PRIVATE-TOKEN", server.Token())
	answer := httptest.NewRecorder()
	server.ServeHTTP(answer, req)
	return answer.Body.String()
}
