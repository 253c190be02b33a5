package acctest

import "testing"

func TestAFeatureIsLookedUpByTheNameAndVersionOfTheCLI(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text, json string
		want       map[Feature]bool
	}{
		{"Terraform v1.0.11\non linux_amd64\n", `{"terraform_version": "1.0.11"}`, map[Feature]bool{WriteOnly: false, ConfigDriven: false, ListResources: false}},
		{"Terraform v1.7.5\n", `{"terraform_version": "1.7.5"}`, map[Feature]bool{WriteOnly: false, ConfigDriven: true, ListResources: false}},
		{"Terraform v1.11.4\n", `{"terraform_version": "1.11.4"}`, map[Feature]bool{WriteOnly: true, ConfigDriven: true, ListResources: false}},
		{"Terraform v1.14.0-rc1\n", `{"terraform_version": "1.14.0-rc1"}`, map[Feature]bool{WriteOnly: true, ListResources: true}},
		{"OpenTofu v1.10.6\n", `{"terraform_version": "1.10.6"}`, map[Feature]bool{WriteOnly: false, ConfigDriven: true}},
		{"OpenTofu v1.16.0\n", `{"terraform_version": "1.16.0"}`, map[Feature]bool{WriteOnly: true, ListResources: false}},
	} {
		c, err := parseCLI(test.text, []byte(test.json))
		if err != nil {
			t.Fatal(err)
		}
		for feature, want := range test.want {
			if got, err := feature.in(c); err != nil || got != want {
				t.Errorf("%s in %v: %t, %v, want %t", feature.name, c, got, err, want)
			}
		}
	}
}

func TestAVersionThatIsNoneIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := parseCLI("Terraform v1.0.11", []byte("not JSON")); err == nil {
		t.Error("the answer was taken")
	}
	if _, err := WriteOnly.in(cli{"Terraform", "one"}); err == nil {
		t.Error("the version was taken")
	}
}
