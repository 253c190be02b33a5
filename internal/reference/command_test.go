package reference

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

func command(args ...string) (status int, stdout, stderr string) {
	var out, err bytes.Buffer
	status = Command(args, &out, &err)
	return status, out.String(), err.String()
}

// TestRowsAreWhatGitLabDeclares holds the table to the extract that is kept. A
// deviation that is none any more is a difference too.
func TestRowsAreWhatGitLabDeclares(t *testing.T) {
	t.Parallel()
	status, stdout, stderr := command()
	if status != 0 {
		t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
	}
	if !strings.Contains(stdout, fmt.Sprintf("declares %d services", len(kept(t).Services))) {
		t.Errorf("it says %q", stdout)
	}
	for key, why := range Deviations {
		if why == "" {
			t.Errorf("the deviation %q has no reason", key)
		}
	}
}

// TestTheKeptExtractIsWhatItsDescriptionSays goes the way of an update: a
// description in GitLab's form, its extract, and the comparison.
func TestTheKeptExtractIsWhatItsDescriptionSays(t *testing.T) {
	t.Parallel()
	description := write(t, "openapi_v3.yaml", openAPI(kept(t)))
	status, extract, stderr := command("-extract", description)
	if status != 0 || extract != string(declared) {
		t.Fatalf("exit status %d\n%s\nthe extract is not the kept one:\n%s", status, stderr, extract)
	}
	for _, path := range []string{description, write(t, "declared.json", extract)} {
		if status, stdout, stderr := command(path); status != 0 {
			t.Errorf("%s: exit status %d\n%s%s", path, status, stdout, stderr)
		}
	}
}

// TestANewerDescriptionIsAListOfThingsToDo with drafts that compile.
func TestANewerDescriptionIsAListOfThingsToDo(t *testing.T) {
	t.Parallel()
	d := kept(t)
	d.Version = "19.6"
	jira := slices.IndexFunc(d.Services, func(s Service) bool { return s.Slug == "jira" })
	d.Services[jira].Params = append(d.Services[jira].Params, Param{"jira_board", "integer", false})
	d.Services = append(d.Services, Service{"acme-2-board", []Param{
		{"board_url", "string", true}, {"token", "string", true}, {"seats", "integer", false}, {"closes_cards", "boolean", false},
		{"columns", "array[string]", false}, {"filter", "object", false}, {"channel", "string", false},
		{"push_channel", "string", false}, {"merge_request_channel", "string", false},
		{"push_events", "boolean", false}, {"merge_requests_events", "boolean", false}, {"card_events", "boolean", false},
		{"work_item_events", "boolean", false}, {"use_inherited_settings", "boolean", false},
	}})
	status, stdout, stderr := command(write(t, "openapi_v3.yaml", openAPI(d)))
	if status != 1 || stderr != "" {
		t.Fatalf("exit status %d\n%s%s", status, stdout, stderr)
	}
	want := []string{
		"- [ ] `jira`: `jira_board` is a parameter (integer) that the row lacks",
		"- [ ] `acme-2-board` is a service that has no row: a draft follows",
	}
	if got := regexp.MustCompile(`(?m)^- \[ \].*$`).FindAllString(stdout, -1); !slices.Equal(got, want) {
		t.Errorf("to do: %q, want %q", got, want)
	}

	draft := Draft{File: "service_acme_2_board.go", Variable: "acme2Board", Row: block(t, stdout, "go"), Entry: block(t, stdout, "json")}
	for _, name := range []string{draft.File, "`" + draft.Variable + "`"} {
		if !strings.Contains(stdout, name) {
			t.Errorf("the draft does not name %s", name)
		}
	}
	golden(t, "testdata/draft.go.txt", draft.Row)
	golden(t, "testdata/draft.json", draft.Entry)

	profiles := fakegitlab.Profiles()
	if err := fakegitlab.New(profiles[len(profiles)-1]).Serve(draft.Entry); err != nil {
		t.Errorf("the fake does not take its entry: %v", err)
	}
	c := copyRepository(t)
	c.add(draft)
	c.must("build", "./internal/catalog")
	c.must("vet", "./internal/catalog")
	// What GitLab does not declare is asked for.
	output, ok := c.run("test", "-vet=off", "-ldflags=-w", "-run", "TestRowsAreWellFormed|TestEveryParameterHasAnExample|TestEveryRowHasAUse", "./internal/catalog")
	for _, lack := range []string{"Title and Purpose must be set", "the Help of board_url", "board_url needs an Example", "the Help of Use"} {
		if ok || !strings.Contains(output, "service_acme_2_board.go: "+lack) {
			t.Errorf("the tests of the catalog do not ask for %q:\n%s", lack, output)
		}
	}
}

func TestTheCommandRefusesWhatItCannotRead(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"nowhere.yaml"}, {"reference_test.go"}, {"testdata"}, {"a", "b"}, {"-unknown"}} {
		status, stdout, stderr := command(args...)
		if status != 2 || stdout != "" || stderr == "" {
			t.Errorf("%q: exit status %d, stdout %q, stderr %q", args, status, stdout, stderr)
		}
	}
	if status, _, stderr := command("-help"); status != 0 || !strings.Contains(stderr, "openapi_v3.yaml") {
		t.Errorf("-help: exit status %d, %q", status, stderr)
	}
}

// TestEveryEventHasTheVariableOfItsFlag because drafts name events so.
func TestEveryEventHasTheVariableOfItsFlag(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../catalog/event.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^\t(\w+)\s+= Event\{Flag: "(\w+)_events"`).FindAllStringSubmatch(string(source), -1)
	if len(found) < 10 {
		t.Fatalf("only %d events were found", len(found))
	}
	for _, event := range found {
		if want := lowerCamel(event[2]); event[1] != want {
			t.Errorf("event.go: the event of %s_events is the variable %s, want %s", event[2], event[1], want)
		}
	}
}

// block is the block of code in a language.
func block(t *testing.T, text, language string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, "```"+language+"\n")
	inside, _, closed := strings.Cut(rest, "```\n")
	if !found || !closed {
		t.Fatalf("no block in %s:\n%s", language, text)
	}
	return inside
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
	}
}

// openAPI writes a description as GitLab does.
func openAPI(d *Description) string {
	var paths, schemas strings.Builder
	for i, s := range d.Services {
		fmt.Fprintf(&paths, `  "/api/v4/projects/{id}/integrations/%s":
    put:
      tags:
      - Integrations
      responses:
        '200':
          description: OK
      requestBody:
        required: true
        content:
          application/json:
            schema:
              "$ref": "#/components/schemas/RequestBody_%012x"
`, s.Slug, i)
		fmt.Fprintf(&schemas, "    RequestBody_%012x:\n      type: object\n      properties:\n", i)
		var required []string
		for _, p := range s.Params {
			typ, of, list := strings.Cut(strings.TrimSuffix(p.Type, "]"), "[")
			fmt.Fprintf(&schemas, "        %s:\n          type: %s\n", p.Name, typ)
			if list {
				fmt.Fprintf(&schemas, "          items:\n            type: %s\n", of)
			}
			schemas.WriteString("          nullable: true\n")
			if p.Required {
				required = append(required, p.Name)
			}
		}
		if len(required) > 0 {
			schemas.WriteString("      required:\n      - " + strings.Join(required, "\n      - ") + "\n")
		}
	}
	return "---\nopenapi: 3.0.0\ninfo:\n  title: GitLab REST API\n  version: '" + d.Version + "'\npaths:\n" + paths.String() +
		"components:\n  schemas:\n" + schemas.String()
}

// TestTheNewestFakeDeclaresWhatGitLabDeclares in its order, which is the one in
// which GitLab names what is missing.
func TestTheNewestFakeDeclaresWhatGitLabDeclares(t *testing.T) {
	t.Parallel()
	profiles := fakegitlab.Profiles()
	newest := profiles[len(profiles)-1]
	for _, s := range kept(t).Services {
		contract, _ := fakegitlab.Contract(newest, s.Slug)
		flags := slices.Concat(contract.Events, contract.BrokenEvents)
		var got, want []Param
		for _, p := range contract.Params {
			typ := p.Type
			if typ == "array" {
				typ = "array[string]"
			}
			got = append(got, Param{p.Name, typ, p.Required})
		}
		for _, p := range s.Params {
			if i := slices.Index(flags, p.Name); i >= 0 {
				flags = slices.Delete(flags, i, i+1)
			} else if p.Name != everywhere {
				want = append(want, p)
			}
		}
		alike := func(a, b Param) bool {
			meant := Deviations[Difference{s.Slug, b.Name, Type, ""}.key()] != ""
			return a.Name == b.Name && a.Required == b.Required && (a.Type == b.Type || meant)
		}
		if !slices.EqualFunc(got, want, alike) || len(flags) > 0 {
			t.Errorf("%s: the fake of %s has\n%v\nand the flags %v; GitLab declares\n%v", s.Slug, newest, got, flags, want)
		}
	}
}
