package catalog

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestASwitchIsRefusedUnlessItsConditionHolds(t *testing.T) {
	t.Parallel()
	s := Service{Title: "Thing", Params: []Param{Bool{Name: "all"}, Bool{Name: "logs", Only: Condition{"all", yes}}}}
	refused := []string{"logs: logs without all"}
	for name, test := range map[string]struct {
		config Values
		want   []string
	}{
		"it is on alone":                {Values{"logs": yes}, refused},
		"the other is off":              {Values{"logs": yes, "all": no}, refused},
		"both are on":                   {Values{"logs": yes, "all": yes}, nil},
		"the other is unknown":          {Values{"logs": yes, "all": types.BoolUnknown()}, nil},
		"it is unknown":                 {Values{"logs": types.BoolUnknown()}, nil},
		"it is off":                     {Values{"logs": no}, nil},
		"nothing is configured":         {nil, nil},
		"it is null beside what is off": {Values{"logs": noBool, "all": no}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := problemsOf(s.Validate(test.config)); !slices.Equal(got, test.want) {
				t.Errorf("problems %q, want %q", got, test.want)
			}
		})
	}
	if got := s.Arguments()[1].With; !slices.Equal(got, []string{"all"}) {
		t.Errorf("an example of logs stands beside %q", got)
	}
	if got := s.Arguments()[0].With; len(got) > 0 {
		t.Errorf("an example of all stands beside %q", got)
	}
}

func TestOneOfTwoTextsIsEnough(t *testing.T) {
	t.Parallel()
	s := Service{Title: "Thing", Params: []Param{String{Name: "site", Default: "x.com", Unless: "url"}, String{Name: "url", Form: address}}}
	for name, test := range map[string]struct {
		config Values
		want   []string
	}{
		"the default is there":       {nil, nil},
		"emptied alone":              {Values{"site": text("")}, []string{"site: Missing site for Thing"}},
		"emptied beside an empty":    {Values{"site": text(" "), "url": text("")}, []string{"site: Missing site for Thing"}},
		"emptied beside the other":   {Values{"site": text(""), "url": text("https://x")}, nil},
		"emptied beside the unknown": {Values{"site": text(""), "url": unknownText}, nil},
		"unknown":                    {Values{"site": unknownText}, nil},
		"both":                       {Values{"site": text("y.com"), "url": text("https://x")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := problemsOf(s.Validate(test.config)); !slices.Equal(got, test.want) {
				t.Errorf("problems %q, want %q", got, test.want)
			}
		})
	}
}

func TestAnExampleHasWhatIsRequiredByDefault(t *testing.T) {
	t.Parallel()
	s := Service{Params: []Param{
		Bool{Name: "on", Default: true}, String{Name: "always", While: Condition{"on", yes}}, String{Name: "never", While: Condition{"on", no}},
	}}
	for _, a := range s.Arguments() {
		if a.Required != (a.Name == "always") {
			t.Errorf("%s is required: %t", a.Name, a.Required)
		}
	}
}

func TestEveryConditionIsAboutAParameterOfItsRow(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		file := "service_" + s.TypeName() + ".go"
		types := s.AttributeTypes()
		for _, p := range s.params() {
			var conditions []Condition
			switch p := p.(type) {
			case String:
				conditions = append(conditions, p.While)
				if p.Unless != "" && (types[p.Unless] == nil || p.Default == "") {
					t.Errorf("%s: Unless of %s is for a text with a Default, and names another parameter", file, p.Name)
				}
			case Bool:
				conditions = append(conditions, p.Only)
			}
			for _, c := range conditions {
				if c.Param != "" && (types[c.Param] == nil || !types[c.Param].Equal(c.Is.Type(t.Context()))) {
					t.Errorf("%s: no parameter %s is of the type of %s", file, c.Param, c.Is)
				}
			}
		}
	}
}

func TestALifeIsToldWhereItIsShorterThanThatOfItsService(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ since, service, want string }{
		{"10.7", "", "10.7"}, {"10.7", "9.1", "10.7"}, {"10.7", "10.6", "10.7"}, {"9.5", "10.0", ""}, {"10.7", "10.7", ""}, {"15.7", "15.10", ""}, {"", "9.1", ""},
	} {
		if got := (Life{Since: test.since, Until: "17.7"}).after(test.service); got != (Life{test.want, "17.7"}) {
			t.Errorf("%s in a service since %s is told as %v", test.since, test.service, got)
		}
	}
}

func TestALifeIsInEveryDescription(t *testing.T) {
	t.Parallel()
	for life, want := range map[Life]string{
		{}:                       "",
		since("18.9"):            "In GitLab 18.9 and later.",
		until("12.2"):            "In GitLab up to 12.2.",
		between("13.12", "17.7"): "In GitLab 13.12 to 17.7.",
	} {
		if got := life.note(); got != want {
			t.Errorf("%+v is %q, want %q", life, got, want)
		}
	}
	life := since("18.9")
	s := Service{Params: []Param{
		String{Name: "string", Life: life}, Int{Name: "int", Life: life}, Bool{Name: "bool", Life: life},
		Strings{Name: "strings", Life: life}, Secret{Name: "secret", Life: life},
	}}
	attributes := s.Attributes()
	delete(attributes, UseInheritedSettings)
	for name, a := range attributes {
		if says := strings.Contains(a.GetMarkdownDescription(), "In GitLab 18.9 and later."); says == strings.HasSuffix(name, suffixVersion) {
			t.Errorf("%s: %s", name, a.GetMarkdownDescription())
		}
	}
	for _, a := range s.Arguments() {
		if a.Life != life || s.Life(a.Name) != life {
			t.Errorf("%s lives %v", a.Name, a.Life)
		}
	}
	if got := s.Life("other"); got != (Life{}) {
		t.Errorf("what there is not lives %v", got)
	}
}

func TestAvailabilityIsVersionsAndBuilds(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]Service{
		"":                                {},
		"since 16.9":                      {Since: "16.9"},
		"removed in 16.0":                 {Gone: Gone{In: "16.0"}},
		"GitLab.com only":                 {Builds: "GitLab.com only"},
		"since 14.5, removed in 16.0; EE": {Since: "14.5", Gone: Gone{In: "16.0"}, Builds: "EE"},
	} {
		if got := s.Availability(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
