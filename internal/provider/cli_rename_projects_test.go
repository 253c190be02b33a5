package provider_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

// TestAnApplyFollowsProjectsThatGotOtherPaths: the paths are the keys of
// for_each, so that Terraform destroys eight old addresses and creates eight new
// ones in one apply, in any order.
func TestAnApplyFollowsProjectsThatGotOtherPaths(t *testing.T) {
	t.Parallel()
	external := acctest.Service(t, "external-wiki")
	settings := acctest.Minimal(external)
	const projects = 8
	path := func(group, name string) func(int) string {
		return func(i int) string { return fmt.Sprintf("%s/%s%d", group, name, i) }
	}
	// each is one resource for every path, under the name, with the paths as keys.
	each := func(name string, path func(int) string) string {
		var pairs []string
		for i := range projects {
			pairs = append(pairs, fmt.Sprintf("%q = true", path(i)))
		}
		first := hcltext.Attribute{Name: "for_each", Value: hcltext.Raw("{ " + strings.Join(pairs, ", ") + " }")}
		return settings.Resource(external, name, hcltext.Raw("each.key"), first)
	}
	for name, test := range map[string]struct {
		renamed, written func(int) string
		address          string
	}{
		"renamed":                           {path("group", "new"), path("group", "new"), "this"},
		"transferred to another group":      {path("other/group", "old"), path("other/group", "old"), "this"},
		"written in other letters":          {path("group", "old"), path("Group", "OLD"), "this"},
		"renamed, and the address with it":  {path("group", "new"), path("group", "new"), "that"},
		"renamed, but still called as once": {path("group", "new"), path("group", "old"), "that"},
	} {
		for _, slow := range []string{http.MethodPut, http.MethodDelete} {
			t.Run(name+" with a slow "+slow, func(t *testing.T) {
				t.Parallel()
				server := acctest.Server(t, fakegitlab.V19_1)
				var ids []int64
				for i := range projects {
					ids = append(ids, server.AddProject(path("group", "old")(i)).ID)
				}
				workspace := acctest.NewTerraform(t, server)
				workspace.Configure(each("this", path("group", "old")))
				workspace.Apply()
				for i, id := range ids {
					if to := test.renamed(i); to != path("group", "old")(i) {
						if err := server.RenameProject(id, to); err != nil {
							t.Fatal(err)
						}
					}
				}
				server.SetLatency(slow, 300*time.Millisecond)
				workspace.Configure(each(test.address, test.written))
				workspace.Apply()
				server.SetLatency(slow, 0)
				for i := range projects {
					if record, _ := server.Record(test.renamed(i), external.Slug); !record.Active {
						t.Errorf("the apply switched off the service of %s", test.renamed(i))
					}
				}
				if changes := workspace.Changes(); len(changes) != 0 {
					t.Errorf("the plan after apply: %v", changes)
				}
			})
		}
	}
}
