package provider_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// TestListFindsTheServicesOfGroups in all groups that the token's owner
// maintains, in one, and in all below one.
func TestListFindsTheServicesOfGroups(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	slack := acctest.Service(t, "slack")
	for _, path := range []string{"acme", "acme/web", "acme/web/shop", "acme/ops", "other"} {
		server.AddGroup(path)
		setUpServices(t, server, path, slack.Slug)
	}
	setUpServices(t, server, server.AddProject("acme/web/project").Path, slack.Slug)
	failOn(t, server.Disable("acme/ops", slack.Slug))
	token := server.AddToken(fakegitlab.ScopeAPI)
	shop, _ := server.Group("acme/web/shop")
	failOn(t, server.SetGroupAccess(token, shop, fakegitlab.TokenReporter))

	for name, test := range map[string]struct {
		token    string
		config   map[string]any
		want     []string
		requests int
		warnings int
	}{
		"of all groups":           {server.Token(), nil, []string{"acme", "acme/web", "acme/web/shop", "other"}, 1 + 5, 0},
		"of one group":            {server.Token(), map[string]any{"group": "acme"}, []string{"acme"}, 1, 0},
		"of one with none on":     {server.Token(), map[string]any{"group": "acme/ops"}, nil, 1, 0},
		"of all below":            {server.Token(), map[string]any{"group": "acme", "include_subgroups": true}, []string{"acme", "acme/web", "acme/web/shop"}, 1 + 4, 0},
		"of those one maintains":  {token, nil, []string{"acme", "acme/web", "other"}, 1 + 4, 0},
		"where one may not":       {token, map[string]any{"membership": false}, []string{"acme", "acme/web", "other"}, 1 + 5, 1},
		"where one may not below": {token, map[string]any{"group": "acme", "include_subgroups": true}, []string{"acme", "acme/web"}, 1 + 4, 1},
	} {
		server.ResetRequests()
		results, diags := Connect(t, server, map[string]any{"token": test.token}).resource(slack.GroupResourceType()).Query(Query{Config: test.config})
		var want []string
		for _, path := range test.want {
			want = append(want, path+": "+slack.Title)
		}
		if got := namesOf(results); !slices.Equal(got, want) || len(diags.Errors()) > 0 {
			t.Errorf("%s: found %v, want %v%s", name, got, want, diags)
		}
		for i, r := range results {
			if len(r.Identity) != 1 || r.Identity["group"] != test.want[i] {
				t.Errorf("%s: the identity of %s is %v", name, r.Name, r.Identity)
			}
		}
		if got := server.Counts()["GET"]; got != test.requests {
			t.Errorf("%s: %d requests, want %d", name, got, test.requests)
		}
		if warnings := diags.Warnings(); len(warnings) != test.warnings || len(warnings) > 0 && !strings.Contains(warnings[0].Detail, `group "acme/web/shop"`) {
			t.Errorf("%s: warned%s", name, diags)
		}
	}
}
