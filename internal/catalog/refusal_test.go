package catalog

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// What is said of the samples stands on the pages, for which the provider is
// asked about each of them.
func TestEveryCheckHasASampleOfWhatItRefuses(t *testing.T) {
	t.Parallel()
	checked := 0
	for _, s := range All() {
		for name, a := range s.Attributes() {
			text, _ := a.(schema.StringAttribute)
			for _, v := range text.Validators {
				if optional, ok := v.(orEmpty); ok {
					v = optional.String
				}
				check, ok := v.(Check)
				if !ok || check.Summary == tooMany {
					continue
				}
				checked++
				if len(check.Samples) == 0 {
					t.Errorf("service_%s.go: %s must be right and has no sample of what is wrong: %s", s.TypeName(), name, check.Must)
				}
				for _, sample := range check.Samples {
					if check.Wrong(sample) == "" {
						t.Errorf("service_%s.go: %s takes the sample %q of what is wrong", s.TypeName(), name, sample)
					}
				}
			}
		}
	}
	if checked == 0 {
		t.Error("no check was found")
	}
}

func TestRefusalsAreOfEveryKindAndStandOnce(t *testing.T) {
	t.Parallel()
	one := String{Name: "a", Required: true, Form: address, Example: "https://x"}
	other := one
	other.Name = "b"
	s := Service{Params: []Param{
		one, other,
		String{Name: "list", Form: list(blanks, "", 0).doubts(",", "No.", "a,b"), Example: "a"},
		String{Name: "word", OneOf: []string{"x", "y"}, Default: "x", Refused: "z"},
		String{Name: "other_list", Form: list(blanks, "", 0).doubts(";", "No.", "a;b"), Example: "a"},
		String{Name: "in_place", Unless: "a", Default: "d", Example: "e"},
		String{Name: "in_its_place", Unless: "b", Default: "d", Example: "e"},
		String{Name: "gone", OneOf: []string{"x", "y"}, Refused: "q", Legacy: Legacy{Why: "Why."}, Example: "x"},
		Int{Name: "n", Min: 1, Max: 5, Example: 2},
		Bool{Name: "switch", Only: Condition{"word", text("y")}},
		Bool{Name: "knob", Only: Condition{"n", number(4)}},
		String{Name: "third", While: Condition{"n", number(3)}, Example: "e"},
		String{Name: "fourth", While: Condition{"switch", types.BoolValue(false)}, Example: "e"},
		String{Name: "first", While: Condition{"word", text("y")}, Example: "e"},
		String{Name: "second", While: Condition{"word", text("y")}, Example: "e"},
		Strings{Name: "items", Example: []string{"A"}},
		blankLogin, optionalSecret,
		Bool{Name: "old", Legacy: Legacy{Why: "Why.", Successor: Successor{Name: "word", As: map[string]string{"true": "x", "false": "y"}}}},
	}}
	var got []string
	for _, r := range s.Refusals() {
		var words []string
		for name, value := range r.Set {
			if value != nil {
				name += fmt.Sprintf("=%v", value)
			}
			words = append(words, name)
		}
		slices.Sort(words)
		if len(r.Without) > 0 {
			words = append(words, "without", r.Without[0])
		}
		got = append(got, strings.Join(words, " "))
	}
	want := []string{
		"a=", "a=example.com/path", "a=https://example.com/a b", "word=z", "n=6", "list=a,b", "other_list=a;b",
		"in_place= without a", "in_its_place= without b", "switch=true without word", "knob=true without n",
		"n=3 without third", "switch=false without fourth", "second word=y without first", "first word=y without second",
		"items=[ A]", "p p_wo u", "p_wo_version=2 without p_wo", "p_wo without u", "old=false word=x",
	}
	if !slices.Equal(got, want) {
		t.Errorf("refusals\n%q, want\n%q", got, want)
	}
}

func TestAWordThatIsNoneIsNamedWithWhatIsLikelyMeant(t *testing.T) {
	t.Parallel()
	priority := String{Name: "x", OneOf: []string{"-1", "0"}}
	for word, test := range map[string]struct {
		param String
		says  string
	}{
		"main":                  {branchesToBeNotified, `must be all, default, protected or default_and_protected, and is "main". It may be the name of a branch`},
		"release/1.0":           {branchesToBeNotified, "the name of a branch"},
		"Protected":             {branchesToBeNotified, "meant may be protected."},
		" default ":             {branchesToBeNotified, "meant may be default."},
		"default-and-protected": {branchesToBeNotified, "meant may be default_and_protected."},
		"protcted":              {branchesToBeNotified, "meant may be protected."},
		"":                      {branchesToBeNotified, "and is blank."},
		" ":                     {branchesToBeNotified, "and is blank."},
		"high":                  {priority, `must be -1 or 0, and is "high".`},
		"1":                     {priority, `and is "1".`},
	} {
		t.Run(word, func(t *testing.T) {
			t.Parallel()
			if got := complaints(t, []validator.String{test.param.oneOf()}, text(word)); len(got) != 1 || !strings.Contains(got[0], test.says) {
				t.Errorf("%q, want one error that says %q", got, test.says)
			}
		})
	}
	for _, word := range branches {
		if got := complaints(t, []validator.String{branchesToBeNotified.oneOf()}, text(word)); len(got) > 0 {
			t.Errorf("%q is refused: %q", word, got)
		}
	}
}

func TestTheNearestWordIsTheOnlyOneThatIsNear(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text  string
		words []string
		want  string
	}{
		{"x", []string{"all"}, ""},
		{"Note", []string{"note", "notes"}, "note"},
		{"noted", []string{"note", "notes"}, ""},
		{"axl", []string{"all"}, ""},
		{"mian", []string{"main"}, "main"},
		{"moonz", []string{"maina"}, ""},
		{"al", []string{"all"}, ""},
		{"all", []string{"all_of_them"}, "all_of_them"},
	} {
		if got := nearest(test.text, test.words); got != test.want {
			t.Errorf("of %q, %q is nearest to %q, want %q", test.words, got, test.text, test.want)
		}
	}
}

func TestChoicesAreSeparatedAsInASentence(t *testing.T) {
	t.Parallel()
	for want, choices := range map[string][]string{"": nil, "a": {"a"}, "a or b": {"a", "b"}, "a, b or c": {"a", "b", "c"}} {
		if got := either(choices); got != want {
			t.Errorf("%q are %q, want %q", choices, got, want)
		}
	}
}

func TestOnlyAListThatCanBeReadIsASampleOfTooMany(t *testing.T) {
	t.Parallel()
	for limit, want := range map[int]int{1: 1, 10: 1, 11: 0} {
		if got := atMost(limit, ",").Samples; len(got) != want {
			t.Errorf("of at most %d, samples are %q", limit, got)
		}
	}
}

func TestDistanceCountsSlips(t *testing.T) {
	t.Parallel()
	for pair, want := range map[[2]string]int{
		{"", ""}: 0, {"a", ""}: 1, {"", "ab"}: 2, {"abc", "abc"}: 0, {"abc", "axc"}: 1, {"abc", "ac"}: 1, {"ac", "abc"}: 1, {"abcd", "badc"}: 3,
		{"protcted", "protected"}: 1, {"kitten", "sitting"}: 3,
	} {
		if got := distance(pair[0], pair[1]); got != want {
			t.Errorf("%q to %q: %d, want %d", pair[0], pair[1], got, want)
		}
	}
}
