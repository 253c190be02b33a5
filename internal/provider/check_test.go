package provider

import (
	"strings"
	"testing"
)

func TestAPlaceThatCannotBeSaysWhy(t *testing.T) {
	t.Parallel()
	for _, level := range levels {
		check := placeName(level)
		for text, want := range map[string]string{
			" ":                 `is blank: " " names no ` + level.Noun + ": give the numeric id",
			"/" + level.Example: `"/` + level.Example + `" is neither an id nor a path: give`,
			level.Example + ":": "is neither an id nor a path",
			"g@h:p":             "is an address",
			"@h:p":              "is neither an id nor a path",
			"g@:p":              "is neither an id nor a path",
			"g/a@h:p":           "is neither an id nor a path",
			level.Example:       "",
			"42":                "",
		} {
			got := check.Wrong(text)
			if !strings.Contains(got, want) || (got == "") != (want == "") || strings.HasPrefix(got, "is blank") != (strings.TrimSpace(text) == "") || strings.HasSuffix(got, ".") {
				t.Errorf("%s %q: %q, want %q", level.Noun, text, got, want)
			}
		}
		if got := check.Wrong("g@h"); strings.Contains(got, "address") {
			t.Errorf("%s g@h: %q", level.Noun, got)
		}
	}
}

func TestTheUserAgentHasNoVersionThatIsNotTold(t *testing.T) {
	t.Parallel()
	if got := newProvider("1.2.3").userAgent(""); got != "terraform-provider-gitlabservices/1.2.3" {
		t.Errorf("it is %q", got)
	}
}

func TestAGitLabThatNobodyNamedIsSaidToBeGitLabCom(t *testing.T) {
	t.Parallel()
	i := newInstance(nil)
	i.address = source{argument: "base_url", absent: true}
	if got := i.who(); !strings.HasPrefix(got, "GitLab.com (because ") || !strings.Contains(got, "base_url") {
		t.Errorf("it is %q", got)
	}
}
