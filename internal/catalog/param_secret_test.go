package catalog

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The kinds of secrets, and a service to name in problems.
var (
	requiredSecretX = Secret{Name: "x", Required: true}
	optionalSecret  = Secret{Name: "x"}
	eachSecret      = Secret{Name: "x", Each: true}
	unwatchedSecret = Secret{Name: "x", Required: true, Unwatched: "Why."}
	webhookSecret   = Secret{Name: "x", Required: true, Form: address}
	thing           = &Service{Title: "Thing"}
)

// triple is the three attributes of a secret: those that are nil are null.
func triple(x, version any) Values {
	out := Values{"x": noText, "x_wo": noText, "x_wo_version": noNumber}
	if s, ok := x.(string); ok {
		out["x"] = text(s)
	}
	if n, ok := version.(int); ok {
		out["x_wo_version"] = number(int64(n))
	}
	return out
}

func TestSecretIsSentWithEveryWriteThatKnowsIt(t *testing.T) {
	t.Parallel()
	held, writeOnlyHeld, unheld := triple("s", nil), triple(nil, 1), triple(nil, nil)
	checkEncode(t, []encodeTest{
		{name: "x is sent", param: requiredSecretX, plan: held, config: Values{"x": text("s")}, want: `{"x":"s"}`, secrets: []string{"s"}},
		{name: "x is sent again when something else changes", param: requiredSecretX, plan: held, config: Values{"x": text("s")}, prior: held, want: `{"x":"s"}`, secrets: []string{"s"}},
		{name: "x_wo is sent from the configuration", param: requiredSecretX, plan: writeOnlyHeld, config: Values{"x_wo": text("s")}, want: `{"x":"s"}`, secrets: []string{"s"}},
		{name: "x_wo is sent again when something else changes", param: requiredSecretX, plan: writeOnlyHeld, config: Values{"x_wo": text("s")}, prior: writeOnlyHeld, want: `{"x":"s"}`, secrets: []string{"s"}},
		{name: "x_wo takes the place of x", param: requiredSecretX, plan: writeOnlyHeld, config: Values{"x_wo": text("new")}, prior: triple("old", nil), want: `{"x":"new"}`, secrets: []string{"new"}},
		{name: "x takes the place of x_wo", param: requiredSecretX, plan: triple("new", nil), config: Values{"x": text("new")}, prior: writeOnlyHeld, want: `{"x":"new"}`, secrets: []string{"new"}},
		{name: "what leaves and what is hidden is the trimmed form", param: webhookSecret, plan: triple(" https://x/y ", nil), want: `{"x":"https://x/y"}`, secrets: []string{"https://x/y"}},
		{name: "a write-only one is trimmed too", param: webhookSecret, config: Values{"x_wo": text("https://x/y\n")}, want: `{"x":"https://x/y"}`, secrets: []string{"https://x/y"}},

		{name: "an optional one that nobody knows of is left alone", param: optionalSecret, plan: unheld, want: `{}`},
		{name: "one that is not known is left alone", param: optionalSecret, plan: Values{"x": unknownText}, config: Values{"x": unknownText, "x_wo": unknownText}, want: `{}`},
		{name: "an optional one that nobody knows of is left alone by an update", param: optionalSecret, plan: unheld, prior: unheld, want: `{}`},
		{name: "an optional one that was taken out is cleared", param: optionalSecret, plan: unheld, prior: held, want: `{"x":""}`},
		{name: "an optional write-only one that was taken out is cleared", param: optionalSecret, plan: unheld, prior: writeOnlyHeld, want: `{"x":""}`},
		{name: "an optional write-only one that turns out null is cleared", param: optionalSecret, plan: unheld, config: Values{"x_wo": noText}, prior: writeOnlyHeld, want: `{"x":""}`},
		{name: "the user's empty text clears", param: optionalSecret, plan: triple("", nil), want: `{"x":""}`, secrets: []string{""}},
		{name: "one that GitLab wants each time is sent as empty", param: eachSecret, plan: unheld, want: `{"x":""}`},
		{name: "one that GitLab wants each time is sent", param: eachSecret, plan: held, want: `{"x":"s"}`, secrets: []string{"s"}},
	})
}

// What is sent is null where the settings are inherited, which a GitLab that does
// not know of inheritance takes for some secrets, and clears them.
func TestSecretThatMayBeNullIsAskedForWhereItIsToInherit(t *testing.T) {
	t.Parallel()
	for _, nullable := range []bool{true, false} {
		secret := requiredSecretX
		secret.Nullable = nullable
		b := Body{Values: map[string]any{}}
		secret.encode(Change{Plan: inherit(triple(nil, nil))}, &b)
		if got, sent := b.Values["x"]; got != nil || !sent || b.MayClear() != nullable {
			t.Errorf("may be null: %t: it sends %v, and has to ask: %t", nullable, b.Values, b.MayClear())
		}
	}
}

func TestSecretInTheStateIsWhatTerraformSentUnlessGitLabShowsIt(t *testing.T) {
	t.Parallel()
	held, writeOnlyHeld, unheld := triple("s", nil), triple(nil, 3), triple(nil, nil)
	forgets := []string{"x"}
	checkDecode(t, []decodeTest{
		{name: "x is kept while GitLab does not show it", param: requiredSecretX, answer: `{}`, prior: held, want: held},
		{name: "x is kept while GitLab shows null", param: requiredSecretX, answer: `{"x":null}`, prior: held, want: held},
		{name: "x is kept while GitLab shows empty text", param: requiredSecretX, answer: `{"x":""}`, prior: held, want: held},
		{name: "the version is kept", param: requiredSecretX, answer: `{}`, prior: writeOnlyHeld, want: writeOnlyHeld},
		{name: "x_wo never stands in the state", param: requiredSecretX, answer: `{}`, prior: Values{"x": noText, "x_wo": text("glsecret"), "x_wo_version": number(3)}, want: writeOnlyHeld},
		{name: "none is none", param: optionalSecret, answer: `{}`, prior: unheld, want: unheld},
		{name: "none is none on import", param: requiredSecretX, answer: `{}`, as: Import, want: unheld},
		{name: "the user's empty text stays", param: optionalSecret, answer: `{}`, prior: triple("", nil), want: triple("", nil)},

		{name: "a foreign write makes it forget x", param: requiredSecretX, answer: `{}`, prior: held, foreign: true, want: unheld, forgotten: forgets},
		{name: "a foreign write makes it forget the version", param: requiredSecretX, answer: `{}`, prior: writeOnlyHeld, foreign: true, want: unheld, forgotten: forgets},
		{name: "a foreign write makes it forget an optional one", param: optionalSecret, answer: `{"x":""}`, prior: held, foreign: true, want: unheld, forgotten: forgets},
		{name: "a foreign write has nothing to forget", param: optionalSecret, answer: `{}`, prior: unheld, foreign: true, want: unheld},
		{name: "a foreign write has nothing to forget on import", param: optionalSecret, answer: `{}`, as: Import, foreign: true, want: unheld},
		{name: "an unwatched one is never forgotten", param: unwatchedSecret, answer: `{}`, prior: held, foreign: true, want: held},
		{name: "the version of an unwatched one is never forgotten", param: unwatchedSecret, answer: `{}`, prior: writeOnlyHeld, foreign: true, want: writeOnlyHeld},

		{name: "old servers show the same x", param: requiredSecretX, answer: `{"x":"s"}`, prior: held, want: held},
		{name: "old servers show another x", param: requiredSecretX, answer: `{"x":"other"}`, prior: held, want: triple("other", nil)},
		{name: "old servers show another x of an unwatched one", param: unwatchedSecret, answer: `{"x":"other"}`, prior: held, want: triple("other", nil)},
		{name: "a shown x is compared, not forgotten, after a foreign write", param: requiredSecretX, answer: `{"x":"s"}`, prior: held, foreign: true, want: held},
		{name: "a shown x that is another is taken, not forgotten, after a foreign write", param: requiredSecretX, answer: `{"x":"other"}`, prior: held, foreign: true, want: triple("other", nil)},
		{name: "what is shown of a write-only one is dropped", param: requiredSecretX, answer: `{"x":"s"}`, prior: writeOnlyHeld, want: writeOnlyHeld},
		{name: "what is shown of a write-only one is forgotten after a foreign write", param: requiredSecretX, answer: `{"x":"s"}`, prior: writeOnlyHeld, foreign: true, want: unheld, forgotten: forgets},
		{name: "what is shown is not taken where state has none", param: requiredSecretX, answer: `{"x":"s"}`, prior: unheld, want: unheld},
		{name: "what is shown is taken on import", param: requiredSecretX, answer: `{"x":"s"}`, prior: unheld, as: Import, want: held},
		{name: "what is shown is taken on import without any state", param: requiredSecretX, answer: `{"x":"s"}`, as: Import, want: held},

		{name: "a shown webhook keeps its blanks", param: webhookSecret, answer: `{"x":"https://x/y"}`, prior: triple("https://x/y ", nil), want: triple("https://x/y ", nil)},
		{name: "a shown webhook with another slash is another", param: webhookSecret, answer: `{"x":"https://x/y/"}`, prior: triple("https://x/y", nil), want: triple("https://x/y/", nil)},
		{name: "what is no text is a problem", param: requiredSecretX, answer: `{"x":{"k":"v"}}`, prior: held, want: held, problemSays: "an object"},
		{name: "a number is imported as text", param: requiredSecretX, answer: `{"x":5}`, as: Import, want: triple("5", nil)},
		{name: "blanks are not imported", param: requiredSecretX, answer: `{"x":" "}`, as: Import, want: unheld},
	})
}

func TestSecretHasOneValueAndAVersionOnlyBesideWriteOnly(t *testing.T) {
	t.Parallel()
	const two, lone = "x_wo: Two values for x of Thing", "x_wo_version: x_wo_version without x_wo"
	unknownNumber := types.Int64Unknown()
	for name, test := range map[string]struct {
		config Values
		want   []string
	}{
		"neither":                               {nil, nil},
		"x":                                     {Values{"x": text("s")}, nil},
		"x_wo":                                  {Values{"x_wo": text("s")}, nil},
		"x_wo with a version":                   {Values{"x_wo": text("s"), "x_wo_version": number(2)}, nil},
		"x_wo with an unknown version":          {Values{"x_wo": text("s"), "x_wo_version": unknownNumber}, nil},
		"both":                                  {Values{"x": text("s"), "x_wo": text("s")}, []string{two}},
		"both, one empty":                       {Values{"x": text(""), "x_wo": text("s")}, []string{two}},
		"both, x unknown":                       {Values{"x": unknownText, "x_wo": text("s")}, nil},
		"both, x_wo unknown":                    {Values{"x": text("s"), "x_wo": unknownText}, nil},
		"a version alone":                       {Values{"x_wo_version": number(2)}, []string{lone}},
		"a version beside x":                    {Values{"x": text("s"), "x_wo_version": number(2)}, []string{lone}},
		"a version beside an unknown x_wo":      {Values{"x_wo": unknownText, "x_wo_version": number(2)}, nil},
		"a version that is unknown alone":       {Values{"x_wo_version": unknownNumber}, nil},
		"a version that is unknown, beside x":   {Values{"x": text("s"), "x_wo_version": unknownNumber}, nil},
		"both, with a version, is one problem":  {Values{"x": text("s"), "x_wo": text("s"), "x_wo_version": number(2)}, []string{two}},
		"a null version and null values are no": {triple(nil, nil), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, p := range []Secret{requiredSecretX, optionalSecret, eachSecret} {
				if got := problemsOf(p.validate(thing, test.config)); !slices.Equal(got, test.want) {
					t.Errorf("problems %q, want %q", got, test.want)
				}
			}
		})
	}
}

func TestSecretThatGitLabWantsIsMissed(t *testing.T) {
	t.Parallel()
	missing := []string{"x: Missing x for Thing"}
	for name, test := range map[string]struct {
		param  Secret
		change Change
		want   []string
		// ignored: it may be ignore_changes that hides the secret.
		ignored bool
	}{
		"a required one":                                    {requiredSecretX, Change{}, missing, false},
		"a required one in an update":                       {requiredSecretX, Change{Prior: triple(nil, nil)}, missing, false},
		"a required one that the plan takes out":            {requiredSecretX, Change{Plan: triple(nil, nil), Prior: triple("s", nil)}, missing, false},
		"a required one that the plan keeps":                {requiredSecretX, Change{Plan: triple("s", nil), Prior: triple("s", nil)}, nil, false},
		"a required one of which only the version stays":    {requiredSecretX, Change{Plan: triple(nil, 1), Prior: triple(nil, 1)}, missing, true},
		"one that has to be sent and that the plan keeps":   {eachSecret, Change{Plan: triple(nil, 1), Prior: triple(nil, 1)}, missing, true},
		"a required one whose settings are taken over":      {requiredSecretX, Change{Plan: triple(nil, nil), Prior: inherit(triple(nil, nil))}, missing, true},
		"an optional one of which only the version stays":   {optionalSecret, Change{Plan: triple(nil, 1), Prior: triple(nil, 1)}, nil, false},
		"two values that were not known":                    {optionalSecret, Change{Config: Values{"x": text("s"), "x_wo": text("t")}}, []string{"x_wo: Two values for x of Thing"}, false},
		"two of which one is not known yet":                 {optionalSecret, Change{Config: Values{"x": unknownText, "x_wo": text("t")}}, nil, false},
		"x of the state beside x_wo":                        {optionalSecret, Change{Config: Values{"x": text("s"), "x_wo": text("t")}, Prior: triple("s", nil)}, nil, false},
		"a required one that is there":                      {requiredSecretX, Change{Config: Values{"x": text("s")}}, nil, false},
		"a required one that is there, write-only":          {requiredSecretX, Change{Config: Values{"x_wo": text("s")}}, nil, false},
		"a required one that is unknown":                    {requiredSecretX, Change{Config: Values{"x": unknownText}}, nil, false},
		"a required one that is unknown, write-only":        {requiredSecretX, Change{Config: Values{"x_wo": unknownText}}, nil, false},
		"a required one that turned out null":               {requiredSecretX, Change{Config: Values{"x": noText, "x_wo": noText}}, missing, false},
		"an optional one":                                   {optionalSecret, Change{}, nil, false},
		"one that GitLab wants each time and takes as \"\"": {eachSecret, Change{}, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			problems := test.param.require(thing, test.change)
			if got := problemsOf(problems); !slices.Equal(got, test.want) {
				t.Errorf("problems %q, want %q", got, test.want)
			}
			for _, p := range problems {
				if !strings.Contains(p.Detail, "`x_wo`") || !strings.Contains(p.Detail, "`x`") {
					t.Errorf("%q does not name both attributes", p.Detail)
				}
				if got := strings.Contains(p.Detail, "where ignore_changes names it"); got != test.ignored {
					t.Errorf("%q speaks of ignore_changes: %t", p.Detail, got)
				}
			}
		})
	}
}

func TestPlanShowsThatAWriteOnlySecretIsHeld(t *testing.T) {
	t.Parallel()
	unknownNumber := types.Int64Unknown()
	for name, test := range map[string]struct {
		param    Secret
		config   Values
		planned  types.Int64
		want     types.Int64
		whatElse Values
	}{
		"x_wo without a version":                       {requiredSecretX, Values{"x_wo": text("s")}, unknownNumber, number(1), nil},
		"an optional x_wo without a version":           {optionalSecret, Values{"x_wo": text("s")}, unknownNumber, number(1), nil},
		"x_wo while state holds a version":             {requiredSecretX, Values{"x_wo": text("s")}, number(7), number(1), nil},
		"x_wo with a version":                          {requiredSecretX, Values{"x_wo": text("s"), "x_wo_version": number(7)}, number(7), number(7), nil},
		"x_wo with a version that is not yet known":    {requiredSecretX, Values{"x_wo": text("s"), "x_wo_version": unknownNumber}, unknownNumber, unknownNumber, nil},
		"a required x_wo that is not yet known":        {requiredSecretX, Values{"x_wo": unknownText}, unknownNumber, number(1), nil},
		"an optional x_wo that is not yet known":       {optionalSecret, Values{"x_wo": unknownText}, unknownNumber, unknownNumber, nil},
		"an optional x_wo that state holds, not known": {optionalSecret, Values{"x_wo": unknownText}, number(1), unknownNumber, nil},
		"x":                                   {requiredSecretX, Values{"x": text("s")}, unknownNumber, noNumber, nil},
		"x while state holds a version":       {requiredSecretX, Values{"x": text("s")}, number(1), noNumber, nil},
		"neither":                             {optionalSecret, nil, unknownNumber, noNumber, nil},
		"neither while state holds a version": {optionalSecret, Values{"x_wo": noText}, number(1), noNumber, nil},
		"a required x_wo with a version, neither known":  {requiredSecretX, Values{"x_wo": unknownText, "x_wo_version": number(2)}, number(2), number(2), nil},
		"nothing is planned for other attributes though": {requiredSecretX, Values{"x_wo": text("s")}, unknownNumber, number(1), Values{"y": text("v")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := Values{"x_wo_version": test.planned}
			maps.Copy(plan, test.whatElse)
			want := maps.Clone(plan)
			want["x_wo_version"] = test.want
			if test.config.null("x") {
				want["x"] = noText
			}
			test.param.plan(Change{Config: test.config, Plan: plan})
			if d := differences(plan, want); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestAVersionEndsWhereTheStateTakesItsSecret(t *testing.T) {
	t.Parallel()
	prior := triple(nil, 7)
	for name, test := range map[string]struct {
		config Values
		want   types.Int64
	}{
		"x takes its place":               {Values{"x": text("s")}, noNumber},
		"neither, as with ignore_changes": {nil, number(7)},
		"x that is not known yet":         {Values{"x": unknownText}, types.Int64Unknown()},
	} {
		plan := Values{}
		requiredSecretX.plan(Change{Config: test.config, Plan: plan, Prior: prior})
		if got := plan["x_wo_version"]; !got.Equal(test.want) {
			t.Errorf("%s: the version is %s", name, got)
		}
	}
}

func TestOnlyAnImportAdoptsASecret(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer  Answer
		adopted int
	}{
		"an import":            {Answer{As: Import, Values: map[string]any{"x": "s"}}, 1},
		"an impossible answer": {Answer{As: Import, Values: map[string]any{"x": []any{}}}, 0},
		"a move":               {Answer{As: Move, Values: map[string]any{"x": "s"}}, 0},
		"a read":               {Answer{Values: map[string]any{"x": "s"}, Prior: triple("s", nil)}, 0},
	} {
		s := Service{Params: []Param{optionalSecret}}
		if got := s.Decode(test.answer).Adopted; len(got) != test.adopted {
			t.Errorf("%s adopts %q", name, got)
		}
	}
}

// Of a service that somebody has given settings of its own, no secret is ours,
// whatever GitLab's stamp tells.
func TestASecretThatIsNotWatchedIsForgottenWhereAllSettingsAreSomebodyElses(t *testing.T) {
	t.Parallel()
	s := Service{Params: []Param{unwatchedSecret}}
	for inherited, want := range map[types.Bool]int{yes: 1, no: 0} {
		prior := with(triple("s", nil), Values{UseInheritedSettings: inherited})
		if got := s.Decode(Answer{Prior: prior, Inherits: new(false), Foreign: true}).Forgotten; len(got) != want {
			t.Errorf("inherited before: %s; forgets %q", inherited, got)
		}
	}
}

func TestPlanKeepsASecretThatAnImportFoundUntilOneIsConfigured(t *testing.T) {
	t.Parallel()
	prior, x := Values{"x": text("found")}, []string{"x"}
	for name, test := range map[string]struct {
		config  Values
		adopted []string
		want    Values
	}{
		"neither":                    {nil, x, Values{"x": text("found"), "x_wo_version": noNumber}},
		"x":                          {Values{"x": text("s")}, x, Values{"x": text("s"), "x_wo_version": noNumber}},
		"x_wo":                       {Values{"x_wo": text("s")}, x, Values{"x": noText, "x_wo_version": number(1)}},
		"neither, but once it was":   {nil, nil, Values{"x": noText, "x_wo_version": noNumber}},
		"x_wo that is not yet known": {Values{"x_wo": unknownText}, x, Values{"x": unknownText, "x_wo_version": types.Int64Unknown()}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := Values{"x": unknownText, "x_wo_version": types.Int64Unknown()}
			maps.Copy(plan, test.config)
			delete(plan, "x_wo")
			requiredSecretX.plan(Change{Config: test.config, Plan: plan, Prior: prior, Adopted: test.adopted})
			if d := differences(plan, test.want); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSecretBecomesThreeAttributes(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]Secret{"required": requiredSecretX, "optional": optionalSecret, "unwatched": unwatchedSecret} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			attributes := p.attributes()
			if len(attributes) != 3 {
				t.Fatalf("%d attributes, want 3", len(attributes))
			}
			x, _ := attributes["x"].(schema.StringAttribute)
			if !x.Optional || x.Required || !x.Computed || x.Default != nil || !x.Sensitive || x.WriteOnly {
				t.Errorf("x is %+v, want optional, sensitive, and computed for imports", x)
			}
			wo, _ := attributes["x_wo"].(schema.StringAttribute)
			if !wo.Optional || wo.Required || wo.Computed || !wo.Sensitive || !wo.WriteOnly {
				t.Errorf("x_wo is %+v, want optional, sensitive and write-only", wo)
			}
			v, _ := attributes["x_wo_version"].(schema.Int64Attribute)
			if !v.Optional || !v.Computed || v.Required || v.Sensitive || v.WriteOnly || v.Default != nil {
				t.Errorf("x_wo_version is %+v, want optional and computed", v)
			}
			if got := strings.Contains(x.MarkdownDescription, "Either this or `x_wo` is required, unless the settings are inherited."); got != p.Required {
				t.Errorf("x says %q", x.MarkdownDescription)
			}
			if got := strings.Contains(v.MarkdownDescription, "is not detected: Why."); got != (p.Unwatched != "") {
				t.Errorf("x_wo_version says %q", v.MarkdownDescription)
			}
		})
	}
}

func TestSecretIsRefusedBeforeGitLabRefusesIt(t *testing.T) {
	t.Parallel()
	optionalWebhook := Secret{Name: "x", Form: address}
	for name, test := range map[string]struct {
		param Secret
		value types.String
		ok    bool
	}{
		"a required one":                      {requiredSecretX, text("s"), true},
		"a required one may not be empty":     {requiredSecretX, text(""), false},
		"a required one may not be blank":     {requiredSecretX, text(" "), false},
		"a required one may be unknown":       {requiredSecretX, unknownText, true},
		"an optional one may be empty":        {optionalSecret, text(""), true},
		"a required webhook":                  {webhookSecret, text(" https://x/y "), true},
		"a required webhook is an address":    {webhookSecret, text("s"), false},
		"a required webhook may not be empty": {webhookSecret, text(""), false},
		"an optional webhook is an address":   {optionalWebhook, text("s"), false},
		"an optional webhook may be empty":    {optionalWebhook, text(""), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := refused(t, test.param, test.value); (len(got) == 0) != test.ok {
				t.Errorf("x: errors %q, want none: %t", got, test.ok)
			}
			x, _ := test.param.attributes()["x"].(schema.StringAttribute)
			wo, _ := test.param.attributes()["x_wo"].(schema.StringAttribute)
			if len(x.Validators) != len(wo.Validators) {
				t.Errorf("x has %d validators, x_wo %d", len(x.Validators), len(wo.Validators))
			}
		})
	}
}

func TestWhatIsWrongWithASecretDoesNotTellIt(t *testing.T) {
	t.Parallel()
	const secret = "glsecret"
	for _, detail := range refused(t, webhookSecret, text(secret)) {
		if strings.Contains(detail, secret) {
			t.Errorf("an error tells the secret: %s", detail)
		}
	}
	problems := slices.Concat(
		requiredSecretX.validate(thing, Values{"x": text(secret), "x_wo": text(secret)}),
		requiredSecretX.validate(thing, Values{"x": text(secret), "x_wo_version": number(1)}))
	if len(problems) != 2 {
		t.Fatalf("problems %v, want two", problems)
	}
	for _, p := range problems {
		if strings.Contains(p.Summary+p.Detail, secret) {
			t.Errorf("a problem tells the secret: %+v", p)
		}
	}
}

func FuzzSecretReadsAnyAnswer(f *testing.F) {
	fuzzDecode(f, func(t *testing.T, param Param, a Answer, out Reading) {
		t.Helper()
		p, _ := param.(Secret)
		if !out.Values.null("x_wo") {
			t.Errorf("x_wo is %s, and must stand nowhere", out.Values["x_wo"])
		}
		if a.As != Import && a.Prior.null("x") && !out.Values.null("x") {
			t.Error("what GitLab shows was taken into a state that does not hold it")
		}
		if forgotten := len(out.Forgotten) > 0; forgotten && (!a.Foreign || p.Unwatched != "" || p.held(out.Values)) {
			t.Errorf("forgets %q, and holds %t", out.Forgotten, p.held(out.Values))
		}
	}, requiredSecretX, optionalSecret, eachSecret, unwatchedSecret, webhookSecret)
}

// The stamp of Jira's record moves with the password as long as GitLab tells no
// flag of commits.
func TestThePasswordOfJiraIsWatchedWhereItsStampMoves(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		values map[string]any
		want   bool
	}{
		"10.5": {map[string]any{"url": "https://x", "push_events": true}, true},
		"12.0": {map[string]any{"url": "https://x", "push_events": true, "commit_events": false}, false},
		"18.9": {map[string]any{"url": "https://x", "commit_events": nil}, false},
	} {
		got := jira.Decode(Answer{Values: test.values, Prior: Values{"password": text("s")}, Foreign: true})
		if forgotten := slices.Contains(got.Forgotten, "password"); forgotten != test.want || got.Values.null("password") != test.want {
			t.Errorf("%s: the password is forgotten: %t, want %t", name, forgotten, test.want)
		}
	}
	if !jira.HoldsSecret(Values{"password": text("s")}, nil) {
		t.Error("an imported password would never be watched")
	}
}
