package provider_test

import (
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// anyService is the type of resource that is about the service of any slug, and
// desk a service that no table knows, with its title.
const (
	anyService = "gitlabservices_service"
	desk       = "acme-desk"
	deskTitle  = "Acme Desk"
)

const deskContract = `{"slug": "acme-desk", "title": "Acme Desk", "events": ["push_events"], "params": [
	{"name": "board", "type": "string"},
	{"name": "column", "type": "string", "lower_case": true},
	{"name": "limit", "type": "integer"},
	{"name": "code", "type": "integer"},
	{"name": "strict", "type": "boolean"},
	{"name": "labels", "type": "array"},
	{"name": "mail", "type": "string", "unanswered": true},
	{"name": "entry", "type": "string", "hidden": true},
	{"name": "keys", "type": "array", "hidden": true}]}`

// desks is a GitLab that has the service, with a place of one kind.
type desks struct {
	*fakegitlab.Server
	noun, place string
	id          int64
}

// eachDesk runs a test on GitLabs of all versions with a project, and of those
// in which groups have services with a group.
func eachDesk(t *testing.T, test func(*testing.T, *desks)) {
	t.Helper()
	for _, profile := range fakegitlab.Profiles() {
		for _, noun := range []string{"project", "group"} {
			if noun == "group" && !fakegitlab.New(profile).GroupsHaveServices() {
				continue
			}
			t.Run(noun+" on "+string(profile), func(t *testing.T) {
				t.Parallel()
				test(t, newDesk(t, noun, profile))
			})
		}
	}
}

func newDesk(t *testing.T, noun string, profile fakegitlab.Profile) *desks {
	t.Helper()
	d := &desks{Server: acctest.Server(t, profile), noun: noun}
	failOn(t, d.Serve(deskContract))
	d.place, d.id = "acme/web", d.AddProject("acme/web").ID
	if noun == "group" {
		d.place = "acme"
		d.id, _ = d.Group("acme")
	}
	return d
}

// with is a configuration with the settings.
func (d *desks) with(settings any) map[string]any {
	return map[string]any{d.noun: d.place, "slug": desk, "settings": settings}
}

// stored is what GitLab holds of the settings of a new record, of which nothing
// is left out that has a value.
func (d *desks) stored(t *testing.T) map[string]any {
	t.Helper()
	record, ok := d.Record(d.place, desk)
	if !ok || !record.Active {
		t.Fatalf("GitLab has no service: %+v", record)
	}
	maps.DeleteFunc(record.Params, func(_ string, v any) bool { return v == nil })
	return record.Params
}

func (d *desks) expect(t *testing.T, want map[string]any) {
	t.Helper()
	if got := d.stored(t); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("GitLab holds %v, want %v", got, want)
	}
}

// settingsOf are the settings as one writes them.
func settingsOf(p *ProtocolResource, object Object) any {
	value, ok := object.Values["settings"].(tftypes.Value)
	if !ok {
		return object.Values["settings"]
	}
	return p.plain(value)
}

// replan fails the test unless a refresh and a plan change nothing and say
// nothing.
func replan(t *testing.T, r *ProtocolResource, prior Object, config map[string]any) Object {
	t.Helper()
	read, diags := r.Read(prior)
	planned, more := r.Plan(read, config)
	if diags = append(diags, more...); len(diags) > 0 {
		t.Errorf("nothing has changed, and it says%s", diags)
	}
	if !maps.EqualFunc(read.Values, planned.Values, same) {
		t.Errorf("nothing has changed, and the plan is %v of %v", planned.Values, read.Values)
	}
	return read
}

type obj = map[string]any

func TestAServiceOfAnySlugLivesAsOthersDo(t *testing.T) {
	t.Parallel()
	eachDesk(t, func(t *testing.T, d *desks) {
		r := Connect(t, d.Server).resource(anyService)
		all := obj{"board": "roadmap", "limit": 3, "strict": true, "labels": []string{"a", "b"}, "code": "1", "push_events": true}
		config := d.with(all)
		config["secret_settings_wo"] = obj{"entry": "glsecret-1", "keys": []string{"k1"}}
		state := r.MustSet(Object{}, config)
		want := obj{"board": "roadmap", "limit": 3, "strict": true, "labels": []any{"a", "b"}, "code": 1, "entry": "glsecret-1", "keys": []any{"k1"}}
		d.expect(t, want)
		state = replan(t, r, state, config)

		// Another value, and what is not written stays.
		failOn(t, d.Edit(d.place, desk, obj{"column": "doing"}))
		all["board"], all["limit"], all["labels"], all["strict"] = "backlog", 0.5, []string{}, false
		config = d.with(maps.Clone(all))
		config["secret_settings_wo"] = obj{"entry": "glsecret-1"}
		// Somebody has written: the secrets go again.
		read, diags := r.Read(state)
		if len(diags.Warnings()) != 1 || diags[0].Summary != "Secret may have changed" || !strings.Contains(diags[0].Detail, d.noun) {
			t.Errorf("a foreign write says%s", diags)
		}
		all["limit"] = 5
		config["settings"] = maps.Clone(all)
		state = r.MustSet(read, config)
		want["board"], want["limit"], want["labels"], want["strict"], want["column"] = "backlog", 5, []any{}, false, "doing"
		d.expect(t, want)
		state = replan(t, r, state, config)

		// Rotation.
		config["secret_settings_wo"] = obj{"entry": "glsecret-2"}
		if planned, _ := r.Plan(state, config); !maps.EqualFunc(planned.Values, state.Values, same) {
			t.Errorf("another secret alone is planned as %v", planned.Values)
		}
		config["secret_settings_wo_version"] = 2
		state = r.MustSet(state, config)
		want["entry"] = "glsecret-2"
		d.expect(t, want)

		// Drift of the keys that are set only.
		failOn(t, d.Edit(d.place, desk, obj{"board": "other", "strict": true, "column": "done", "labels": []any{"x"}, "limit": nil, "code": 7}))
		read, diags = r.Read(state)
		if len(diags.Errors()) > 0 || !reflect.DeepEqual(settingsOf(r, read), obj{"board": "other", "limit": nil, "strict": true, "labels": []any{"x"}, "code": "7", "push_events": true}) {
			t.Errorf("drift reads as %v%s", settingsOf(r, read), diags)
		}
		state = r.MustSet(read, config)
		want["column"] = "done"
		d.expect(t, want)

		// What is taken out is cleared.
		all["labels"], all["strict"] = []string{"z"}, true
		state = r.MustSet(state, merge(config, obj{"settings": all}))
		for _, settings := range []any{obj{"column": "x"}, obj{}, nil} {
			config["settings"] = settings
			cleared := r.MustSet(state, config)
			got := d.stored(t)
			for _, name := range []string{"board", "limit", "strict", "labels", "code"} {
				if normalize(got[name]) != "nothing" {
					t.Errorf("%s is still %v", name, got[name])
				}
			}
			replan(t, r, cleared, config)
			config["settings"] = all
			state = r.MustSet(cleared, config)
		}

		// Switched off, it is created again.
		failOn(t, d.Disable(d.place, desk))
		if read, diags = r.Read(state); read.Values != nil || len(diags) > 0 {
			t.Errorf("switched off, it reads as %v%s", read.Values, diags)
		}
		r = Connect(t, d.Server).resource(anyService)
		state = r.MustSet(read, config)
		replan(t, r, state, config)
		r = Connect(t, d.Server).resource(anyService)
		if after, diags := r.Delete(state); after.Values != nil || len(diags) > 0 {
			t.Errorf("after the delete: %v%s", after.Values, diags)
		}
		if record, _ := d.Record(d.place, desk); record.Active {
			t.Error("GitLab still has the service on")
		}
	})
}

// TestSettingsOfEveryTypeAreKeptInIt: Terraform refuses a plan or a state in which
// the type alone is another one.
func TestSettingsOfEveryTypeAreKeptInIt(t *testing.T) {
	t.Parallel()
	text := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	texts := []tftypes.Value{text("a"), text("b")}
	list := tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, texts)
	set := tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, texts)
	for name, test := range map[string]struct {
		settings any
		// change is somebody's, and drift what it reads as; nil: nothing.
		change, drift any
	}{
		"none":                      {settings: nil},
		"null of a type":            {settings: tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, nil)},
		"null of an object":         {settings: tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"board": tftypes.String}}, nil)},
		"an empty object":           {settings: obj{}},
		"an empty map":              {settings: tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{})},
		"null":                      {settings: obj{"board": nil, "limit": nil}},
		"null texts":                {settings: obj{"board": tftypes.NewValue(tftypes.String, nil), "labels": tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, nil)}},
		"null beside others":        {settings: obj{"board": nil, "limit": 1}, change: obj{"limit": 2}, drift: obj{"board": nil, "limit": int64(2)}},
		"empty ones":                {settings: obj{"board": "", "labels": []string{}, "strict": false}, change: obj{"board": "x"}, drift: obj{"board": "x", "labels": []any{}, "strict": false}},
		"a text that is a number":   {settings: obj{"code": "1"}, change: obj{"code": 2}, drift: obj{"code": "2"}},
		"a text that is a switch":   {settings: obj{"strict": "true"}, change: obj{"strict": false}, drift: obj{"strict": "false"}},
		"a number that is a text":   {settings: obj{"board": 7}, change: obj{"board": "8"}, drift: obj{"board": int64(8)}},
		"a number that is no text":  {settings: obj{"board": 7}, change: obj{"board": "x"}, drift: obj{"board": "x"}},
		"a fraction in a text":      {settings: obj{"board": 0.1}, change: obj{"board": "0.2"}, drift: obj{"board": 0.2}},
		"a list":                    {settings: obj{"labels": list}, change: obj{"labels": []any{"c"}}, drift: obj{"labels": []any{"c"}}},
		"a set":                     {settings: obj{"labels": set}, change: obj{"labels": []any{"c", "c"}}, drift: obj{"labels": []any{"c"}}},
		"a list that was cleared":   {settings: obj{"labels": list}, change: obj{"labels": nil}, drift: obj{"labels": []any{}}},
		"a list of nothing":         {settings: obj{"board": "x", "labels": tftypes.NewValue(tftypes.List{ElementType: tftypes.DynamicPseudoType}, []tftypes.Value{})}, change: obj{"labels": []any{"c"}}, drift: obj{"board": "x", "labels": []any{"c"}}},
		"a set of no numbers":       {settings: obj{"labels": tftypes.NewValue(tftypes.Set{ElementType: tftypes.Number}, []tftypes.Value{})}, change: obj{"labels": []any{"c"}}, drift: obj{"labels": []any{"c"}}},
		"a tuple":                   {settings: obj{"labels": []string{"a", "b"}}, change: obj{"labels": []any{"c"}}, drift: obj{"labels": []any{"c"}}},
		"a map":                     {settings: tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{"board": text("x"), "limit": text("3")}), change: obj{"limit": 4}, drift: obj{"board": "x", "limit": "4"}},
		"a map of switches":         {settings: tftypes.NewValue(tftypes.Map{ElementType: tftypes.Bool}, map[string]tftypes.Value{"strict": tftypes.NewValue(tftypes.Bool, true)}), change: obj{"strict": false}, drift: obj{"strict": false}},
		"a map of lists":            {settings: tftypes.NewValue(tftypes.Map{ElementType: tftypes.List{ElementType: tftypes.String}}, map[string]tftypes.Value{"labels": list}), change: obj{"labels": []any{"c"}}, drift: obj{"labels": []any{"c"}}},
		"a map whose value is null": {settings: tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{"board": tftypes.NewValue(tftypes.String, nil)})},
		"JSON in a text":            {settings: obj{"board": `{"a":[1,2]}`}, change: obj{"board": `{}`}, drift: obj{"board": `{}`}},
		"a text with blanks":        {settings: obj{"board": "\n x \u00e4 \n"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, noun := range []string{"project", "group"} {
				d := newDesk(t, noun, fakegitlab.V19_1)
				r := Connect(t, d.Server).resource(anyService)
				config := d.with(test.settings)
				state := replan(t, r, r.MustSet(Object{}, config), config)
				if test.change == nil {
					continue
				}
				failOn(t, d.Edit(d.place, desk, test.change.(obj)))
				read, diags := r.Read(state)
				if got := settingsOf(r, read); len(diags) > 0 || !reflect.DeepEqual(got, test.drift) {
					t.Errorf("%s: drift reads as %#v, want %#v%s", noun, got, test.drift, diags)
				}
				replan(t, r, r.MustSet(read, config), config)
			}
		})
	}
}

func TestWhatIsNoSettingIsRefused(t *testing.T) {
	t.Parallel()
	number := tftypes.NewValue(tftypes.Number, 1)
	for name, test := range map[string]struct {
		settings, secrets any
		on, want          string
	}{
		"a text":               {"x", nil, "settings", "must be an object"},
		"a list":               {[]string{"x"}, nil, "settings", "must be an object"},
		"a number as secrets":  {nil, 1, "secret_settings_wo", "must be an object"},
		"an object in it":      {obj{"a": obj{"b": "c"}}, nil, "settings", "`a` of `settings` must be a text, a number, a boolean or a list of texts"},
		"an empty one":         {obj{"a": obj{}}, nil, "settings", "`a` of `settings` must be"},
		"a list of numbers":    {obj{"a": []int{1}}, nil, "settings", "`a` of `settings` must be"},
		"a set of numbers":     {obj{"a": tftypes.NewValue(tftypes.Set{ElementType: tftypes.Number}, []tftypes.Value{number})}, nil, "settings", "`a` of `settings` must be"},
		"a list with null":     {obj{"a": []any{"x", nil}}, nil, "settings", "`a` of `settings` must be"},
		"a list of lists":      {obj{"a": []any{[]any{"x"}}}, nil, "settings", "`a` of `settings` must be"},
		"a secret of an odd":   {nil, obj{"a": obj{"glsecret": "glsecret"}}, "secret_settings_wo", "`a` of `secret_settings_wo` must be"},
		"an argument":          {obj{"use_inherited_settings": true}, nil, "settings", "is an argument of the resource itself"},
		"GitLab's own":         {nil, obj{"active": true}, "secret_settings_wo", "does not take it as a setting"},
		"no name":              {obj{" ": "x"}, nil, "settings", "GitLab's name"},
		"two values":           {obj{"a": "x"}, obj{"a": "glsecret"}, "secret_settings_wo", "stands in both"},
		"what is partly known": {obj{"a": []any{1, Unknown}, "b": Unknown}, nil, "settings", "`a` of `settings` must be"},
	} {
		for _, noun := range []string{"project", "group"} {
			diags := NewProtocol(t).resource(anyService).Validate(obj{noun: "acme/web", "slug": desk, "settings": test.settings, "secret_settings_wo": test.secrets})
			if len(diags.Errors()) != 1 || !strings.Contains(diags.On(test.on).String(), test.want) || strings.Contains(diags.String(), "glsecret") {
				t.Errorf("%s: %s", name, diags)
			}
		}
	}
	for name, config := range map[string]obj{
		"no place":   {"slug": desk},
		"two places": {"slug": desk, "project": "acme/web", "group": "acme"},
		"no slug":    {"project": "acme/web"},
		"a bad slug": {"project": "acme/web", "slug": "Acme Desk"},
		"a path":     {"project": "acme/web", "slug": "../slack"},
	} {
		if diags := NewProtocol(t).resource(anyService).Validate(config); len(diags.Errors()) == 0 {
			t.Errorf("%s: nothing is wrong", name)
		}
	}
}

func TestAnyServiceIsPlannedBeforeAllIsKnown(t *testing.T) {
	t.Parallel()
	text := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	for name, unknown := range map[string]obj{
		"all settings":          {"settings": Unknown},
		"settings of a map":     {"settings": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, tftypes.UnknownValue)},
		"one of them":           {"settings": obj{"board": Unknown, "limit": 3}},
		"one of them, a text":   {"settings": obj{"board": text, "limit": 3}},
		"the slug":              {"slug": Unknown},
		"the place":             {"place": Unknown},
		"the secrets":           {"secret_settings_wo": Unknown},
		"one of the secrets":    {"secret_settings_wo": obj{"entry": Unknown}},
		"the version":           {"secret_settings_wo_version": Unknown},
		"whether it inherits":   {"use_inherited_settings": Unknown},
		"everything":            {"settings": Unknown, "slug": Unknown, "place": Unknown, "secret_settings_wo": Unknown, "secret_settings_wo_version": Unknown, "use_inherited_settings": Unknown},
		"a label among several": {"settings": obj{"board": "x", "limit": 3, "labels": []any{"a", Unknown}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, noun := range []string{"project", "group"} {
				d := newDesk(t, noun, fakegitlab.V19_1)
				r := Connect(t, d.Server).resource(anyService)
				known := d.with(obj{"board": "x", "limit": 3})
				known["secret_settings_wo"], known["secret_settings_wo_version"], known["use_inherited_settings"] = obj{"entry": "glsecret"}, 1, false
				early := merge(known, unknown)
				if place, ok := early["place"]; ok {
					delete(early, "place")
					early[noun] = place
				}
				if label, ok := early["settings"].(obj); ok && label["labels"] != nil {
					known["settings"] = obj{"board": "x", "limit": 3, "labels": []any{"a", "b"}}
				}
				// Terraform plans again once all is known, and wants to see the same.
				first, diags := r.Plan(Object{}, early)
				if len(diags) > 0 {
					t.Errorf("%s: %s", noun, diags)
				}
				r = Connect(t, d.Server).resource(anyService)
				second, diags := r.Plan(Object{}, known)
				for attribute, value := range first.Values {
					typed, ok := value.(tftypes.Value)
					if value != Unknown && (!ok || typed.IsFullyKnown()) && !same(value, second.Values[attribute]) {
						t.Errorf("Terraform: provider produced inconsistent final plan: %s was %v and is %v", attribute, value, second.Values[attribute])
					}
				}
				state, more := r.Apply(Object{}, second, known)
				if diags = append(diags, more...); len(diags) > 0 {
					t.Errorf("%s: %s", noun, diags)
				}
				if got := d.stored(t); got["board"] != "x" || got["entry"] != "glsecret" {
					t.Errorf("GitLab holds %v", got)
				}
				// What is in the state is planned likewise; another place or service
				// would be another resource.
				planned, diags := r.Plan(state, early)
				if len(diags) > 0 || len(planned.Replaces) > 0 != (early[noun] == Unknown || early["slug"] == Unknown) {
					t.Errorf("%s: planned in the state, it replaces because of %v%s", noun, planned.Replaces, diags)
				}
				replan(t, r, state, known)
			}
		})
	}
}

// TestWhatAPlanLeftUnknownIsSettledByTheApply, without another plan in between.
func TestWhatAPlanLeftUnknownIsSettledByTheApply(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "project", fakegitlab.V19_1)
	r := Connect(t, d.Server).resource(anyService)
	early := d.with(Unknown)
	early["secret_settings_wo"] = Unknown
	planned, diags := r.Plan(Object{}, early)
	config := d.with(obj{"board": "x"})
	state, more := r.Apply(Object{}, planned, config)
	if diags = append(diags, more...); len(diags) > 0 || !reflect.DeepEqual(settingsOf(r, state), obj{"board": "x"}) {
		t.Errorf("%v%s", state.Values, diags)
	}
	replan(t, r, state, config)
}

func TestAnyServiceMayFollowWhatIsAbove(t *testing.T) {
	t.Parallel()
	for _, noun := range []string{"project", "group"} {
		t.Run(noun, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, noun, fakegitlab.V19_1)
			d.SetPropagation(0)
			r := Connect(t, d.Server).resource(anyService)
			config := d.with(obj{"board": "own"})
			config["secret_settings_wo"] = obj{"entry": "glsecret"}
			config["use_inherited_settings"] = true
			if _, diags := r.Set(Object{}, config); !strings.Contains(diags.String(), "There is nothing to inherit") {
				t.Errorf("with nothing above: %s", diags)
			}
			d.SetInstanceDefault(desk, obj{"board": "above", "entry": "theirs"})
			r = Connect(t, d.Server).resource(anyService)
			// A group is told that it gets what is above later.
			later := map[string]int{"group": 1}[noun]
			follow := func(prior Object) Object {
				t.Helper()
				after, diags := r.Set(prior, config)
				if len(diags.Errors()) > 0 || len(diags) != later || strings.Count(diags.String(), "Inherited settings come later") != later {
					t.Errorf("following says%s", diags)
				}
				return after
			}
			state := replan(t, r, follow(Object{}), config)
			if record, _ := d.Record(d.place, desk); !record.Inherited || record.Params["board"] != "above" {
				t.Errorf("GitLab has %+v", record)
			}
			// Taking over and giving back, by plan and by somebody else.
			own := merge(config, obj{"use_inherited_settings": nil})
			state = replan(t, r, r.MustSet(state, own), own)
			d.expect(t, obj{"board": "own", "entry": "glsecret"})
			failOn(t, d.Inherit(d.place, desk))
			read, diags := r.Read(state)
			if len(diags.Errors()) > 0 || read.Values["use_inherited_settings"] != true || !reflect.DeepEqual(settingsOf(r, read), obj{"board": "own"}) {
				t.Errorf("somebody gave it back: %v%s", read.Values, diags)
			}
			state, diags = r.Set(read, own)
			if len(diags) > 0 {
				t.Errorf("taking over says%s", diags)
			}
			d.expect(t, obj{"board": "own", "entry": "glsecret"})
			state = replan(t, r, follow(replan(t, r, state, own)), config)
			if planned, diags := r.Plan(state, nil); planned.Values != nil || !strings.Contains(diags.String(), "switches the service off for this "+noun) {
				t.Errorf("a destroy says%s", diags)
			}
			// What is imported has no settings of its own.
			id := d.place + ":" + desk
			if noun == "group" {
				id = "group=" + id
			}
			imported, diags := r.Import(id, nil)
			if len(diags) > 0 || imported.Values["use_inherited_settings"] != true || imported.Values["settings"] != nil {
				t.Errorf("imported: %v%s", imported.Values, diags)
			}
			r = Connect(t, d.Server).resource(anyService)
			replan(t, r, imported, obj{noun: d.place, "slug": desk, "use_inherited_settings": true})
		})
	}
}

func TestAnyServiceIsImportedByWhatNamesIt(t *testing.T) {
	t.Parallel()
	eachDesk(t, func(t *testing.T, d *desks) {
		failOn(t, d.Edit(d.place, desk, obj{"board": "x", "limit": 3, "strict": false, "labels": []any{"a"}, "entry": "glsecret", "push_events": false}))
		prefix := map[string]string{"group": "group="}[d.noun]
		for _, name := range []string{d.place, strconv.FormatInt(d.id, 10), strings.ToUpper(d.place)} {
			r := Connect(t, d.Server).resource(anyService)
			identity := obj{d.noun: name, "slug": desk}
			byID, diags := r.Import(prefix+name+":"+desk, nil)
			byIdentity, more := r.Import("", identity)
			if diags = append(diags, more...); len(diags) > 0 || !maps.EqualFunc(byID.Values, byIdentity.Values, same) {
				t.Errorf("%v and %v%s", byID.Values, byIdentity.Values, diags)
			}
			for _, got := range []Object{byID, byIdentity} {
				if got.Identity[d.noun] != name || got.Identity["slug"] != desk || len(got.Identity) != 3 {
					t.Errorf("the identity is %v", got.Identity)
				}
			}
			settings, _ := settingsOf(r, byID).(obj)
			if settings["board"] != "x" || settings["limit"] != int64(3) || settings["strict"] != false || settings["entry"] != nil || settings["push_events"] != false || settings["column"] != nil {
				t.Errorf("imported: %v", settings)
			}
			// All of it is what a generated configuration has.
			config := obj{d.noun: name, "slug": desk, "settings": byID.Values["settings"]}
			state := replan(t, r, byID, config)
			// The next write needs no secret, and wipes none.
			config["settings"] = obj{"board": "y"}
			r.MustSet(state, config)
			if got := d.stored(t); got["entry"] != "glsecret" || got["board"] != "y" || normalize(got["limit"]) != "nothing" {
				t.Errorf("GitLab holds %v", got)
			}
			failOn(t, d.Edit(d.place, desk, obj{"board": "x", "limit": 3, "labels": []any{"a"}}))
		}
	})
}

func TestAnImportOfAnyServiceSaysWhatItLacks(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "project", fakegitlab.V19_1)
	odd := d.AddProject("acme.io/my-sub.group/web_1.js")
	failOn(t, d.Edit(odd.Path, desk, obj{"board": "x"}))
	r := Connect(t, d.Server).resource(anyService)
	if got, diags := r.Import(odd.Path+":"+desk, nil); len(diags) > 0 || got.Values["project"] != odd.Path {
		t.Errorf("%s: %v%s", odd.Path, got.Values, diags)
	}
	for id, want := range map[string]string{
		"acme/web":                         "does not say which service",
		"42":                               "Unable to import a service",
		"group=acme":                       "does not say which service",
		"acme/web:":                        `"" is no slug`,
		":acme-desk":                       "names no project",
		"group=:acme-desk":                 "names no group",
		"acme:acme-desk":                   "neither an id nor a full path",
		"acme/web:acme:desk":               "is no slug",
		"acme/web:Acme-Desk":               "is no slug",
		"project=acme/web:desk":            "", // A path may not have an equals sign; GitLab says so.
		"acme/web:acme-desk":               "never set up",
		"acme/none:acme-desk":              "knows no such project",
		"group=none:acme-desk":             "knows no such group",
		"group=acme:acme-desk":             "never set up",
		"acme/web:other-desk":              "does not have the service",
		"http://gitlab/acme/web:acme-desk": "",
	} {
		_, diags := r.Import(id, nil)
		if len(diags.Errors()) != 1 || !strings.Contains(diags.String(), want) || !strings.Contains(diags.String(), "Unable to import") {
			t.Errorf("%q: %s", id, diags)
		}
	}
	for want, identity := range map[string]obj{
		`"" is no slug`:    {"project": "acme/web"},
		"names no project": {"slug": desk},
		"names both a":     {"slug": desk, "project": "acme/web", "group": "acme"},
	} {
		if _, diags := r.Import("", identity); len(diags.Errors()) != 1 || !strings.Contains(diags.String(), want) {
			t.Errorf("%v: %s", identity, diags)
		}
	}
}

func TestTheResourceOfAServiceAndThatOfAnyShareIt(t *testing.T) {
	t.Parallel()
	slack := acctest.Service(t, "slack")
	for noun, own := range map[string]string{"project": slack.ResourceType(), "group": slack.GroupResourceType()} {
		t.Run(noun, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, noun, fakegitlab.V19_1)
			webhook := "https://hooks.slack.com/services/T0/B0/x"
			generic := obj{noun: d.place, "slug": "slack", "settings": obj{"username": "x"}, "secret_settings_wo": obj{"webhook": webhook}}
			theirs := obj{noun: d.place, "webhook_wo": webhook, "username": "y"}

			p := Connect(t, d.Server)
			_, first := p.resource(anyService).Plan(Object{}, generic)
			if len(first) != 1 || first[0].Error || first[0].Attribute != "slug" || !strings.Contains(first[0].Detail, "`"+own+"`") {
				t.Errorf("a slug that has its own resource says%s", first)
			}
			if _, second := p.resource(own).Plan(Object{}, theirs); len(second.Errors()) != 1 || second[0].Summary != twoResources {
				t.Errorf("the second new one says%s", second)
			}
			// It works all the same.
			p = Connect(t, d.Server)
			state, diags := p.resource(anyService).Set(Object{}, generic)
			if len(diags) != 1 {
				t.Errorf("it says%s", diags)
			}
			// What is deleted has just been written by the other one.
			p = Connect(t, d.Server)
			_, _ = p.resource(anyService).Read(state)
			other := p.resource(own).MustSet(Object{}, theirs)
			if _, diags := p.resource(anyService).Delete(state); len(diags) != 1 || diags[0].Summary != "Service kept" {
				t.Errorf("the delete says%s", diags)
			}
			if record, _ := d.Record(d.place, "slack"); !record.Active || record.Params["username"] != "y" {
				t.Errorf("GitLab has %+v", record)
			}
			// Both are in the state.
			p = Connect(t, d.Server)
			a, _ := p.resource(anyService).Read(state)
			b, _ := p.resource(own).Read(other)
			_, one := p.resource(own).Plan(b, theirs)
			_, two := p.resource(anyService).Plan(a, generic)
			if text := slices.Concat(one, two); len(text.Errors()) > 0 || strings.Count(text.String(), twoResources) != 1 {
				t.Errorf("two of the state say%s", text)
			}
			// One of two that leaves does not end the other.
			p = Connect(t, d.Server)
			a, _ = p.resource(anyService).Read(state)
			b, _ = p.resource(own).Read(other)
			_, _ = p.resource(own).Plan(b, theirs)
			leaving, diags := p.resource(anyService).Plan(a, nil)
			if len(diags) > 0 {
				t.Errorf("planning the end says%s", diags)
			}
			if _, diags := Connect(t, d.Server).resource(anyService).Apply(a, leaving, nil); len(diags) != 1 || diags[0].Summary != "Service kept" {
				t.Errorf("the end says%s", diags)
			}
			if record, _ := d.Record(d.place, "slack"); !record.Active {
				t.Error("one of two has switched the service off")
			}
		})
	}
	only := NewProtocol(t).resource(anyService).Validate(obj{"project": "acme/web", "slug": "jenkins"})
	if len(only) != 1 || !strings.Contains(only[0].Detail, "gitlabservices_jenkins") || strings.Contains(only[0].Detail, "group") {
		t.Errorf("a service of projects only: %s", only)
	}
}

func TestAnyServiceThatGitLabDoesNotKnow(t *testing.T) {
	t.Parallel()
	eachDesk(t, func(t *testing.T, d *desks) {
		r := Connect(t, d.Server).resource(anyService)
		config := d.with(obj{"board": "x"})
		unknown := merge(config, obj{"slug": "other-desk"})
		_, diags := r.Set(Object{}, unknown)
		if len(diags.Errors()) != 1 || !strings.Contains(diags.String(), `does not have a service with the slug "other-desk"`) {
			t.Errorf("a write says%s", diags)
		}
		// GitLab loses the service.
		state := Connect(t, d.Server).resource(anyService).MustSet(Object{}, config)
		d.RemoveSlug(desk)
		r = Connect(t, d.Server).resource(anyService)
		read, diags := r.Read(state)
		if read.Values != nil || len(diags.Errors()) > 0 || len(diags) != 1 || diags[0].Summary != "Service unknown to this GitLab" {
			t.Errorf("a read says%s", diags)
		}
		if after, diags := r.Delete(state); after.Values != nil || len(diags.Errors()) > 0 {
			t.Errorf("a delete says%s", diags)
		}
	})
}

func TestAnotherServiceOrKindOfPlaceIsAnotherResource(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "project", fakegitlab.V19_1)
	r := Connect(t, d.Server).resource(anyService)
	config := d.with(obj{"board": "x"})
	state := r.MustSet(Object{}, config)
	for name, test := range map[string]struct {
		config obj
		want   []string
	}{
		"another slug":                {merge(config, obj{"slug": "external-wiki"}), []string{"slug"}},
		"another project":             {merge(config, obj{"project": d.AddProject("acme/other").Path}), []string{"project"}},
		"a group":                     {merge(config, obj{"project": nil, "group": "acme"}), []string{"group", "project"}},
		"a group and another service": {merge(config, obj{"project": nil, "group": "acme", "slug": "external-wiki"}), []string{"group", "project", "slug"}},
		"the id of the project":       {merge(config, obj{"project": strconv.FormatInt(d.id, 10)}), nil},
		"another letter case":         {merge(config, obj{"project": "ACME/web"}), nil},
	} {
		planned, _ := r.Plan(state, test.config)
		slices.Sort(planned.Replaces)
		if !slices.Equal(planned.Replaces, test.want) {
			t.Errorf("%s: replaces because of %v, want %v", name, planned.Replaces, test.want)
		}
	}
	failOn(t, d.RenameProject(d.id, "acme/new"))
	config["project"] = "acme/new"
	d.ResetRequests()
	read, _ := r.Read(state)
	state = replan(t, r, r.MustSet(read, config), config)
	if state.Identity["project"] != "acme/new" || d.Counts()["PUT"] != 0 {
		t.Errorf("renamed: %v, %v", state.Identity, d.Counts())
	}
}

// TestErrorsOfAnyServiceNameTheSetting and not the secrets, which GitLab may
// repeat.
func TestErrorsOfAnyServiceNameTheSetting(t *testing.T) {
	t.Parallel()
	eachDesk(t, func(t *testing.T, d *desks) {
		failOn(t, d.Serve(strings.Replace(deskContract, `"params": [`, `"params": [{"name": "must", "type": "string", "required": true, "present": true},`, 1)))
		r := Connect(t, d.Server).resource(anyService)
		for name, test := range map[string]struct {
			settings, secrets any
			on                string
			want              []string
		}{
			"missing":          {obj{"board": "x"}, nil, "settings", []string{"GitLab says: must is missing.", "Correct the values"}},
			"of another type":  {obj{"must": "x", "limit": "many"}, nil, "settings", []string{"GitLab says: limit is invalid."}},
			"two":              {obj{"limit": "many", "labels": "x"}, nil, "settings", []string{"must is missing", "limit is invalid", "labels is invalid"}},
			"by GitLab's code": {obj{"must": ""}, nil, "", []string{"400"}},
		} {
			config := d.with(test.settings)
			config["secret_settings_wo"] = obj{"entry": "glsecret-1", "keys": []string{"glsecret-2", "glsecret-3"}, "column": "glsecret-4"}
			_, diags := r.Set(Object{}, config)
			text := diags.Errors().On(test.on).String()
			for _, want := range test.want {
				if !strings.Contains(text, want) {
					t.Errorf("%s: no %q in%s", name, want, diags)
				}
			}
			if strings.Contains(diags.String(), "newer version of the provider") {
				t.Errorf("%s:%s", name, diags)
			}
		}
		// A GitLab that repeats what it was sent.
		echoes := `{"error":"entry glsecret-1 and [\"glsecret-2\", \"glsecret-3\"] and 987654321 are odd"}`
		d.Inject(fakegitlab.Fault{Method: http.MethodPut, Status: http.StatusBadRequest, Body: echoes})
		config := d.with(obj{"must": "x"})
		config["secret_settings_wo"] = obj{"entry": "glsecret-1", "keys": []string{"glsecret-2", "glsecret-3"}, "pin": 987654321, "strict": true}
		if _, diags := r.Set(Object{}, config); len(diags.Errors()) != 1 || strings.Contains(diags.String(), "glsecret") || strings.Contains(diags.String(), "987654321") || !strings.Contains(diags.String(), "***") {
			t.Errorf("GitLab repeats secrets:%s", diags)
		}
	})
}

func TestAnyServiceSaysWhatGitLabDidNotKeep(t *testing.T) {
	t.Parallel()
	eachDesk(t, func(t *testing.T, d *desks) {
		r := Connect(t, d.Server).resource(anyService)
		config := d.with(obj{"column": "Doing", "mail": "x", "unheard": 1, "board": "x"})
		state, diags := r.Set(Object{}, config)
		// Terraform does not print what somebody has marked as sensitive; a warning would.
		if len(diags.Errors()) > 0 || len(diags) != 3 || strings.Contains(diags.String(), `"Doing"`) || strings.Contains(diags.String(), `"doing"`) || !strings.Contains(diags.String(), "GitLab answers another value for `column` than it was sent.") ||
			!strings.Contains(diags.String(), "shows nothing for mail") || !strings.Contains(diags.String(), "shows nothing for unheard") {
			t.Errorf("it says%s", diags)
		}
		for _, diag := range diags {
			if diag.Attribute != "settings" {
				t.Errorf("it is said of %q", diag.Attribute)
			}
		}
		read, diags := r.Read(state)
		if got := settingsOf(r, read); len(diags) > 0 || !reflect.DeepEqual(got, obj{"column": "doing", "mail": "x", "unheard": int64(1), "board": "x"}) {
			t.Errorf("it reads as %v%s", got, diags)
		}
	})
}

// TestAnyServiceWithIgnoredChanges, where a plan sees prior values in the place of
// the configuration's and an apply does not.
func TestAnyServiceWithIgnoredChanges(t *testing.T) {
	t.Parallel()
	for name, ignored := range map[string][]string{
		"settings":    {"settings"},
		"the secrets": {"secret_settings_wo"},
		"the version": {"secret_settings_wo_version"},
		"both":        {"secret_settings_wo", "secret_settings_wo_version"},
		"all":         {"project", "group", "slug", "settings", "secret_settings_wo", "secret_settings_wo_version", "use_inherited_settings"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, noun := range []string{"project", "group"} {
				d := newDesk(t, noun, fakegitlab.V19_1)
				config := d.with(obj{"board": "x", "limit": 3})
				config["secret_settings_wo"] = obj{"entry": "glsecret-1"}
				r := Connect(t, d.Server).resource(anyService)
				state := r.MustSet(Object{}, config)
				next := d.with(obj{"board": "y"})
				next["secret_settings_wo"], next["secret_settings_wo_version"] = obj{"entry": "glsecret-2"}, 2
				// Somebody else writes too, so that there is drift of both.
				failOn(t, d.Edit(d.place, desk, obj{"limit": 9, "entry": "theirs"}))
				for range 3 {
					r = Connect(t, d.Server).resource(anyService)
					read, _ := r.Read(state)
					planned, diags := r.PlanIgnoring(read, next, ignored...)
					if len(diags) > 0 {
						t.Errorf("%s: the plan says%s", noun, diags)
					}
					if maps.EqualFunc(read.Values, planned.Values, same) {
						state = read
						continue
					}
					after, diags := r.Apply(read, planned, next)
					if len(diags.Errors()) > 0 {
						t.Errorf("%s: the apply says%s", noun, diags)
					}
					state = after
				}
				got := d.stored(t)
				if slices.Contains(ignored, "settings") && (got["board"] != "x" || fmt.Sprint(got["limit"]) != "9") {
					t.Errorf("%s: settings are ignored, and GitLab holds %v", noun, got)
				}
				if entry := got["entry"]; entry == nil || entry == "" {
					t.Errorf("%s: the secret is wiped", noun)
				}
				r = Connect(t, d.Server).resource(anyService)
				read, _ := r.Read(state)
				if planned, diags := r.PlanIgnoring(read, next, ignored...); len(diags) > 0 || !maps.EqualFunc(read.Values, planned.Values, same) {
					t.Errorf("%s: there is no end: %v of %v%s", noun, planned.Values, read.Values, diags)
				}
			}
		})
	}
}

func TestAnyServiceIsNothingToMove(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "project", fakegitlab.V19_1)
	config := d.with(obj{"board": "x", "labels": []string{"a"}})
	p := Connect(t, d.Server)
	state := p.resource(anyService).MustSet(Object{}, config)
	raw := []byte(`{"project":"acme/web","group":null,"slug":"acme-desk","use_inherited_settings":false,"secret_settings_wo":null,"secret_settings_wo_version":null,` +
		`"settings":{"value":{"board":"x","labels":["a"]},"type":["object",{"board":"string","labels":["tuple",["string"]]}]}}`)
	for _, from := range []struct{ provider, kind, to, want string }{
		{ours, anyService, "gitlabservices_slack", "gitlabservices_service of " + ours + " (schema version 0) cannot become gitlabservices_slack"},
		{ours, anyService, "gitlabservices_group_slack", "cannot become gitlabservices_group_slack"},
		{ours, anyService, "gitlabservices_jenkins", "cannot become gitlabservices_jenkins"},
		{ours, "gitlabservices_slack", anyService, "cannot become gitlabservices_service"},
		{"registry.terraform.io/gitlabhq/gitlab", "gitlab_service_slack", anyService, "cannot become gitlabservices_service. Take the moved block out"},
		{"registry.terraform.io/gitlabhq/gitlab", "gitlab_integration_custom_issue_tracker", anyService, "cannot become gitlabservices_service"},
	} {
		_, diags := p.resource(from.to).Move(from.provider, from.kind, raw, nil)
		if len(diags.Errors()) != 1 || !strings.Contains(diags.String(), from.want) || !strings.Contains(diags.String(), "import") {
			t.Errorf("%s to %s: %s", from.kind, from.to, diags)
		}
	}
	// Only the provider's own address has changed.
	moved, diags := p.resource(anyService).Move("example.com/mirror/gitlabservices", anyService, raw, state.Private)
	if len(diags) > 0 || !maps.EqualFunc(moved.Values, state.Values, same) || moved.Identity["slug"] != desk {
		t.Errorf("%v%s", moved, diags)
	}
	for _, broken := range []string{"", "null", "{}", "[]", `{"settings":1}`, `{"settings":{"value":1,"type":"string"}}`, `{"project":"acme/web","group":"acme","slug":null}`} {
		_, diags := p.resource(anyService).Move("example.com/mirror/gitlabservices", anyService, []byte(broken), nil)
		if len(diags.Errors()) != 1 || !strings.Contains(diags.String(), "is not readable") {
			t.Errorf("%s: %s", broken, diags)
		}
	}
}

const ours = "registry.terraform.io/gitlabservices/gitlabservices"

// manyDesks is a GitLab with two groups, one in the other, and services in them and
// in their projects; one project is archived, and one has a service that is off.
func manyDesks(t *testing.T, profile fakegitlab.Profile) *desks {
	t.Helper()
	d := newDesk(t, "project", profile)
	for _, path := range []string{"acme/api", "acme/old", "acme/ops/infra", "other/thing"} {
		d.AddProject(path)
		setUpServices(t, d.Server, path, desk)
	}
	setUpServices(t, d.Server, "acme/web", "slack", desk, "jira")
	setUpServices(t, d.Server, "acme/api", "external-wiki")
	failOn(t, d.Disable("acme/api", "external-wiki"))
	for _, p := range d.Projects() {
		if p.Path == "acme/old" {
			failOn(t, d.ArchiveProject(p.ID))
		}
	}
	if d.GroupsHaveServices() {
		setUpServices(t, d.Server, "acme", desk)
		setUpServices(t, d.Server, "acme/ops", "slack")
	}
	d.ResetRequests()
	return d
}

func TestOneListHasTheServicesOfAllSlugs(t *testing.T) {
	t.Parallel()
	d := manyDesks(t, fakegitlab.V19_1)
	type found = []string
	for name, test := range map[string]struct {
		config obj
		want   found
		lists  int
	}{
		"everywhere":             {nil, found{"acme/web: Acme Desk", "acme/web: Jira issues", "acme/web: Slack notifications", "acme/api: Acme Desk", "acme/ops/infra: Acme Desk", "other/thing: Acme Desk"}, 4},
		"one slug everywhere":    {obj{"slug": "slack"}, found{"acme/web: Slack notifications"}, 4},
		"the archived too":       {obj{"slug": desk, "include_archived": true}, found{"acme/web: Acme Desk", "acme/api: Acme Desk", "acme/old: Acme Desk", "acme/ops/infra: Acme Desk", "other/thing: Acme Desk"}, 5},
		"a project":              {obj{"project": "acme/web"}, found{"acme/web: Acme Desk", "acme/web: Jira issues", "acme/web: Slack notifications"}, 1},
		"a slug of a project":    {obj{"project": "acme/web", "slug": "jira"}, found{"acme/web: Jira issues"}, 1},
		"what is off":            {obj{"project": "acme/api", "slug": "external-wiki"}, found{}, 1},
		"a group":                {obj{"group": "acme"}, found{"acme: Acme Desk"}, 1},
		"a group and below":      {obj{"group": "acme", "include_subgroups": true}, found{"acme: Acme Desk", "acme/ops: Slack notifications"}, 2},
		"a group's projects too": {obj{"group": "acme", "include_projects": true}, found{"acme: Acme Desk", "acme/web: Acme Desk", "acme/web: Jira issues", "acme/web: Slack notifications", "acme/api: Acme Desk"}, 3},
		"all of a group":         {obj{"group": "acme", "include_projects": true, "include_subgroups": true, "include_archived": true}, found{"acme: Acme Desk", "acme/ops: Slack notifications", "acme/web: Acme Desk", "acme/web: Jira issues", "acme/web: Slack notifications", "acme/api: Acme Desk", "acme/old: Acme Desk", "acme/ops/infra: Acme Desk"}, 6},
		"a slug of all of it":    {obj{"group": "acme", "include_projects": true, "include_subgroups": true, "slug": "slack"}, found{"acme/ops: Slack notifications", "acme/web: Slack notifications"}, 5},
		"a slug nobody has":      {obj{"slug": "no-desk"}, found{}, 4},
		"those not maintained":   {obj{"membership": false, "slug": "jira"}, found{"acme/web: Jira issues"}, 4},
	} {
		d.ResetRequests()
		r := Connect(t, d.Server).resource(anyService)
		results, diags := r.Query(Query{Config: test.config})
		got := namesOf(results)
		sorted := slices.Sorted(slices.Values(got))
		if len(diags) > 0 || !slices.Equal(sorted, slices.Sorted(slices.Values(test.want))) {
			t.Errorf("%s: found %q, want %q%s", name, got, test.want, diags)
		}
		lists, services := 0, 0
		for _, request := range d.Requests() {
			switch {
			case strings.HasSuffix(request.Path, "/services"), strings.HasSuffix(request.Path, "/integrations"):
				lists++
			case strings.Contains(request.Path, "/services/"), strings.Contains(request.Path, "/integrations/"):
				services++
			}
		}
		if lists != test.lists || services != 0 {
			t.Errorf("%s: %d lists and %d services were asked for, want %d and none", name, lists, services, test.lists)
		}
		// What is listed can be imported, with its settings.
		full, diags := r.Query(Query{Config: test.config, Settings: true})
		if len(diags) > 0 || !slices.Equal(namesOf(full), got) {
			t.Errorf("%s, with settings: found %q, want %q%s", name, namesOf(full), got, diags)
		}
		for _, result := range full {
			imported, diags := r.Import("", result.Identity)
			for attribute, value := range result.Values {
				if len(diags) > 0 || !same(value, imported.Values[attribute]) {
					t.Errorf("%s: %s of %s is listed as %v and imported as %v%s", name, attribute, result.Name, value, imported.Values[attribute], diags)
				}
			}
			config := maps.Clone(result.Values)
			if _, diags := r.Plan(imported, config); len(diags.Errors()) > 0 {
				t.Errorf("%s: the plan of what is generated says%s", name, diags)
			}
		}
	}
	results, _ := Connect(t, d.Server).resource(anyService).Query(Query{Limit: 2})
	if len(results) != 2 {
		t.Errorf("%d results, want 2", len(results))
	}
}

func TestTheListOfAllSlugsSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]obj{
		"two places":             {"project": "acme/web", "group": "acme"},
		"projects of no group":   {"include_projects": true},
		"groups below none":      {"include_subgroups": true},
		"a project and archived": {"project": "acme/web", "include_archived": true},
		"a group and membership": {"group": "acme", "membership": false},
		"no slug":                {"slug": "No Slug"},
	} {
		if diags := NewProtocol(t).resource(anyService).ValidateQuery(config); len(diags.Errors()) == 0 {
			t.Errorf("%s: nothing is wrong", name)
		}
	}
	// Before 12.7 there are no lists.
	old := manyDesks(t, fakegitlab.V10_5)
	_, diags := Connect(t, old.Server).resource(anyService).Query(Query{Config: obj{"project": "acme/web"}})
	if len(diags.Errors()) != 1 || !strings.Contains(diags.String(), "since version 12.7") || !strings.Contains(diags.String(), "slug") {
		t.Errorf("without a slug: %s", diags)
	}
	results, diags := Connect(t, old.Server).resource(anyService).Query(Query{Config: obj{"slug": desk}, Settings: true})
	if got := namesOf(results); len(diags) > 0 || len(got) != 4 || results[0].Identity["slug"] != desk {
		t.Errorf("with a slug: %q%s", got, diags)
	}
	_, diags = Connect(t, old.Server).resource(anyService).Query(Query{Config: obj{"slug": "no-desk"}})
	if len(diags) != 1 || diags[0].Error || !strings.Contains(diags.String(), "does not have no-desk") {
		t.Errorf("with a slug that nobody knows: %s", diags)
	}
	// Before 17.9 groups have no services.
	_, diags = Connect(t, newDesk(t, "project", fakegitlab.V16_0).Server).resource(anyService).Query(Query{Config: obj{"group": "acme"}})
	if len(diags.Errors()) != 1 || !strings.Contains(diags.String(), "17.9") {
		t.Errorf("of a group, on an old GitLab: %s", diags)
	}
	// A place that may not be read is a warning, unless it is the one that is named.
	d := manyDesks(t, fakegitlab.V19_1)
	token := d.AddToken(fakegitlab.ScopeAPI)
	failOn(t, d.SetAccess(token, d.id, fakegitlab.TokenReporter))
	r := Connect(t, d.Server, map[string]any{"token": token}).resource(anyService)
	results, diags = r.Query(Query{Config: obj{"group": "acme", "include_projects": true}})
	if len(results) != 2 || len(diags) != 1 || diags[0].Error || !strings.Contains(diags[0].Detail, `project "acme/web"`) {
		t.Errorf("found %q%s", namesOf(results), diags)
	}
	if _, diags := r.Query(Query{Config: obj{"project": "acme/web"}}); len(diags.Errors()) != 1 {
		t.Errorf("a named one: %s", diags)
	}
}

func TestDataOfAnyServiceAreAllItsSettings(t *testing.T) {
	t.Parallel()
	eachDesk(t, func(t *testing.T, d *desks) {
		p := Connect(t, d.Server)
		ask := obj{d.noun: d.place, "slug": desk}
		if _, diags := p.ReadData("service", ask); len(diags.Errors()) != 1 || !strings.Contains(diags.String(), "allow_missing") {
			t.Errorf("not set up: %s", diags)
		}
		for _, slug := range []string{desk, "no-desk"} {
			missing, diags := p.ReadData("service", obj{d.noun: d.place, "slug": slug, "allow_missing": true})
			if len(diags) > 0 || missing["exists"] != false || missing["settings"] != nil {
				t.Errorf("%s: %v%s", slug, missing, diags)
			}
		}
		if _, diags := p.ReadData("service", obj{d.noun: d.place, "slug": "no-desk"}); len(diags.Errors()) != 1 || !strings.Contains(diags.String(), `"no-desk"`) {
			t.Errorf("a slug that nobody knows: %s", diags)
		}
		failOn(t, d.Edit(d.place, desk, obj{"board": "x", "limit": 3, "labels": []any{"a"}, "entry": "glsecret", "strict": true}))
		read, diags := Connect(t, d.Server).ReadData("service", ask)
		settings, _ := p.plain(read["settings"].(tftypes.Value)).(obj)
		if len(diags) > 0 || read["exists"] != true || settings["board"] != "x" || settings["limit"] != int64(3) || !reflect.DeepEqual(settings["labels"], []any{"a"}) || settings["strict"] != true || settings["push_events"] != true || strings.Contains(fmt.Sprint(read), "glsecret") {
			t.Errorf("%v%s", read, diags)
		}
	})
	for name, config := range map[string]obj{
		"no place":   {"slug": desk},
		"two places": {"slug": desk, "project": "acme/web", "group": "acme"},
		"no slug":    {"project": "acme/web"},
	} {
		if _, diags := NewProtocol(t).ReadData("service", config); len(diags.Errors()) == 0 {
			t.Errorf("%s: nothing is wrong", name)
		}
	}
}

func TestTheInventoryTellsWhereEachServiceIs(t *testing.T) {
	t.Parallel()
	d := manyDesks(t, fakegitlab.V19_1)
	where := func(values map[string]any) []string {
		services, _ := values["services"].([]any)
		out := []string{}
		for _, element := range services {
			s, _ := element.(obj)
			out = append(out, fmt.Sprint(s["group"], " ", s["project"], " ", s["project_id"], " ", s["slug"], " ", s["resource_type"]))
		}
		return out
	}
	web, group := "<nil> acme/web 1 ", "acme <nil> <nil> acme-desk <nil>"
	ofWeb := []string{web + "acme-desk <nil>", web + "jira gitlabservices_jira", web + "slack gitlabservices_slack"}
	api, old, infra, thing := "<nil> acme/api 2 acme-desk <nil>", "<nil> acme/old 3 acme-desk <nil>", "<nil> acme/ops/infra 4 acme-desk <nil>", "<nil> other/thing 5 acme-desk <nil>"
	for name, test := range map[string]struct {
		config obj
		want   []string
	}{
		"everywhere":           {nil, append(slices.Clone(ofWeb), api, infra, thing)},
		"the archived too":     {obj{"include_archived": true}, append(slices.Clone(ofWeb), api, old, infra, thing)},
		"a project":            {obj{"project": "acme/web"}, ofWeb},
		"a project with none":  {obj{"project": d.AddProject("bare/none").Path}, []string{}},
		"a group":              {obj{"group": "acme"}, append(slices.Clone(ofWeb), api)},
		"a group and below":    {obj{"group": "acme", "include_subgroups": true}, append(slices.Clone(ofWeb), api, infra)},
		"a group and its own":  {obj{"group": "acme", "include_group": true}, append([]string{group}, append(slices.Clone(ofWeb), api)...)},
		"all of a group":       {obj{"group": "acme", "include_group": true, "include_subgroups": true}, append([]string{group, "acme/ops <nil> <nil> slack gitlabservices_group_slack"}, append(slices.Clone(ofWeb), api, infra)...)},
		"those not maintained": {obj{"membership": false}, append(slices.Clone(ofWeb), api, infra, thing)},
	} {
		values, diags := Connect(t, d.Server).ReadData("services", test.config)
		if got := where(values); len(diags) > 0 || !slices.Equal(got, test.want) {
			t.Errorf("%s:\n%q, want\n%q%s", name, got, test.want, diags)
		}
		for argument, value := range test.config {
			if values[argument] != value {
				t.Errorf("%s: %s is %v", name, argument, values[argument])
			}
		}
	}
	token := d.AddToken(fakegitlab.ScopeAPI)
	failOn(t, d.SetAccess(token, 2, fakegitlab.TokenReporter))
	values, diags := Connect(t, d.Server, map[string]any{"token": token}).ReadData("services", obj{"group": "acme"})
	if len(diags) != 1 || diags[0].Error || !strings.Contains(diags[0].Detail, `project "acme/api"`) || !slices.Equal(where(values), ofWeb) {
		t.Errorf("a project that may not be read: %q%s", where(values), diags)
	}
	for name, config := range map[string]obj{
		"two places":         {"project": "acme/web", "group": "acme"},
		"the group of none":  {"include_group": true},
		"below no group":     {"include_subgroups": true},
		"a project's access": {"project": "acme/web", "membership": true},
	} {
		if _, diags := Connect(t, d.Server).ReadData("services", config); len(diags.Errors()) == 0 {
			t.Errorf("%s: nothing is wrong", name)
		}
	}
	_, diags = Connect(t, newDesk(t, "project", fakegitlab.V16_0).Server).ReadData("services", obj{"group": "acme", "include_group": true})
	if len(diags.Errors()) != 1 || !strings.Contains(diags.String(), "17.9") {
		t.Errorf("of a group, on an old GitLab: %s", diags)
	}
}

// TestAnImportOfAnyServiceThatFailsNamesIt: Terraform gives no address.
func TestAnImportOfAnyServiceThatFailsNamesIt(t *testing.T) {
	t.Parallel()
	eachDesk(t, func(t *testing.T, d *desks) {
		_, diags := Connect(t, d.Server).resource(anyService).Import("", map[string]any{d.noun: d.place, "slug": desk})
		expectSays(t, "never set up", diags.Errors(), desk, d.place)
	})
}

// TestAServiceForProjectsAloneIsExplained where a group is to have it.
func TestAServiceForProjectsAloneIsExplained(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddGroup("acme")
	service := acctest.Service(t, "jenkins")
	config := acctest.Minimal(service).Values("")
	delete(config, "project")
	_, diags := Connect(t, server).resource(anyService).Set(Object{}, map[string]any{"group": "acme", "slug": "jenkins", "settings": config})
	expectSays(t, "of a group", diags.Errors(), "400 Integration not available", "GitLab does not have it for a group")
}

// TestTwoServicesThatAreNotKnownYetAreNotOne: their slugs come with the apply.
func TestTwoServicesThatAreNotKnownYetAreNotOne(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "project", fakegitlab.V19_1)
	r := Connect(t, d.Server).resource(anyService)
	for range 2 {
		if _, diags := r.Plan(Object{}, obj{"project": "acme/web", "slug": Unknown}); len(diags) > 0 {
			t.Errorf("the plan says%s", diags)
		}
	}
}
