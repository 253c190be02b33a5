package catalog

import (
	"encoding/json"
	"math"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The ways in which a number is managed.
var (
	two          = int64(2)
	requiredInt  = Int{Name: "x", Required: true}
	defaultInt   = Int{Name: "x", Default: &two}
	clearableInt = Int{Name: "x"}
	legacyInt    = Int{Name: "x", Legacy: Legacy{Why: "why."}}
)

func TestIntIsSentByTheRulesOfItsManagement(t *testing.T) {
	t.Parallel()
	checkEncode(t, []encodeTest{
		{name: "a required one is sent as a number", param: requiredInt, plan: Values{"x": number(7)}, want: `{"x":7}`},
		{name: "a default is sent", param: defaultInt, plan: Values{"x": number(2)}, want: `{"x":2}`},
		{name: "0 is a value", param: clearableInt, plan: Values{"x": number(0)}, want: `{"x":0}`},
		{name: "a clearable one that is not set is sent as null", param: clearableInt, plan: Values{"x": noNumber}, prior: Values{"x": number(7)}, want: `{"x":null}`},
		{name: "a legacy one that is configured is sent", param: legacyInt, plan: Values{"x": number(7)}, want: `{"x":7}`},
		{name: "a legacy one that is not configured is left alone", param: legacyInt, plan: Values{"x": noNumber}, prior: Values{"x": noNumber}, want: `{}`},
		{name: "a legacy one that was configured is cleared once", param: legacyInt, plan: Values{"x": noNumber}, prior: Values{"x": number(7)}, want: `{"x":null}`},
	})
}

func TestIntIsReadFromAnyAnswer(t *testing.T) {
	t.Parallel()
	checkDecode(t, []decodeTest{
		{name: "a number is taken", param: clearableInt, answer: `{"x":6659}`, want: Values{"x": number(6659)}},
		{name: "a number in text is taken", param: clearableInt, answer: `{"x":"6659"}`, want: Values{"x": number(6659)}},
		{name: "a number in text with blanks is taken", param: clearableInt, answer: `{"x":" 6659\n"}`, want: Values{"x": number(6659)}},
		{name: "a number in text is no drift", param: clearableInt, answer: `{"x":"6659"}`, prior: Values{"x": number(6659)}, want: Values{"x": number(6659)}},
		{name: "another number is drift", param: clearableInt, answer: `{"x":1}`, prior: Values{"x": number(6659)}, want: Values{"x": number(1)}},
		{name: "0 is a value", param: clearableInt, answer: `{"x":0}`, prior: Values{"x": number(1)}, want: Values{"x": number(0)}},

		{name: "an absent key keeps the prior value", param: defaultInt, answer: `{}`, prior: Values{"x": number(7)}, want: Values{"x": number(7)}},
		{name: "an absent key is unset", param: clearableInt, answer: `{}`, want: Values{"x": noNumber}},
		{name: "an absent key is the default of an import", param: defaultInt, answer: `{}`, as: Import, want: Values{"x": number(2)}},
		{name: "null is unset", param: clearableInt, answer: `{"x":null}`, prior: Values{"x": number(7)}, want: Values{"x": noNumber}},
		{name: "empty text is unset", param: clearableInt, answer: `{"x":""}`, prior: Values{"x": number(7)}, want: Values{"x": noNumber}},
		{name: "null is not the default", param: defaultInt, answer: `{"x":null}`, prior: Values{"x": number(2)}, want: Values{"x": noNumber}},
		{name: "null is not 0", param: clearableInt, answer: `{"x":null}`, prior: Values{"x": number(0)}, want: Values{"x": noNumber}},

		{name: "a legacy one that is not configured is not taken", param: legacyInt, answer: `{"x":7}`, prior: Values{"x": noNumber}, want: Values{"x": noNumber}},
		{name: "a legacy one is not imported", param: legacyInt, answer: `{"x":7}`, as: Import, want: Values{"x": noNumber}},
		{name: "a legacy one that is configured is compared", param: legacyInt, answer: `{"x":7}`, prior: Values{"x": number(8)}, want: Values{"x": number(7)}},
		{name: "a legacy one that is configured is kept while GitLab shows null", param: legacyInt, answer: `{"x":null}`, prior: Values{"x": number(8)}, want: Values{"x": number(8)}},

		{name: "true is a problem and keeps the prior value", param: clearableInt, answer: `{"x":true}`, prior: Values{"x": number(7)}, want: Values{"x": number(7)}, problemSays: "true or false"},
		{name: "words are a problem", param: clearableInt, answer: `{"x":"glsecret"}`, want: Values{"x": noNumber}, problemSays: "a whole number is expected", problemMustHide: "glsecret"},
		{name: "a list is a problem", param: clearableInt, answer: `{"x":[7]}`, want: Values{"x": noNumber}, problemSays: "a list"},
	})
}

func TestWholeNumbersAreReadHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]int64{
		"0": 0, "7": 7, "-7": -7, "+7": 7, "007": 7, "7.0": 7, "7.": 7, strings.Repeat("0", 39) + "7": 7,
		"9223372036854775807": math.MaxInt64, "-9223372036854775808": math.MinInt64,
	} {
		for _, wire := range []any{written, json.Number(written)} {
			if got, ok := parseInt(wire); !ok || !got.Equal(number(want)) {
				t.Errorf("%T %s reads as %v, want %d", wire, written, got, want)
			}
		}
	}
	for _, written := range []string{
		"7.5", "9223372036854775808", "-9223372036854775809", "1e2", "1E2", "1E999999999", "0x10", "0X10", "0b11", "0B11", "0o17", "0O17", "1p4",
		"14/2", "1_000", "1,000", "7 8", "seven", "NaN", "Inf", "-", ".", "", strings.Repeat("0", 40) + "7",
	} {
		for _, wire := range []any{written, json.Number(written)} {
			if got, ok := parseInt(wire); ok {
				t.Errorf("%T %q reads as %v, want a problem", wire, written, got)
			}
		}
	}
}

func TestIntIsRefusedBeforeGitLabRefusesIt(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		param Int
		value types.Int64
		ok    bool
	}{
		"the smallest":              {Int{Name: "x", Min: 1, Max: 9}, number(1), true},
		"the largest":               {Int{Name: "x", Min: 1, Max: 9}, number(9), true},
		"too small":                 {Int{Name: "x", Min: 1, Max: 9}, number(0), false},
		"too large":                 {Int{Name: "x", Min: 1, Max: 9}, number(10), false},
		"above an upper bound":      {Int{Name: "x", Max: 9}, number(10), false},
		"without bounds":            {Int{Name: "x"}, number(math.MaxInt64), true},
		"one of":                    {Int{Name: "x", OneOf: []Number{{0, "a"}, {1, "b"}}}, number(1), true},
		"none of":                   {Int{Name: "x", OneOf: []Number{{0, "a"}, {1, "b"}}}, number(2), false},
		"below a lower bound":       {Int{Name: "x", Min: -9}, number(-10), false},
		"none of one":               {Int{Name: "x", OneOf: []Number{{5, "a"}}}, number(2), false},
		"one that is not set":       {Int{Name: "x", Min: 1, Max: 9}, noNumber, true},
		"one that is not yet known": {Int{Name: "x", Min: 1, Max: 9}, types.Int64Unknown(), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, _ := test.param.attributes()["x"].(schema.Int64Attribute)
			var resp validator.Int64Response
			for _, rule := range a.Validators {
				rule.ValidateInt64(t.Context(), validator.Int64Request{Path: path.Root("x"), ConfigValue: test.value}, &resp)
			}
			if resp.Diagnostics.HasError() == test.ok {
				t.Errorf("errors %v, want none: %t", resp.Diagnostics, test.ok)
			}
		})
	}
}

func TestANumberThatCanBeOnlyOneSaysSo(t *testing.T) {
	t.Parallel()
	one := Int{Name: "n", OneOf: []Number{{5, "five"}}}
	if got := one.words(); got != "One of `5` (five)." {
		t.Errorf("says %q", got)
	}
	for _, got := range []string{one.oneOf().Description(t.Context()), one.oneOf().MarkdownDescription(t.Context())} {
		if got != "must be 5 (five)" {
			t.Errorf("its check says %q", got)
		}
	}
	negative := Int{Name: "n", OneOf: []Number{{-1, "less"}, {0, "none"}}}
	if got := negative.oneOf().sample; got != 1 {
		t.Errorf("the first number that is none of them is %d, want 1", got)
	}
	if got := one.arguments()[0].Value; got != int64(5) {
		t.Errorf("its example is %v", got)
	}
}

func TestIntHasTheSchemaOfItsManagement(t *testing.T) {
	t.Parallel()
	checkSchema(t, []schemaTest{
		{name: "required", param: Int{Name: "x", Required: true, Help: "Help."}, required: true, says: "Help."},
		{name: "default", param: Int{Name: "x", Default: &two, Help: "Help."}, def: number(2), says: "Help. Defaults to `2`."},
		{name: "clearable", param: Int{Name: "x", Help: "Help."}, says: "Help."},
		{name: "enumeration", param: Int{Name: "x", OneOf: []Number{{0, "a"}, {2, "b"}}, Default: &two, Help: "Help."}, def: number(2), says: "Help. One of `0` (a), `2` (b). Defaults to `2`."},
		{name: "legacy", param: Int{Name: "x", Legacy: Legacy{Why: "Why."}, Help: "Help."}, says: "Help. Legacy: Why. Not managed unless it is configured."},
	})
}

func TestIntsExampleIsANumberThatIsNotTheDefault(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		param Int
		want  int64
	}{
		"of its own":         {Int{Name: "x", Example: 7}, 7},
		"of the enumeration": {Int{Name: "x", OneOf: []Number{{2, "a"}, {3, "b"}, {4, "c"}}, Default: &two}, 3},
	} {
		if got := test.param.arguments(); len(got) != 1 || got[0].Name != "x" || got[0].Value != test.want {
			t.Errorf("%s: %+v, want %d", name, got, test.want)
		}
	}
	if got := (Int{Name: "x", Required: true}).arguments()[0]; !got.Required || got.Legacy {
		t.Errorf("a required number is %+v", got)
	}
	if got := legacyInt.arguments()[0]; got.Required || !got.Legacy {
		t.Errorf("a legacy number is %+v", got)
	}
}

// decimal is a whole number as people write it: its sign and its digits.
var decimal = regexp.MustCompile(`^([+-]?)(\d*)(?:\.0*)?$`)

func FuzzIntReadsAnyAnswer(f *testing.F) {
	fuzzDecode(f, func(t *testing.T, param Param, a Answer, out Reading) {
		t.Helper()
		p, _ := param.(Int)
		if p.Legacy.is() && a.Prior.null("x") && !out.Values.null("x") {
			t.Errorf("a legacy number was taken: %s", out.Values["x"])
		}
		wire, shown := a.Values["x"]
		if !shown || unset(wire) || p.Legacy.is() || len(out.Problems) > 0 {
			return
		}
		written, _ := parseText(wire)
		parts := decimal.FindStringSubmatch(strings.TrimSpace(written.(types.String).ValueString()))
		if parts == nil {
			t.Fatalf("%v was read as %s", wire, out.Values["x"])
		}
		if want, ok := new(big.Int).SetString(parts[1]+"0"+parts[2], 10); !ok || want.String() != out.Values["x"].String() {
			t.Errorf("%v was read as %s, want %s", wire, out.Values["x"], want)
		}
	}, requiredInt, defaultInt, clearableInt, legacyInt)
}
