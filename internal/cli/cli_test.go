package cli

import (
	"maps"
	"slices"
	"testing"
)

func TestAVersionIsReadFromWhatTheCLISays(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		printed, want string
		atLeast       map[string]bool
	}{
		{"Terraform v1.0.11\non linux_amd64\n", "Terraform 1.0.11", map[string]bool{"1.0": true, "1.1": false, "1.11": false}},
		{"Terraform v1.11.4\n\nYour version of Terraform is out of date!", "Terraform 1.11.4", map[string]bool{"1.2": true, "1.11": true, "2": false}},
		{"Terraform v1.14.0-rc1\n", "Terraform 1.14.0-rc1", map[string]bool{"1.14.0": true, "1.14.1": false}},
		{"OpenTofu v1.10.6\n", "OpenTofu 1.10.6", map[string]bool{"1.10": true, "1.11": false}},
	} {
		version, err := ParseVersion(test.printed)
		if err != nil || version.String() != test.want {
			t.Errorf("%q is %v, %v, want %s", test.printed, version, err, test.want)
			continue
		}
		for first, want := range test.atLeast {
			if got := version.AtLeast(first); got != want {
				t.Errorf("%v at least %s: %t, want %t", version, first, got, want)
			}
		}
	}
}

func TestAVersionThatIsNoneIsAnError(t *testing.T) {
	t.Parallel()
	for _, printed := range []string{"", "Terraform", "Terraform one", "Terraform vone"} {
		if _, err := ParseVersion(printed); err == nil {
			t.Errorf("%q was taken", printed)
		}
	}
}

func TestChangesNamesWhatAPlanWouldDo(t *testing.T) {
	t.Parallel()
	got, err := parsePlan(`{"resource_changes": [
		{"address": "a", "change": {"actions": ["no-op"], "before": {"x": 1}, "after": {"x": 1}}},
		{"address": "b", "change": {"actions": ["create"], "before": null, "after": {"x": 1}}},
		{"address": "c", "change": {"actions": ["update"], "before": {"x": [1], "y": "", "z": null}, "after": {"x": [1], "y": null, "z": 2}}},
		{"address": "d", "change": {"actions": ["delete", "create"], "before": {}, "after": {}}}
	]}`)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{"b": {"create"}, "c": {"y", "z"}, "d": {"delete create"}}
	if !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("the plan has %q, want %q", got, want)
	}
}
