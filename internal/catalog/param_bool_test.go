package catalog

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The ways in which a boolean is managed.
var (
	requiredBool  = Bool{Name: "x", Required: true}
	onBool        = Bool{Name: "x", Default: true}
	offBool       = Bool{Name: "x"}
	legacyBool    = Bool{Name: "x", Legacy: Legacy{Why: "why."}}
	legacyOnBool  = Bool{Name: "x", Legacy: Legacy{Why: "why."}, Default: true}
	flag          = Bool{Name: "x", flag: true}
	onFlag        = Bool{Name: "x", flag: true, Default: true}
	legacyFlag    = Bool{Name: "x", flag: true, Legacy: Legacy{Why: "why."}}
	legacyOnFlag  = Bool{Name: "x", flag: true, Legacy: Legacy{Why: "why."}, Default: true}
	noBool        = types.BoolNull()
	everyBoolKind = []Param{requiredBool, onBool, offBool, legacyBool, legacyOnBool, flag, onFlag, legacyFlag, legacyOnFlag}
)

func TestBoolIsSentByTheRulesOfItsManagement(t *testing.T) {
	t.Parallel()
	checkEncode(t, []encodeTest{
		{name: "true is sent", param: offBool, plan: Values{"x": yes}, want: `{"x":true}`},
		{name: "false is sent", param: onBool, plan: Values{"x": no}, want: `{"x":false}`},
		{name: "a required one is sent", param: requiredBool, plan: Values{"x": yes}, want: `{"x":true}`},
		{name: "a default is sent", param: onBool, plan: Values{"x": yes}, want: `{"x":true}`},
		{name: "a flag is sent", param: flag, plan: Values{"x": no}, want: `{"x":false}`},
		{name: "a legacy one that is configured is sent", param: legacyOnBool, plan: Values{"x": no}, want: `{"x":false}`},
		{name: "a legacy one that is not configured is left alone", param: legacyBool, plan: Values{"x": noBool}, prior: Values{"x": noBool}, want: `{}`},
		{name: "a legacy one that was configured is cleared once", param: legacyBool, plan: Values{"x": noBool}, prior: Values{"x": yes}, want: `{"x":null}`},
		{name: "a legacy one is cleared to its default", param: legacyOnBool, plan: Values{"x": noBool}, prior: Values{"x": no}, want: `{"x":true}`},
		{name: "a flag is never cleared to null", param: legacyFlag, plan: Values{"x": noBool}, prior: Values{"x": yes}, want: `{"x":false}`},
		{name: "a flag is cleared to its default", param: legacyOnFlag, plan: Values{"x": noBool}, prior: Values{"x": no}, want: `{"x":true}`},
	})
}

func TestBoolIsReadFromAnyAnswer(t *testing.T) {
	t.Parallel()
	checkDecode(t, []decodeTest{
		{name: "true is taken", param: offBool, answer: `{"x":true}`, prior: Values{"x": no}, want: Values{"x": yes}},
		{name: "false is taken", param: onBool, answer: `{"x":false}`, prior: Values{"x": yes}, want: Values{"x": no}},
		{name: "what a web form stored as on is no drift", param: offBool, answer: `{"x":"1"}`, prior: Values{"x": yes}, want: Values{"x": yes}},
		{name: "what a web form stored as off is no drift", param: onBool, answer: `{"x":"0"}`, prior: Values{"x": no}, want: Values{"x": no}},
		{name: "what a web form stored is compared", param: onBool, answer: `{"x":"0"}`, prior: Values{"x": yes}, want: Values{"x": no}},

		{name: "an absent key keeps the prior value", param: onBool, answer: `{}`, prior: Values{"x": no}, want: Values{"x": no}},
		{name: "an absent key is the default that is on", param: onBool, answer: `{}`, as: Import, want: Values{"x": yes}},
		{name: "an absent key is the default that is off", param: flag, answer: `{}`, as: Import, want: Values{"x": no}},
		{name: "null is off, whatever the default", param: onBool, answer: `{"x":null}`, as: Import, want: Values{"x": no}},
		{name: "null is drift where it was on", param: onFlag, answer: `{"x":null}`, prior: Values{"x": yes}, want: Values{"x": no}},
		{name: "null is no drift where it was off", param: onFlag, answer: `{"x":null}`, prior: Values{"x": no}, want: Values{"x": no}},
		{name: "empty text is off", param: onBool, answer: `{"x":""}`, prior: Values{"x": yes}, want: Values{"x": no}},

		{name: "a legacy one that is not configured is not taken", param: legacyBool, answer: `{"x":true}`, prior: Values{"x": noBool}, want: Values{"x": noBool}},
		{name: "a legacy one is not imported", param: legacyOnBool, answer: `{"x":true}`, as: Import, want: Values{"x": noBool}},
		{name: "a legacy one has no default when it is absent", param: legacyOnBool, answer: `{}`, want: Values{"x": noBool}},
		{name: "a legacy one that is configured is compared", param: legacyBool, answer: `{"x":false}`, prior: Values{"x": yes}, want: Values{"x": no}},
		{name: "a legacy one that is configured is kept while GitLab shows null", param: legacyBool, answer: `{"x":null}`, prior: Values{"x": yes}, want: Values{"x": yes}},
		{name: "a legacy one that is configured is kept while GitLab shows nothing", param: legacyFlag, answer: `{}`, prior: Values{"x": yes}, want: Values{"x": yes}},

		{name: "words are a problem and keep the prior value", param: offBool, answer: `{"x":"glsecret"}`, prior: Values{"x": yes}, want: Values{"x": yes}, problemSays: "true or false is expected", problemMustHide: "glsecret"},
		{name: "another number is a problem", param: onBool, answer: `{"x":2}`, want: Values{"x": no}, problemSays: "a number"},
		{name: "a list is a problem", param: offBool, answer: `{"x":[true]}`, want: Values{"x": no}, problemSays: "a list"},
		{name: "an object is a problem", param: offBool, answer: `{"x":{}}`, want: Values{"x": no}, problemSays: "an object"},
	})
}

func TestEveryWordForTrueAndFalseIsUnderstood(t *testing.T) {
	t.Parallel()
	for want, words := range map[bool][]string{
		true:  {`true`, `1`, `"true"`, `"TRUE"`, `"True"`, `"1"`, `"t"`, `"yes"`, `"y"`, `"on"`, `" 1 "`},
		false: {`false`, `0`, `"false"`, `"FALSE"`, `"0"`, `"f"`, `"no"`, `"n"`, `"off"`, `" 0\n"`},
	} {
		for _, word := range words {
			if got, ok := parseBool(fromJSON(word)); !ok || !got.Equal(types.BoolValue(want)) {
				t.Errorf("%s reads as %v, want %t", word, got, want)
			}
		}
	}
	for _, word := range []string{`2`, `-1`, `10`, `"2"`, `"trues"`, `"nil"`, `"null"`, `[]`, `{}`} {
		if got, ok := parseBool(fromJSON(word)); ok {
			t.Errorf("%s reads as %v, want a problem", word, got)
		}
	}
}

func TestBoolHasTheSchemaOfItsManagement(t *testing.T) {
	t.Parallel()
	checkSchema(t, []schemaTest{
		{name: "required", param: Bool{Name: "x", Required: true, Help: "Help."}, required: true, says: "Help."},
		{name: "on by default", param: Bool{Name: "x", Default: true, Help: "Help."}, def: yes, says: "Help. Defaults to `true`."},
		{name: "off by default", param: Bool{Name: "x", Help: "Help."}, def: no, says: "Help. Defaults to `false`."},
		{name: "legacy", param: Bool{Name: "x", Default: true, Legacy: Legacy{Why: "Why."}, Help: "Help."}, says: "Help. Legacy: Why. Not managed unless it is configured."},
	})
}

func TestBoolsExampleIsNotTheDefault(t *testing.T) {
	t.Parallel()
	for _, p := range everyBoolKind {
		b, _ := p.(Bool)
		got := b.arguments()
		if len(got) != 1 || got[0].Name != "x" || got[0].Value != !b.Default || got[0].Required != b.Required || got[0].Legacy != (b.Legacy.is()) || got[0].Event != b.flag || got[0].WriteOnly != "" {
			t.Errorf("the example of %+v is %+v", b, got)
		}
	}
}

func FuzzBoolReadsAnyAnswer(f *testing.F) {
	fuzzDecode(f, func(t *testing.T, param Param, a Answer, out Reading) {
		t.Helper()
		p, _ := param.(Bool)
		switch {
		case !p.Legacy.is() && out.Values.null("x"):
			t.Error("a boolean that has a default is null")
		case p.Legacy.is() && out.Values.null("x") != a.Prior.null("x"):
			t.Errorf("a legacy boolean was %v and is %v", a.Prior["x"], out.Values["x"])
		}
		if shown, isBool := a.Values["x"].(bool); isBool && !p.Legacy.is() && !out.Values["x"].Equal(types.BoolValue(shown)) {
			t.Errorf("%t was read as %s", shown, out.Values["x"])
		}
	}, everyBoolKind...)
}
