package catalog

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The ways in which a list is managed.
var (
	clearableStrings = Strings{Name: "x"}
	legacyStrings    = Strings{Name: "x", Legacy: Legacy{Why: "why."}}
)

func TestStringsAreSentByTheRulesOfTheirManagement(t *testing.T) {
	t.Parallel()
	checkEncode(t, []encodeTest{
		{name: "they are sent in their order", param: clearableStrings, plan: Values{"x": texts("b", "a")}, want: `{"x":["b","a"]}`},
		{name: "the user's empty list is sent", param: clearableStrings, plan: Values{"x": texts()}, want: `{"x":[]}`},
		{name: "those that are not set are sent as an empty list", param: clearableStrings, plan: Values{"x": noTexts}, prior: Values{"x": texts("a")}, want: `{"x":[]}`},
		{name: "legacy ones that are configured are sent", param: legacyStrings, plan: Values{"x": texts("a")}, want: `{"x":["a"]}`},
		{name: "legacy ones that are not configured are left alone", param: legacyStrings, plan: Values{"x": noTexts}, prior: Values{"x": noTexts}, want: `{}`},
		{name: "legacy ones that were configured are cleared once", param: legacyStrings, plan: Values{"x": noTexts}, prior: Values{"x": texts("a")}, want: `{"x":[]}`},
	})
}

func TestStringsAreReadFromAnyAnswer(t *testing.T) {
	t.Parallel()
	checkDecode(t, []decodeTest{
		{name: "a list is taken", param: clearableStrings, answer: `{"x":["a","b"]}`, want: Values{"x": texts("a", "b")}},
		{name: "numbers in it are text", param: clearableStrings, answer: `{"x":["a",1,true]}`, want: Values{"x": texts("a", "1", "true")}},
		{name: "another order is drift", param: clearableStrings, answer: `{"x":["b","a"]}`, prior: Values{"x": texts("a", "b")}, want: Values{"x": texts("b", "a")}},
		{name: "one less is drift", param: clearableStrings, answer: `{"x":["a"]}`, prior: Values{"x": texts("a", "b")}, want: Values{"x": texts("a")}},
		{name: "one in place of none is drift", param: clearableStrings, answer: `{"x":["a"]}`, prior: Values{"x": texts()}, want: Values{"x": texts("a")}},

		{name: "an absent key keeps the prior list", param: clearableStrings, answer: `{}`, prior: Values{"x": texts("a")}, want: Values{"x": texts("a")}},
		{name: "an absent key is unset", param: clearableStrings, answer: `{}`, as: Import, want: Values{"x": noTexts}},
		{name: "null is unset", param: clearableStrings, answer: `{"x":null}`, prior: Values{"x": texts("a")}, want: Values{"x": noTexts}},
		{name: "empty text is unset", param: clearableStrings, answer: `{"x":""}`, prior: Values{"x": texts("a")}, want: Values{"x": noTexts}},
		{name: "an empty list is unset", param: clearableStrings, answer: `{"x":[]}`, prior: Values{"x": texts("a")}, want: Values{"x": noTexts}},
		{name: "an empty list is unset on import", param: clearableStrings, answer: `{"x":[]}`, as: Import, want: Values{"x": noTexts}},
		{name: "the user's empty list stays while GitLab shows null", param: clearableStrings, answer: `{"x":null}`, prior: Values{"x": texts()}, want: Values{"x": texts()}},
		{name: "the user's empty list stays while GitLab shows an empty one", param: clearableStrings, answer: `{"x":[]}`, prior: Values{"x": texts()}, want: Values{"x": texts()}},

		{name: "legacy ones that are not configured are not taken", param: legacyStrings, answer: `{"x":["a"]}`, prior: Values{"x": noTexts}, want: Values{"x": noTexts}},
		{name: "legacy ones are not imported", param: legacyStrings, answer: `{"x":["a"]}`, as: Import, want: Values{"x": noTexts}},
		{name: "legacy ones that are configured are compared", param: legacyStrings, answer: `{"x":["a"]}`, prior: Values{"x": texts("b")}, want: Values{"x": texts("a")}},
		{name: "legacy ones that are configured are kept while GitLab shows null", param: legacyStrings, answer: `{"x":null}`, prior: Values{"x": texts("b")}, want: Values{"x": texts("b")}},

		{name: "text is a problem and keeps the prior list", param: clearableStrings, answer: `{"x":"glsecret"}`, prior: Values{"x": texts("b")}, want: Values{"x": texts("b")}, problemSays: "a list of texts is expected", problemMustHide: "glsecret"},
		{name: "an object is a problem", param: clearableStrings, answer: `{"x":{}}`, want: Values{"x": noTexts}, problemSays: "an object"},
		{name: "a list of lists is a problem", param: clearableStrings, answer: `{"x":[["a"]]}`, want: Values{"x": noTexts}, problemSays: "a list of texts"},
		{name: "a list with null is a problem", param: clearableStrings, answer: `{"x":["a",null]}`, want: Values{"x": noTexts}, problemSays: "a list of texts"},
	})
}

func TestStringsAreRefusedWhereGitLabWouldChangeThem(t *testing.T) {
	t.Parallel()
	a, ok := clearableStrings.attributes()["x"].(schema.ListAttribute)
	if !ok || !a.Optional || a.Computed || a.Required {
		t.Fatalf("the attribute is %+v, want an optional list", a)
	}
	for name, test := range map[string]struct {
		value types.List
		ok    bool
	}{
		"different ones":            {texts("a", "b", "a b"), true},
		"none":                      {texts(), true},
		"null":                      {noTexts, true},
		"unknown":                   {types.ListUnknown(types.StringType), true},
		"one that is not yet known": {types.ListValueMust(types.StringType, []attr.Value{unknownText, text("a")}), true},
		"two that are equal":        {texts("a", "b", "a"), false},
		"an empty one":              {texts("a", ""), false},
		"a blank one":               {texts(" "), false},
		"a blank before":            {texts(" a"), false},
		"a blank behind":            {texts("a\n"), false},
		"one that is null":          {types.ListValueMust(types.StringType, []attr.Value{noText}), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var resp validator.ListResponse
			for _, rule := range a.Validators {
				rule.ValidateList(t.Context(), validator.ListRequest{Path: path.Root("x"), PathExpression: path.MatchRoot("x"), ConfigValue: test.value}, &resp)
			}
			if resp.Diagnostics.HasError() == test.ok {
				t.Errorf("errors %v, want none: %t", resp.Diagnostics, test.ok)
			}
		})
	}
}

func TestStringsHaveAnExample(t *testing.T) {
	t.Parallel()
	got := Strings{Name: "x", Example: []string{"a"}, Legacy: Legacy{Why: "why."}}.arguments()
	if example, _ := got[0].Value.([]string); len(got) != 1 || got[0].Name != "x" || len(example) != 1 || !got[0].Legacy || got[0].Required {
		t.Errorf("%+v", got)
	}
}

func FuzzStringsReadAnyAnswer(f *testing.F) {
	fuzzDecode(f, func(t *testing.T, param Param, a Answer, out Reading) {
		t.Helper()
		p, _ := param.(Strings)
		got, _ := out.Values["x"].(types.List)
		if p.Legacy.is() {
			if a.Prior.null("x") && !got.IsNull() {
				t.Errorf("a legacy list was taken: %s", got)
			}
			return
		}
		items, isList := a.Values["x"].([]any)
		if isList && len(out.Problems) == 0 && len(got.Elements()) != len(items) {
			t.Errorf("%d items were read as %s", len(items), got)
		}
	}, clearableStrings, legacyStrings)
}
