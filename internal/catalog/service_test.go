package catalog

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// planDefaults are the values that a plan has for a configuration without any.
func planDefaults(s *Service) Values {
	out := s.Decode(Answer{}).Values
	s.Plan(Change{Plan: out})
	return out
}

// full is the plan for a configuration that sets everything.
func full(s *Service) Values {
	out := planDefaults(s)
	for _, a := range s.Arguments() {
		switch v := a.Value.(type) {
		case string:
			out[a.Name] = text(v)
		case int64:
			out[a.Name] = number(v)
		case bool:
			out[a.Name] = types.BoolValue(v)
		case []string:
			out[a.Name] = texts(v...)
		}
	}
	return out
}

// onTheWire is what GitLab answers to a body, but for what it keeps to itself.
func onTheWire(t *testing.T, values map[string]any, hidden ...string) map[string]any {
	t.Helper()
	raw, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	out := answered(t, string(raw))
	for _, name := range hidden {
		delete(out, name)
	}
	return out
}

func TestWhatIsSentReadsBackAsWhatIsPlanned(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		t.Run(s.Slug, func(t *testing.T) {
			t.Parallel()
			plan := full(s)
			body := s.Encode(Change{Plan: plan, Config: plan})
			for _, hidden := range [][]string{nil, s.Secrets()} {
				got := s.Decode(Answer{Values: onTheWire(t, body.Values, hidden...), Prior: plan})
				if d := differences(got.Values, plan); d != "" || len(got.Problems) > 0 || len(got.Forgotten) > 0 {
					t.Errorf("with %q hidden: %s %v %v", hidden, d, got.Problems, got.Forgotten)
				}
			}
			for _, name := range s.Secrets() {
				if value := plan.text(name).ValueString(); !slices.Contains(body.Secrets, value) {
					t.Errorf("the secret %s is not marked as one", name)
				}
			}
			imported := maps.Clone(plan)
			for _, a := range s.Arguments() {
				if a.Legacy {
					imported[a.Name] = planDefaults(s)[a.Name]
				}
			}
			got := s.Decode(Answer{Values: onTheWire(t, body.Values), As: Import})
			if d := differences(got.Values, imported); d != "" || len(got.Problems) > 0 {
				t.Errorf("imported: %s %v", d, got.Problems)
			}
		})
	}
}

func TestAPutSaysEverythingButLegacyAndUnknownSecrets(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		t.Run(s.Slug, func(t *testing.T) {
			t.Parallel()
			plan := planDefaults(s)
			body := s.Encode(Change{Plan: plan, Config: Values{}})
			if got, sent := body.Values["use_inherited_settings"]; !sent || got != false {
				t.Errorf("use_inherited_settings is sent as %v: newer versions would ignore the rest", got)
			}
			if len(body.Secrets) > 0 {
				t.Errorf("hides %q, and has no secret", body.Secrets)
			}
			for _, p := range s.params() {
				secret, isSecret := p.(Secret)
				login, isLogin := p.(Login)
				for _, a := range p.arguments() {
					want := !a.Legacy && (!isSecret || secret.Each) && (!isLogin || login.Null)
					if _, sent := body.Values[a.Name]; sent != want {
						t.Errorf("%s is sent: %t, want %t", a.Name, sent, want)
					}
				}
			}
			if got := s.Decode(Answer{Values: onTheWire(t, body.Values), Prior: plan}); differences(got.Values, plan) != "" || len(got.Problems) > 0 {
				t.Errorf("a cleared service reads as %s %v", differences(got.Values, plan), got.Problems)
			}
			cleared := s.Encode(Change{Plan: plan, Config: Values{}, Prior: full(s)}).Values
			for _, name := range keys(s) {
				if _, sent := cleared[name]; !sent {
					t.Errorf("%s was set, and is not cleared", name)
				}
			}
		})
	}
}

func TestADefaultInTheSchemaIsWhatAnAbsentKeyReadsAs(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		absent := s.Decode(Answer{As: Import}).Values
		for name, a := range s.Attributes() {
			want := defaultOf(t, a)
			if (want == nil) != absent[name].IsNull() || want != nil && !want.Equal(absent[name]) {
				t.Errorf("%s: %s has the default %v, and reads as %s", s.Slug, name, want, absent[name])
			}
		}
	}
}

func TestEveryRequiredTextMustNotBeBlank(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		for _, p := range s.params() {
			required := false
			switch p := p.(type) {
			case String:
				required = p.Required && !p.Form.blank
			case Secret:
				required = p.Required
			}
			for _, blank := range []string{"", " "} {
				if required && len(refused(t, p, text(blank))) == 0 {
					t.Errorf("%s: %s is required and takes %q, which GitLab refuses", s.Slug, keysOf(p)[0], blank)
				}
			}
		}
	}
}

func TestAServiceWithAllItsExamplesIsValidAndMissesNothing(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		config := full(s)
		if got := s.Validate(config); len(got) > 0 {
			t.Errorf("%s: %v", s.Slug, got)
		}
		if got := s.Require(Change{Plan: config, Config: config}); len(got) > 0 {
			t.Errorf("%s: %v", s.Slug, got)
		}
		unknown := Values{}
		for name, typ := range s.AttributeTypes() {
			value, err := typ.ValueFromTerraform(t.Context(), tftypes.NewValue(typ.TerraformType(t.Context()), tftypes.UnknownValue))
			if err != nil {
				t.Fatal(err)
			}
			unknown[name] = value
		}
		if got := s.Validate(unknown); len(got) > 0 {
			t.Errorf("%s, all unknown: %v", s.Slug, got)
		}
		if got := s.Require(Change{Plan: unknown, Config: unknown}); len(got) > 0 {
			t.Errorf("%s, all unknown: %v", s.Slug, got)
		}
	}
}

func TestAServiceMissesItsRequiredSecrets(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		var want []string
		for _, a := range s.Arguments() {
			if a.WriteOnly != "" && a.Required {
				want = append(want, fmt.Sprintf("%s: Missing %s for %s", a.Name, a.Name, s.Title))
			}
		}
		if got := problemsOf(s.Require(Change{Plan: planDefaults(s), Config: Values{}})); !slices.Equal(got, want) {
			t.Errorf("%s: problems %q, want %q", s.Slug, got, want)
		}
	}
}

func TestAServiceExistsWhileItIsActiveOrHasItsValue(t *testing.T) {
	t.Parallel()
	plain, byValue := Service{}, Service{ExistsWhile: "api_url"}
	for name, test := range map[string]struct {
		service  Service
		active   bool
		inherits *bool
		values   string
		want     bool
	}{
		"active":                              {plain, true, nil, `{}`, true},
		"inactive":                            {plain, false, nil, `{"api_url":"https://x"}`, false},
		"inactive and inherited":              {plain, false, new(true), `{"api_url":"https://x"}`, false},
		"inactive with its value":             {byValue, false, nil, `{"api_url":"https://x"}`, true},
		"active with its value":               {byValue, true, nil, `{"api_url":"https://x"}`, true},
		"active with null for its value":      {byValue, true, nil, `{"api_url":null}`, false},
		"active with an empty value":          {byValue, true, nil, `{"api_url":""}`, false},
		"active without its value":            {byValue, true, nil, `{}`, false},
		"inherited, active without its value": {byValue, true, new(true), `{}`, true},
		"inherited, inactive with its value":  {byValue, false, new(true), `{"api_url":"https://x"}`, false},
		"its own, inactive with its value":    {byValue, false, new(false), `{"api_url":"https://x"}`, true},
	} {
		if got := test.service.Exists(test.active, test.inherits, answered(t, test.values)); got != test.want {
			t.Errorf("%s: exists is %t, want %t", name, got, test.want)
		}
	}
}

func TestAServiceHoldsWhatAForeignWriteWouldMakeItForget(t *testing.T) {
	t.Parallel()
	s := Service{Params: []Param{String{Name: "a"}, Secret{Name: "x"}, Secret{Name: "z", Unwatched: "Why."}, blankLogin}}
	for name, test := range map[string]struct {
		state Values
		want  bool
	}{
		"nothing":               {nil, false},
		"no secret":             {Values{"a": text("v"), "x": noText, "x_wo_version": noNumber}, false},
		"a secret":              {Values{"x": text("s")}, true},
		"a write-only secret":   {Values{"x_wo_version": number(1)}, true},
		"a password of a login": {Values{"u": text("n"), "p": text("s")}, true},
		"an unwatched secret":   {Values{"z": text("s"), "z_wo_version": number(1)}, false},
	} {
		if got := s.HoldsSecret(test.state, nil); got != test.want {
			t.Errorf("%s: holds is %t, want %t", name, got, test.want)
		}
	}
}

func TestAConditionHoldsOnValuesThatAreKnown(t *testing.T) {
	t.Parallel()
	s := Service{Params: []Param{Int{Name: "n", Default: &two}, Bool{Name: "b", Default: true}, String{Name: "s"}}}
	for name, test := range map[string]struct {
		condition Condition
		config    Values
		want      bool
	}{
		"none":                     {Condition{}, nil, false},
		"a number":                 {Condition{"n", number(3)}, Values{"n": number(3)}, true},
		"another number":           {Condition{"n", number(2)}, Values{"n": number(3)}, false},
		"the default of a number":  {Condition{"n", number(2)}, nil, true},
		"a boolean":                {Condition{"b", no}, Values{"b": no}, true},
		"the default of a boolean": {Condition{"b", yes}, Values{"b": noBool}, true},
		"a text":                   {Condition{"s", text("v")}, Values{"s": text("v")}, true},
		"a text that is not set":   {Condition{"s", text("v")}, nil, false},
		"an unknown value":         {Condition{"n", number(2)}, Values{"n": types.Int64Unknown()}, false},
		"an unknown text":          {Condition{"s", text("")}, Values{"s": unknownText}, false},
		"a parameter that is not":  {Condition{"q", number(2)}, nil, false},
		"a number in text":         {Condition{"n", text("2")}, nil, false},
	} {
		if got := s.met(test.condition, test.config); got != test.want {
			t.Errorf("%s: holds is %t, want %t", name, got, test.want)
		}
	}
}

func TestAServiceDescribesItself(t *testing.T) {
	t.Parallel()
	s := Service{Slug: "some-thing-ci", Help: "Does it.", Note: "Note.", Docs: "thing"}
	if got := s.TypeName(); got != "some_thing_ci" {
		t.Errorf("the type is named %q", got)
	}
	const link = "See [GitLab's documentation](https://docs.gitlab.com/api/project_integrations/#thing)."
	if got, want := s.Description(), "Does it. Note. "+link; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	if got, want := s.Summary(), link; got != want {
		t.Errorf("summed up as %q, want %q", got, want)
	}
	gone := Service{Help: "Did it.", Gone: Gone{In: "15.7", Why: "it shut down"}}
	if got, want := gone.Description(), "GitLab removed this service in version 15.7: it shut down. Did it."; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
}

func TestAServiceSaysWhereElseItIsFound(t *testing.T) {
	t.Parallel()
	s := Service{Slug: "some-thing", Help: "Does it.", AlsoKnownAs: []string{"Thing"}, Builds: "some builds", Installation: Installation{In: "Install it.", Out: "Remove it."}}
	if got, want := s.Description(), "Does it. Also known as Thing. In some builds. "+
		s.Installation.String(); got != want || !strings.HasSuffix(want, ". Install it. Remove it.") {
		t.Errorf("says %q, want %q", got, want)
	}
	if got := (Installation{Out: "Remove it."}).String(); got != "" {
		t.Errorf("what a PUT sets up is installed: %q", got)
	}
	if got := s.GroupResourceType(); got != "gitlabservices_group_some_thing" {
		t.Errorf("that of groups is named %q", got)
	}
}

func TestAStampIsOfAllThatAListTells(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		service Service
		want    bool
	}{
		{Service{}, true}, {Service{Apart: true}, false}, {Service{Withheld: true}, false}, {Service{ExistsWhile: "url"}, false},
	} {
		if got := test.service.Stamped(); got != test.want {
			t.Errorf("%+v: %t", test.service, got)
		}
	}
}

func TestAPrintIsThatOfAllTypes(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for name, params := range map[string][]Param{
		"nothing": nil, "a text": {String{Name: "a"}}, "another": {String{Name: "b"}}, "a number": {Int{Name: "a"}}, "two": {String{Name: "a"}, String{Name: "b"}},
	} {
		one, again := Service{Params: params}, Service{Params: slices.Clone(params)}
		got := one.Print()
		if got == "" || got != again.Print() {
			t.Errorf("%s: %q and %q", name, got, again.Print())
		}
		if other, taken := seen[got]; taken {
			t.Errorf("%s has the print of %s", name, other)
		}
		seen[got] = name
	}
}

func TestAnEventIsNoOlderThanItsService(t *testing.T) {
	t.Parallel()
	e := Event{Flag: "e_events", Channel: "e_channel", Life: since("11.0"), ChannelLife: since("11.0")}
	for service, want := range map[string]Life{"12.0": {}, "10.0": since("11.0")} {
		s := Service{Since: service, Params: []Param{String{Name: "first"}, Secret{Name: "hook", Example: "https://x"}}, Events: []Event{e}, Channels: ChannelSecrets}
		if got := s.Life("e_events"); got != want {
			t.Errorf("in a service since %s the flag has %v", service, got)
		}
		if got := s.webhook().Name; got != "hook" {
			t.Errorf("the webhook is %q", got)
		}
		s.Channels = ChannelNames
		if got := s.Life("e_channel"); got != want {
			t.Errorf("in a service since %s the channel has %v", service, got)
		}
	}
}

func TestAnArgumentSaysWhatItsParameterDoes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		param Param
		want  Argument
	}{
		{Int{Name: "x", Help: "Help.", OneOf: []Number{{0, "none"}, {5, "five"}}}, Argument{Value: int64(5), OneOf: []any{int64(0), int64(5)}}},
		{String{Name: "x", Help: "Help.", OneOf: []string{"a"}, Default: "b"}, Argument{Value: "a", OneOf: []any{"a"}, Default: "b"}},
		{Bool{Name: "x", Help: "Help.", Required: true}, Argument{Value: true, Required: true}},
		{Bool{Name: "x", Help: "Help."}, Argument{Value: true, Default: false}},
		{Secret{Name: "x", Help: "Help.", Example: "s"}, Argument{Value: "s", WriteOnly: "x_wo"}},
	} {
		test.want.Name, test.want.Help = "x", "Help."
		if got := test.param.arguments()[0]; !reflect.DeepEqual(got, test.want) {
			t.Errorf("%T: %+v, want %+v", test.param, got, test.want)
		}
	}
}

func TestAWordThatIsTheOnlyOneIsTheOnlyOneTaken(t *testing.T) {
	t.Parallel()
	one := String{Name: "x", OneOf: []string{"a"}}
	if got := refused(t, one, text("a")); len(got) > 0 {
		t.Errorf("a is refused: %q", got)
	}
	if got := refused(t, one, text("b")); len(got) != 1 {
		t.Errorf("b is answered with %q", got)
	}
}

func TestAServiceListsItsParameters(t *testing.T) {
	t.Parallel()
	s := Service{
		Params:   []Param{String{Name: "a"}, Secret{Name: "x"}, blankLogin},
		Events:   []Event{{Flag: "e_events", Channel: "e_channel"}, {Flag: "f_events", Channel: "f_channel"}},
		Channels: ChannelNames,
	}
	if got, want := keys(&s), []string{"a", "x", "u", "p", "e_channel", "f_channel", "e_events", "f_events"}; !slices.Equal(got, want) {
		t.Errorf("keys %q, want %q", got, want)
	}
	if got, want := s.Secrets(), []string{"x", "p"}; !slices.Equal(got, want) {
		t.Errorf("secrets %q, want %q", got, want)
	}
	want := []string{"a", "e_channel", "e_events", "f_channel", "f_events", "p", "p_wo", "p_wo_version", "u", "use_inherited_settings", "x", "x_wo", "x_wo_version"}
	if got := slices.Sorted(maps.Keys(s.AttributeTypes())); !slices.Equal(got, want) {
		t.Errorf("attributes %q, want %q", got, want)
	}
	s.Channels = NoChannels
	if got := keys(&s); slices.Contains(got, "e_channel") {
		t.Errorf("a service without channels has %q", got)
	}
}

func TestTheCallerOwnsTheTable(t *testing.T) {
	t.Parallel()
	mine := All()
	mine[0] = &Service{Slug: "mine"}
	if got := All()[0].Slug; got == "mine" {
		t.Error("changing the slice of All changes the table")
	}
}

// FuzzServicesReadAnyAnswer has every row read two answers, the second in the
// light of the first, as a state is refreshed.
func FuzzServicesReadAnyAnswer(f *testing.F) {
	for i, wire := range wireValues {
		f.Add("["+wire+"]", "["+wireValues[(i+7)%len(wireValues)]+"]", uint8(i))
	}
	f.Add("["+strings.Join(wireValues, ",")+"]", `[]`, uint8(1))
	f.Add(`{"webhook":"https://x/y","push_events":true,"issue_channel":"#a","confidential_issue_channel":"#a"}`, `{"webhook":null,"push_events":"0","confidential_issue_channel":"#b"}`, uint8(3))
	f.Add(`{"url":"https://x/","jira_auth_type":"1","project_keys":["A"],"username":5}`, `{"url":"https://x","jira_auth_type":{},"project_keys":null}`, uint8(2))
	f.Fuzz(func(t *testing.T, before, after string, flags uint8) {
		for _, s := range All() {
			first := s.Decode(Answer{Values: spread(s, before), As: ReadAs(flags & 1)})
			checkState(t, s, first)
			a := Answer{Values: spread(s, after), Prior: first.Values, Foreign: flags&2 != 0, As: ReadAs(flags >> 2 & 1)}
			second := s.Decode(a)
			checkState(t, s, second)
			a.Prior = second.Values
			third := s.Decode(a)
			if d := differences(third.Values, second.Values); d != "" {
				t.Errorf("%s: the same answer, read again: %s", s.Slug, d)
			}
			if len(third.Forgotten) > 0 {
				t.Errorf("%s: %q was forgotten twice", s.Slug, third.Forgotten)
			}
		}
	})
}

// spread makes an answer for a service of any JSON: an object is one, and the
// items of a list become its values in turn.
func spread(s *Service, raw string) map[string]any {
	switch wire := fromJSON(raw).(type) {
	case map[string]any:
		return wire
	case []any:
		out := map[string]any{}
		for i, key := range keys(s) {
			if len(wire) > 0 {
				out[key] = wire[i%len(wire)]
			}
		}
		return out
	}
	return nil
}

// checkState checks that an object can be built of a state, and that its
// problems are of its attributes.
func checkState(t *testing.T, s *Service, state Reading) {
	t.Helper()
	attributes := s.AttributeTypes()
	for _, p := range state.Problems {
		if attributes[p.Attribute] == nil {
			t.Errorf("%s: a problem of %q, which is no attribute of it", s.Slug, p.Attribute)
		}
	}
	if _, diags := types.ObjectValue(attributes, state.Values); diags.HasError() {
		t.Errorf("%s: %v", s.Slug, diags)
	}
}
