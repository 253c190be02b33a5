package gitlab

import "testing"

// inProject is a place for tests.
func inProject(name string) Place { return Place{Projects, name} }

func TestPlaceIsSaidWithItsNoun(t *testing.T) {
	if got := inProject("group/website").String(); got != `project "group/website"` {
		t.Errorf("got %s", got)
	}
}

func TestOnlyDigitsAreAnID(t *testing.T) {
	for name, want := range map[string]bool{"42": true, "0": true, "": false, "4a": false, "group/42": false, "-1": false, "４２": false} {
		if got := inProject(name).Numeric(); got != want {
			t.Errorf("%q: %t", name, got)
		}
	}
}
