package catalog

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// A parameter of each kind, and the words of the one that has replaced it.
var replacedParams = []struct {
	param   Param
	value   Values
	unknown Values
}{
	{Bool{Name: "old", Legacy: replacedBy("false")}, Values{"old": no}, Values{"old": types.BoolUnknown()}},
	{String{Name: "old", Legacy: replacedBy("v")}, Values{"old": text("v")}, Values{"old": unknownText}},
	{Int{Name: "old", Legacy: replacedBy("7")}, Values{"old": number(7)}, Values{"old": types.Int64Unknown()}},
	{Strings{Name: "old", Legacy: replacedBy(`["a"]`)}, Values{"old": texts("a")}, Values{"old": types.ListUnknown(types.StringType)}},
}

func replacedBy(value string) Legacy {
	return Legacy{Why: "It was replaced.", Successor: Successor{Name: "new", As: map[string]string{value: "all"}}}
}

func TestTheDefaultOfASuccessorFollowsItsPredecessor(t *testing.T) {
	t.Parallel()
	next := String{Name: "new", OneOf: []string{"all", "default"}, Default: "default"}
	for _, test := range replacedParams {
		s := Service{Params: []Param{test.param, next}}
		plan := func(config Values) Values {
			out := Values{"old": config["old"], "new": text("default")}
			if !config.null("new") {
				out["new"] = config["new"]
			}
			s.Plan(Change{Plan: out, Config: config})
			return out
		}
		if got := plan(Values{"old": types.StringValue("other")}).text("new"); got != text("default") {
			t.Errorf("%T, of a value without a word: %s", test.param, got)
		}
		both := Values{"old": test.value["old"], "new": text("all")}
		contradicting := Values{"old": test.value["old"], "new": text("default")}
		for name, got := range map[string][2]any{
			"not configured":                {plan(nil).text("new"), text("default")},
			"configured alone":              {plan(test.value).text("new"), text("all")},
			"not yet known":                 {plan(test.unknown).text("new"), unknownText},
			"beside its successor":          {plan(contradicting).text("new"), text("default")},
			"beside one not yet known":      {plan(Values{"old": test.value["old"], "new": unknownText}).text("new"), unknownText},
			"is sent as it is planned":      {s.Encode(Change{Plan: plan(test.value), Config: test.value}).Values["new"], "all"},
			"problems, both agree":          {len(s.Validate(both)), 0},
			"problems, both contradict":     {len(s.Validate(contradicting)), 1},
			"problems, one not yet known":   {len(s.Validate(Values{"old": test.unknown["old"], "new": text("default")})), 0},
			"problems, other not yet known": {len(s.Validate(Values{"old": test.value["old"], "new": unknownText})), 0},
			"problems, alone":               {len(s.Validate(test.value)), 0},
			"problems, successor alone":     {len(s.Validate(Values{"new": text("default")})), 0},
			"problems, without a word":      {len(s.Validate(Values{"old": text("other"), "new": text("default")})), 0},
		} {
			if got[0] != got[1] {
				t.Errorf("%T, %s: %v, want %v", test.param, name, got[0], got[1])
			}
		}
		for _, p := range s.Validate(contradicting) {
			if p.Attribute != "old" || !strings.Contains(p.Detail, "`old`") || !strings.Contains(p.Detail, "`new`") {
				t.Errorf("%T: the problem %+v does not name both", test.param, p)
			}
		}
	}
}

func TestWhatNothingHasReplacedPlansNothingElse(t *testing.T) {
	t.Parallel()
	plan := Values{"old": types.BoolUnknown()}
	s := Service{Params: []Param{Bool{Name: "old", Legacy: Legacy{Why: "Why."}}}}
	s.Plan(Change{Plan: plan, Config: Values{"old": types.BoolUnknown()}})
	if len(plan) != 1 {
		t.Errorf("plans %v", plan)
	}
}

func TestAnExampleSaysWhatThatOfItsSuccessorDoes(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{"default": true, "all": false} {
		for _, first := range []bool{true, false} {
			params := []Param{notifyOnlyDefaultBranch(Life{}, "Why."), String{Name: "branches_to_be_notified", Example: word}}
			if first {
				slices.Reverse(params)
			}
			s := Service{Params: params}
			for _, a := range s.Arguments() {
				if a.Name == "notify_only_default_branch" && a.Value != want {
					t.Errorf("beside %q it is %v", word, a.Value)
				}
			}
		}
	}
}

func TestEveryServiceWithNotifyOnlyDefaultBranchHasItsSuccessorFollow(t *testing.T) {
	t.Parallel()
	var with []string
	for _, s := range All() {
		if !slices.Contains(keys(s), "notify_only_default_branch") {
			continue
		}
		with = append(with, s.Slug)
		for value, want := range map[types.Bool]string{yes: "default", no: "all"} {
			config := Values{"notify_only_default_branch": value}
			plan := s.Decode(Answer{Prior: config}).Values
			s.Plan(Change{Plan: plan, Config: config})
			body := s.Encode(Change{Plan: plan, Config: config}).Values
			if body["branches_to_be_notified"] != want || body["notify_only_default_branch"] != value.ValueBool() {
				t.Errorf("%s: %s is sent as %v", s.Slug, value, body)
			}
		}
	}
	if !slices.Equal(with, []string{"mattermost", "microsoft-teams", "pipelines-email", "slack"}) {
		t.Errorf("services with the pair: %q", with)
	}
}

func TestALegacyParameterSaysWhatItsSuccessorDoes(t *testing.T) {
	t.Parallel()
	if got, want := notifyOnlyDefaultBranch(Life{}, "GitLab 12.3 replaced it by `branches_to_be_notified`.").Legacy.note(), "Legacy: GitLab 12.3 replaced it by `branches_to_be_notified`. Not managed unless it is configured. "+
		"While it is, `branches_to_be_notified` defaults to `all` where it is `false` and `default` where it is `true`."; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
}
