package catalog

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// run is what Terraform does with one resource: it plans, plans again once
// everything is known, and applies the second plan. Plans see a configuration in
// which the attributes that ignore_changes names have the prior values; the apply
// sees it as it stands.
type run struct {
	service *Service
	ignored []string
	// state is nil until the resource is created.
	state   Values
	adopted []string
	// gitlab is what GitLab has stored.
	gitlab map[string]any
}

// plan is one plan: what Terraform proposes, and what the provider makes of it.
func (r *run) plan(t *testing.T, config Values) (Change, Problems) {
	t.Helper()
	seen := maps.Clone(config)
	if r.state != nil {
		for _, name := range r.ignored {
			seen[name] = r.state[name]
		}
	}
	plan := Values{}
	attributes := r.service.Attributes()
	for name, a := range attributes {
		def := defaultOf(t, a)
		switch {
		case a.IsWriteOnly():
			plan[name] = null(t, a)
		case !seen.null(name):
			plan[name] = seen[name]
		case def != nil:
			plan[name] = def
		case a.IsComputed() && !r.state.null(name):
			plan[name] = r.state[name]
		default:
			plan[name] = null(t, a)
		}
	}
	for name, a := range attributes {
		if a.IsComputed() && seen.null(name) && defaultOf(t, a) == nil && differences(plan, r.state) != "" {
			plan[name] = unknown(t, a)
		}
		if a, ok := a.(schema.StringAttribute); ok {
			for _, m := range a.PlanModifiers {
				resp := planmodifier.StringResponse{PlanValue: plan.text(name)}
				m.PlanModifyString(t.Context(), planmodifier.StringRequest{StateValue: r.state.text(name), PlanValue: plan.text(name)}, &resp)
				plan[name] = resp.PlanValue
			}
		}
	}
	c := Change{Plan: plan, Config: seen, Prior: r.state, Adopted: r.adopted}
	r.service.Plan(c)
	if r.state != nil && differences(c.Plan, r.state) == "" {
		return c, nil
	}
	return c, r.service.Require(c)
}

func null(t *testing.T, a schema.Attribute) attr.Value {
	t.Helper()
	return valueOf(t, a, nil)
}

func unknown(t *testing.T, a schema.Attribute) attr.Value {
	t.Helper()
	return valueOf(t, a, tftypes.UnknownValue)
}

func valueOf(t *testing.T, a schema.Attribute, value any) attr.Value {
	t.Helper()
	out, err := a.GetType().ValueFromTerraform(t.Context(), tftypes.NewValue(a.GetType().TerraformType(t.Context()), value))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// apply plans, and applies with a configuration in which everything is known. It
// gives the problems with which the provider refuses to write.
func (r *run) apply(t *testing.T, planned, config Values) Problems {
	t.Helper()
	first, problems := r.plan(t, planned)
	if r.state == nil && len(problems) > 0 {
		return problems
	}
	if problems := r.service.Validate(config); len(problems) > 0 {
		return problems
	}
	final, problems := r.plan(t, config)
	if r.state == nil && len(problems) > 0 {
		return problems
	}
	for name := range first.Plan {
		if !first.Plan.unknown(name) && !first.Plan[name].Equal(final.Plan[name]) {
			t.Errorf("inconsistent final plan: %s was %s and is %s", name, first.Plan[name], final.Plan[name])
		}
	}
	if r.state != nil && differences(final.Plan, r.state) == "" {
		return nil
	}
	c := Change{Plan: maps.Clone(final.Plan), Config: config, Prior: r.state, Adopted: r.adopted}
	r.service.Settle(c)
	for name, value := range final.Plan {
		if c.Plan.unknown(name) || !final.Plan.unknown(name) && !value.Equal(c.Plan[name]) {
			t.Errorf("inconsistent result after apply: %s was %s and is %s", name, value, c.Plan[name])
		}
	}
	if problems := r.service.Require(c); len(problems) > 0 {
		return problems
	}
	maps.Copy(r.gitlab, r.service.Encode(c).Values)
	r.state, r.adopted = c.Plan, r.service.StillAdopted(c)
	return nil
}

// foreign has somebody else write the service: the next read forgets secrets.
func (r *run) foreign() {
	r.state = r.service.Decode(Answer{Prior: r.state, Foreign: true}).Values
}

func with(values Values, more Values) Values {
	out := maps.Clone(values)
	maps.Copy(out, more)
	return out
}

func without(values Values, names ...string) Values {
	out := maps.Clone(values)
	maps.DeleteFunc(out, func(name string, _ attr.Value) bool { return slices.Contains(names, name) })
	return out
}

// Secrets under ignore_changes: what GitLab has after each step, or that the
// apply was refused. In no case may Terraform blame the provider.
func TestIgnoreChangesNeitherWipesASecretNorLosesIt(t *testing.T) {
	t.Parallel()
	const kept, refused, cleared = "s", "refused", ""
	x, wo, version := Values{"x": text("s")}, Values{"x_wo": text("s")}, Values{"x_wo": text("s"), "x_wo_version": number(5)}
	kinds := map[string]Secret{"required": requiredSecretX, "optional": optionalSecret, "each": eachSecret}
	for name, test := range map[string]struct {
		config  Values
		ignored []string
		removed []string
		// After a change of another setting, after the line was taken out while
		// another setting changes, and after a foreign write and another change.
		changed, out, foreign map[string]string
	}{
		"x":            {x, []string{"x"}, []string{"x"}, all(kept), all(kept), all(kept)},
		"x_wo_version": {version, []string{"x_wo_version"}, []string{"x_wo_version"}, all(kept), all(kept), all(kept)},
		"x_wo_version, both taken out": {version, []string{"x_wo_version"}, []string{"x_wo", "x_wo_version"}, all(kept),
			map[string]string{"required": refused, "optional": kept, "each": refused}, all(kept)},
		"x_wo": {wo, []string{"x_wo"}, []string{"x_wo"}, all(kept),
			map[string]string{"required": refused, "optional": cleared, "each": cleared}, all(kept)},
		"x_wo and its version": {version, []string{"x_wo", "x_wo_version"}, []string{"x_wo", "x_wo_version"}, all(kept),
			map[string]string{"required": refused, "optional": kept, "each": refused}, all(kept)},
		"x, not ignored": {x, nil, []string{"x"}, all(kept),
			map[string]string{"required": refused, "optional": cleared, "each": cleared}, all(kept)},
		"x_wo, not ignored": {wo, nil, []string{"x_wo"}, all(kept),
			map[string]string{"required": refused, "optional": cleared, "each": cleared}, all(kept)},
		"another attribute": {x, []string{"a"}, []string{"a"}, all(kept), all(kept), all(kept)},
	} {
		for kind, secret := range kinds {
			t.Run(name+", "+kind, func(t *testing.T) {
				t.Parallel()
				config := with(test.config, Values{"a": text("1"), "b": no})
				start := func() *run {
					r := &run{service: &Service{Title: "Thing", Params: []Param{secret, String{Name: "a"}, Bool{Name: "b"}}}, ignored: test.ignored, gitlab: map[string]any{}}
					if problems := r.apply(t, config, config); len(problems) > 0 || r.gitlab["x"] != kept {
						t.Fatalf("created: %v, %v", problems, r.gitlab)
					}
					return r
				}
				end := func(what string, r *run, problems Problems, want string) {
					t.Helper()
					got := fmt.Sprint(r.gitlab["x"])
					if len(problems) > 0 {
						got = refused
					}
					if got != want {
						t.Errorf("%s: %q, want %q (%v)", what, got, want, problems)
					}
				}
				other := with(config, Values{"b": yes})

				r := start()
				end("another setting", r, r.apply(t, other, other), test.changed[kind])
				if c, problems := r.plan(t, other); secret.Required && (!secret.held(r.state) || differences(c.Plan, r.state) != "" || len(problems) > 0) {
					t.Errorf("nothing has changed, and the plan shows %s %v", differences(c.Plan, r.state), problems)
				}
				end("nothing", r, r.apply(t, other, other), kept)
				// What the plan before has not seen, it need not show again.
				end("and back", r, r.apply(t, config, config), kept)

				r = start()
				gone := without(other, test.removed...)
				end("taken out", r, r.apply(t, gone, gone), test.out[kind])

				r = start()
				r.foreign()
				end("a foreign write", r, r.apply(t, other, other), test.foreign[kind])
			})
		}
	}
}

func all(want string) map[string]string {
	return map[string]string{"required": want, "optional": want, "each": want}
}

func TestIgnoredSettingsAndLoginsStayAsThePlanSaw(t *testing.T) {
	t.Parallel()
	everything := Values{"a": text("1"), "b": yes, "c": text("x"), "u": text("n"), "p": text("s")}
	for _, l := range []Login{blankLogin, nullLogin} {
		s := &Service{Title: "Thing", Params: []Param{String{Name: "a"}, String{Name: "c", OneOf: []string{"x", "y"}, Default: "y"}, l}, Events: []Event{{Flag: "b"}}}
		for _, test := range []struct{ ignored, removed []string }{
			{[]string{"a"}, []string{"a"}}, {[]string{"b"}, []string{"b"}}, {[]string{"c"}, []string{"c"}},
			{[]string{"p"}, []string{"p"}}, {[]string{"u", "p"}, []string{"u", "p"}}, {[]string{"u"}, nil},
		} {
			r := &run{service: s, ignored: test.ignored, gitlab: map[string]any{}}
			if problems := r.apply(t, everything, everything); len(problems) > 0 {
				t.Fatal(problems)
			}
			before := maps.Clone(r.gitlab)
			config := without(everything, test.removed...)
			other := "a"
			if slices.Contains(test.ignored, "a") {
				other = "c"
			}
			config[other] = text("y")
			if problems := r.apply(t, config, config); len(problems) > 0 {
				t.Errorf("Each is %t, %q ignored and %q taken out: %v", l.Each, test.ignored, test.removed, problems)
			}
			before[other] = "y"
			if got := fmt.Sprint(r.gitlab); got != fmt.Sprint(before) {
				t.Errorf("Each is %t, %q ignored and %q taken out: GitLab has %s, want %v", l.Each, test.ignored, test.removed, got, before)
			}
		}
	}
}

// Whatever a plan does not know, and however it turns out: the second plan shows
// what the first did, and the apply what the second did, or the provider refuses.
func TestWhatAPlanDoesNotKnowMayTurnOutAnyWay(t *testing.T) {
	t.Parallel()
	for _, p := range []Param{requiredSecretX, optionalSecret, eachSecret,
		Login{Username: String{Name: "u"}, Password: Secret{Name: "x"}}, Login{Username: String{Name: "u"}, Password: Secret{Name: "x"}, Null: true, Each: true}} {
		s := &Service{Title: "Thing", Params: []Param{p, String{Name: "a"}}}
		attributes := s.Attributes()
		names := slices.DeleteFunc([]string{"u", "x", "x_wo", "x_wo_version"}, func(name string) bool { return attributes[name] == nil })
		if _, isLogin := p.(Login); !isLogin { // Which would take ten seconds.
			names = append(names, UseInheritedSettings)
		}
		choices := func(name string) []attr.Value {
			switch name {
			case "x_wo_version":
				return []attr.Value{noNumber, number(5)}
			case UseInheritedSettings:
				return []attr.Value{noBool, yes}
			}
			return []attr.Value{noText, text("value of " + name)}
		}
		refused, written := 0, 0
		for _, prior := range combinations(names, choices) {
			for _, later := range combinations(names, choices) {
				for hidden := range 1 << len(names) {
					for _, adopted := range [][]string{nil, {"x"}} {
						r := &run{service: s, gitlab: map[string]any{}}
						if len(s.Validate(prior)) > 0 || len(r.apply(t, prior, prior)) > 0 {
							r.state = nil
						}
						r.adopted = adopted
						planned := with(later, Values{"a": text("changed")})
						config := maps.Clone(planned)
						for i, name := range names {
							if hidden&(1<<i) != 0 {
								planned[name] = unknown(t, attributes[name])
							}
						}
						if len(s.Validate(planned)) > 0 {
							continue
						}
						if len(r.apply(t, planned, config)) > 0 {
							refused++
							continue
						}
						written++
						if t.Failed() {
							t.Fatalf("%T %+v, from %v (adopted: %q) to %v, planned as %v", p, p, prior, adopted, config, planned)
						}
						for _, name := range []string{"x", "x_wo"} {
							want := config.text(name).ValueString()
							if _, isLogin := p.(Login); !isLogin && want != "" && r.gitlab["x"] != want {
								t.Fatalf("%+v, from %v to %v: GitLab has %v", p, prior, config, r.gitlab)
							}
						}
					}
				}
			}
		}
		if refused == 0 || written == 0 {
			t.Errorf("%T: %d refused, %d written", p, refused, written)
		}
	}
}

// combinations are all sets of values with one of the choices for each name.
func combinations(names []string, choices func(string) []attr.Value) []Values {
	out := []Values{{}}
	for _, name := range names {
		var next []Values
		for _, values := range out {
			for _, choice := range choices(name) {
				next = append(next, with(values, Values{name: choice}))
			}
		}
		out = next
	}
	return out
}

func TestSettleTakesOnlyWhatThePlanLeftUnknown(t *testing.T) {
	t.Parallel()
	s := &Service{Params: []Param{
		optionalSecret, String{Name: "a"}, Bool{Name: "b", Default: true},
		Bool{Name: "old", Legacy: Legacy{Why: "Why.", Successor: Successor{Name: "new", As: map[string]string{"false": "all"}}}},
		String{Name: "new", Default: "default"},
	}}
	for name, test := range map[string]struct{ plan, config, want Values }{
		"known values stay": {
			Values{"x": text("s"), "x_wo_version": noNumber, "a": text("v"), "new": text("default")}, Values{"x_wo": text("t"), "old": no},
			Values{"x": text("s"), "x_wo_version": noNumber, "a": text("v"), "new": text("default")},
		},
		"unknown ones are settled": {
			Values{"x": unknownText, "x_wo_version": types.Int64Unknown(), "a": unknownText, "b": types.BoolUnknown(), "new": unknownText}, Values{"x_wo": text("t"), "a": text("v"), "old": no},
			Values{"x": noText, "x_wo_version": number(1), "a": text("v"), "b": yes, "new": text("all")},
		},
		"settings that are inherited hold no version": {
			Values{UseInheritedSettings: yes, "x": unknownText, "x_wo_version": types.Int64Unknown()}, Values{"x_wo": text("t")},
			Values{UseInheritedSettings: yes, "x": noText, "x_wo_version": noNumber},
		},
		"what is not of the row stays unknown": {
			Values{"project": unknownText, "a": text("v")}, Values{}, Values{"project": unknownText, "a": text("v")},
		},
		"an unknown secret is the configured one": {
			Values{"x": unknownText, "x_wo_version": types.Int64Unknown()}, Values{"x": text("s")},
			Values{"x": text("s"), "x_wo_version": noNumber},
		},
	} {
		s.Settle(Change{Plan: test.plan, Config: test.config})
		if d := differences(test.plan, test.want); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// An import on GitLab 16.0 finds the credential of Prometheus.
func TestAnAdoptedSecretStaysUntilAConfigurationHasHadIt(t *testing.T) {
	t.Parallel()
	for _, secret := range []Secret{optionalSecret, eachSecret} {
		s := &Service{Title: "Thing", Params: []Param{secret, String{Name: "a"}}}
		imported := s.Decode(Answer{As: Import, Values: map[string]any{"x": "found", "a": "1"}})
		if !slices.Equal(imported.Adopted, []string{"x"}) {
			t.Fatalf("adopted: %q", imported.Adopted)
		}
		r := &run{service: s, state: imported.Values, adopted: imported.Adopted, gitlab: map[string]any{"x": "found"}}
		for _, step := range []struct {
			config Values
			want   string
		}{
			{Values{"a": text("2")}, "found"}, {Values{"a": text("3")}, "found"},
			{Values{"a": text("3"), "x": text("found")}, "found"}, {Values{"a": text("4"), "x": text("found")}, "found"},
			{Values{"a": text("4")}, ""},
		} {
			if problems := r.apply(t, step.config, step.config); len(problems) > 0 || r.gitlab["x"] != step.want {
				t.Errorf("%v: GitLab has %q, want %q (%v)", step.config, r.gitlab["x"], step.want, problems)
			}
		}
	}
	s := &Service{Params: []Param{optionalSecret}}
	for name, test := range map[string]struct {
		change Change
		want   bool
	}{
		"nobody configured it":      {Change{Plan: triple("found", nil)}, true},
		"x is configured":           {Change{Plan: triple("s", nil), Config: Values{"x": text("s")}}, false},
		"x_wo is configured":        {Change{Plan: triple(nil, 1), Config: Values{"x_wo": text("s")}}, false},
		"x_wo is not yet known":     {Change{Plan: Values{"x": unknownText}, Config: Values{"x_wo": unknownText}}, true},
		"x_wo is configured now":    {Change{Plan: triple("found", nil), Config: Values{"x_wo": text("s")}}, false},
		"a foreign write forgot it": {Change{Plan: triple(nil, nil)}, false},
	} {
		test.change.Adopted = []string{"x"}
		if got := len(s.StillAdopted(test.change)) > 0; got != test.want {
			t.Errorf("%s: still adopted: %t, want %t", name, got, test.want)
		}
	}
}

func TestLineBreaksAtItsEndAreNoPartOfASecret(t *testing.T) {
	t.Parallel()
	for _, secret := range []Secret{requiredSecretX, optionalSecret, webhookSecret} {
		const want = "https://x/y"
		s := &Service{Title: "Thing", Params: []Param{secret, String{Name: "a"}}}
		for _, name := range []string{"x", "x_wo"} {
			config := Values{name: text(want + "\r\n\n")}
			r := &run{service: s, gitlab: map[string]any{}}
			if problems := r.apply(t, config, config); len(problems) > 0 || r.gitlab["x"] != want {
				t.Errorf("%s: GitLab has %q (%v)", name, r.gitlab["x"], problems)
			}
			if c, _ := r.plan(t, Values{name: text(want)}); differences(c.Plan, r.state) != "" {
				t.Errorf("%s without line breaks plans %s", name, differences(c.Plan, r.state))
			}
		}
	}
}
