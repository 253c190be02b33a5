package catalog

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Attribute values, short enough for tables.
var (
	noText      = types.StringNull()
	unknownText = types.StringUnknown()
	noNumber    = types.Int64Null()
	noTexts     = types.ListNull(types.StringType)
	yes         = types.BoolValue(true)
	no          = types.BoolValue(false)
)

func text(s string) types.String { return types.StringValue(s) }

func number(n int64) types.Int64 { return types.Int64Value(n) }

func texts(items ...string) types.List {
	values := make([]attr.Value, 0, len(items))
	for _, item := range items {
		values = append(values, text(item))
	}
	return types.ListValueMust(types.StringType, values)
}

// answered is what the client makes of an answer's JSON: numbers are
// json.Number.
func answered(t *testing.T, object string) map[string]any {
	t.Helper()
	values, ok := fromJSON(object).(map[string]any)
	if !ok {
		t.Fatalf("%s is no JSON object", object)
	}
	return values
}

// fromJSON is nil for what is no JSON.
func fromJSON(raw string) any {
	decoder := json.NewDecoder(strings.NewReader(raw))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return nil
	}
	return value
}

// differences names the attributes in which two sets of values differ.
func differences(got, want Values) string {
	var out []string
	names := slices.Collect(maps.Keys(got))
	for name := range want {
		if _, both := got[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if g, w := got[name], want[name]; (g == nil) != (w == nil) || g != nil && !g.Equal(w) {
			out = append(out, fmt.Sprintf("%s is %v, want %v", name, g, w))
		}
	}
	return strings.Join(out, "; ")
}

// encodeTest is a write, and what it sends.
type encodeTest struct {
	name                string
	param               Param
	plan, config, prior Values
	// want is the body in JSON, which tells null from "" and [].
	want    string
	secrets []string
}

func checkEncode(t *testing.T, tests []encodeTest) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			body := Body{Values: map[string]any{}}
			test.param.encode(Change{Plan: test.plan, Config: test.config, Prior: test.prior}, &body)
			got, err := json.Marshal(body.Values)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != test.want {
				t.Errorf("sends %s, want %s", got, test.want)
			}
			if !slices.Equal(body.Secrets, test.secrets) {
				t.Errorf("hides %q, want %q", body.Secrets, test.secrets)
			}
		})
	}
}

// decodeTest is an answer, and the state that it makes.
type decodeTest struct {
	name  string
	param Param
	// answer is a JSON object.
	answer          string
	prior           Values
	as              ReadAs
	foreign         bool
	want            Values
	forgotten       []string
	problemSays     string
	problemMustHide string
}

func checkDecode(t *testing.T, tests []decodeTest) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			out := Reading{Values: Values{}}
			before := maps.Clone(test.prior)
			test.param.decode(Answer{Values: answered(t, test.answer), Prior: test.prior, As: test.as, Foreign: test.foreign}, &out)
			if d := differences(out.Values, test.want); d != "" {
				t.Error(d)
			}
			if d := differences(test.prior, before); d != "" {
				t.Errorf("the prior state was written to: %s", d)
			}
			if !slices.Equal(out.Forgotten, test.forgotten) {
				t.Errorf("forgets %q, want %q", out.Forgotten, test.forgotten)
			}
			if test.problemSays == "" {
				if len(out.Problems) > 0 {
					t.Errorf("has the problems %v, want none", out.Problems)
				}
				return
			}
			if len(out.Problems) != 1 {
				t.Fatalf("has the problems %v, want one", out.Problems)
			}
			problem := out.Problems[0]
			if problem.Attribute != keysOf(test.param)[0] || !strings.Contains(problem.Detail, "`"+problem.Attribute+"`") || !strings.Contains(problem.Detail, test.problemSays) {
				t.Errorf("the problem is %+v, want one of %s that says %q", problem, keysOf(test.param)[0], test.problemSays)
			}
			if test.problemMustHide != "" && strings.Contains(problem.Summary+problem.Detail, test.problemMustHide) {
				t.Errorf("the problem repeats GitLab's value, which may be secret: %+v", problem)
			}
		})
	}
}

// schemaTest is a parameter x, and the attribute that it becomes. One that is
// not required is optional, and one that has a default computed.
type schemaTest struct {
	name     string
	param    Param
	required bool
	def      attr.Value
	says     string
}

func checkSchema(t *testing.T, tests []schemaTest) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := test.param.attributes()["x"]
			if a.IsRequired() != test.required || a.IsOptional() == test.required || a.IsComputed() != (test.def != nil) || a.IsSensitive() || a.IsWriteOnly() {
				t.Errorf("the attribute is %+v", a)
			}
			if got := a.GetMarkdownDescription(); got != test.says {
				t.Errorf("says %q, want %q", got, test.says)
			}
			if got := defaultOf(t, a); (got == nil) != (test.def == nil) || got != nil && !got.Equal(test.def) {
				t.Errorf("the default is %v, want %v", got, test.def)
			}
		})
	}
}

// defaultOf is the default in the schema; nil: there is none.
func defaultOf(t *testing.T, a schema.Attribute) attr.Value {
	t.Helper()
	switch a := a.(type) {
	case schema.StringAttribute:
		if a.Default != nil {
			var resp defaults.StringResponse
			a.Default.DefaultString(t.Context(), defaults.StringRequest{}, &resp)
			return resp.PlanValue
		}
	case schema.BoolAttribute:
		if a.Default != nil {
			var resp defaults.BoolResponse
			a.Default.DefaultBool(t.Context(), defaults.BoolRequest{}, &resp)
			return resp.PlanValue
		}
	case schema.Int64Attribute:
		if a.Default != nil {
			var resp defaults.Int64Response
			a.Default.DefaultInt64(t.Context(), defaults.Int64Request{}, &resp)
			return resp.PlanValue
		}
	}
	return nil
}

// problemsOf are the problems as "attribute: summary".
func problemsOf(problems Problems) []string {
	var out []string
	for _, p := range problems {
		out = append(out, p.Attribute+": "+p.Summary)
	}
	return out
}

// wireValues are the seeds of every fuzz target: what GitLab's versions answer,
// and what no version should.
var wireValues = []string{
	`null`, `""`, `" "`, `"x"`, `" x "`, `"https://example.com/"`, `"a,b c"`,
	`true`, `false`, `"true"`, `"1"`, `"0"`, `"off"`, `"TRUE"`,
	`0`, `1`, `-7`, `1.0`, `1.5`, `1e2`, `1E999999999`, `9223372036854775808`, `"6659"`, `"0x10"`, `"0b1"`, `"1_0"`, `"1/1"`, `"NaN"`,
	`[]`, `[""]`, `["a","b"]`, `[1,true]`, `[null]`, `[["a"]]`, `[{}]`,
	`{}`, `{"a":1}`, `"\ud800"`, `"\u0000"`,
}

// fuzzDecode has a parameter read arbitrary answers in the light of arbitrary
// prior states. It checks what holds for every kind, and hands what was read
// to the kind's own check.
func fuzzDecode(f *testing.F, check func(t *testing.T, p Param, a Answer, out Reading), params ...Param) {
	f.Helper()
	for i, wire := range wireValues {
		f.Add(wire, "x", uint8(i))
		f.Add(wire, "", uint8(i*37))
	}
	f.Fuzz(func(t *testing.T, wire, prior string, flags uint8) {
		for _, p := range params {
			a := Answer{Values: map[string]any{}, As: ReadAs(flags & 1), Foreign: flags&2 != 0}
			for _, key := range keysOf(p) {
				if flags&4 == 0 {
					a.Values[key] = fromJSON(wire)
				}
			}
			if flags&8 != 0 {
				a.Prior = Values{}
				for name, attribute := range p.attributes() {
					a.Prior[name] = arbitrary(attribute.GetType(), prior)
				}
			}
			out := Reading{Values: Values{}}
			p.decode(a, &out)
			checkRead(t, p, a, out)
			check(t, p, a, out)
		}
	})
}

// arbitrary is a value of the type that the text stands for.
func arbitrary(typ attr.Type, s string) attr.Value {
	switch typ {
	case types.BoolType:
		return types.BoolValue(len(s)%2 == 0)
	case types.Int64Type:
		return types.Int64Value(int64(len(s)))
	case types.StringType:
		return types.StringValue(s)
	}
	return texts(strings.Split(s, ",")...)
}

// checkRead checks what holds for every parameter and every answer: each
// attribute has a value of its type, problems are of attributes that are there,
// and reading the same answer again in the light of what was read changes
// nothing.
func checkRead(t *testing.T, p Param, a Answer, out Reading) {
	t.Helper()
	attributes := p.attributes()
	for name, attribute := range attributes {
		value, ok := out.Values[name]
		if !ok || value == nil {
			t.Fatalf("%s has no value", name)
		}
		if typ := value.Type(t.Context()); !typ.Equal(attribute.GetType()) {
			t.Errorf("%s is of type %s, want %s", name, typ, attribute.GetType())
		}
		if value.IsUnknown() {
			t.Errorf("%s is unknown", name)
		}
	}
	if len(out.Values) != len(attributes) {
		t.Errorf("values %v, want those of %d attributes", out.Values, len(attributes))
	}
	for _, problem := range out.Problems {
		if _, ok := attributes[problem.Attribute]; !ok {
			t.Errorf("a problem of %q, which is no attribute", problem.Attribute)
		}
	}
	again := Reading{Values: Values{}}
	p.decode(Answer{Values: a.Values, Prior: out.Values, As: a.As, Foreign: a.Foreign}, &again)
	if d := differences(again.Values, out.Values); d != "" {
		t.Errorf("the same answer, read again: %s", d)
	}
}

func TestAMissingAttributeReadsAsNull(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		values        Values
		null, unknown bool
		text          types.String
	}{
		"no values at all":     {nil, true, false, noText},
		"another name":         {Values{"y": text("v")}, true, false, noText},
		"no value":             {Values{"x": nil}, true, false, noText},
		"null":                 {Values{"x": noText}, true, false, noText},
		"null of any type":     {Values{"x": types.DynamicValue(noText)}, true, false, noText},
		"unknown of any type":  {Values{"x": types.DynamicValue(unknownText)}, false, true, noText},
		"unknown":              {Values{"x": unknownText}, false, true, unknownText},
		"empty text":           {Values{"x": text("")}, false, false, text("")},
		"text":                 {Values{"x": text("v")}, false, false, text("v")},
		"a value that no text": {Values{"x": number(1)}, false, false, noText},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := test.values.null("x"); got != test.null {
				t.Errorf("null is %t, want %t", got, test.null)
			}
			if got := test.values.unknown("x"); got != test.unknown {
				t.Errorf("unknown is %t, want %t", got, test.unknown)
			}
			if got := test.values.text("x"); !got.Equal(test.text) {
				t.Errorf("text is %s, want %s", got, test.text)
			}
		})
	}
}

func TestNullAndBlankTextAreUnsetAndNothingElseIs(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]bool{
		`null`: true, `""`: true, `" \t\n"`: true,
		`"x"`: false, `"0"`: false, `"null"`: false, `false`: false, `0`: false, `[]`: false, `{}`: false,
	} {
		if got := unset(fromJSON(raw)); got != want {
			t.Errorf("%s is unset: %t, want %t", raw, got, want)
		}
	}
}

func TestProblemsNameTheTypeOfAnAnswerAndNeverItsValue(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`null`: "null", `true`: "true or false", `"glsecret"`: "text", `4711`: "a number",
		`["glsecret"]`: "a list", `{"glsecret":"glsecret"}`: "an object",
	} {
		if got := describe(fromJSON(raw)); got != want {
			t.Errorf("%s is described as %q, want %q", raw, got, want)
		}
	}
	if got := describe(struct{ s string }{"glsecret"}); got != "a value of unknown type" {
		t.Errorf("what no JSON makes is described as %q", got)
	}
}

func TestAnUnknownPriorValueIsNoPriorValue(t *testing.T) {
	t.Parallel()
	checkDecode(t, []decodeTest{
		{name: "the key is absent", param: String{Name: "x", Default: "d"}, answer: `{}`, prior: Values{"x": unknownText}, want: Values{"x": text("d")}},
		{name: "the key is null", param: String{Name: "x"}, answer: `{"x":null}`, prior: Values{"x": unknownText}, want: Values{"x": noText}},
		{name: "there is no value at all", param: String{Name: "x", Legacy: Legacy{Why: "why"}}, answer: `{"x":"v"}`, prior: Values{"x": nil}, want: Values{"x": noText}},
	})
}

// keys are GitLab's names of all parameters of a service.
func keys(s *Service) []string {
	var out []string
	for _, a := range s.Arguments() {
		out = append(out, a.Name)
	}
	return out
}

// keysOf are GitLab's names for what a parameter sends.
func keysOf(p Param) []string {
	var out []string
	for _, a := range p.arguments() {
		out = append(out, a.Name)
	}
	return out
}

func TestAnAnswerOfAnImpossibleTypeSaysWhatBecomesOfIt(t *testing.T) {
	t.Parallel()
	s := &Service{Params: []Param{String{Name: "x"}, String{Name: "y"}}}
	for as, test := range map[ReadAs]struct {
		says    string
		warning bool
	}{
		Refresh: {"Its prior value is kept", true},
		Written: {"The settings were written", true},
		Import:  {"imported as if nobody had set it", true},
		Display: {"Please report this", false},
		Move:    {"The state to move has a list", false},
	} {
		prior := Values{"x": text("v"), "y": text("v")}
		if as == Import {
			prior = nil
		}
		got := s.Decode(Answer{Values: answered(t, `{"x":["glsecret"],"y":"w"}`), Prior: prior, As: as})
		if len(got.Problems) != 1 || got.Problems[0].Attribute != "x" || got.Problems[0].Warning != test.warning || !strings.Contains(got.Problems[0].Detail, test.says) {
			t.Errorf("%d: %+v, want one problem of x that says %q", as, got.Problems, test.says)
		}
		if got.Values.text("y").ValueString() != "w" || prior != nil && !got.Values["x"].Equal(prior["x"]) {
			t.Errorf("%d: read as %v, want the rest read and the prior value kept", as, got.Values)
		}
	}
}

func TestASettingThatSomebodyWroteAndGitLabDoesNotShowIsNamed(t *testing.T) {
	t.Parallel()
	s := &Service{Params: []Param{
		String{Name: "shown"}, String{Name: "hidden"}, String{Name: "null"}, String{Name: "empty"}, String{Name: "unwritten", Default: "d"},
		Bool{Name: "switch"}, Int{Name: "number"}, Strings{Name: "list"}, Strings{Name: "no items"},
		String{Name: "legacy", Legacy: Legacy{Why: "Why."}}, Secret{Name: "secret"},
		Login{Username: String{Name: "user"}, Password: Secret{Name: "password"}},
	}, Events: []Event{{Flag: "flag"}, {Flag: "default flag", Default: true}}}
	config := Values{
		"shown": text("v"), "hidden": text("v"), "null": text("v"), "empty": text(""), "switch": no, "number": number(0), "list": texts("a"), "no items": texts(),
		"legacy": text("v"), "secret": text("s"), "user": text("u"), "password": text("s"), "flag": yes,
	}
	plan := s.Decode(Answer{Prior: config}).Values
	answer := Answer{Values: answered(t, `{"shown":"w","null":null}`), Prior: plan, Config: config, As: Written}
	if got, want := s.Decode(answer).Unanswered, []string{"hidden", "switch", "number", "list", "user", "flag"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	answer.As = Refresh
	if got := s.Decode(answer).Unanswered; len(got) > 0 {
		t.Errorf("a read names %q", got)
	}
	answer.As, answer.Config = Written, nil
	if got := s.Decode(answer).Unanswered; len(got) > 0 {
		t.Errorf("of defaults it names %q", got)
	}
}
