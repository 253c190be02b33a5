package catalog

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryRowHasAUse(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		file := "service_" + s.TypeName() + ".go"
		checkSentence(t, file, "Use", s.Use.For)
		if len(s.Use.Set) == 0 && !s.Use.Many {
			t.Errorf("%s: the Use is no more than what is required: give it settings, or several places", file)
		}
		arguments, fresh, values := s.Arguments(), s.Decode(Answer{}).Values, s.Use.Set.values()
		for name, value := range s.Use.Set {
			i := slices.IndexFunc(arguments, func(a Argument) bool { return a.Name == name })
			if i < 0 || arguments[i].Legacy {
				t.Errorf("%s: the Use sets %s, which is no parameter of today", file, name)
			}
			if value != nil && values[name] == nil {
				t.Errorf("%s: the Use sets %s to a %T, which no parameter is", file, name, value)
			}
			if values[name] != nil && values[name].Equal(fresh[name]) {
				t.Errorf("%s: the Use sets %s to its default", file, name)
			}
			if text, ok := value.(string); ok && strings.Contains(text, "{name}") && !s.Use.Many {
				t.Errorf("%s: the Use has {name} in %s, and one place", file, name)
			}
		}
	}
}

func TestTheLeastDoesSomething(t *testing.T) {
	t.Parallel()
	names := func(arguments []Argument) string {
		var out []string
		for _, a := range arguments {
			out = append(out, a.Name)
		}
		return strings.Join(out, " ")
	}
	params := []Param{String{Name: "url", Required: true, Example: "x"}, String{Name: "more", Example: "y"}, blankLogin}
	for name, test := range map[string]struct {
		row         Service
		least, used string
	}{
		"an event is on":         {Service{Params: params, Events: []Event{push.off(), issues}}, "url", "url"},
		"none is on":             {Service{Params: params, Events: []Event{incident.unswitched(), push.off(), issues.off()}}, "url push_events", "url"},
		"what has no events":     {Service{Params: params, Use: Use{Set: Set{"more": nil}}}, "url", "url more"},
		"what must stand beside": {Service{Params: params, Use: Use{Set: Set{"u": "me"}}}, "url", "url u p"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if least, used := names(test.row.Least()), names(test.row.Used()); least != test.least || used != test.used {
				t.Errorf("the least is %q, want %q; the use is %q, want %q", least, test.least, used, test.used)
			}
		})
	}
}

func TestWhatMustStandBesideIsTakenOnce(t *testing.T) {
	t.Parallel()
	only := Condition{"word", text("y")}
	s := Service{
		Params: []Param{String{Name: "word", Example: "y"}, Bool{Name: "first", Only: only}, Bool{Name: "second", Only: only}},
		Use:    Use{Set: Set{"first": true}},
	}
	if got := argumentNames(s.Used()); !slices.Equal(got, []string{"word", "first"}) {
		t.Errorf("the use is of %q", got)
	}
}

func TestAUseHasTheValuesOfItsSettings(t *testing.T) {
	t.Parallel()
	row := Service{
		Params: []Param{String{Name: "a", Example: "example"}, String{Name: "b", Example: "example"}, Int{Name: "c", Example: 1}},
		Use:    Use{Set: Set{"a": nil, "b": "of its own", "c": 7}},
	}
	used := row.Used()
	for i, want := range []any{"example", "of its own", int64(7)} {
		if used[i].Value != want {
			t.Errorf("%s is %v, want %v", used[i].Name, used[i].Value, want)
		}
	}
}

// An event that has a channel and no switch is none that could be switched on.
func TestTheLeastSwitchesOnTheFirstEventWhereAllAreOff(t *testing.T) {
	t.Parallel()
	silent, off, on := Event{Channel: "a_channel", Default: true}, Event{Flag: "b_events"}, Event{Flag: "c_events", Default: true}
	for _, test := range []struct {
		events []Event
		want   []string
	}{
		{nil, []string{"r"}}, {[]Event{silent}, []string{"r"}}, {[]Event{silent, off}, []string{"r", "b_events"}},
		{[]Event{off, on}, []string{"r"}}, {[]Event{off, {Flag: "d_events"}}, []string{"r", "b_events"}},
	} {
		s := Service{Params: []Param{String{Name: "r", Required: true}, String{Name: "o"}}, Events: test.events}
		if got := argumentNames(s.Least()); !slices.Equal(got, test.want) {
			t.Errorf("with %v, the least is %q", test.events, got)
		}
	}
}

func TestAUseHasWhatItsNumberWants(t *testing.T) {
	t.Parallel()
	s := Service{Params: []Param{Int{Name: "kind"}, String{Name: "r", Required: true}, String{Name: "w", While: Condition{"kind", number(2)}}}}
	for kind, want := range map[int][]string{1: {"kind", "r"}, 2: {"kind", "r", "w"}} {
		s.Use.Set = Set{"kind": kind}
		if got := argumentNames(s.Used()); !slices.Equal(got, want) {
			t.Errorf("of kind %d, its use has %q", kind, got)
		}
	}
}

func argumentNames(arguments []Argument) []string {
	var out []string
	for _, a := range arguments {
		out = append(out, a.Name)
	}
	return out
}
