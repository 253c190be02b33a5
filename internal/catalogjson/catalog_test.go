package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

const schemaFile = "catalog.schema.json"

// published compiles the schema that releases have.
func published(t *testing.T) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// written is what the command writes.
func written(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := run([]string{"-version", "1.2.3"}, &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// parse reads JSON as the validator wants it.
func parse(t *testing.T, text []byte) any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestTheCatalogSatisfiesItsSchema(t *testing.T) {
	t.Parallel()
	text := written(t)
	if err := published(t).Validate(parse(t, text)); err != nil {
		t.Fatal(err)
	}
	var doc document
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Provider != "1.2.3" || len(doc.Services) != len(catalog.All()) {
		t.Errorf("it is of version %q and has %d services, want 1.2.3 and %d", doc.Provider, len(doc.Services), len(catalog.All()))
	}

	file := filepath.Join(t.TempDir(), "bin", "catalog.json")
	if err := run([]string{"-version", "1.2.3", "-o", file}, nil); err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile(file); err != nil || !bytes.Equal(kept, text) {
		t.Errorf("the file is another: %v", err)
	}
}

// TestTheSchemaRefusesWhatIsNoCatalog has one document for each rule that a
// reader of the file relies on.
func TestTheSchemaRefusesWhatIsNoCatalog(t *testing.T) {
	t.Parallel()
	const service = `{"slug":"acme","title":"Acme","help":"It helps.","levels":["project"],"resources":{"project":"gitlabservices_acme"},"parameters":[PARAMETER],"events":[EVENT]}`
	const parameter, event = `{"name":"url","kind":"string","help":"Address."}`, `{"what":"pushes","flag":"push_events"}`
	whole := `{"$schema":"x","format":1,"provider":"1.0.0","services":[` + strings.NewReplacer("PARAMETER", parameter, "EVENT", event).Replace(service) + `]}`
	schema := published(t)
	if err := schema.Validate(parse(t, []byte(whole))); err != nil {
		t.Fatalf("the smallest catalog is refused: %v", err)
	}
	for name, change := range map[string][2]string{
		"another format":          {`"format":1`, `"format":2`},
		"no services":             {`"provider":"1.0.0","services"`, `"provider":"1.0.0","service"`},
		"no slug":                 {`"slug":"acme",`, ``},
		"a slug in capitals":      {`"slug":"acme"`, `"slug":"Acme"`},
		"an empty title":          {`"title":"Acme"`, `"title":""`},
		"a service of a topic":    {`"levels":["project"]`, `"levels":["topic"]`},
		"a version in words":      {`"title":`, `"since":"long ago","title":`},
		"a kind that is unknown":  {`"kind":"string"`, `"kind":"text"`},
		"required that is false":  {`"kind":"string"`, `"kind":"string","required":false`},
		"a default of its own":    {`"kind":"string"`, `"kind":"string","default":true`},
		"a number among texts":    {`"kind":"string"`, `"kind":"string","one_of":["a",1]`},
		"a secret with a default": {`"kind":"string"`, `"kind":"secret","default":"hush"`},
		"text that GitLab hides":  {`"kind":"string"`, `"kind":"string","shown":"up to 15.x"`},
		"a key that is unknown":   {`"kind":"string"`, `"kind":"string","secret":true`},
		"an event of nothing":     {`,"flag":"push_events"`, ``},
		"a flag with a blank":     {`"push_events"`, `"push events"`},
	} {
		text := strings.Replace(whole, change[0], change[1], 1)
		if text == whole {
			t.Fatalf("%s: nothing was changed", name)
		}
		if err := schema.Validate(parse(t, []byte(text))); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// TestEveryKeyIsDescribed: the schema is the documentation of the format.
func TestEveryKeyIsDescribed(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	type described struct {
		Ref         string `json:"$ref"`
		Description string
		Properties  map[string]described
	}
	var schema struct {
		described
		Defs map[string]described `json:"$defs"`
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	count := 0
	for name, d := range map[string]described{"the file": schema.described, "service": schema.Defs["service"], "parameter": schema.Defs["parameter"], "event": schema.Defs["event"]} {
		if d.Description == "" {
			t.Errorf("%s is not described", name)
		}
		for key, p := range d.Properties {
			count++
			if p.Description == "" && schema.Defs[strings.TrimPrefix(p.Ref, "#/$defs/")].Description == "" {
				t.Errorf("%s: %s is not described", name, key)
			}
		}
	}
	if count < 30 {
		t.Errorf("only %d keys were found", count)
	}
}

// TestWhatTheCatalogNamesIsThere holds the parts of a service together, and to
// the schema of its resource.
func TestWhatTheCatalogNamesIsThere(t *testing.T) {
	t.Parallel()
	channels := 0
	for _, row := range catalog.All() {
		s := describeService(row)
		var names, secrets []string
		for _, p := range s.Parameters {
			if names = append(names, p.Name); p.Kind == "secret" {
				secrets = append(secrets, p.Name)
			}
			if _, ok := row.Attributes()[p.Name]; !ok {
				t.Errorf("%s has no attribute %s", s.Slug, p.Name)
			}
		}
		if !slices.Equal(secrets, row.Secrets()) {
			t.Errorf("%s: the secrets are %q, want %q", s.Slug, secrets, row.Secrets())
		}
		for _, e := range s.Events {
			if e.Channel != "" {
				channels++
			}
			for _, name := range []string{e.Flag, e.Channel} {
				if name != "" && !slices.Contains(names, name) {
					t.Errorf("%s: the event of %s names %s, which is no parameter", s.Slug, e.What, name)
				}
			}
		}
	}
	if channels == 0 {
		t.Error("no event has a channel")
	}
}

// TestTheGuideShowsWhatIsThere holds the sample of the guide to the file, of which
// it leaves out keys and the later parameters.
func TestTheGuideShowsWhatIsThere(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../templates/guides/other-tools.md")
	if err != nil {
		t.Fatal(err)
	}
	_, sample, _ := bytes.Cut(guide, []byte("```json\n"))
	sample, _, _ = bytes.Cut(sample, []byte("```"))
	var shown map[string]json.RawMessage
	if err := json.Unmarshal(sample, &shown); err != nil {
		t.Fatal(err)
	}
	var whole struct{ Services []map[string]json.RawMessage }
	if err := json.Unmarshal(written(t), &whole); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(whole.Services, func(s map[string]json.RawMessage) bool { return string(s["slug"]) == string(shown["slug"]) })
	if i < 0 {
		t.Fatalf("there is no service %s", shown["slug"])
	}
	for key, value := range shown {
		want, got := compact(t, whole.Services[i][key]), compact(t, value)
		if key == "parameters" {
			want, got = want[:min(len(want), len(got)-1)], got[:len(got)-1] // without the bracket
		}
		if got != want {
			t.Errorf("%s of %s is %s, want %s", key, shown["slug"], got, want)
		}
	}
}

// compact writes JSON in one way, with keys in their order.
func compact(t *testing.T, text []byte) string {
	t.Helper()
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%v: %q", err, text)
	}
	out, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
