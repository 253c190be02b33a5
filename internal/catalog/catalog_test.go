package catalog

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

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
			if undocumented := s.Gone.In != "" || s.Slug == "zentao"; (s.Docs == "") != undocumented {
				t.Errorf("%s: Docs is the anchor in GitLab's documentation, which has none for removed services and ZenTao", file)
			}
			checkSentence(t, file, "Help", s.Help)
			for _, name := range s.AlsoKnownAs {
				if strings.EqualFold(name, s.Title) || strings.EqualFold(name, s.Slug) {
					t.Errorf("%s: %q is no other name", file, name)
				}
			}
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
			for _, noun := range []string{"project", "group"} {
				if _, taken := attributes[noun]; taken {
					t.Errorf("%s: %q is the attribute of the place", file, noun)
				}
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

// TestRowsCanBeRead keeps a row from growing sideways.
func TestRowsCanBeRead(t *testing.T) {
	t.Parallel()
	const widest = 140
	files, err := filepath.Glob("service_*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, "shared.go", "event.go") {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(text)) {
			n++
			if width := utf8.RuneCountInString(strings.ReplaceAll(strings.TrimRight(line, "\n"), "\t", "    ")); width > widest {
				t.Errorf("%s:%d: %d columns, at most %d: put Help on a line of its own", file, n, width, widest)
			}
		}
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
	case inheritance:
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
	i := slices.IndexFunc(s.params(), func(p Param) bool { return slices.Contains(keysOf(p), next.Name) })
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
	"apple-app-store app_store_key_id":                "the name of the key",
	"apple-app-store app_store_private_key_file_name": "the name of a file",
	"diffblue-cover diffblue_access_token_name":       "the name of the token",
	"google-play service_account_key_file_name":       "the name of a file",
	"jira project_key":                                "the public key of a Jira project, as in WEB-1",
	"jira project_keys":                               "public keys of Jira projects",
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

// facts are what is known of GitLab's services without this table.
type facts struct {
	Services []service `json:"services"`
}

type service struct {
	Slug         string            `json:"slug"`
	Founding     map[string]string `json:"founding"`
	Server10     map[string]string `json:"server_10_5"`
	Between      map[string]string `json:"between"`
	Current      map[string]string `json:"current"`
	Defaults     map[string]any    `json:"defaults"`
	Events       []string          `json:"events"`
	Hidden       []string          `json:"hidden"`
	Never        []string          `json:"never_send"`
	WithoutUse   []string          `json:"without_use"`
	Removed      string            `json:"removed"`
	ProjectsOnly bool              `json:"projects_only"`
}

// parameters are those that GitLab has or had, with their types.
func (s service) parameters() map[string][]string {
	out := map[string][]string{}
	for _, table := range []map[string]string{s.Founding, s.Server10, s.Between, s.Current} {
		for name, fact := range table {
			if !slices.Contains(s.Never, name) && !slices.Contains(out[name], fact) {
				out[name] = append(out[name], fact)
			}
		}
	}
	return out
}

// leftOut are the services without a row, each with the reason.
var leftOut = map[string]string{
	"amazon-q":        "GitLab has it for the whole instance alone: it is no slug of the API",
	"beyond-identity": "GitLab has it for the whole instance alone: it is no slug of the API",
	"mock-deployment": "an aid of GitLab's developers without a parameter, gone since 13",
	"mock-monitoring": "an aid of GitLab's developers without a parameter",
	"open-project":    "no release is known to have had it",
	"zoom":            "no release had it",
}

// deviations are the places where a row is not what the facts say, each with
// the reason.
var deviations = map[string]string{
	"bamboo password":                            "no login is null and null: the API wants the key, not a value",
	"bamboo username":                            "no login is null and null: the API wants the key, not a value",
	"teamcity password":                          "no login is null and null: the API wants the key, not a value",
	"teamcity username":                          "no login is null and null: the API wants the key, not a value",
	"jira issues_enabled":                        "declared as text, and a column that is true or false",
	"jira project_key":                           "required in the founding table, which no server ever did; 18.9 reads it",
	"jira username":                              "required only while jira_auth_type is 0, since that came",
	"jira jira_issue_transition_id":              "one number up to GitLab 11.8, a list in text since",
	"pivotaltracker restrict_to_branch":          "branches in text: the founding table's boolean is a slip",
	"pushover device":                            "required by servers up to 16.x, which take empty text: always sent",
	"pushover sound":                             "required by servers up to 16.x, which take empty text: always sent",
	"prometheus google_iap_audience_client_id":   "required by servers 13 to 17, which take empty text: always sent",
	"prometheus google_iap_service_account_json": "required by servers 13 to 17, which take empty text: always sent",
}

// deviating notes which deviations are used.
type deviating struct {
	t    *testing.T
	used map[string]bool
}

// unless reports a difference that no deviation gives a reason for.
func (d *deviating) unless(s *Service, name, format string, args ...any) {
	d.t.Helper()
	key := s.Slug + " " + name
	d.used[key] = true
	if deviations[key] == "" {
		d.t.Errorf("service_%s.go: %s: %s: mend it, or give the reason in deviations", s.TypeName(), name, fmt.Sprintf(format, args...))
	}
}

func TestRowsAreWhatIsKnownOfGitLab(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/parameters.json")
	if err != nil {
		t.Fatal(err)
	}
	var known facts
	if err := json.Unmarshal(raw, &known); err != nil {
		t.Fatal(err)
	}
	rows := map[string]*Service{}
	for _, s := range All() {
		rows[s.Slug] = s
	}
	d := &deviating{t, map[string]bool{}}
	found, params := 0, 0
	for _, want := range known.Services {
		s, ok := rows[want.Slug]
		if ok == (leftOut[want.Slug] != "") {
			t.Errorf("%s has a row: %t; without one, the reason stands in leftOut", want.Slug, ok)
		}
		if !ok {
			continue
		}
		found++
		params += checkParameters(d, s, want)
		checkValues(d, s, want)
		file := "service_" + s.TypeName() + ".go"
		if (want.Removed != "") != (s.Gone.In != "") || !strings.HasPrefix(strings.TrimPrefix(want.Removed, "about "), s.Gone.In) {
			t.Errorf("%s: Gone says %q, known is %q", file, s.Gone.In, want.Removed)
		}
		// No group ever had what was gone before groups had services.
		if never := s.Gone.In != "" && !later(s.Gone.In, "17.9"); s.ProjectOnly != (never || s.Gone.In == "" && want.ProjectsOnly) {
			t.Errorf("%s: ProjectOnly is %t, known is %t, and gone in %q", file, s.ProjectOnly, want.ProjectsOnly, s.Gone.In)
		}
	}
	t.Logf("%d of %d services, %d parameters looked up, %d deviations", found, len(known.Services), params, len(d.used))
	for name := range deviations {
		if !d.used[name] {
			t.Errorf("the deviation %q is none any more: take it out", name)
		}
	}
}

// checkParameters holds the names and types of a row to what is known, and gives
// how many it looked up.
func checkParameters(d *deviating, s *Service, want service) int {
	d.t.Helper()
	attributes, keys, secrets := s.Attributes(), keys(s), s.Secrets()
	for name, types := range want.parameters() {
		a, ok := attributes[name]
		if !ok {
			d.unless(s, name, "the parameter is missing")
			continue
		}
		required := a.IsRequired() || slices.Contains(secrets, name) && requiredSecret(s, name)
		for _, fact := range types {
			typ, must := strings.CutSuffix(fact, " required")
			if typ != "untyped" && typ != typeName(a.GetType()) || must != required {
				d.unless(s, name, "it is %s (required: %t), known is %s", typeName(a.GetType()), required, fact)
			}
		}
	}
	for _, flag := range want.Events {
		if !slices.Contains(keys, flag) {
			d.unless(s, flag, "the event is missing from Events")
		}
	}
	for _, name := range want.Never {
		if slices.Contains(keys, name) {
			d.unless(s, name, "it is answered with 500 for any value, or follows another setting: take it out")
		}
	}
	for _, name := range want.WithoutUse {
		if slices.Contains(keys, name) {
			d.unless(s, name, "GitLab has never used it: take it out")
		}
	}
	for _, name := range keys {
		_, has := want.parameters()[name]
		if !has && !slices.Contains(want.Events, name) {
			d.unless(s, name, "no version of GitLab that testdata/parameters.json knows has it")
		}
	}
	return len(want.parameters())
}

// checkValues holds the defaults and the secrets of a row to what is known.
func checkValues(d *deviating, s *Service, want service) {
	d.t.Helper()
	secrets, fresh := s.Secrets(), s.Decode(Answer{}).Values
	for name, value := range want.Defaults {
		if got, ok := fresh[name]; !ok || !plainly(got, value) {
			d.unless(s, name, "it is %v in a new record, known is %v", got, value)
		}
	}
	for _, name := range want.Hidden {
		if !slices.Contains(secrets, name) && notCredentials[s.Slug+" "+name] == "" {
			d.unless(s, name, "GitLab hides it: make it a Secret")
		}
	}
}

// plainly reports whether an attribute has a value of JSON.
func plainly(got attr.Value, value any) bool {
	switch v := value.(type) {
	case bool:
		return got.Equal(types.BoolValue(v))
	case string:
		return got.Equal(types.StringValue(v))
	case float64:
		return got.Equal(types.Int64Value(int64(v)))
	case []any:
		return len(v) == 0 && got.IsNull()
	}
	return false
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
