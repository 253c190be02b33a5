package reference

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
)

// TestAServiceOfAnyAgeIsARowAWordAndAnEntry adds the service that CONTRIBUTING.md
// adds, with the blocks that stand there, and two of the same kind that are older,
// to a copy of the repository. Nothing else is told of them, and they live there.
func TestAServiceOfAnyAgeIsARowAWordAndAnEntry(t *testing.T) {
	t.Parallel()
	today := contributed(t)
	c := copyRepository(t)
	since := regexp.MustCompile(`Since: "([\d.]+)"`).FindStringSubmatch(today.Row)
	if since == nil {
		t.Fatal("the example of CONTRIBUTING.md says no Since")
	}
	for _, service := range []struct {
		draft     Draft
		from, end string
	}{
		{aged(today, "relic", "0", "12.0"), "0", "12.0"},
		{aged(today, "fad", "11.9", "15.5"), "11.9", "15.5"},
		{today, since[1], "999"},
	} {
		contracts := slices.DeleteFunc(c.contracts(), func(file string) bool {
			of := strings.TrimSuffix(filepath.Base(file), ".json")
			return newer(t, service.from, of) || !newer(t, service.end, of) || strings.Contains(c.read(file), `"like": `)
		})
		if len(contracts) == 0 {
			t.Fatalf("no contract is of a time between %s and %s", service.from, service.end)
		}
		c.add(service.draft, contracts...)
	}

	c.must("run", "-ldflags=-w", "./internal/generate")
	c.must("test", "-vet=off", "-ldflags=-w", "./internal/catalog")
	c.must("test", "-vet=off", "-ldflags=-w", "-run", "Contract|Profile|Sweep", "./internal/fakegitlab")
	// The other tests of it look at pages that tfplugindocs makes.
	c.must("test", "-vet=off", "-ldflags=-w", "-run", "TestGeneratedFilesAreCurrent", "./internal/generate")
	for _, name := range []string{"board", "fad", "relic"} {
		for _, made := range []string{
			"examples/resources/gitlabservices_acme_" + name + "/resource.tf",
			"internal/provider/testdata/schemas/gitlabservices_acme_" + name + ".json",
		} {
			if _, err := os.Stat(filepath.Join(c.dir, made)); err != nil {
				t.Error(err)
			}
		}
	}
}

// contributed is the service that CONTRIBUTING.md adds.
func contributed(t *testing.T) Draft {
	t.Helper()
	text, err := os.ReadFile("../../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	block := func(begin string) string {
		_, rest, found := strings.Cut(string(text), begin)
		inside, _, closed := strings.Cut(rest, "```")
		if !found || !closed {
			t.Fatalf("CONTRIBUTING.md has no block that begins with %q", begin)
		}
		return inside
	}
	return Draft{
		File: "service_acme_board.go", Variable: "acmeBoard",
		Row: "package catalog\n" + block("```go\npackage catalog\n"), Entry: strings.TrimSpace(block("```json\n")),
	}
}

// aged is a service like d that GitLab had for a time only.
func aged(d Draft, name, since, gone string) Draft {
	rename := strings.NewReplacer("acme-board", "acme-"+name, "Acme Board", "Acme "+name, "acmeBoard", "acme"+upper(name),
		"acme_board", "acme_"+name, `Docs: "acme-board", `, "")
	aged := Draft{rename.Replace(d.File), rename.Replace(d.Variable), rename.Replace(d.Row), rename.Replace(d.Entry)}
	life := `Gone: Gone{In: "` + gone + `", Why: "nobody used it"}`
	if since != "0" {
		life = `Since: "` + since + `", ` + life
	}
	aged.Row = regexp.MustCompile(`Since: "[\d.]+"`).ReplaceAllLiteralString(aged.Row, life)
	return aged
}

// newer reports whether version a is newer than b.
func newer(t *testing.T, a, b string) bool {
	t.Helper()
	of := func(text string) *version.Version {
		v, err := version.NewVersion(text)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	return of(a).GreaterThan(of(b))
}
