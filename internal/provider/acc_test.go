package provider_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// TestAccLifecycle is [TestLifecycle] on a GitLab of your own ("make testacc").
// It overwrites the services of the project that GITLAB_PROJECT names, one after
// the other, and leaves them deleted.
func TestAccLifecycle(t *testing.T) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("TF_ACC is not set: make testacc runs this on a real GitLab")
	}
	base, token, project := os.Getenv("GITLAB_BASE_URL"), os.Getenv("GITLAB_TOKEN"), os.Getenv("GITLAB_PROJECT")
	client, err := gitlab.NewClient(gitlab.Config{BaseURL: base, Token: token})
	if err != nil {
		t.Fatal(err)
	}
	profile := nearest(t, base, token)
	for _, service := range catalog.All() {
		t.Run(service.Slug, func(t *testing.T) {
			_, err := client.GetService(t.Context(), gitlab.Place{Level: gitlab.Projects, Name: project}, service.Slug)
			var refused *gitlab.Error
			switch {
			case errors.As(err, &refused) && refused.Reason() == gitlab.UnknownSlug:
				t.Skipf("this GitLab does not have %s", service.Title)
			case errors.As(err, &refused) && refused.Reason() != gitlab.ServiceNotFound:
				t.Fatal(err)
			}
			name := acctest.Address(service, "this")
			config := func(settings acctest.Settings) string { return settings.Resource(service, "this", project) }
			minimal := acctest.Minimal(service)
			var untold []string
			for _, secret := range service.Secrets() {
				untold = append(untold, secret, secret+"_wo_version")
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{
					{Config: config(minimal)},
					{Config: config(acctest.Full(service, profile))},
					{Config: config(minimal)},
					{
						ResourceName: name, ImportState: true, ImportStateId: project,
						ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: gitlab.Projects.Noun, ImportStateVerifyIgnore: untold,
					},
				},
			})
		})
	}
}

// nearest is the profile of the fake that a GitLab is most like.
func nearest(t *testing.T, base, token string) fakegitlab.Profile {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, strings.TrimSuffix(strings.TrimSuffix(base, "/"), "/api/v4")+"/api/v4/version", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("PRIVATE-TOKEN", token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var answer struct{ Version string }
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	profiles := fakegitlab.Profiles()
	slices.Reverse(profiles)
	for _, p := range profiles {
		if major(answer.Version) >= major(string(p)) {
			return p
		}
	}
	return fakegitlab.V10_5
}

// major is the first number of a version, as text that sorts: all are two
// digits.
func major(version string) string {
	number, _, _ := strings.Cut(version, ".")
	return number
}
