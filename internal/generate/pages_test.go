package main

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var listed = regexp.MustCompile("(?m)^(?:####? (.*)|- `(\\w+)`.*)$")

// TestPagesHaveTheirAttributesInGroups reads each page of a resource: every
// attribute stands there once, below the heading that it belongs to, and what
// has to be set before what can be.
func TestPagesHaveTheirAttributesInGroups(t *testing.T) {
	t.Parallel()
	for _, typ := range types() {
		text, err := os.ReadFile("../../docs/resources/" + strings.TrimPrefix(typ.name, "gitlabservices_") + ".md")
		if err != nil {
			t.Fatal(err)
		}
		_, schema, _ := strings.Cut(string(text), "\n## Schema\n")
		schema, _, _ = strings.Cut(schema, "\n## ")
		below := map[string]string{}
		heading := ""
		for _, found := range listed.FindAllStringSubmatch(schema, -1) {
			switch {
			case found[2] == "":
				heading = found[1]
			case below[found[2]] != "":
				t.Errorf("%s: %s is there twice", typ.name, found[2])
			default:
				below[found[2]] = heading
			}
		}
		if below[typ.level.Noun] != "Required" {
			t.Errorf("%s: %s is below %q", typ.name, typ.level.Noun, below[typ.level.Noun])
		}
		for name := range typ.AttributeTypes() {
			if below[name] == "" {
				t.Errorf("%s: %s is missing", typ.name, name)
			}
		}
		several := slices.Contains(slices.Collect(maps.Values(below)), "Settings")
		for _, a := range typ.Arguments() {
			want := "Settings"
			switch {
			case a.Required:
				want = "Required"
			case !several: // One group needs no heading.
				want = "Optional"
			case a.Legacy:
				want = "Legacy"
			case strings.HasSuffix(a.Name, "channel"):
				want = "Channels"
			case a.Event:
				want = "Events"
			case a.WriteOnly != "":
				want = "Secrets"
			}
			if below[a.Name] != want {
				t.Errorf("%s: %s is below %q, want %q", typ.name, a.Name, below[a.Name], want)
			}
		}
	}
}
