package acctest

import (
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/cli"
)

func TestAFeatureIsLookedUpByTheNameAndVersionOfTheCLI(t *testing.T) {
	t.Parallel()
	for printed, features := range map[string]map[Feature]bool{
		"Terraform v1.0.11":     {WriteOnly: false, ConfigDriven: false, ListResources: false},
		"Terraform v1.7.5":      {WriteOnly: false, ConfigDriven: true, ListResources: false},
		"Terraform v1.11.4":     {WriteOnly: true, ConfigDriven: true, ListResources: false},
		"Terraform v1.14.0-rc1": {WriteOnly: true, ListResources: true},
		"Terraform v1.15.8":     {Generation: true, MinimalRefresh: false},
		"Terraform v1.16.2":     {Generation: false},
		"Terraform v1.16.3":     {Generation: true, MinimalRefresh: false},
		"Terraform v1.17.0-rc1": {Generation: true, MinimalRefresh: true},
		"OpenTofu v1.16.1":      {Generation: true, MinimalRefresh: false},
		"OpenTofu v1.10.6":      {WriteOnly: false, ConfigDriven: true},
		"OpenTofu v1.16.0":      {WriteOnly: true, ListResources: false},
	} {
		version, err := cli.ParseVersion(printed)
		if err != nil {
			t.Fatal(err)
		}
		for feature, want := range features {
			if got := feature.in(version); got != want {
				t.Errorf("%s in %v: %t, want %t", feature.name, version, got, want)
			}
		}
	}
}
