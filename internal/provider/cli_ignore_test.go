package provider_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// TestWhatIgnoreChangesHidesFromAPlanIsNotUndoneByTheApply: Terraform makes a plan
// with the prior value of an attribute that ignore_changes names, and an apply
// with the configuration as it stands.
func TestWhatIgnoreChangesHidesFromAPlanIsNotUndoneByTheApply(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	const hook = "https://hooks.slack.com/services/T0/B0/ignored"
	for name, test := range map[string]struct {
		slug            string
		config, removed map[string]string
		ignored, other  string
		secret, want    string
	}{
		"a required secret": {"slack", nil, map[string]string{"webhook": hook}, "webhook", "channel", "webhook", hook},
		"the version of a required write-only secret": {"slack", map[string]string{"webhook_wo": hook}, map[string]string{"webhook_wo_version": "5"},
			"webhook_wo_version", "channel", "webhook", hook},
		"an optional secret": {"prometheus", map[string]string{"api_url": "https://prometheus.example.com"}, map[string]string{"google_iap_service_account_json": "{}"},
			"google_iap_service_account_json", "google_iap_audience_client_id", "google_iap_service_account_json", "{}"},
		"the password of a login": {"jenkins", map[string]string{"jenkins_url": "https://ci.example.com", "project_name": "old", "username": "u"}, map[string]string{"password": "s"},
			"password", "project_name", "password", "s"},
		"a setting": {"slack", map[string]string{"webhook": hook}, map[string]string{"username": "bot"}, "username", "channel", "username", "bot"},
		"a default": {"slack", map[string]string{"webhook": hook}, map[string]string{"branches_to_be_notified": "all"}, "branches_to_be_notified", "channel", "branches_to_be_notified", "all"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, fakegitlab.V16_0)
			server.AddProject("g/p")
			workspace := acctest.NewTerraform(t, server)
			service := acctest.Service(t, test.slug)
			configure := func(settings ...map[string]string) {
				var b strings.Builder
				fmt.Fprintf(&b, "resource %q \"this\" {\n  project = \"g/p\"\n", service.ResourceType())
				merged := map[string]string{}
				for _, s := range settings {
					maps.Copy(merged, s)
				}
				for _, key := range slices.Sorted(maps.Keys(merged)) {
					fmt.Fprintf(&b, "  %s = %q\n", key, merged[key])
				}
				fmt.Fprintf(&b, "  lifecycle {\n    ignore_changes = [%s]\n  }\n}\n", test.ignored)
				workspace.Configure(b.String())
			}
			check := func(when string) {
				t.Helper()
				if got := workspace.Changes(); len(got) > 0 {
					t.Errorf("%s: the plan after it shows %v", when, got)
				}
				if record, _ := server.Record("g/p", test.slug); record.Params[test.secret] != test.want {
					t.Errorf("%s: GitLab has %v, want %s", when, record.Params[test.secret], test.want)
				}
			}
			configure(test.config, test.removed)
			workspace.Apply()
			check("the first apply")
			configure(test.config, test.removed, map[string]string{test.other: "one"})
			workspace.Apply()
			check("a change of another setting")
			configure(test.config, map[string]string{test.other: "two"})
			workspace.Apply()
			check("the line taken out")
		})
	}
}

// TestAWriteOnlySecretThatIgnoreChangesNamesPlansNothing: a plan never sees it.
func TestAWriteOnlySecretThatIgnoreChangesNamesPlansNothing(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	workspace := acctest.NewTerraform(t, server)
	workspace.Configure(`resource "gitlabservices_asana" "this" {
  project    = "g/p"
  api_key_wo = "0/secret"
  lifecycle {
    ignore_changes = [api_key_wo]
  }
}
`)
	workspace.Apply()
	if got := workspace.Changes(); len(got) > 0 {
		t.Errorf("nothing has changed, and the plan shows %v", got)
	}
}
