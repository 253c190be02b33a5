package catalog

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
)

// The logins: one whose parameters are optional, and one whose keys GitLab
// requires, with both or with neither value.
var (
	blankLogin = Login{Username: String{Name: "u", Example: "user"}, Password: Secret{Name: "p", Example: "secret"}}
	nullLogin  = Login{Username: String{Name: "u", Example: "user"}, Password: Secret{Name: "p", Example: "secret"}, Null: true, Each: true}
)

// login is a state or plan that holds a password in the state.
func login(user, password string) Values {
	return Values{"u": text(user), "p": text(password), "p_wo": noText, "p_wo_version": noNumber}
}

// loginOnce is a state or plan that holds a write-only password.
func loginOnce(user string) Values {
	return Values{"u": text(user), "p": noText, "p_wo": noText, "p_wo_version": number(1)}
}

func noLogin() Values {
	return Values{"u": noText, "p": noText, "p_wo": noText, "p_wo_version": noNumber}
}

// adopted is the state after an import: GitLab tells the name alone.
func adopted(user string) Values {
	out := noLogin()
	out["u"] = text(user)
	return out
}

func TestLoginIsSentTogetherAndClearedTogether(t *testing.T) {
	t.Parallel()
	const both, neither, nulls, nothing = `{"p":"s","u":"n"}`, `{"p":"","u":""}`, `{"p":null,"u":null}`, `{}`
	checkEncode(t, []encodeTest{
		{name: "both are sent", param: blankLogin, plan: login("n", "s"), config: login("n", "s"), want: both, secrets: []string{"s"}},
		{name: "a write-only password is sent", param: nullLogin, plan: loginOnce("n"), config: Values{"u": text("n"), "p_wo": text("s")}, want: both, secrets: []string{"s"}},
		{name: "both are sent again when something else changes", param: nullLogin, plan: login("n", "s"), prior: login("n", "s"), want: both, secrets: []string{"s"}},

		{name: "neither is left out while nothing is known of a login", param: blankLogin, plan: noLogin(), want: nothing},
		{name: "neither is left out of an update too", param: blankLogin, plan: noLogin(), prior: noLogin(), want: nothing},
		{name: "neither is sent as null where GitLab wants the keys", param: nullLogin, plan: noLogin(), want: nulls},
		{name: "an empty name is no login", param: blankLogin, plan: adopted(""), want: nothing},
		{name: "an empty name is null where GitLab wants the keys", param: nullLogin, plan: adopted(""), want: nulls},
		{name: "two empty texts are null where GitLab wants the keys", param: nullLogin, plan: login("", ""), want: nulls},
		{name: "a login that was taken out is cleared", param: blankLogin, plan: noLogin(), prior: login("n", "s"), want: neither},
		{name: "a write-only login that was taken out is cleared", param: nullLogin, plan: noLogin(), prior: loginOnce("n"), want: nulls},
		{name: "the password of an adopted login is cleared with the name", param: blankLogin, plan: noLogin(), prior: adopted("n"), want: neither},
		{name: "a password that is held without a name is cleared with it", param: blankLogin, plan: noLogin(), prior: Values{"u": noText, "p": text("s")}, want: neither},

		{name: "a password that was taken out is cleared", param: blankLogin, plan: adopted("n"), prior: login("n", "s"), want: `{"p":"","u":"n"}`},
		{name: "a password that nobody knows of is left alone", param: blankLogin, plan: adopted("m"), prior: adopted("n"), want: `{"u":"m"}`},
	})
}

func TestLoginIsReadAsItsParts(t *testing.T) {
	t.Parallel()
	checkDecode(t, []decodeTest{
		{name: "the name is compared and the password kept", param: blankLogin, answer: `{"u":"m"}`, prior: login("n", "s"), want: login("m", "s")},
		{name: "the name is imported", param: nullLogin, answer: `{"u":"n"}`, as: Import, want: adopted("n")},
		{name: "a login that was cleared in GitLab is drift of the name", param: blankLogin, answer: `{"u":null}`, prior: login("n", "s"), want: Values{"u": noText, "p": text("s"), "p_wo": noText, "p_wo_version": noNumber}},
		{name: "a foreign write makes it forget the password", param: nullLogin, answer: `{"u":"n"}`, prior: loginOnce("n"), foreign: true, want: adopted("n"), forgotten: []string{"p"}},
		{name: "old servers show both", param: blankLogin, answer: `{"u":"n","p":"other"}`, prior: login("n", "s"), want: login("n", "other")},
		{name: "the user's empty name stays", param: nullLogin, answer: `{"u":null}`, prior: adopted(""), want: adopted("")},
		{name: "an impossible name is a problem", param: nullLogin, answer: `{"u":{}}`, prior: login("n", "s"), want: login("n", "s"), problemSays: "an object"},
	})
}

func TestLoginWantsANameBesideAPassword(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config Values
		want   []string
	}{
		"neither":                      {nil, nil},
		"both":                         {Values{"u": text("n"), "p": text("s")}, nil},
		"both, write-only":             {Values{"u": text("n"), "p_wo": text("s")}, nil},
		"a name alone":                 {Values{"u": text("n")}, nil},
		"a password alone":             {Values{"p": text("s")}, []string{"p: p without u"}},
		"a write-only password alone":  {Values{"p_wo": text("s")}, []string{"p_wo: p_wo without u"}},
		"a password and an empty name": {Values{"u": text(""), "p": text("s")}, []string{"p: p without u"}},
		"two empty texts":              {Values{"u": text(""), "p": text("")}, nil},
		"an empty password alone":      {Values{"p": text("")}, nil},
		"an unknown name":              {Values{"u": unknownText, "p": text("s")}, nil},
		"an unknown password":          {Values{"p": unknownText}, nil},
		"an unknown write-only one":    {Values{"p_wo": unknownText}, nil},
		"two passwords":                {Values{"u": text("n"), "p": text("s"), "p_wo": text("s")}, []string{"p_wo: Two values for p of Thing"}},
		"a version alone":              {Values{"u": text("n"), "p_wo_version": number(1)}, []string{"p_wo_version: p_wo_version without p_wo"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, l := range []Login{blankLogin, nullLogin} {
				if got := problemsOf((&Service{Title: "Thing", Params: []Param{l}}).Validate(test.config)); !slices.Equal(got, test.want) {
					t.Errorf("problems %q, want %q", got, test.want)
				}
			}
		})
	}
}

func TestLoginMissesThePasswordThatGitLabWouldMiss(t *testing.T) {
	t.Parallel()
	missing := []string{"p: Missing p for Thing"}
	for name, test := range map[string]struct {
		change        Change
		optional, key []string
	}{
		"no login":                               {Change{Plan: noLogin()}, nil, nil},
		"an empty name":                          {Change{Plan: adopted("")}, nil, nil},
		"both in a new one":                      {Change{Plan: login("n", "s"), Config: Values{"p": text("s")}}, nil, nil},
		"a write-only password in a new one":     {Change{Plan: loginOnce("n"), Config: Values{"p_wo": text("s")}}, nil, nil},
		"an unknown password in a new one":       {Change{Plan: adopted("n"), Config: Values{"p": unknownText}}, nil, nil},
		"a name alone in a new one":              {Change{Plan: adopted("n")}, missing, missing},
		"an unknown name alone in a new one":     {Change{Plan: Values{"u": unknownText}}, missing, missing},
		"a name that is new":                     {Change{Plan: adopted("n"), Prior: noLogin()}, missing, missing},
		"a name in place of an empty one":        {Change{Plan: adopted("n"), Prior: adopted("")}, missing, missing},
		"a password that was taken out":          {Change{Plan: adopted("n"), Prior: login("n", "s")}, missing, missing},
		"a write-only one that was taken out":    {Change{Plan: adopted("n"), Prior: loginOnce("n")}, missing, missing},
		"a change of an adopted login":           {Change{Plan: adopted("n"), Prior: adopted("n")}, nil, missing},
		"another name for an adopted login":      {Change{Plan: adopted("m"), Prior: adopted("n")}, nil, missing},
		"a login that is taken out":              {Change{Plan: noLogin(), Prior: login("n", "s")}, nil, nil},
		"a password that is given to an adopted": {Change{Plan: login("n", "s"), Config: Values{"p": text("s")}, Prior: adopted("n")}, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, kind := range []struct {
				login Login
				want  []string
			}{{blankLogin, test.optional}, {nullLogin, test.key}} {
				problems := (&Service{Title: "Thing", Params: []Param{kind.login}}).Require(test.change)
				if got := problemsOf(problems); !slices.Equal(got, kind.want) {
					t.Errorf("Each is %t: problems %q, want %q", kind.login.Each, got, kind.want)
				}
				for _, p := range problems {
					for _, name := range []string{"`u`", "`p`", "`p_wo`"} {
						if !strings.Contains(p.Detail, name) {
							t.Errorf("%q does not name %s", p.Detail, name)
						}
					}
				}
			}
		})
	}
}

// ignore_changes leaves in a plan what the prior state has of a configuration
// with both.
func TestLoginMissesTheNameThatIgnoreChangesHides(t *testing.T) {
	t.Parallel()
	missing := []string{"u: Missing u for Thing"}
	both, once := Values{"u": text("n"), "p": text("s")}, Values{"u": text("n"), "p_wo": text("s")}
	for name, test := range map[string]struct {
		change Change
		want   []string
	}{
		"a password that is new":                {Change{Plan: Values{"p": text("s")}, Config: both, Prior: noLogin()}, missing},
		"a password beside an empty name":       {Change{Plan: login("", "s"), Config: both, Prior: adopted("")}, missing},
		"a password that the state has already": {Change{Plan: Values{"p": text("s")}, Config: both, Prior: Values{"p": text("s")}}, missing},
		"a write-only password":                 {Change{Plan: Values{"p_wo_version": number(1)}, Config: once, Prior: noLogin()}, missing},
		"the version of one that is hidden too": {Change{Plan: Values{"p_wo_version": number(2)}, Prior: noLogin()}, missing},
		"both are hidden":                       {Change{Plan: noLogin(), Config: once, Prior: noLogin()}, nil},
		"an empty write-only password":          {Change{Plan: Values{"p_wo_version": number(1)}, Config: Values{"p_wo": text("")}, Prior: noLogin()}, nil},
		"a password that nobody knows yet":      {Change{Plan: Values{"p": unknownText}, Config: Values{"p": unknownText}}, nil},
		"a write-only one that nobody knows":    {Change{Plan: Values{"p_wo_version": number(2)}, Config: Values{"p_wo": unknownText}}, nil},
		"the password is hidden":                {Change{Plan: adopted("n"), Config: both, Prior: noLogin()}, nil},
	} {
		for _, l := range []Login{blankLogin, nullLogin} {
			problems := (&Service{Title: "Thing", Params: []Param{l}}).Require(test.change)
			if got := problemsOf(problems); !slices.Equal(got, test.want) {
				t.Errorf("%s: Each is %t: problems %q, want %q", name, l.Each, got, test.want)
			}
			for _, p := range problems {
				if !strings.Contains(p.Detail, "ignore_changes") || !strings.Contains(p.Detail, "`p_wo`") {
					t.Errorf("%s: %q does not say what to do", name, p.Detail)
				}
			}
		}
	}
}

func TestALoginHasOnePassword(t *testing.T) {
	t.Parallel()
	config := Values{"u": text("n"), "p": text("s"), "p_wo": text("t")}
	got := problemsOf(blankLogin.require(thing, Change{Plan: login("n", "s"), Config: config}))
	if want := []string{"p_wo: Two values for p of Thing"}; !slices.Equal(got, want) {
		t.Errorf("problems %q, want %q", got, want)
	}
}

// GitLab answers 400 to half a login, and to the empty half of one in place of
// the password that it has.
func TestAChangeThatPassesSendsNoHalfALogin(t *testing.T) {
	t.Parallel()
	states := map[string]Values{
		"none": noLogin(), "both": login("n", "s"), "write-only": loginOnce("n"), "adopted": adopted("n"), "an empty name": adopted(""),
		"a password alone": login("", "s"), "a write-only password alone": loginOnce(""),
	}
	for _, l := range []Login{blankLogin, nullLogin} {
		s := Service{Title: "Thing", Params: []Param{l}}
		for from, prior := range maps.All(states) {
			for to, plan := range maps.All(states) {
				config := maps.Clone(plan)
				delete(config, "p_wo_version")
				if to == "write-only" {
					config["p_wo"] = text("s")
				}
				for _, c := range []Change{{Plan: plan, Config: config}, {Plan: plan, Config: config, Prior: prior}} {
					if len(s.Require(c)) > 0 {
						continue
					}
					values := s.Encode(c).Values
					password, sent := values["p"]
					if unset(password) && (l.Password.held(plan) || !c.Config.null("p")) {
						t.Errorf("Each is %t, from %s (creates: %t) to %s: a planned password is not sent", l.Each, from, c.Prior == nil, to)
					}
					if unset(values["u"]) != unset(password) && (sent || l.Each || c.Prior == nil) {
						sent, _ := json.Marshal(values)
						t.Errorf("Each is %t, from %s (creates: %t) to %s: sends %s", l.Each, from, c.Prior == nil, to, sent)
					}
				}
			}
		}
	}
}

func TestLoginPlansTheVersionOfItsPassword(t *testing.T) {
	t.Parallel()
	plan := Values{"p_wo_version": noNumber}
	(&Service{Params: []Param{blankLogin}}).Plan(Change{Config: Values{"u": text("n"), "p_wo": text("s")}, Plan: plan})
	if d := differences(plan, Values{"p": noText, "p_wo_version": number(1)}); d != "" {
		t.Error(d)
	}
}

func TestLoginHasTheAttributesAndArgumentsOfItsParts(t *testing.T) {
	t.Parallel()
	if got := slices.Sorted(maps.Keys(blankLogin.attributes())); !slices.Equal(got, []string{"p", "p_wo", "p_wo_version", "u"}) {
		t.Errorf("attributes %q", got)
	}
	if got := keysOf(blankLogin); !slices.Equal(got, []string{"u", "p"}) {
		t.Errorf("keys %q", got)
	}
	for _, a := range blankLogin.arguments() {
		other := map[string]string{"u": "p", "p": "u"}[a.Name]
		if !slices.Equal(a.With, []string{other}) || a.Required || (a.WriteOnly != "") != (a.Name == "p") {
			t.Errorf("%+v, want it optional and with %s", a, other)
		}
	}
}

func FuzzLoginReadsAnyAnswer(f *testing.F) {
	fuzzDecode(f, func(t *testing.T, _ Param, a Answer, out Reading) {
		t.Helper()
		if !out.Values.null("p_wo") {
			t.Errorf("p_wo is %s, and must stand nowhere", out.Values["p_wo"])
		}
		if shown, isText := a.Values["u"].(string); isText && !unset(shown) && out.Values.text("u").ValueString() != shown {
			t.Errorf("%q was read as %s", shown, out.Values["u"])
		}
	}, blankLogin, nullLogin)
}

func TestAnEmptyPasswordIsNone(t *testing.T) {
	t.Parallel()
	login := Login{Username: String{Name: "u"}, Password: Secret{Name: "p"}}
	values := Values{"u": text("gitlab"), "p": text("")}
	problems := login.require(&Service{Title: "Thing"}, Change{Plan: values, Config: values})
	if len(problems) != 1 || problems[0].Attribute != "p" {
		t.Errorf("problems %v, want one of p", problems)
	}
}

// jenkinsOf is what versions of GitLab make of a login in a request: the status,
// and what they have stored afterwards.
var jenkinsOf = map[string]func(sent, stored map[string]any) (int, map[string]any){
	"10.5 EE": func(sent, stored map[string]any) (int, map[string]any) {
		after := assigned(sent, stored)
		if _, touched := sent["p"]; touched && unset(after["u"]) {
			return 400, stored
		}
		if unset(after["u"]) {
			delete(after, "p")
		}
		return 200, after
	},
	"16": modernJenkins, "18.9": modernJenkins,
}

func modernJenkins(sent, stored map[string]any) (int, map[string]any) {
	after := assigned(sent, stored)
	_, touched := sent["p"]
	switch {
	case unset(after["u"]) && !unset(after["p"]) && !touched:
		return 500, stored
	case unset(after["u"]) != unset(after["p"]):
		return 400, stored
	}
	return 200, after
}

func assigned(sent, stored map[string]any) map[string]any {
	out := maps.Clone(stored)
	maps.Copy(out, sent)
	return out
}

func TestEveryVersionTakesALoginAndIsRidOfIt(t *testing.T) {
	t.Parallel()
	states := map[string]Values{"none": noLogin(), "both": login("n", "s"), "write-only": loginOnce("n"), "adopted": adopted("n"), "an empty name": adopted(""), "a password alone": login("", "s")}
	for version, answer := range jenkinsOf {
		for from, prior := range states {
			for to, plan := range states {
				for _, way := range []string{"an update", "a create", "a create where somebody else has set it up"} {
					stored := map[string]any{}
					if blankLogin.named(prior) {
						stored = map[string]any{"u": "n", "p": "old"}
					}
					config := maps.Clone(plan)
					if to == "write-only" {
						config["p_wo"] = text("s")
					}
					c := Change{Plan: plan, Config: config, Prior: prior}
					switch way {
					case "a create":
						c.Prior, stored = nil, map[string]any{}
					case "a create where somebody else has set it up":
						c.Prior, stored = nil, map[string]any{"u": "theirs", "p": "old"}
					}
					if len(blankLogin.require(thing, c)) > 0 {
						continue
					}
					body := Body{Values: map[string]any{}}
					blankLogin.encode(c, &body)
					send := func(body Body) (int, map[string]any) {
						status, after := answer(body.Values, stored)
						if less, ok := body.Fallback(); ok && status == 400 {
							return answer(less, stored)
						}
						return status, after
					}
					status, after := send(body)
					if more, ok := body.Rest(map[string]any{"u": after["u"]}, nil); ok && status == 200 {
						stored = after
						status, after = send(more)
					}
					if status != 200 || unset(after["u"]) != !blankLogin.named(plan) || unset(after["p"]) != !blankLogin.named(plan) {
						t.Errorf("%s, from %s to %s by %s: %d, and GitLab has %v", version, from, to, way, status, after)
					}
				}
			}
		}
	}
}

// What is inherited may show a login, which is that of a group, and a GitLab that
// does not know of inheritance goes by the rest.
func TestWhatIsInheritedClearsNoLogin(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	for name, test := range map[string]struct {
		plan      Values
		inherited *bool
		clears    bool
	}{
		"of its own, and GitLab does not tell":   {noLogin(), nil, true},
		"of its own":                             {noLogin(), &no, true},
		"to be inherited, and it does not tell":  {inherit(noLogin()), nil, true},
		"to be inherited":                        {inherit(noLogin()), &yes, false},
		"to be inherited, and it is not, by now": {inherit(noLogin()), &no, false},
	} {
		body := Body{Values: map[string]any{}, Secrets: []string{"s"}}
		c := Change{Plan: test.plan}
		blankLogin.encode(c, &body)
		inheritance{}.encode(c, &body)
		if len(body.Values) != 1 {
			t.Errorf("%s: sends %v", name, body.Values)
		}
		more, ok := body.Rest(map[string]any{"u": "theirs"}, test.inherited)
		if want := test.clears; ok != want || want && (more.Values["u"] != "" || more.Values["p"] != "" || !slices.Equal(more.Secrets, body.Secrets)) {
			t.Errorf("%s: sends %v then, and hides %q", name, more.Values, more.Secrets)
		}
		if more, ok := body.Rest(map[string]any{"u": ""}, test.inherited); ok {
			t.Errorf("%s: sends %v where there is none", name, more.Values)
		}
	}
}

// A GitLab that does not know of inheritance drops the password where the address
// changes.
func TestWhatIsInheritedSaysWhatWouldBeCleared(t *testing.T) {
	t.Parallel()
	at := func(v Values, url string) Values { return with(v, Values{"url": text(url)}) }
	resetting := blankLogin
	resetting.Resets = "url"
	prior := at(adopted("n"), "https://a")
	theirs := map[string]any{"url": "https://a", "u": "n"}
	for name, test := range map[string]struct {
		change Change
		has    map[string]any
		asks   bool
		want   []string
	}{
		"another address of what is to inherit":     {Change{Plan: inherit(at(adopted("n"), "https://b")), Prior: prior}, theirs, true, []string{"p"}},
		"the same":                                  {Change{Plan: inherit(at(adopted("n"), "https://a")), Prior: prior}, theirs, false, nil},
		"another one, with the password":            {Change{Plan: inherit(at(login("n", "s"), "https://b")), Prior: prior}, theirs, false, nil},
		"of its own, where the password is asked":   {Change{Plan: at(adopted("n"), "https://b"), Prior: prior}, theirs, false, nil},
		"a create at another address":               {Change{Plan: inherit(at(adopted("n"), "https://b"))}, theirs, true, []string{"p"}},
		"a create at the same":                      {Change{Plan: inherit(at(adopted("n"), "https://a"))}, theirs, true, nil},
		"a create at the same, with blanks":         {Change{Plan: inherit(at(adopted("n"), " https://a\n"))}, theirs, true, nil},
		"a create over one without a login":         {Change{Plan: inherit(at(adopted("n"), "https://b"))}, map[string]any{"url": "https://a", "u": ""}, true, nil},
		"a create of its own, which is refused":     {Change{Plan: at(adopted("n"), "https://b")}, theirs, false, nil},
		"a create without a login, which clears it": {Change{Plan: inherit(at(noLogin(), "https://b"))}, theirs, false, nil},
	} {
		sends := Body{Values: map[string]any{}}
		String{Name: "url", Form: address}.encode(test.change, &sends)
		resetting.encode(test.change, &sends)
		if got := sends.Clears(test.has); sends.MayClear() != test.asks || !slices.Equal(got, test.want) {
			t.Errorf("%s: an older GitLab would clear %q, want %q; it has to be asked: %t", name, got, test.want, sends.MayClear())
		}
	}
	sends := Body{Values: map[string]any{}}
	blankLogin.encode(Change{Plan: inherit(adopted("n"))}, &sends)
	if sends.MayClear() {
		t.Error("a password is said to be cleared that no address clears")
	}
}

// GitLab would not keep a password that nobody here knows of.
func TestLoginMissesThePasswordThatAnotherAddressWouldDrop(t *testing.T) {
	t.Parallel()
	l := blankLogin
	l.Resets = "url"
	at := func(v Values, url attr.Value) Values { return with(v, Values{"url": url}) }
	for name, test := range map[string]struct {
		change      Change
		misses, new bool
	}{
		"a create":              {Change{Plan: at(adopted("n"), text("https://b"))}, true, true},
		"the same address":      {Change{Plan: at(adopted("n"), text("https://a")), Prior: at(adopted("n"), text("https://a"))}, false, false},
		"another one":           {Change{Plan: at(adopted("n"), text("https://b")), Prior: at(adopted("n"), text("https://a"))}, true, false},
		"one that is not known": {Change{Plan: at(adopted("n"), unknownText), Prior: at(adopted("n"), text("https://a"))}, false, false},
		"another one, with it":  {Change{Plan: at(login("n", "s"), text("https://b")), Prior: at(adopted("n"), text("https://a"))}, false, false},
		"another, and no login": {Change{Plan: at(noLogin(), text("https://b")), Prior: at(adopted("n"), text("https://a"))}, false, false},
	} {
		problems := l.require(thing, test.change)
		if (len(problems) > 0) != test.misses || test.misses && strings.Contains(problems[0].Detail, "does not keep the one that it has where `url` changes") == test.new {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

func TestALoginWithBothKeysHasNoFallback(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]Change{
		"set":                 {Plan: login("n", "s")},
		"cleared":             {Plan: noLogin(), Prior: login("n", "s")},
		"nothing known of it": {Plan: noLogin()},
	} {
		body := Body{Values: map[string]any{}}
		nullLogin.encode(c, &body)
		if less, ok := body.Fallback(); ok {
			t.Errorf("%s: falls back to %v", name, less)
		}
	}
}
