package catalog

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The ways in which a text is managed.
var (
	requiredString  = String{Name: "x", Required: true}
	defaultString   = String{Name: "x", Default: "d"}
	clearableString = String{Name: "x"}
	legacyString    = String{Name: "x", Legacy: Legacy{Why: "why."}}
	urlString       = String{Name: "x", Form: trimmedAddress}
	listString      = String{Name: "x", Form: list(","+blanks, "", 0)}
	echoString      = String{Name: "x", Echo: "y"}
)

func TestStringIsSentByTheRulesOfItsManagement(t *testing.T) {
	t.Parallel()
	checkEncode(t, []encodeTest{
		{name: "a required one is sent", param: requiredString, plan: Values{"x": text("v")}, want: `{"x":"v"}`},
		{name: "a default is sent", param: defaultString, plan: Values{"x": text("d")}, want: `{"x":"d"}`},
		{name: "a value in place of a default is sent", param: defaultString, plan: Values{"x": text("v")}, want: `{"x":"v"}`},
		{name: "a clearable one is sent", param: clearableString, plan: Values{"x": text("v")}, want: `{"x":"v"}`},
		{name: "a clearable one that is not set is sent as empty", param: clearableString, plan: Values{"x": noText}, want: `{"x":""}`},
		{name: "a clearable one that was never heard of is sent as empty", param: clearableString, want: `{"x":""}`},
		{name: "the user's empty text is sent", param: clearableString, plan: Values{"x": text("")}, want: `{"x":""}`},
		{name: "a legacy one that is configured is sent", param: legacyString, plan: Values{"x": text("v")}, want: `{"x":"v"}`},
		{name: "a legacy one that is not configured is left alone", param: legacyString, plan: Values{"x": noText}, want: `{}`},
		{name: "a legacy one that state does not hold is left alone", param: legacyString, plan: Values{"x": noText}, prior: Values{"x": noText}, want: `{}`},
		{name: "a legacy one that was configured is cleared once", param: legacyString, plan: Values{"x": noText}, prior: Values{"x": text("v")}, want: `{"x":""}`},
		{name: "an address leaves without blanks around it", param: urlString, plan: Values{"x": text(" https://x/ \n")}, want: `{"x":"https://x/"}`},
		{name: "a list leaves as it is written", param: listString, plan: Values{"x": text(" a  b,c ")}, want: `{"x":" a  b,c "}`},
	})
}

func TestStringIsReadFromAnyAnswer(t *testing.T) {
	t.Parallel()
	checkDecode(t, []decodeTest{
		{name: "text is taken", param: clearableString, answer: `{"x":"v"}`, want: Values{"x": text("v")}},
		{name: "text is taken over the prior one", param: clearableString, answer: `{"x":"v"}`, prior: Values{"x": text("w")}, want: Values{"x": text("v")}},
		{name: "blanks are part of a text", param: clearableString, answer: `{"x":" v"}`, prior: Values{"x": text("v")}, want: Values{"x": text(" v")}},
		{name: "another case is another text", param: clearableString, answer: `{"x":"V"}`, prior: Values{"x": text("v")}, want: Values{"x": text("V")}},
		{name: "a number is text", param: clearableString, answer: `{"x":6659}`, want: Values{"x": text("6659")}},
		{name: "a fraction is text as it is written", param: clearableString, answer: `{"x":1.50}`, want: Values{"x": text("1.50")}},
		{name: "true is text", param: clearableString, answer: `{"x":true}`, want: Values{"x": text("true")}},
		{name: "a number that state holds as text is no drift", param: clearableString, answer: `{"x":5}`, prior: Values{"x": text("5")}, want: Values{"x": text("5")}},

		{name: "an absent key keeps the prior value", param: clearableString, answer: `{}`, prior: Values{"x": text("v")}, want: Values{"x": text("v")}},
		{name: "an absent key keeps the prior value over the default", param: defaultString, answer: `{}`, prior: Values{"x": text("v")}, want: Values{"x": text("v")}},
		{name: "an absent key without a prior value is unset", param: clearableString, answer: `{}`, want: Values{"x": noText}},
		{name: "an absent key without a prior value is the default", param: defaultString, answer: `{}`, want: Values{"x": text("d")}},
		{name: "an absent key is the default of an import", param: defaultString, answer: `{}`, as: Import, want: Values{"x": text("d")}},
		{name: "an absent key is no reason to forget after a foreign write", param: clearableString, answer: `{}`, prior: Values{"x": text("v")}, foreign: true, want: Values{"x": text("v")}},

		{name: "null is unset", param: clearableString, answer: `{"x":null}`, prior: Values{"x": text("v")}, want: Values{"x": noText}},
		{name: "empty text is unset", param: clearableString, answer: `{"x":""}`, prior: Values{"x": text("v")}, want: Values{"x": noText}},
		{name: "blank text is unset", param: clearableString, answer: `{"x":" "}`, prior: Values{"x": text("v")}, want: Values{"x": noText}},
		{name: "blanks that GitLab keeps are no drift", param: clearableString, answer: `{"x":" "}`, prior: Values{"x": text(" ")}, want: Values{"x": text(" ")}},
		{name: "other blanks are drift", param: clearableString, answer: `{"x":"  "}`, prior: Values{"x": text(" ")}, want: Values{"x": noText}},
		{name: "blanks that GitLab drops are drift", param: clearableString, answer: `{"x":null}`, prior: Values{"x": text(" ")}, want: Values{"x": noText}},
		{name: "null is not the default", param: defaultString, answer: `{"x":null}`, prior: Values{"x": text("d")}, want: Values{"x": noText}},
		{name: "null is not the default of an import", param: defaultString, answer: `{"x":null}`, as: Import, want: Values{"x": noText}},
		{name: "the user's empty text stays while GitLab shows null", param: clearableString, answer: `{"x":null}`, prior: Values{"x": text("")}, want: Values{"x": text("")}},
		{name: "the user's empty text stays while GitLab shows empty text", param: clearableString, answer: `{"x":""}`, prior: Values{"x": text("")}, want: Values{"x": text("")}},
		{name: "the user's empty text gives way to a value", param: clearableString, answer: `{"x":"v"}`, prior: Values{"x": text("")}, want: Values{"x": text("v")}},
		{name: "no text does not become the empty text", param: clearableString, answer: `{"x":""}`, prior: Values{"x": noText}, want: Values{"x": noText}},
		{name: "an import takes no empty text", param: clearableString, answer: `{"x":""}`, as: Import, want: Values{"x": noText}},

		{name: "a legacy one that is not configured is not taken", param: legacyString, answer: `{"x":"v"}`, prior: Values{"x": noText}, want: Values{"x": noText}},
		{name: "a legacy one is not imported", param: legacyString, answer: `{"x":"v"}`, as: Import, want: Values{"x": noText}},
		{name: "a legacy one that is not configured has no problems", param: legacyString, answer: `{"x":{}}`, want: Values{"x": noText}},
		{name: "a legacy one that is configured is compared", param: legacyString, answer: `{"x":"v"}`, prior: Values{"x": text("w")}, want: Values{"x": text("v")}},
		{name: "a legacy one that is configured is kept while GitLab shows null", param: legacyString, answer: `{"x":null}`, prior: Values{"x": text("w")}, want: Values{"x": text("w")}},
		{name: "a legacy one that is configured is kept while GitLab shows empty text", param: legacyString, answer: `{"x":""}`, prior: Values{"x": text("w")}, want: Values{"x": text("w")}},
		{name: "a legacy one that is configured is kept while GitLab shows nothing", param: legacyString, answer: `{}`, prior: Values{"x": text("w")}, want: Values{"x": text("w")}},

		{name: "a list is a problem and keeps the prior value", param: clearableString, answer: `{"x":["glsecret"]}`, prior: Values{"x": text("v")}, want: Values{"x": text("v")}, problemSays: "a list", problemMustHide: "glsecret"},
		{name: "an object is a problem", param: clearableString, answer: `{"x":{"k":"glsecret"}}`, want: Values{"x": noText}, problemSays: "an object", problemMustHide: "glsecret"},

		{name: "a slash that GitLab drops keeps the prior spelling", param: urlString, answer: `{"x":"https://x/y"}`, prior: Values{"x": text("https://x/y/")}, want: Values{"x": text("https://x/y/")}},
		{name: "blanks that GitLab trims keep the prior spelling", param: urlString, answer: `{"x":"https://x/y"}`, prior: Values{"x": text(" https://x/y ")}, want: Values{"x": text(" https://x/y ")}},
		{name: "another address is taken", param: urlString, answer: `{"x":"https://x/z"}`, prior: Values{"x": text("https://x/y/")}, want: Values{"x": text("https://x/z")}},
		{name: "an import takes GitLab's spelling", param: urlString, answer: `{"x":"https://x/y/"}`, as: Import, want: Values{"x": text("https://x/y/")}},
		{name: "other separators keep the prior spelling", param: listString, answer: `{"x":"a@x,b@x"}`, prior: Values{"x": text("a@x b@x")}, want: Values{"x": text("a@x b@x")}},
		{name: "a recipient less is a change", param: listString, answer: `{"x":"a@x"}`, prior: Values{"x": text("a@x b@x")}, want: Values{"x": text("a@x")}},
		{name: "recipients that run together are a change", param: listString, answer: `{"x":"a@xb@x"}`, prior: Values{"x": text("a@x b@x")}, want: Values{"x": text("a@xb@x")}},
		{name: "separators alone stay while GitLab shows none", param: listString, answer: `{"x":null}`, prior: Values{"x": text(" ,")}, want: Values{"x": text(" ,")}},
	})
}

func TestAnEchoOfAnotherChannelIsNoChannel(t *testing.T) {
	t.Parallel()
	checkDecode(t, []decodeTest{
		{name: "an echo is unset", param: echoString, answer: `{"x":"#c","y":"#c"}`, prior: Values{"x": noText, "y": text("#c")}, want: Values{"x": noText}},
		{name: "an echo is unset on import", param: echoString, answer: `{"x":"#c","y":"#c"}`, as: Import, want: Values{"x": noText}},
		{name: "an echo leaves the user's empty text", param: echoString, answer: `{"x":"#c","y":"#c"}`, prior: Values{"x": text("")}, want: Values{"x": text("")}},
		{name: "an echo of a changed channel is an echo", param: echoString, answer: `{"x":"#new","y":"#new"}`, prior: Values{"x": noText, "y": text("#old")}, want: Values{"x": noText}},
		{name: "a channel of its own is drift", param: echoString, answer: `{"x":"#d","y":"#c"}`, prior: Values{"x": noText}, want: Values{"x": text("#d")}},
		{name: "a configured channel that equals the other is kept", param: echoString, answer: `{"x":"#c","y":"#c"}`, prior: Values{"x": text("#c")}, want: Values{"x": text("#c")}},
		{name: "a configured channel that was cleared shows as the other", param: echoString, answer: `{"x":"#c","y":"#c"}`, prior: Values{"x": text("#d")}, want: Values{"x": text("#c")}},
		{name: "old versions show the stored empty text", param: echoString, answer: `{"x":"","y":"#c"}`, prior: Values{"x": text("#d")}, want: Values{"x": noText}},
		{name: "without the other channel there is no echo", param: echoString, answer: `{"x":"#c"}`, want: Values{"x": text("#c")}},
		{name: "two that are not set are not set", param: echoString, answer: `{"x":null,"y":null}`, want: Values{"x": noText}},
		{name: "what is no text is no echo", param: echoString, answer: `{"x":5,"y":5}`, want: Values{"x": text("5")}},
		{name: "a parameter that echoes nothing is taken", param: clearableString, answer: `{"x":"#c","":"#c"}`, want: Values{"x": text("#c")}},
	})
}

func TestUndoingAnEchoLeavesTheAnswerAsItIs(t *testing.T) {
	t.Parallel()
	values := map[string]any{"x": "#c", "y": "#c"}
	echoString.decode(Answer{Values: values}, &Reading{Values: Values{}})
	if values["x"] != "#c" || values["y"] != "#c" {
		t.Errorf("the answer became %v: other parameters read it too", values)
	}
}

func TestAStringIsRequiredOnlyWhileItsConditionHolds(t *testing.T) {
	t.Parallel()
	user := String{Name: "user", While: Condition{"kind", number(0)}}
	zero := int64(0)
	s := Service{Title: "Thing", Params: []Param{Int{Name: "kind", Default: &zero}, user}}
	for name, test := range map[string]struct {
		config Values
		want   []string
	}{
		"the default meets the condition":   {nil, []string{"user: Missing user for Thing"}},
		"a value meets the condition":       {Values{"kind": number(0)}, []string{"user: Missing user for Thing"}},
		"empty text is none":                {Values{"user": text("")}, []string{"user: Missing user for Thing"}},
		"a value does not":                  {Values{"kind": number(1)}, nil},
		"the value is unknown":              {Values{"kind": types.Int64Unknown()}, nil},
		"it is there":                       {Values{"kind": number(0), "user": text("u")}, nil},
		"it is unknown":                     {Values{"kind": number(0), "user": unknownText}, nil},
		"it is there without need":          {Values{"kind": number(1), "user": text("u")}, nil},
		"it is missing, and so is the kind": {Values{"kind": noNumber, "user": noText}, []string{"user: Missing user for Thing"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := problemsOf(s.Validate(test.config)); !slices.Equal(got, test.want) {
				t.Errorf("problems %q, want %q", got, test.want)
			}
		})
	}
	if problems := s.Validate(nil); len(problems) == 1 && !strings.Contains(problems[0].Detail, "`user` while `kind` is `0`") {
		t.Errorf("the problem does not say when: %q", problems[0].Detail)
	}
}

// refused are the errors of a text under an attribute's validators.
func refused(t *testing.T, p Param, value types.String) []string {
	t.Helper()
	attribute, ok := p.attributes()[keysOf(p)[0]].(schema.StringAttribute)
	if !ok {
		t.Fatalf("%s is no text", keysOf(p)[0])
	}
	var out []string
	for _, rule := range attribute.Validators {
		var resp validator.StringResponse
		rule.ValidateString(t.Context(), validator.StringRequest{Path: path.Root(keysOf(p)[0]), ConfigValue: value}, &resp)
		for _, d := range resp.Diagnostics {
			out = append(out, d.Detail())
		}
	}
	return out
}

func TestStringIsRefusedBeforeGitLabRefusesIt(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		param Param
		value types.String
		ok    bool
	}{
		"a required one may not be empty":                  {requiredString, text(""), false},
		"a required one may not be blank":                  {requiredString, text(" \n"), false},
		"a required one is free text":                      {requiredString, text("v"), true},
		"a required one may be unknown":                    {requiredString, unknownText, true},
		"a required address may not be empty":              {String{Name: "x", Required: true, Form: address}, text(""), false},
		"a required list with a limit may not be empty":    {String{Name: "x", Required: true, Form: list(blanks, "", 2)}, text(""), false},
		"a required list with a limit may not be blank":    {String{Name: "x", Required: true, Form: list(blanks, "", 2)}, text("  "), false},
		"a required list without a limit may not be empty": {String{Name: "x", Required: true, Form: list(blanks, "", 0)}, text(""), false},
		"an optional address may be empty":                 {urlString, text(""), true},
		"an optional address must be one":                  {urlString, text("example.com"), false},
		"an optional text may be empty":                    {clearableString, text(""), true},
		"an enumeration takes its words":                   {String{Name: "x", OneOf: []string{"a", "b"}, Default: "a"}, text("b"), true},
		"an enumeration takes no other":                    {String{Name: "x", OneOf: []string{"a", "b"}, Default: "a"}, text("c"), false},
		"an enumeration takes no empty text":               {String{Name: "x", OneOf: []string{"a", "b"}, Default: "a"}, text(""), false},
		"an enumeration may be unset":                      {String{Name: "x", OneOf: []string{"a", "b"}, Default: "a"}, noText, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := refused(t, test.param, test.value); (len(got) == 0) != test.ok {
				t.Errorf("errors %q, want none: %t", got, test.ok)
			}
		})
	}
}

func TestStringHasTheSchemaOfItsManagement(t *testing.T) {
	t.Parallel()
	checkSchema(t, []schemaTest{
		{name: "required", param: String{Name: "x", Required: true, Help: "Help."}, required: true, says: "Help."},
		{name: "default", param: String{Name: "x", Default: "d", Help: "Help."}, def: text("d"), says: "Help. Defaults to `d`."},
		{name: "enumeration", param: String{Name: "x", OneOf: []string{"d", "e"}, Default: "d", Help: "Help."}, def: text("d"), says: "Help. One of `d`, `e`. Defaults to `d`."},
		{name: "one word", param: String{Name: "x", OneOf: []string{"d"}, Help: "Help."}, says: "Help. One of `d`."},
		{name: "clearable", param: String{Name: "x", Help: "Help.", Form: commaSeparated}, says: "Help. Separated by commas."},
		{name: "conditional", param: String{Name: "x", Help: "Help.", While: Condition{"y", number(0)}}, says: "Help. Required while `y` is `0`."},
		{name: "legacy", param: String{Name: "x", Help: "Help.", Legacy: Legacy{Why: "Why."}}, says: "Help. Legacy: Why. Not managed unless it is configured."},
	})
}

func TestStringsExampleIsAWordThatIsNotTheDefault(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		param String
		want  Argument
	}{
		"of its own":         {String{Name: "x", Example: "e", OneOf: []string{"d", "e"}, Default: "d"}, Argument{Name: "x", Value: "e"}},
		"of the enumeration": {String{Name: "x", OneOf: []string{"d", "e", "f"}, Default: "d"}, Argument{Name: "x", Value: "e"}},
		"required":           {String{Name: "x", Example: "e", Required: true}, Argument{Name: "x", Value: "e", Required: true}},
		"legacy":             {String{Name: "x", Example: "e", Legacy: Legacy{Why: "why"}}, Argument{Name: "x", Value: "e", Legacy: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := test.param.arguments()
			if len(got) != 1 || got[0].Name != test.want.Name || got[0].Value != test.want.Value || got[0].Required != test.want.Required || got[0].Legacy != test.want.Legacy {
				t.Errorf("%+v, want %+v", got, test.want)
			}
		})
	}
}

func FuzzStringReadsAnyAnswer(f *testing.F) {
	fuzzDecode(f, func(t *testing.T, param Param, a Answer, out Reading) {
		t.Helper()
		p, _ := param.(String)
		got := out.Values.text("x")
		shown, isText := a.Values["x"].(string)
		switch {
		case p.Legacy.is() && a.Prior.null("x") && !got.IsNull():
			t.Errorf("a legacy text was taken: %s", got)
		case isText && !unset(shown) && !p.Legacy.is() && !p.Form.same(got.ValueString(), shown):
			t.Errorf("%q was read as %s", shown, got)
		case isText && len(out.Problems) > 0:
			t.Errorf("text is a problem: %v", out.Problems)
		}
	}, requiredString, defaultString, clearableString, legacyString, urlString, listString)
}

// GitLab up to 12.6 tells the title of Bugzilla and of a custom tracker as that of
// the record.
func TestTheTitleOfATrackerIsReadWhereOldGitLabTellsIt(t *testing.T) {
	t.Parallel()
	for _, s := range []Service{bugzilla, customIssueTracker} {
		for name, test := range map[string]struct {
			values      map[string]any
			slug, title string
			prior, want types.String
		}{
			"the same":                      {nil, "", "Ours", text("Ours"), text("Ours")},
			"another":                       {nil, "", "Bugzilla", text("Ours"), text("Bugzilla")},
			"told among the settings too":   {map[string]any{"title": "Theirs"}, "", "Other", text("Ours"), text("Theirs")},
			"nobody configured it":          {nil, "", "Bugzilla", noText, noText},
			"the user's empty text":         {nil, "", "Bugzilla", text(""), text("")},
			"an answer that has a slug":     {nil, s.Slug, "Bugzilla", text("Ours"), text("Ours")},
			"an answer without any of them": {nil, "", "", text("Ours"), text("Ours")},
		} {
			got := s.Decode(Answer{Values: test.values, Slug: test.slug, Title: test.title, Prior: Values{"title": test.prior}})
			if !got.Values["title"].Equal(test.want) {
				t.Errorf("%s, %s: %s, want %s", s.Slug, name, got.Values["title"], test.want)
			}
		}
	}
	if got := redmine.Decode(Answer{Title: "Redmine", Prior: Values{"description": text("d")}}); !got.Values["description"].Equal(text("d")) {
		t.Errorf("the description of Redmine is %s", got.Values["description"])
	}
}
