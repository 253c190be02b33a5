package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// heir is a service with a parameter of each kind.
func heir() *Service {
	return &Service{Slug: "heir", Title: "Heir", Params: []Param{
		String{Name: "url", Required: true},
		requiredSecretX,
		Secret{Name: "o"},
		eachOf("e"),
		blankLogin,
		Login{Username: String{Name: "n"}, Password: Secret{Name: "q"}, Null: true, Each: true},
		Int{Name: "port", Default: &two},
		String{Name: "cleared"},
		String{Name: "wanted", While: Condition{"port", number(2)}},
		String{Name: "old", Legacy: Legacy{Why: "Why."}},
	}, Events: []Event{{Flag: "push_events", Default: true}}}
}

func eachOf(name string) Secret { return Secret{Name: name, Each: true} }

// inherit is a configuration that adds to others that the settings are inherited.
func inherit(values Values) Values { return with(values, Values{UseInheritedSettings: yes}) }

// step is a configuration, what GitLab then has of some parameters, and what the
// state has.
type step struct {
	name    string
	config  Values
	refused []string
	gitlab  map[string]any
	unsent  []string
	state   Values
}

func TestAServiceInheritsTakesOverAndGivesBack(t *testing.T) {
	t.Parallel()
	url := Values{"url": text("https://x"), "wanted": text("w")}
	own := with(url, Values{"x_wo": text("s")})
	for name, steps := range map[string][]step{
		"created by inheriting": {
			{name: "no secret is missed, and null stands in for one", config: inherit(url),
				gitlab: map[string]any{UseInheritedSettings: true, "url": "https://x", "x": nil, "e": "", "n": nil, "q": nil, "port": int64(2)},
				state:  Values{UseInheritedSettings: yes, "x_wo_version": noNumber, "port": number(2)}},
			{name: "one is missed to take over", config: url, refused: []string{"x: Missing x for Heir"}},
			{name: "and sent, while those of the group are cleared", config: own,
				gitlab: map[string]any{UseInheritedSettings: false, "x": "s", "o": "", "u": "", "p": "", "n": nil, "q": nil},
				state:  Values{UseInheritedSettings: no, "x_wo_version": number(1)}},
			{name: "given back, without the secret", config: inherit(url),
				gitlab: map[string]any{UseInheritedSettings: true, "x": nil},
				state:  Values{UseInheritedSettings: yes, "x": noText, "x_wo_version": noNumber}},
		},
		"with secrets all along": {
			{name: "they are sent, and no version says that GitLab has them", config: inherit(with(own, Values{"o": text("p")})),
				gitlab: map[string]any{UseInheritedSettings: true, "x": "s", "o": "p"},
				state:  Values{"x_wo_version": noNumber, "o": text("p")}},
			{name: "taking over sends them", config: with(own, Values{"o": text("p")}),
				gitlab: map[string]any{UseInheritedSettings: false, "x": "s", "o": "p"},
				state:  Values{"x_wo_version": number(1), "o": text("p")}},
			{name: "giving back keeps them in the state", config: inherit(with(own, Values{"o": text("p")})),
				state: Values{"x_wo_version": noNumber, "o": text("p")}},
			{name: "taken out meanwhile, it is cleared", config: inherit(own), gitlab: map[string]any{"o": ""}, state: Values{"o": noText}},
		},
		"secrets of a group": {
			{name: "stay its own", config: inherit(own), unsent: []string{"o", "q"}},
			{name: "while another setting changes", config: inherit(with(own, Values{"cleared": text("c")})), unsent: []string{"o"}},
		},
		"a version that is configured": {
			{name: "is in the state", config: inherit(with(own, Values{"x_wo_version": number(5)})), state: Values{"x_wo_version": number(5)}},
			{name: "and stays, with the secret sent", config: with(own, Values{"x_wo_version": number(5)}),
				gitlab: map[string]any{"x": "s"}, state: Values{"x_wo_version": number(5)}},
		},
		"logins": {
			{name: "a name without a password", config: inherit(with(url, Values{"u": text("u"), "n": text("n")})),
				gitlab: map[string]any{"u": "u", "n": "n", "q": nil}},
			{name: "is refused when the settings are taken over", config: with(own, Values{"u": text("u"), "n": text("n")}),
				refused: []string{"p: Missing p for Heir", "q: Missing q for Heir"}},
			{name: "and taken with one", config: with(own, Values{"u": text("u"), "p_wo": text("s"), "n": text("n"), "q": text("t")}),
				gitlab: map[string]any{"u": "u", "p": "s", "n": "n", "q": "t"}, state: Values{"p_wo_version": number(1), "q": text("t")}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &run{service: heir(), gitlab: map[string]any{}}
			for _, step := range steps {
				if got := problemsOf(r.apply(t, step.config, step.config)); !slices.Equal(got, step.refused) {
					t.Errorf("%s: problems %q, want %q", step.name, got, step.refused)
				}
				for name, want := range step.gitlab {
					if got, sent := r.gitlab[name]; got != want || !sent {
						t.Errorf("%s: GitLab was sent %v for %s (%t), want %v", step.name, got, name, sent, want)
					}
				}
				for _, name := range step.unsent {
					if got, sent := r.gitlab[name]; sent && got != nil {
						t.Errorf("%s: GitLab was sent %v for %s", step.name, got, name)
					}
				}
				for name, want := range step.state {
					if got := r.state[name]; !got.Equal(want) {
						t.Errorf("%s: %s is %v, want %v", step.name, name, got, want)
					}
				}
				if step.refused != nil {
					continue
				}
				if c, _ := r.plan(t, step.config); differences(c.Plan, r.state) != "" {
					t.Errorf("%s: the plan after it is %s", step.name, differences(c.Plan, r.state))
				}
			}
		})
	}
}

func TestWhatIsInheritedIsNotCompared(t *testing.T) {
	t.Parallel()
	above := map[string]any{"url": "https://above", "x": "above", "port": fromJSON("3"), "cleared": "above", "wanted": "w", "old": "above", "u": "above", "push_events": false}
	s := heir()
	defaults := s.Decode(Answer{}).Values
	owned := with(defaults, Values{"url": text("https://x"), "x": text("s"), "o_wo_version": number(1), "u": text("u"), "cleared": text("c"), UseInheritedSettings: no})
	imported := with(defaults, Values{"url": text("https://above"), UseInheritedSettings: yes})
	for name, test := range map[string]struct {
		answer Answer
		want   Values
	}{
		"inherited before and now":    {Answer{Prior: inherit(owned), Inherits: new(true), Foreign: true}, inherit(owned)},
		"given back by somebody else": {Answer{Prior: owned, Inherits: new(true), Foreign: true}, inherit(owned)},
		"written":                     {Answer{Prior: inherit(owned), Config: owned, Inherits: new(true), As: Written}, inherit(owned)},
		"imported":                    {Answer{Inherits: new(true), As: Import}, imported},
		"listed":                      {Answer{Inherits: new(true)}, imported},
	} {
		test.answer.Values = above
		got := s.Decode(test.answer)
		if d := differences(got.Values, test.want); d != "" || len(got.Forgotten)+len(got.Unanswered)+len(got.Adopted)+len(got.Problems) > 0 || got.InheritUnknown {
			t.Errorf("%s: %s, forgotten %q, unanswered %q, adopted %q, %v", name, d, got.Forgotten, got.Unanswered, got.Adopted, got.Problems)
		}
	}
	for name, test := range map[string]struct {
		state  Values
		told   *bool
		expect bool
	}{
		"inherited":               {inherit(owned), new(true), false},
		"its own":                 {owned, new(false), true},
		"GitLab does not say":     {owned, nil, true},
		"nor whether it inherits": {inherit(owned), nil, true},
	} {
		if got := s.HoldsSecret(test.state, test.told); got != test.expect {
			t.Errorf("%s: a secret is watched: %t", name, got)
		}
	}
}

func TestWhatIsNotInheritedIsReadAsAlways(t *testing.T) {
	t.Parallel()
	s := heir()
	values := map[string]any{"url": "https://other", "push_events": false}
	prior := with(s.Decode(Answer{}).Values, Values{"url": text("https://x"), "x": text("s")})
	other := with(prior, Values{"url": text("https://other"), "push_events": no})
	for name, test := range map[string]struct {
		answer  Answer
		want    Values
		unknown bool
	}{
		"its own":                       {Answer{Prior: prior, Inherits: new(false)}, other, false},
		"taken over by somebody else":   {Answer{Prior: inherit(prior), Inherits: new(false)}, other, false},
		"before 17.3":                   {Answer{Prior: prior}, other, false},
		"before 17.3, to be inherited":  {Answer{Prior: inherit(prior)}, inherit(other), true},
		"before 17.3, nothing is known": {Answer{Prior: without(prior, UseInheritedSettings)}, other, false},
	} {
		test.answer.Values = values
		got := s.Decode(test.answer)
		if d := differences(got.Values, test.want); d != "" || got.InheritUnknown != test.unknown {
			t.Errorf("%s: %s, unknown whether inherited: %t", name, d, got.InheritUnknown)
		}
		test.answer.As, test.answer.Config = Written, test.answer.Prior
		if got := s.Decode(test.answer); slices.Contains(got.Unanswered, UseInheritedSettings) {
			t.Errorf("%s, written: that it is not told is said twice", name)
		}
		test.answer.As, test.answer.Foreign = Refresh, true
		if got := s.Decode(test.answer); !slices.Equal(got.Forgotten, []string{"x"}) {
			t.Errorf("%s, after a foreign write: forgets %q", name, got.Forgotten)
		}
	}
}

func TestSettingsAreTakenOverWhereGitLabTellsIt(t *testing.T) {
	t.Parallel()
	following, own := Values{UseInheritedSettings: yes}, Values{UseInheritedSettings: no}
	for name, test := range map[string]struct {
		answer Answer
		want   bool
	}{
		"by somebody else":       {Answer{Prior: following, Inherits: new(false)}, true},
		"by Terraform":           {Answer{Prior: following, Inherits: new(false), As: Written}, false},
		"inherited as before":    {Answer{Prior: following, Inherits: new(true)}, false},
		"its own as before":      {Answer{Prior: own, Inherits: new(false)}, false},
		"GitLab does not tell":   {Answer{Prior: following}, false},
		"nothing is known of it": {Answer{Inherits: new(false)}, false},
	} {
		if got := test.answer.TakenOver(); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestADataSourceShowsWhatIsInheritedAsItIs(t *testing.T) {
	t.Parallel()
	values := map[string]any{"url": "https://above", "port": fromJSON("3"), "x": "s"}
	for inherits, want := range map[*bool]attr.Value{nil: noBool, new(true): yes, new(false): no} {
		got := heir().Show(Answer{Values: values, Inherits: inherits})
		if d := differences(got.Values, Values{"url": text("https://above"), "port": number(3), UseInheritedSettings: want}); d != "" || len(got.Problems) > 0 {
			t.Errorf("%s: %s %v", want, d, got.Problems)
		}
	}
}

// A configuration that Terraform generates has what GitLab requires, and nothing
// that GitLab requires only sometimes.
func TestAnInheritingServiceOfTheTableIsValidWithoutItsSecrets(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		config := s.Decode(Answer{Values: onTheWire(t, s.Encode(Change{Plan: full(s)}).Values), Inherits: new(true), As: Import}).Values
		for name, a := range s.Attributes() {
			if a.IsRequired() && config.null(name) {
				t.Errorf("%s: the required %s is null", s.Slug, name)
			}
		}
		if got := s.Validate(config); len(got) > 0 {
			t.Errorf("%s: %v", s.Slug, got)
		}
		plan := maps.Clone(config)
		s.Plan(Change{Plan: plan, Config: config, Prior: config})
		if d := differences(plan, config); d != "" {
			t.Errorf("%s: the configuration of an import plans %s", s.Slug, d)
		}
		c := Change{Plan: plan, Config: config}
		if got := s.Require(c); len(got) > 0 {
			t.Errorf("%s: %v", s.Slug, got)
		}
		body := s.Encode(c)
		for _, a := range s.Arguments() {
			if _, sent := body.Values[a.Name]; !sent && a.Required {
				t.Errorf("%s: %s is required and not sent", s.Slug, a.Name)
			}
		}
		if body.Values[UseInheritedSettings] != true || len(body.Secrets) > 0 {
			t.Errorf("%s: sends %v, secrets %d", s.Slug, body.Values[UseInheritedSettings], len(body.Secrets))
		}
		config[UseInheritedSettings] = types.BoolUnknown()
		if got := s.Validate(config); len(got) > 0 {
			t.Errorf("%s, where it is not known: %v", s.Slug, got)
		}
	}
}

func TestWhatIsMissingOfItsOwnSettingsIsMissed(t *testing.T) {
	t.Parallel()
	config := Values{"url": text("https://x")}
	if got := fmt.Sprint(problemsOf(heir().Validate(config))); !strings.Contains(got, "Missing wanted") {
		t.Errorf("of its own: %s", got)
	}
	if got := heir().Validate(inherit(config)); len(got) > 0 {
		t.Errorf("inherited: %v", got)
	}
	for value, want := range map[attr.Value]int{yes: 0, types.BoolUnknown(): 0, no: 1, noBool: 1} {
		plan := Values{"url": text("https://x"), UseInheritedSettings: value}
		if got := heir().Require(Change{Plan: plan, Config: plan}); len(got) != want {
			t.Errorf("%s: %v", value, got)
		}
	}
}

func TestAMovedStateSaysWhetherItInherits(t *testing.T) {
	t.Parallel()
	for state, want := range map[string]attr.Value{
		`{"project":"a/b","url":"https://x","use_inherited_settings":true}`:  yes,
		`{"project":"a/b","url":"https://x","use_inherited_settings":false}`: no,
		`{"project":"a/b","url":"https://x"}`:                                no,
	} {
		got := heir().Move([]byte(state), "project")
		if len(got.Problems) > 0 || !got.Values[UseInheritedSettings].Equal(want) || got.Values.text("url").ValueString() != "https://x" {
			t.Errorf("%s: %v %v", state, got.Values, got.Problems)
		}
	}
}
