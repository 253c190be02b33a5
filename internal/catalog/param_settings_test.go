package catalog

import (
	"encoding/json"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const writeOnlySettings = secretSettings + suffixWriteOnly

// object is an object as a configuration has it that is written like JSON: a list
// is a tuple there, and null has no type.
func object(raw string) types.Dynamic { return dynamic(fromWire(fromJSON(raw))) }

func dynamic(v attr.Value) types.Dynamic {
	if d, ok := v.(types.Dynamic); ok {
		return d
	}
	return types.DynamicValue(v)
}

func fromWire(wire any) attr.Value {
	switch w := wire.(type) {
	case string:
		return types.StringValue(w)
	case bool:
		return types.BoolValue(w)
	case json.Number:
		n, _, err := big.ParseFloat(w.String(), 10, 512, big.ToNearestEven)
		if err != nil || max(n.MantExp(nil), -n.MantExp(nil)) > 2000 {
			return types.NumberNull() // None that Terraform could write out.
		}
		return types.NumberValue(n)
	case []any:
		var values []attr.Value
		var kinds []attr.Type
		for _, item := range w {
			v := fromWire(item)
			values, kinds = append(values, v), append(kinds, typeOf(v))
		}
		return types.TupleValueMust(kinds, values)
	case map[string]any:
		values := map[string]attr.Value{}
		for name, item := range w {
			values[name] = fromWire(item)
		}
		return objectLike(nil, values)
	}
	return types.DynamicNull()
}

func typeOf(v attr.Value) attr.Type { return v.Type(nil) } //nolint:staticcheck // No type looks at it.

// set has more members than an object that was written in JSON.
func set(raw string, more map[string]attr.Value) types.Dynamic {
	values, _ := members(object(raw))
	maps.Copy(values, more)
	return types.DynamicValue(objectLike(nil, values))
}

func TestOnlyTheSettingsThatAreWrittenAreSent(t *testing.T) {
	t.Parallel()
	ofTexts := func(v attr.Value) types.Dynamic { return set(`{}`, map[string]attr.Value{"keys": v}) }
	a := []attr.Value{text("a")}
	for name, test := range map[string]struct {
		plan, prior attr.Value
		secret      attr.Value
		want        string
		hidden      []string
	}{
		"nothing":                     {nil, nil, nil, `{}`, nil},
		"null":                        {types.DynamicNull(), types.DynamicNull(), types.DynamicNull(), `{}`, nil},
		"no settings":                 {object(`{}`), nil, object(`{}`), `{}`, nil},
		"one of each":                 {object(`{"text":" x ","port":6659,"part":0.25,"on":true,"off":false,"keys":["a","b"],"none":[],"empty":""}`), nil, nil, `{"empty":"","keys":["a","b"],"none":[],"off":false,"on":true,"part":0.25,"port":6659,"text":" x "}`, nil},
		"a big number":                {object(`{"n":9223372036854775808123}`), nil, nil, `{"n":9223372036854775808123}`, nil},
		"null is not set":             {object(`{"a":null,"b":"x"}`), nil, nil, `{"b":"x"}`, nil},
		"what is taken out":           {object(`{"a":"x"}`), object(`{"a":"x","text":"x","n":1,"on":true,"keys":["a"],"unset":null}`), nil, `{"a":"x","keys":[],"n":null,"on":false,"text":""}`, nil},
		"a boolean that is text":      {nil, object(`{"a":"true","b":"false","c":"1"}`), nil, `{"a":false,"b":false,"c":""}`, nil},
		"all is taken out":            {types.DynamicNull(), object(`{"text":"x"}`), nil, `{"text":""}`, nil},
		"what becomes null":           {object(`{"text":null}`), object(`{"text":"x"}`), nil, `{"text":""}`, nil},
		"what becomes another type":   {object(`{"text":1}`), object(`{"text":"x"}`), nil, `{"text":1}`, nil},
		"what becomes a secret":       {object(`{}`), object(`{"token":"x"}`), object(`{"token":"y"}`), `{"token":"y"}`, []string{"y"}},
		"secrets":                     {nil, nil, object(`{"token":"glsecret\n","keys":["k1","k2"],"pin":1234,"strict":true,"none":null}`), `{"keys":["k1","k2"],"pin":1234,"strict":true,"token":"glsecret"}`, []string{"1234", "glsecret", "k1", "k2"}},
		"a map":                       {types.DynamicValue(types.MapValueMust(types.StringType, map[string]attr.Value{"a": text("x")})), nil, nil, `{"a":"x"}`, nil},
		"a list":                      {ofTexts(types.ListValueMust(types.StringType, a)), nil, nil, `{"keys":["a"]}`, nil},
		"a set":                       {ofTexts(types.SetValueMust(types.StringType, a)), ofTexts(types.SetValueMust(types.StringType, nil)), nil, `{"keys":["a"]}`, nil},
		"a set is taken out":          {object(`{}`), ofTexts(types.SetValueMust(types.StringType, a)), nil, `{"keys":[]}`, nil},
		"what is not known":           {set(`{"a":"x"}`, map[string]attr.Value{"b": unknownText, "c": types.DynamicUnknown()}), object(`{"b":"x"}`), types.DynamicUnknown(), `{"a":"x"}`, nil},
		"a list with null":            {ofTexts(types.TupleValueMust([]attr.Type{types.StringType, types.StringType}, []attr.Value{noText, text("x")})), nil, nil, `{}`, nil},
		"nothing is known":            {types.DynamicUnknown(), nil, types.DynamicValue(types.StringUnknown()), `{}`, nil},
		"what cannot be sent is not":  {object(`{"a":{"b":1},"c":["x",1],"d":[["x"]],"e":[null],"f":[1,"x"],"g":1e400,"h":-1e400}`), nil, object(`"text"`), `{}`, nil},
		"no object, which is refused": {types.DynamicValue(text("x")), types.DynamicValue(yes), nil, `{}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := Body{Values: map[string]any{}}
			Settings{}.encode(Change{
				Plan: Values{settings: test.plan}, Prior: Values{settings: test.prior}, Config: Values{settings: test.plan, writeOnlySettings: test.secret},
			}, &body)
			got, err := json.Marshal(body.Values)
			if err != nil || string(got) != test.want {
				t.Errorf("sends %s, want %s (%v)", got, test.want, err)
			}
			slices.Sort(body.Secrets)
			if !slices.Equal(body.Secrets, test.hidden) {
				t.Errorf("hides %q, want %q", body.Secrets, test.hidden)
			}
		})
	}
}

func TestSettingsAreReadInTheTypeInWhichTheyWereWritten(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		prior, answer string
		// want is empty where nothing is to change.
		want string
	}{
		"the same":                           {`{"a":"x","n":1,"on":true,"keys":["a","b"],"f":0.1}`, `{"a":"x","n":1,"on":true,"keys":["a","b"],"f":0.1,"other":5}`, ""},
		"a text that is a number":            {`{"a":"1","b":"1.0","c":"007"}`, `{"a":1,"b":1,"c":7}`, ""},
		"a text that is a boolean":           {`{"a":"1","b":"true","c":"off"}`, `{"a":true,"b":true,"c":false}`, ""},
		"a number that is text":              {`{"n":6659,"f":1.5}`, `{"n":"6659","f":"1.50"}`, ""},
		"a number with a fraction":           {`{"n":1.0,"f":0.33333333333333333333333333}`, `{"n":1,"f":0.3333333333333333}`, ""},
		"a big number":                       {`{"n":9007199254740993}`, `{"n":9007199254740993}`, ""},
		"a big number that is another":       {`{"n":9007199254740993}`, `{"n":9007199254740992}`, `{"n":9007199254740992}`},
		"a fraction that is another":         {`{"f":0.5}`, `{"f":0.25}`, `{"f":0.25}`},
		"a fraction beside a whole one":      {`{"n":9007199254740993}`, `{"n":9007199254740992.5}`, `{"n":9007199254740992.5}`},
		"a whole one beside a fraction":      {`{"n":9007199254740992.5}`, `{"n":9007199254740993}`, `{"n":9007199254740993}`},
		"another boolean that is text":       {`{"a":"true"}`, `{"a":false}`, `{"a":"false"}`},
		"a boolean in place of a text":       {`{"a":"x"}`, `{"a":true}`, `{"a":"true"}`},
		"a number that is out of reach":      {`{"a":"5"}`, `{"a":1e999}`, `{"a":"1e999"}`},
		"a boolean that is text":             {`{"on":true,"off":false}`, `{"on":"1","off":"false"}`, ""},
		"null and what says the same":        {`{"a":"","b":" ","off":false,"keys":[]}`, `{"a":null,"b":"","off":null,"keys":null}`, ""},
		"what is not set":                    {`{"a":null}`, `{"a":"x"}`, ""},
		"what GitLab does not show":          {`{"a":"x","keys":["a"]}`, `{}`, ""},
		"another text":                       {`{"a":"x","b":"y"}`, `{"a":"z","b":"y"}`, `{"a":"z","b":"y"}`},
		"another text that is a number":      {`{"a":"1"}`, `{"a":2}`, `{"a":"2"}`},
		"another number":                     {`{"n":1}`, `{"n":"2"}`, `{"n":2}`},
		"another boolean":                    {`{"on":true}`, `{"on":"0"}`, `{"on":false}`},
		"another list":                       {`{"keys":["a"]}`, `{"keys":["b",1]}`, `{"keys":["b","1"]}`},
		"a list that was cleared":            {`{"keys":["a"]}`, `{"keys":null}`, `{"keys":[]}`},
		"a boolean that was cleared":         {`{"on":true}`, `{"on":null}`, `{"on":false}`},
		"a number that became a word":        {`{"n":1}`, `{"n":"x"}`, `{"n":"x"}`},
		"a boolean that became a number":     {`{"on":true}`, `{"on":7}`, `{"on":7}`},
		"a text that became a list":          {`{"a":"x"}`, `{"a":["y"]}`, `{"a":["y"]}`},
		"a list that became a text":          {`{"keys":["a"]}`, `{"keys":"a"}`, `{"keys":"a"}`},
		"a number of which nobody can think": {`{"n":1}`, `{"n":1E999999999}`, `{"n":"1E999999999"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			prior, want := object(test.prior), object(test.want)
			if test.want == "" {
				want = prior
			}
			for _, as := range []ReadAs{Refresh, Written} {
				got := (&Service{Params: []Param{Settings{}}}).Decode(Answer{Values: answered(t, test.answer), Prior: Values{settings: prior}, As: as})
				if !got.Values[settings].Equal(want) {
					t.Errorf("%d: %s, want %s", as, got.Values[settings], want)
				}
				said := len(got.Problems) == 1 && got.Problems[0].Warning && got.Problems[0].Summary == "GitLab did not keep a value"
				if wantSaid := as == Written && test.want != ""; said != wantSaid || !said && len(got.Problems) > 0 {
					t.Errorf("%d: problems %v, want one: %t", as, got.Problems, wantSaid)
				}
			}
		})
	}
}

func TestATextThatGitLabClearedIsNull(t *testing.T) {
	t.Parallel()
	got := Any("x").Decode(Answer{Values: answered(t, `{"a":null,"n":""}`), Prior: Values{settings: object(`{"a":"x","n":1}`)}})
	if want := set(`{}`, map[string]attr.Value{"a": noText, "n": types.NumberNull()}); !got.Values[settings].Equal(want) {
		t.Errorf("%s, want %s", got.Values[settings], want)
	}
}

// An exponent could ask for any amount of memory.
func TestANumberIsReadWhereItCanBeWrittenOut(t *testing.T) {
	t.Parallel()
	for wire, want := range map[any]bool{
		json.Number("5"): true, json.Number("-0.25"): true, json.Number("1e10"): true, " 7 ": true, "0": true, "0e-400": true, strings.Repeat("1", 100) + strings.Repeat("0", 200): true,
		strings.Repeat("0", 399) + "1": true, strings.Repeat("0", 400) + "1": false, "1e400": false, "-1e400": false, "1e-400": false, "1e-99999999999999999999": false,
		"": false, "inf": false, "NaN": false, "0x1p4": false, "1_0": false, "1e": false, "x": false, true: false, nil: false,
	} {
		got, ok := parseNumber(wire)
		if ok != want || got.IsNull() == want {
			t.Errorf("%v is read as %s, %t", wire, got, ok)
		}
	}
}

func TestTypesThatHoldSettingsStay(t *testing.T) {
	t.Parallel()
	ab, ba := []attr.Value{text("a"), text("b")}, []attr.Value{text("b"), text("a")}
	single := func(v attr.Value) attr.Value { return set(`{}`, map[string]attr.Value{"k": v}) }
	aMap := func(v string) attr.Value {
		return types.DynamicValue(types.MapValueMust(types.StringType, map[string]attr.Value{"k": text(v)}))
	}
	for name, test := range map[string]struct {
		prior  attr.Value
		answer string
		want   attr.Value
	}{
		"a list":               {single(types.ListValueMust(types.StringType, ab)), `{"k":["b","a"]}`, single(types.ListValueMust(types.StringType, ba))},
		"a list of something":  {single(types.ListValueMust(types.StringType, ab)), `{"k":[]}`, single(types.ListValueMust(types.StringType, nil))},
		"a list of nothing":    {single(types.ListValueMust(types.NumberType, nil)), `{"k":[]}`, single(types.ListValueMust(types.NumberType, nil))},
		"a set in any order":   {single(types.SetValueMust(types.StringType, ab)), `{"k":["b","a","a"]}`, single(types.SetValueMust(types.StringType, ab))},
		"a map":                {aMap("x"), `{"k":"y"}`, aMap("y")},
		"a map of texts":       {aMap("1"), `{"k":1}`, aMap("1")},
		"a map with a list":    {aMap("1"), `{"k":["x"]}`, object(`{"k":["x"]}`)},
		"an empty object":      {object(`{}`), `{"k":1}`, object(`{}`)},
		"null":                 {types.DynamicNull(), `{"k":1}`, types.DynamicNull()},
		"null of a type":       {types.DynamicValue(types.MapNull(types.StringType)), `{"k":1}`, types.DynamicValue(types.MapNull(types.StringType))},
		"what is not known":    {types.DynamicUnknown(), `{"k":1}`, types.DynamicNull()},
		"not known, of a type": {types.DynamicValue(types.MapUnknown(types.StringType)), `{"k":1}`, types.DynamicNull()},
	} {
		got := Any("x").Decode(Answer{Values: answered(t, test.answer), Prior: Values{settings: test.prior}})
		if !got.Values[settings].Equal(test.want) || len(got.Problems) > 0 {
			t.Errorf("%s: %s, want %s", name, got.Values[settings], test.want)
		}
	}
}

func TestAnImpossibleSettingKeepsItsValue(t *testing.T) {
	t.Parallel()
	for as := range map[ReadAs]bool{Refresh: true, Written: true, Import: true} {
		a := Answer{Values: answered(t, `{"a":{"glsecret":1},"b":[["x"]],"c":"x"}`), Prior: Values{settings: object(`{"a":"x","b":["y"]}`)}, As: as}
		want := object(`{"a":"x","b":["y"]}`)
		if as == Import {
			want = object(`{"c":"x"}`)
		}
		got := Any("x").Decode(a)
		if !got.Values[settings].Equal(want) || len(got.Problems) != 2 {
			t.Errorf("%d: %s, %v", as, got.Values[settings], got.Problems)
		}
		for _, p := range got.Problems {
			if p.Attribute != settings || !p.Warning || strings.Contains(p.Detail, "glsecret") {
				t.Errorf("%d: %+v", as, p)
			}
		}
	}
}

func TestASettingThatGitLabDoesNotShowIsNamedWhenItIsWritten(t *testing.T) {
	t.Parallel()
	prior := object(`{"shown":"x","hidden":"x","on":false,"blank":"","none":null,"nothing":[]}`)
	a := Answer{Values: answered(t, `{"shown":"x"}`), Prior: Values{settings: prior}, Config: Values{settings: prior}, As: Written}
	if got := Any("x").Decode(a).Unanswered; !slices.Equal(got, []string{"hidden"}) {
		t.Errorf("%q", got)
	}
	a.As = Refresh
	if got := Any("x").Decode(a).Unanswered; len(got) > 0 {
		t.Errorf("a read names %q", got)
	}
	a.As, a.Inherits = Written, new(true)
	if got := Any("x").Decode(a); len(got.Unanswered) > 0 || !got.Values[settings].Equal(prior) {
		t.Errorf("inherited: %q, %s", got.Unanswered, got.Values[settings])
	}
}

func TestSettingsThatNobodyWroteAreTakenByAnImport(t *testing.T) {
	t.Parallel()
	wire := answered(t, `{"a":"x","n":1,"on":false,"keys":["a"],"none":[],"empty":"","null":null,"webhook":"https://glsecret","title":"T"}`)
	full := object(`{"a":"x","n":1,"on":false,"keys":["a"],"none":[],"empty":""}`)
	shown := set(`{"a":"x","n":1,"on":false,"keys":["a"],"none":[],"empty":""}`, map[string]attr.Value{"null": noText})
	slack := Any("slack")
	for name, test := range map[string]struct {
		answer Answer
		want   attr.Value
	}{
		"import":            {Answer{As: Import, Prior: Values{settings: types.DynamicNull()}}, full},
		"list":              {Answer{}, full},
		"refresh":           {Answer{Prior: Values{}}, types.DynamicNull()},
		"inherited, import": {Answer{As: Import, Inherits: new(true)}, types.DynamicNull()},
	} {
		test.answer.Values = wire
		got := slack.Decode(test.answer)
		if !got.Values[settings].Equal(test.want) || len(got.Problems)+len(got.Adopted) > 0 {
			t.Errorf("%s: %s, want %s", name, got.Values[settings], test.want)
		}
		if test.answer.As != Import || test.answer.Inherits != nil {
			continue
		}
		config := with(got.Values, nil)
		plan := maps.Clone(config)
		slack.Plan(Change{Plan: plan, Config: config, Prior: got.Values})
		if d := differences(plan, got.Values); d != "" {
			t.Errorf("the configuration of an import plans %s", d)
		}
	}
	got := slack.Show(Answer{Values: wire, Inherits: new(true)})
	if d := differences(got.Values, Values{settings: shown, UseInheritedSettings: yes}); d != "" {
		t.Errorf("shown: %s", d)
	}
	if got := slack.Show(Answer{}); !got.Values[settings].Equal(object(`{}`)) {
		t.Errorf("where there are none: %s", got.Values[settings])
	}
}

func TestSecretSettingsGoByAVersion(t *testing.T) {
	t.Parallel()
	secrets := Values{writeOnlySettings: object(`{"token":"s"}`)}
	version := secretSettings + suffixVersion
	s := Any("linear-next")
	r := &run{service: s, gitlab: map[string]any{}}
	for _, step := range []struct {
		name    string
		config  Values
		gitlab  any
		version attr.Value
	}{
		{"sent", secrets, "s", number(1)},
		{"sent with another change", with(secrets, Values{settings: object(`{"a":"x"}`)}), "s", number(1)},
		{"another, without a version, is not seen", Values{writeOnlySettings: object(`{"token":"t"}`), settings: object(`{"a":"x"}`)}, "s", number(1)},
		{"another, with a version", Values{writeOnlySettings: object(`{"token":"t"}`), version: number(2), settings: object(`{"a":"x"}`)}, "t", number(2)},
		{"inherited", inherit(secrets), "s", noNumber},
		{"its own again", secrets, "s", number(1)},
		{"taken out", Values{settings: object(`{"a":"x"}`)}, "s", noNumber},
	} {
		if problems := r.apply(t, step.config, step.config); len(problems) > 0 {
			t.Errorf("%s: %v", step.name, problems)
		}
		if r.gitlab["token"] != step.gitlab || !r.state[version].Equal(step.version) || !r.state.null(writeOnlySettings) {
			t.Errorf("%s: GitLab has %v, the state %v", step.name, r.gitlab, r.state)
		}
	}
	if problems := r.apply(t, secrets, secrets); len(problems) > 0 || !s.HoldsSecret(r.state, nil) {
		t.Errorf("%v, holds a secret: %t", problems, s.HoldsSecret(r.state, nil))
	}
	if read := s.Decode(Answer{Prior: r.state}); len(read.Forgotten) > 0 {
		t.Errorf("a read forgets %q", read.Forgotten)
	}
	foreign := s.Decode(Answer{Prior: r.state, Foreign: true})
	if !slices.Equal(foreign.Forgotten, []string{writeOnlySettings}) || !foreign.Values.null(version) {
		t.Errorf("after a foreign write: %q, %v", foreign.Forgotten, foreign.Values)
	}
}

func TestSettingsThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config Values
		want   []string
	}{
		"nothing":             {nil, nil},
		"one of each":         {Values{settings: object(`{"a":"x","n":1,"on":true,"keys":["a"],"none":[],"null":null}`), writeOnlySettings: object(`{"token":"x"}`)}, nil},
		"no object":           {Values{settings: object(`"x"`), writeOnlySettings: object(`["glsecret"]`)}, []string{"settings: Not an object", "secret_settings_wo: Not an object"}},
		"an object in one":    {Values{settings: object(`{"a":{"b":1}}`)}, []string{"settings: Not a value of a setting"}},
		"a list of numbers":   {Values{writeOnlySettings: object(`{"a":[1]}`)}, []string{"secret_settings_wo: Not a value of a setting"}},
		"a list with null":    {Values{settings: object(`{"a":["x",null]}`)}, []string{"settings: Not a value of a setting"}},
		"a list of lists":     {Values{settings: object(`{"a":[["x"]]}`)}, []string{"settings: Not a value of a setting"}},
		"too big a number":    {Values{settings: object(`{"a":1e400}`)}, []string{"settings: Not a value of a setting"}},
		"no name":             {Values{settings: object(`{" ":"x"}`)}, []string{"settings: Not a setting"}},
		"of the record":       {Values{settings: object(`{"active":true}`)}, []string{"settings: Not a setting"}},
		"an argument":         {Values{settings: object(`{"use_inherited_settings":true}`)}, []string{"settings: Not a setting"}},
		"in both":             {Values{settings: object(`{"a":"x","b":null}`), writeOnlySettings: object(`{"a":"glsecret","b":"y"}`)}, []string{"secret_settings_wo: Two values for a"}},
		"null in one":         {Values{settings: object(`{"a":"x"}`), writeOnlySettings: object(`{"a":null}`)}, nil},
		"a text that is null": {Values{settings: set(`{}`, map[string]attr.Value{"a": types.ListValueMust(types.StringType, []attr.Value{noText})})}, []string{"settings: Not a value of a setting"}},
		"a version alone":     {Values{secretSettings + suffixVersion: number(1)}, []string{"secret_settings_wo_version: secret_settings_wo_version without secret_settings_wo"}},
		"null":                {Values{settings: types.DynamicNull(), writeOnlySettings: types.DynamicValue(types.MapNull(types.StringType))}, nil},
		"not known":           {Values{settings: types.DynamicUnknown(), writeOnlySettings: types.DynamicValue(unknownText)}, nil},
		"partly not known":    {Values{settings: set(`{}`, map[string]attr.Value{"a": unknownText, "b": types.DynamicUnknown(), "c": types.TupleValueMust([]attr.Type{types.StringType}, []attr.Value{unknownText})})}, nil},
		"a map":               {Values{settings: types.DynamicValue(types.MapValueMust(types.StringType, map[string]attr.Value{"a": text("x")}))}, nil},
		"a list of any type":  {Values{settings: set(`{}`, map[string]attr.Value{"a": types.TupleValueMust([]attr.Type{types.DynamicType}, []attr.Value{types.DynamicUnknown()})})}, nil},
	} {
		problems := Any("linear-next").Validate(test.config)
		if got := problemsOf(problems); !slices.Equal(got, test.want) {
			t.Errorf("%s: problems %q, want %q", name, got, test.want)
		}
		for _, p := range problems {
			if strings.Contains(p.Summary+p.Detail, "glsecret") {
				t.Errorf("%s tells a secret: %+v", name, p)
			}
		}
		// What a plan has not known is refused before it is written.
		if name == "a version alone" {
			continue
		}
		if got := problemsOf(Any("linear-next").Require(Change{Plan: Values{settings: test.config[settings]}, Config: test.config})); !slices.Equal(got, test.want) {
			t.Errorf("%s, about to be written: problems %q, want %q", name, got, test.want)
		}
	}
}

func TestWhatGitLabTellsOfEachServiceIsNoSetting(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"id", "title", "slug", "created_at", "updated_at", "active", "inherited", "properties", UseInheritedSettings, "", " "} {
		if refusedKey(name) == "" {
			t.Errorf("%q may be a setting", name)
		}
	}
	if why := refusedKey("url"); why != "" {
		t.Errorf("url may not: %s", why)
	}
}

func TestEverySlugOfTheTableHasItsRow(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		if rowOf(s.Slug) != s {
			t.Errorf("%s has none", s.Slug)
		}
	}
}

func TestASlugWithARowNamesItsResource(t *testing.T) {
	t.Parallel()
	for slug, want := range map[string]string{
		"slack":    "`gitlabservices_slack`, or of a group `gitlabservices_group_slack`, which",
		"jenkins":  "`gitlabservices_jenkins`, which",
		"drone-ci": "`gitlabservices_group_drone_ci`",
	} {
		got := Any(slug).Validate(Values{})
		if len(got) != 1 || !got[0].Warning || got[0].Attribute != "slug" || !strings.Contains(got[0].Detail, want) {
			t.Errorf("%s: %+v, want a warning that names %s", slug, got, want)
		}
	}
	for _, slug := range []string{"linear-next", ""} {
		if got := Any(slug).Validate(Values{}); len(got) > 0 {
			t.Errorf("%q: %v", slug, got)
		}
	}
}

func TestAnyServiceIsARowLikeOthers(t *testing.T) {
	t.Parallel()
	s := Any("linear-next")
	want := []string{"secret_settings_wo", "secret_settings_wo_version", "settings", "use_inherited_settings"}
	if got := slices.Sorted(maps.Keys(s.AttributeTypes())); s.Slug != "linear-next" || s.Title != s.Slug || !slices.Equal(got, want) {
		t.Errorf("%s, %s has %q, want %q", s.Slug, s.Title, got, want)
	}
	attributes := s.Attributes()
	if got := slices.Sorted(maps.Keys(attributes)); !slices.Equal(got, want) {
		t.Errorf("attributes %q, want %q", got, want)
	}
	for name, a := range attributes {
		if !a.GetType().Equal(s.AttributeTypes()[name]) || a.GetMarkdownDescription() == "" {
			t.Errorf("%s is %s, described as %q", name, a.GetType(), a.GetMarkdownDescription())
		}
	}
	open, _ := attributes[settings].(schema.DynamicAttribute)
	secret, _ := attributes[writeOnlySettings].(schema.DynamicAttribute)
	if !open.Optional || open.Computed || open.Sensitive || !secret.Optional || !secret.Sensitive || !secret.WriteOnly || secret.Computed {
		t.Errorf("settings %+v, secrets %+v", open, secret)
	}
	if d := (schema.Schema{Attributes: attributes}).ValidateImplementation(t.Context()); d.HasError() {
		t.Error(d)
	}
	data, err := s.DataAttributes()
	if got := slices.Sorted(maps.Keys(data)); err != nil || !slices.Equal(got, []string{settings, UseInheritedSettings}) {
		t.Errorf("data source: %q, %v", got, err)
	}
	if !s.Exists(true, nil, nil) || s.Exists(false, nil, map[string]any{"a": 1}) {
		t.Error("it does not exist by its active flag")
	}
	if body := s.Encode(Change{Plan: s.Decode(Answer{}).Values}); len(body.Values) != 1 || body.Values[UseInheritedSettings] != false {
		t.Errorf("of nothing it sends %v", body.Values)
	}
}

func FuzzSettingsReadAnyAnswer(f *testing.F) {
	for i, wire := range wireValues {
		f.Add(wire, wireValues[(i+7)%len(wireValues)], uint8(i*37))
		f.Add(wire, wire, uint8(i))
	}
	f.Fuzz(func(t *testing.T, wire, prior string, flags uint8) {
		s := Any([]string{"linear-next", "slack"}[flags&1])
		was := fromWire(fromJSON(prior))
		if list, ok := items(was); ok && maySet(was) {
			was = listLike([]attr.Value{was, types.ListNull(types.StringType), types.SetNull(types.StringType)}[flags>>1%3], list)
		}
		values := map[string]any{"a": fromJSON(wire), "b": fromJSON(prior)}
		if object, ok := values["a"].(map[string]any); ok && flags&2 != 0 {
			values = object
		}
		state := set(`{"b":"x","c":null}`, map[string]attr.Value{"a": was})
		if flags&4 != 0 {
			state = dynamic(was)
		}
		a := Answer{Values: values, As: ReadAs(flags >> 3 & 3), Prior: Values{settings: state}, Config: Values{settings: state}, Foreign: flags&32 != 0}
		if flags&64 != 0 {
			a.Prior = nil
		}
		first := s.Decode(a)
		checkState(t, s, first)
		raw, err := first.Values[settings].ToTerraformValue(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		back, err := types.DynamicType.ValueFromTerraform(t.Context(), raw)
		if err != nil || !back.Equal(first.Values[settings]) {
			t.Errorf("%s comes back as %s (%v)", first.Values[settings], back, err)
		}
		a.Prior, a.As = first.Values, Refresh
		if again := s.Decode(a).Values[settings]; !again.Equal(first.Values[settings]) {
			t.Errorf("the same answer, read again: %s, not %s", again, first.Values[settings])
		}
		c := Change{Plan: first.Values, Config: with(first.Values, Values{writeOnlySettings: state}), Prior: Values{settings: state}}
		s.Validate(c.Config)
		s.Require(c)
		body := s.Encode(c)
		if _, err := json.Marshal(body.Values); err != nil {
			t.Errorf("what is sent is no JSON: %v", err)
		}
	})
}

// TestWhatIsKnownOfAServiceHoldsForItsSettingsToo: GitLab does the same with a
// service whoever writes it.
func TestWhatIsKnownOfAServiceHoldsForItsSettingsToo(t *testing.T) {
	t.Parallel()
	prometheus, hipchat, unknown := Any("prometheus"), Any("hipchat"), Any("acme-desk")
	if !prometheus.Exists(false, nil, map[string]any{"api_url": "https://p.example.com"}) || prometheus.Slug != "prometheus" {
		t.Error("GitLab leaves prometheus inactive, and it counts as gone")
	}
	if hipchat.Gone.In == "" || !hipchat.Known() || hipchat.Peer.Types != nil {
		t.Errorf("%+v", hipchat)
	}
	if unknown.Known() || unknown.Title != "acme-desk" || unknown.Exists(false, nil, nil) || !unknown.Exists(true, nil, nil) {
		t.Errorf("%+v", unknown)
	}
	for _, s := range []*Service{prometheus, hipchat, unknown} {
		var names []string
		for name := range s.Attributes() {
			names = append(names, name)
		}
		slices.Sort(names)
		if want := []string{"secret_settings_wo", "secret_settings_wo_version", "settings", "use_inherited_settings"}; !slices.Equal(names, want) {
			t.Errorf("%s has %v", s.Slug, names)
		}
		for parameter, want := range map[string]string{"api_url": "settings", "use_inherited_settings": "use_inherited_settings"} {
			if got := s.AttributeOf(parameter); got != want {
				t.Errorf("%s of %s stands in %q", parameter, s.Slug, got)
			}
		}
	}
	slack := rowOf("slack")
	if slack.AttributeOf("webhook") != "webhook" || slack.AttributeOf("device") != "" {
		t.Error("parameters of slack stand elsewhere")
	}
}
