package reference

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

func kept(t *testing.T) *Description {
	t.Helper()
	d, err := Kept()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheExtractIsKeptAsItIsWritten(t *testing.T) {
	t.Parallel()
	text, err := kept(t).Extract()
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != string(declared) {
		t.Error("declared.json is not what -extract writes: write it by that")
	}
}

// TestADescriptionIsRead with what GitLab's own has: bodies by reference, keys
// that need a line of their own, and the same services at other paths.
func TestADescriptionIsRead(t *testing.T) {
	t.Parallel()
	want := &Description{Version: "19.6", Services: []Service{
		{Slug: "acme-wiki", Params: []Param{{Name: "use_inherited_settings", Type: "boolean"}}},
		{Slug: "acme-board", Params: []Param{
			{Name: "url", Type: "string", Required: true},
			{Name: "a_port", Type: "integer", Required: true},
			{Name: "columns", Type: "array[string]"},
			{Name: "closes_cards", Type: "boolean"},
			{Name: "limit", Type: "string or integer"},
			{Name: "filter", Type: "object"},
			{Name: "use_inherited_settings", Type: "boolean"},
		}},
		{Slug: "acme-bell"},
	}}
	extract, err := want.Extract()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"testdata/openapi/openapi_v3.yaml", "testdata/openapi", write(t, "extract.json", string(extract))} {
		got, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got\n%+v\nwant\n%+v", path, got, want)
		}
	}
}

// TestFaultsElsewhereDoNotMatter in what GitLab describes beside services.
func TestFaultsElsewhereDoNotMatter(t *testing.T) {
	t.Parallel()
	d, err := Read(write(t, "description.yaml", `
openapi: 3.0.0
info: {title: x, version: '19.6'}
paths:
  /api/v4/pets:
    get:
      responses:
        '200':
          description: OK
          content: {application/json: {schema: {$ref: '#/components/schemas/Lost'}}}
  /api/v4/projects/{id}/integrations/acme:
    put:
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Acme'}}}
      responses:
        '200':
          description: OK
          content: {application/json: {schema: {$ref: '#/components/schemas/Ring'}}}
components:
  schemas:
    Acme: {type: object, properties: {url: {type: string}}}
    Ring: {type: object, properties: {ring: {$ref: '#/components/schemas/Ring'}}, required: [ring]}
`))
	if err != nil {
		t.Fatal(err)
	}
	if want := []Service{{"acme", []Param{{Name: "url", Type: "string"}}}}; !reflect.DeepEqual(d.Services, want) {
		t.Errorf("got %+v, want %+v", d.Services, want)
	}
}

func TestWhatIsNoDescriptionIsRefused(t *testing.T) {
	t.Parallel()
	head := "openapi: 3.0.0\ninfo:\n  title: x\n  version: '1'\npaths:\n"
	at := func(slug, rest string) string {
		return head + "  \"/api/v4/projects/{id}/integrations/" + slug + "\":\n    put:\n      requestBody:\n        content:\n" + rest
	}
	for name, test := range map[string]struct{ text, want string }{
		"no YAML":          {"a: [", "not an OpenAPI 3 description"},
		"nothing":          {"", "not an OpenAPI 3 description"},
		"another document": {"a: 1\n", "not an OpenAPI 3 description"},
		"Swagger 2":        {"swagger: '2.0'\ninfo:\n  title: x\npaths: {}\n", "not an OpenAPI 3 description"},
		"another API":      {head + "  /pets:\n    get:\n      responses: {}\n", "declares no service of a project"},
		"no paths":         {"openapi: 3.0.0\ninfo:\n  title: x\n  version: '1'\n", "declares no service of a project"},
		"no JSON":          {at("x", "          text/plain: {}\n"), "not described as JSON"},
		"a lost reference": {at("x", "          application/json:\n            schema:\n              $ref: '#/components/schemas/Lost'\n"), "Lost"},
		"no slug":          {at("x'); rm", "          application/json:\n            schema: {}\n"), `"x'); rm" is no slug`},
		"no name": {at("x", "          application/json:\n            schema:\n              properties:\n                'a b': {type: string}\n"),
			`"a b" is no name`},
		"a broken extract": {`{"version": 1}`, "not an extract"},
		"an extract twice": {`{"version": "1", "services": [{"slug": "a"}, {"slug": "a"}]}`, "a twice"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := write(t, "description.yaml", test.text)
			d, err := Read(path)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("%+v, error %v, want one about %q that names the file", d, err, test.want)
			}
			d, err = Read(filepath.Dir(path))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("the folder: %+v, error %v, want one about %q", d, err, test.want)
			}
		})
	}
	if _, err := Read(filepath.Join(t.TempDir(), "nowhere")); !os.IsNotExist(err) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestEveryDifferenceIsFound(t *testing.T) {
	t.Parallel()
	row := catalog.Service{Slug: "acme", Params: []catalog.Param{
		catalog.String{Name: "url", Required: true},
		catalog.String{Name: "text"},
		catalog.Secret{Name: "token", Required: true},
		catalog.Int{Name: "port"},
		catalog.Strings{Name: "keys"},
		catalog.Bool{Name: "old", Legacy: catalog.Legacy{Why: "It is old."}},
		catalog.Login{Username: catalog.String{Name: "username"}, Password: catalog.Secret{Name: "password"}},
	}, Events: []catalog.Event{{Flag: "push_events"}}}
	gone := catalog.Service{Slug: "relic", Gone: catalog.Gone{In: "12.0", Why: "it was old"}}
	all := []Param{
		{"url", "string", true}, {"text", "string", false}, {"token", "string", true}, {"port", "integer", false},
		{"keys", "array[string]", false}, {"username", "string", false}, {"password", "string", false}, {"push_events", "boolean", false},
		{"use_inherited_settings", "boolean", false},
	}
	with := func(change func(params []Param) []Param) []Service {
		return []Service{{"acme", change(append([]Param(nil), all...))}}
	}
	for name, test := range map[string]struct {
		declared   []Service
		deviations map[string]string
		want       []string
		stale      []string
	}{
		"nothing": {declared: with(func(p []Param) []Param { return p })},
		"another service": {declared: append(with(func(p []Param) []Param { return p }), Service{Slug: "new"}),
			want: []string{"new missing"}},
		"a service that was gone": {declared: append(with(func(p []Param) []Param { return p }), Service{Slug: "relic"}),
			want: []string{"relic undeclared"}},
		"a service that went": {declared: []Service{{Slug: "new"}}, deviations: map[string]string{"new missing": "why"},
			want: []string{"acme undeclared"}},
		"another parameter": {declared: with(func(p []Param) []Param { return append(p, Param{"new", "object", true}) }),
			want: []string{"acme new missing"}},
		"a parameter that went": {declared: with(func(p []Param) []Param { return p[1:] }), want: []string{"acme url undeclared"}},
		"a legacy parameter":    {declared: with(func(p []Param) []Param { return append(p, Param{"old", "boolean", false}) })},
		"another type": {declared: with(func(p []Param) []Param { p[3].Type = "string"; return p }),
			want: []string{"acme port type"}},
		"required": {declared: with(func(p []Param) []Param { p[1].Required, p[2].Required = true, false; return p }),
			want: []string{"acme text required", "acme token required"}},
		"meant": {declared: with(func(p []Param) []Param { p[1].Required, p[3].Type = true, "string"; return p }),
			deviations: map[string]string{"acme text required": "why", "* port type": "why", "acme port required": "why"},
			stale:      []string{"acme port required"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := &Description{Version: "19.6", Services: test.declared}
			rows := []*catalog.Service{&row, &gone}
			c := Compare(d, rows, test.deviations)
			var got []string
			for _, difference := range c.Open {
				got = append(got, difference.key())
			}
			if !reflect.DeepEqual(got, test.want) || !reflect.DeepEqual(c.Stale, test.stale) {
				t.Errorf("found %q, stale %q; want %q, %q", got, c.Stale, test.want, test.stale)
			}
			text, err := c.ToDo(d, rows)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := strings.Count(text, "- [ ]"), len(test.want)+len(test.stale); got != want || c.Clean() != (want == 0) {
				t.Errorf("%d things to do, want %d, and clean: %t\n%s", got, want, c.Clean(), text)
			}
		})
	}
}
