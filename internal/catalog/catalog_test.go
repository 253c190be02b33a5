package catalog

import (
	"context"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Every test here says in its failures which file to mend and how.

func TestTheTableIsSortedAndComplete(t *testing.T) {
	t.Parallel()
	var slugs []string
	for _, s := range All() {
		slugs = append(slugs, s.Slug)
	}
	if !slices.IsSorted(slugs) {
		t.Errorf("catalog.go: the list `table` is not sorted by slug: %v", slugs)
	}
	if unique := slices.Compact(slices.Clone(slugs)); len(unique) != len(slugs) {
		t.Errorf("catalog.go: a slug stands twice in the list `table`: %v", slugs)
	}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, f := range files {
		name, isRow := strings.CutPrefix(f.Name(), "service_")
		if !isRow || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		rows++
		slug := strings.ReplaceAll(strings.TrimSuffix(name, ".go"), "_", "-")
		if !slices.Contains(slugs, slug) {
			t.Errorf("%s: no row with the slug %q is in the list `table` of catalog.go: add it there, or rename the file after its slug", f.Name(), slug)
		}
	}
	if rows != len(slugs) {
		t.Errorf("%d files service_<slug>.go for %d services: every service is one file", rows, len(slugs))
	}
}

func TestRowsAreWellFormed(t *testing.T) {
	t.Parallel()
	slug := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	for _, s := range All() {
		t.Run(s.Slug, func(t *testing.T) {
			t.Parallel()
			file := "service_" + s.TypeName() + ".go"
			if !slug.MatchString(s.Slug) {
				t.Errorf("%s: the slug is GitLab's, in lower case with hyphens", file)
			}
			if s.Title == "" || s.Purpose == "" {
				t.Errorf("%s: Title and Purpose must be set", file)
			}
			if (s.Gone.In != "") != (s.Gone.Why != "") {
				t.Errorf("%s: a removed service has a Gone with In and Why", file)
			}
			if (s.Docs == "") != (s.Gone.In != "") {
				t.Errorf("%s: Docs is the anchor in GitLab's documentation, which has none for removed services", file)
			}
			checkSentence(t, file, "Help", s.Help)
			keys := keys(s)
			slices.Sort(keys)
			if unique := slices.Compact(slices.Clone(keys)); len(unique) != len(keys) {
				t.Errorf("%s: a parameter stands twice: %v", file, keys)
			}
			attributes := s.Attributes()
			for name, a := range attributes {
				text := a.GetMarkdownDescription()
				if text == "" || strings.Contains(text, "..") || strings.Contains(text, "  ") {
					t.Errorf("%s: the description of %s is empty or doubled in its parts: %q", file, name, text)
				}
			}
			if _, taken := attributes["project"]; taken {
				t.Errorf("%s: %q is the attribute of the project", file, "project")
			}
			for _, p := range s.params() {
				checkParam(t, file, p)
				if r, ok := p.(replaced); ok {
					name, legacy := r.legacy()
					checkSuccessor(t, file, s, name, legacy.Successor)
				}
			}
		})
	}
}

// checkParam enforces what a kind cannot by its type.
func checkParam(t *testing.T, file string, p Param) {
	t.Helper()
	switch p := p.(type) {
	case String:
		checkSentence(t, file, p.Name, p.Help)
		checkManagement(t, file, p.Name, p.Required, p.Default != "", p.Legacy)
		if len(p.OneOf) > 0 && p.Default != "" && !slices.Contains(p.OneOf, p.Default) {
			t.Errorf("%s: the Default of %s is not in its OneOf", file, p.Name)
		}
		if len(p.OneOf) > 0 && p.Default == "" && !p.Required && !p.Legacy.is() {
			t.Errorf("%s: %s has an enumeration and no Default: GitLab stores empty text, which stands for no word", file, p.Name)
		}
	case Int:
		checkSentence(t, file, p.Name, p.Help)
		checkManagement(t, file, p.Name, p.Required, p.Default != nil, p.Legacy)
	case Bool:
		checkSentence(t, file, p.Name, p.Help)
	case Strings:
		checkSentence(t, file, p.Name, p.Help)
	case Secret:
		checkSentence(t, file, p.Name, p.Help)
		if p.Required && p.Each {
			t.Errorf("%s: Each of %s is for secrets that are not Required", file, p.Name)
		}
	case Login:
		checkParam(t, file, p.Username)
		checkParam(t, file, p.Password)
		if p.Username.Required || p.Password.Required || p.Username.Default != "" {
			t.Errorf("%s: both parts of a Login are optional: neither is \"no login\"", file)
		}
	default:
		t.Errorf("%s: %T is no kind that this test knows: say here what its rows must keep", file, p)
	}
}

// checkSuccessor checks that the successor can say what its predecessor says.
func checkSuccessor(t *testing.T, file string, s *Service, name string, next Successor) {
	t.Helper()
	if next.Name == "" {
		return
	}
	i := slices.IndexFunc(s.params(), func(p Param) bool { return keysOf(p)[0] == next.Name })
	if i < 0 {
		t.Errorf("%s: the Successor of %s is no parameter of the row", file, name)
		return
	}
	p, _ := s.params()[i].(String)
	if p.Default == "" {
		t.Errorf("%s: the Successor of %s has no Default that could follow it", file, name)
	}
	for value, word := range next.As {
		if !slices.Contains(p.OneOf, word) {
			t.Errorf("%s: %s does not know the word %q that stands for %s = %s", file, next.Name, word, name, value)
		}
	}
}

func checkManagement(t *testing.T, file, name string, required, defaulted bool, legacy Legacy) {
	t.Helper()
	ways := 0
	for _, way := range []bool{required, defaulted, legacy.is()} {
		if way {
			ways++
		}
	}
	if ways > 1 {
		t.Errorf("%s: %s is managed in more than one way: keep one of Required, Default and Legacy", file, name)
	}
}

func checkSentence(t *testing.T, file, what, text string) {
	t.Helper()
	if !strings.HasSuffix(text, ".") || strings.Count(text, ". ") > 0 || text != strings.TrimSpace(text) {
		t.Errorf("%s: the Help of %s must be one sentence that ends in a full stop: %q", file, what, text)
	}
}

func TestEveryParameterHasAnExampleThatSatisfiesItsRow(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		attributes := s.Attributes()
		for _, a := range s.Arguments() {
			file := "service_" + s.TypeName() + ".go"
			switch v := a.Value.(type) {
			case string:
				if v == "" {
					t.Errorf("%s: %s needs an Example", file, a.Name)
				}
				text, _ := attributes[a.Name].(schema.StringAttribute)
				for _, rule := range text.Validators {
					var resp validator.StringResponse
					rule.ValidateString(context.Background(), validator.StringRequest{Path: path.Root(a.Name), ConfigValue: types.StringValue(v)}, &resp)
					for _, d := range resp.Diagnostics {
						t.Errorf("%s: the Example of %s: %s", file, a.Name, d.Detail())
					}
				}
				if p, ok := text.Default.(interface{ Description(context.Context) string }); ok && strings.HasSuffix(p.Description(t.Context()), `"`+v+`"`) {
					t.Errorf("%s: the Example of %s is its default", file, a.Name)
				}
			case int64:
				number, _ := attributes[a.Name].(schema.Int64Attribute)
				for _, rule := range number.Validators {
					var resp validator.Int64Response
					rule.ValidateInt64(context.Background(), validator.Int64Request{Path: path.Root(a.Name), ConfigValue: types.Int64Value(v)}, &resp)
					for _, d := range resp.Diagnostics {
						t.Errorf("%s: the Example of %s: %s", file, a.Name, d.Detail())
					}
				}
			case []string:
				if len(v) == 0 {
					t.Errorf("%s: %s needs an Example", file, a.Name)
				}
			}
		}
	}
}

// notCredentials are parameters that sound like credentials and are none.
var notCredentials = map[string]string{
	"jira project_key":  "the public key of a Jira project, as in WEB-1",
	"jira project_keys": "public keys of Jira projects",
}

func TestWhatSoundsLikeACredentialIsASecret(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	sounds := regexp.MustCompile(`token|password|secret|key|webhook|service_account`)
	for _, s := range All() {
		secrets := s.Secrets()
		for _, name := range keys(s) {
			if !sounds.MatchString(name) || slices.Contains(secrets, name) {
				continue
			}
			used[s.Slug+" "+name] = true
			if notCredentials[s.Slug+" "+name] == "" {
				t.Errorf("service_%s.go: %s sounds like a credential: make it a Secret, or say in notCredentials why it is none", s.TypeName(), name)
			}
		}
	}
	for name := range notCredentials {
		if !used[name] {
			t.Errorf("notCredentials has %q, which is no parameter or sounds like no credential: take it out", name)
		}
	}
}

// parameters are the facts that the project was founded on.
type parameters struct {
	Services []struct {
		Slug     string            `json:"slug"`
		Founding map[string]string `json:"founding"`
		Server10 map[string]string `json:"server_10_5"`
		Server13 map[string]string `json:"server_13_to_16"`
		Current  map[string]string `json:"current"`
		Events   []string          `json:"events"`
		Hidden   []string          `json:"hidden"`
		Never    []string          `json:"never_send"`
		Removed  string            `json:"removed"`
	} `json:"services"`
}

// deviations are the places where a row is not what the founding table says,
// each with the reason.
var deviations = map[string]string{
	"bamboo password":                            "no login is null and null: the API wants the key, not a value",
	"bamboo username":                            "no login is null and null: the API wants the key, not a value",
	"teamcity password":                          "no login is null and null: the API wants the key, not a value",
	"teamcity username":                          "no login is null and null: the API wants the key, not a value",
	"jira project_key":                           "required in the table, never read by a server",
	"jira username":                              "required only while jira_auth_type is 0, since it came",
	"jira jira_issue_transition_id":              "one number up to GitLab 11.8, a list in text since",
	"pivotaltracker restrict_to_branch":          "branches in text: the table's boolean is a slip",
	"pushover device":                            "required by servers up to 16.x, which take empty text: always sent",
	"pushover sound":                             "required by servers up to 16.x, which take empty text: always sent",
	"prometheus google_iap_audience_client_id":   "required by servers 13 to 16, which take empty text: always sent",
	"prometheus google_iap_service_account_json": "required by servers 13 to 16, which take empty text: always sent",
}

func TestRowsHaveEveryParameterOfTheFoundingTables(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/parameters.json")
	if err != nil {
		t.Fatal(err)
	}
	var known parameters
	if err := json.Unmarshal(raw, &known); err != nil {
		t.Fatal(err)
	}
	rows := map[string]*Service{}
	for _, s := range All() {
		rows[s.Slug] = s
	}
	used := map[string]bool{}
	found, params := 0, 0
	for _, want := range known.Services {
		s, ok := rows[want.Slug]
		if !ok {
			t.Errorf("the founding tables have %s, and the catalog has not: add service_%s.go", want.Slug, strings.ReplaceAll(want.Slug, "-", "_"))
			continue
		}
		found++
		file := "service_" + s.TypeName() + ".go"
		attributes, keys, secrets := s.Attributes(), keys(s), s.Secrets()
		for _, table := range []map[string]string{want.Founding, want.Server10, want.Server13, want.Current} {
			for name, fact := range table {
				if slices.Contains(want.Never, name) {
					continue
				}
				params++
				typ, required := strings.CutSuffix(fact, " required")
				deviation := s.Slug + " " + name
				a, ok := attributes[name]
				if !ok {
					t.Errorf("%s: the parameter %s is missing", file, name)
					continue
				}
				secret := slices.Contains(secrets, name)
				requiredHere := a.IsRequired() || secret && requiredSecret(s, name)
				wrongType := typ != "untyped" && typ != typeName(a.GetType())
				if wrongType || required != requiredHere {
					if deviations[deviation] == "" {
						t.Errorf("%s: %s is %s (required: %t), the tables say %s: mend it, or give the reason in deviations", file, name, typeName(a.GetType()), requiredHere, fact)
					}
					used[deviation] = true
				}
			}
		}
		for _, name := range want.Never {
			if slices.Contains(keys, name) {
				t.Errorf("%s: %s is answered with 500 for any value: take it out", file, name)
			}
		}
		for _, flag := range want.Events {
			if !slices.Contains(keys, flag) {
				t.Errorf("%s: the event flag %s is missing from Events", file, flag)
			}
		}
		for _, name := range want.Hidden {
			if !slices.Contains(secrets, name) && notCredentials[s.Slug+" "+name] == "" {
				t.Errorf("%s: GitLab hides %s: make it a Secret", file, name)
			}
		}
		if (want.Removed != "") != (s.Gone.In != "") || !strings.HasPrefix(strings.TrimPrefix(want.Removed, "about "), strings.TrimPrefix(s.Gone.In, "about ")) {
			t.Errorf("%s: Gone says %q, the tables say %q", file, s.Gone.In, want.Removed)
		}
	}
	t.Logf("%d of %d services, %d parameters looked up, %d deviations", found, len(known.Services), params, len(used))
	for name := range deviations {
		if !used[name] {
			t.Errorf("the deviation %q is none any more: take it out", name)
		}
	}
}

func requiredSecret(s *Service, name string) bool {
	for _, a := range s.Arguments() {
		if a.Name == name {
			return a.Required
		}
	}
	return false
}

func typeName(t attr.Type) string {
	switch {
	case t.Equal(types.StringType):
		return "string"
	case t.Equal(types.Int64Type):
		return "integer"
	case t.Equal(types.BoolType):
		return "boolean"
	case t.Equal(types.ListType{ElemType: types.StringType}):
		return "array[string]"
	}
	return t.String()
}
