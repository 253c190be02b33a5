package provider_test

import (
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

func TestEveryServiceHasAnIdentityAfterEverySuccess(t *testing.T) {
	t.Parallel()
	acctest.EachSubject(t, nil, func(t *testing.T, lab *acctest.Lab, service acctest.Subject) {
		r := Connect(t, lab.Server).Of(service)
		config := service.Values(acctest.Minimal(service.Service))
		created, diags := r.Set(Object{}, config)
		expect := func(after string, got Object, diags Diagnostics) {
			t.Helper()
			if len(diags.Errors()) > 0 || got.Values == nil || !reflect.DeepEqual(got.Identity, service.Identity()) {
				t.Fatalf("after %s the identity is %v\n%s", after, got.Identity, diags)
			}
		}
		expect("create", created, diags)
		read, diags := r.Read(created)
		expect("read", read, diags)
		// State of a release without identities has none.
		old, diags := r.Read(Object{Values: created.Values, Private: created.Private})
		expect("a read without one", old, diags)
		updated, diags := r.Apply(read, Planned{Object: read}, config)
		expect("update", updated, diags)
		imported, diags := r.Import(service.At.Name, nil)
		expect("import", imported, diags)
		byIdentity, diags := r.Import("", service.Identity())
		expect("import by identity", byIdentity, diags)
		if !reflect.DeepEqual(imported.Values, byIdentity.Values) {
			t.Errorf("an import by id and one by identity differ:\n%v\n%v", imported.Values, byIdentity.Values)
		}
		// Another process: an apply deletes nothing that it has just set.
		gone, diags := Connect(t, lab.Server).Of(service).Delete(updated)
		if len(diags) > 0 || gone.Values != nil {
			t.Errorf("delete leaves %v\n%s", gone.Values, diags)
		}
	})
}

func TestAnotherNameOfTheProjectIsAnUpdateInPlace(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	project := server.AddProject("g/p")
	id := strconv.FormatInt(project.ID, 10)
	asana := Connect(t, server).Resource(acctest.Service(t, "asana"))
	config := map[string]any{"project": "g/p", "api_key": "0/secret"}
	byPath := asana.MustSet(Object{}, config)

	byID := asana.MustSet(byPath, merge(config, map[string]any{"project": id}))
	if byID.Values["project"] != id || !reflect.DeepEqual(byID.Identity, identityOf(id)) {
		t.Errorf("after the update: %v, identity %v", byID.Values["project"], byID.Identity)
	}
	again := asana.MustSet(byID, config)
	if !reflect.DeepEqual(again.Identity, identityOf("g/p")) {
		t.Errorf("back to the path: identity %v", again.Identity)
	}
	if got := server.Counts()[http.MethodDelete]; got != 0 {
		t.Errorf("%d deletes", got)
	}

	if err := server.RenameProject(project.ID, "g/renamed"); err != nil {
		t.Fatal(err)
	}
	renamed := asana.MustSet(again, merge(config, map[string]any{"project": "g/renamed"}))
	if !reflect.DeepEqual(renamed.Identity, identityOf("g/renamed")) {
		t.Errorf("after renaming: identity %v", renamed.Identity)
	}
}

func TestGitLabIsAskedForProjectsOnlyWhereTheirNameChanges(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	asana := Connect(t, server).Resource(acctest.Service(t, "asana"))
	config := map[string]any{"project": "g/p", "api_key": "0/secret"}
	held := asana.MustSet(Object{}, config)
	server.ResetRequests()
	for _, config := range []map[string]any{config, merge(config, map[string]any{"restrict_to_branch": "main"}), nil} {
		if _, diags := asana.Plan(held, config); len(diags) > 0 {
			t.Error(diags)
		}
	}
	if got := server.Requests(); len(got) > 0 {
		t.Errorf("a plan sends %d requests, the first one %s %s", len(got), got[0].Method, got[0].Path)
	}
}

func TestAChangeOfTheProjectReplacesUnlessItIsTheSame(t *testing.T) {
	t.Parallel()
	const same, replace, unsettled = "in place", "replacement", "in place, with a warning"
	for name, test := range map[string]struct {
		profile fakegitlab.Profile
		to      any
		prepare func(t *testing.T, server *fakegitlab.Server, id int64)
		want    string
		says    string
	}{
		"another project": {to: "g/other", want: replace},
		"its id":          {to: "1", want: same},
		"another id":      {to: "2", want: replace},
		"its new path": {to: "g/new", want: same, prepare: func(t *testing.T, server *fakegitlab.Server, id int64) {
			if err := server.RenameProject(id, "g/new"); err != nil {
				t.Fatal(err)
			}
		}},
		"its new path where GitLab forgets the old one": {profile: fakegitlab.V10_5, to: "g/new", want: same, prepare: func(t *testing.T, server *fakegitlab.Server, id int64) {
			if err := server.RenameProject(id, "g/new"); err != nil {
				t.Fatal(err)
			}
		}},
		"the old project is gone": {to: "g/other", want: replace, prepare: func(t *testing.T, server *fakegitlab.Server, id int64) {
			if err := server.DeleteProject(id); err != nil {
				t.Fatal(err)
			}
		}},
		"a project that does not exist": {to: "g/nowhere", want: unsettled, says: "404 Project Not Found"},
		"403 for the old one":           {to: "g/other", want: unsettled, says: "403", prepare: failLookups("g%2Fp", 403, `{"message":"403 Forbidden"}`)},
		"403 for the new one":           {to: "g/other", want: unsettled, says: "403", prepare: failLookups("g%2Fother", 403, `{"message":"403 Forbidden"}`)},
		"401":                           {to: "g/other", want: unsettled, says: "401", prepare: failLookups("g%2Fp", 401, `{"message":"401 Unauthorized"}`)},
		"500 for the old one":           {to: "g/other", want: unsettled, says: "500", prepare: failLookups("g%2Fp", 500, `{"message":"500 Internal Server Error"}`)},
		"500 for the new one":           {to: "g/other", want: unsettled, says: "500", prepare: failLookups("g%2Fother", 500, `{"message":"500 Internal Server Error"}`)},
		"404 of a wrong address":        {to: "g/other", want: unsettled, says: "404 Not Found", prepare: failLookups("g%2Fp", 404, `{"error":"404 Not Found"}`)},
		"garbage":                       {to: "g/other", want: unsettled, says: "is not JSON", prepare: failLookups("g%2Fp", 200, `garbage`)},
		"a project not known yet":       {to: Unknown, want: replace},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			profile := test.profile
			if profile == "" {
				profile = fakegitlab.V19_1
			}
			server := acctest.Server(t, profile)
			project := server.AddProject("g/p")
			server.AddProject("g/other")
			asana := Connect(t, server).Resource(acctest.Service(t, "asana"))
			config := map[string]any{"project": "g/p", "api_key": "0/secret"}
			held := asana.MustSet(Object{}, config)
			if test.prepare != nil {
				test.prepare(t, server, project.ID)
			}
			planned, diags := asana.Plan(held, merge(config, map[string]any{"project": test.to}))
			got := same
			if len(planned.Replaces) > 0 {
				got = replace
			}
			if len(diags) > 0 {
				got = unsettled
			}
			if got != test.want || len(diags.Errors()) > 0 {
				t.Fatalf("%s, want %s\n%s", got, test.want, diags)
			}
			switch got {
			case replace:
				if !reflect.DeepEqual(planned.Replaces, []string{"project"}) {
					t.Errorf("replaces because of %q", planned.Replaces)
				}
			case unsettled:
				if on := diags.On("project"); len(on) != 1 || on[0].Summary != "Unable to compare projects" ||
					!strings.Contains(on[0].Detail, test.says) || !strings.Contains(on[0].Detail, "/api/v4/projects/g%2F") {
					t.Errorf("want one warning of project that says %q: %s", test.says, diags)
				}
				if len(planned.Replaces) > 0 {
					t.Errorf("replaces because of %q", planned.Replaces)
				}
			}
		})
	}
}

// failLookups has GitLab answer a GET of the project itself, but not of its
// services, with an error.
func failLookups(project string, status int, body string) func(*testing.T, *fakegitlab.Server, int64) {
	return func(_ *testing.T, server *fakegitlab.Server, _ int64) {
		server.Inject(fakegitlab.Fault{Method: http.MethodGet, PathContains: "/projects/" + project, Status: status, Body: body})
	}
}

func TestAnImportThatFindsNothingSaysWhy(t *testing.T) {
	t.Parallel()
	const notSetUp, off, noProject, noService = "was never set up", "is switched off", "knows no such project", "does not have the service"
	for name, test := range map[string]struct {
		profile fakegitlab.Profile
		slug    string
		project string
		prepare func(*testing.T, *fakegitlab.Server)
		says    string
	}{
		"never configured, which is 404":         {fakegitlab.V19_1, "slack", "g/p", nil, notSetUp},
		"never configured, which is a null id":   {fakegitlab.V10_5, "slack", "g/p", nil, notSetUp},
		"switched off on 19.1":                   {fakegitlab.V19_1, "slack", "g/p", switchOffSlack, off},
		"switched off on 10.5":                   {fakegitlab.V10_5, "slack", "g/p", switchOffSlack, off},
		"an unknown path":                        {fakegitlab.V19_1, "slack", "g/nowhere", nil, noProject},
		"an unknown id":                          {fakegitlab.V16_0, "slack", "4711", nil, noProject},
		"a slug that an upgrade removed":         {fakegitlab.V19_1, "slack", "g/p", func(_ *testing.T, s *fakegitlab.Server) { s.RemoveSlug("slack") }, noService},
		"a slug that GitLab has removed":         {fakegitlab.V19_1, "hipchat", "g/p", nil, "GitLab removed this service in version 13.12"},
		"a slug that GitLab does not have yet":   {fakegitlab.V10_5, "hipchat", "g/p", func(_ *testing.T, s *fakegitlab.Server) { s.RemoveSlug("hipchat") }, noService},
		"a name that is no path":                 {fakegitlab.V19_1, "slack", "website", nil, "neither an id nor a full path"},
		"an address":                             {fakegitlab.V19_1, "slack", "https://gitlab.example.com/g/p", nil, "is an address"},
		"the path of a repository":               {fakegitlab.V19_1, "slack", "group/name.git", nil, "leave out the .git at its end"},
		"what git clones":                        {fakegitlab.V19_1, "slack", "git@gitlab.example.com:group/name.git", nil, "is an address"},
		"a path in the form that addresses have": {fakegitlab.V19_1, "slack", "g%2Fp", nil, "neither an id nor a path"},
		"a path with an empty part":              {fakegitlab.V19_1, "slack", "g//p", nil, "neither an id nor a path"},
		"blanks":                                 {fakegitlab.V19_1, "slack", " ", nil, "names no project"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, test.profile)
			server.AddProject("g/p")
			if test.prepare != nil {
				test.prepare(t, server)
			}
			service := acctest.Service(t, test.slug)
			r := Connect(t, server).Resource(service)
			for how, try := range map[string]func() (Object, Diagnostics){
				"id":       func() (Object, Diagnostics) { return r.Import(test.project, nil) },
				"identity": func() (Object, Diagnostics) { return r.Import("", identityOf(test.project)) },
			} {
				_, diags := try()
				if len(diags) != 1 || !diags[0].Error || diags[0].Summary != "Unable to import "+service.Title ||
					!strings.Contains(diags[0].Detail, test.says) || !strings.Contains(diags[0].Detail, strconv.Quote(test.project)) {
					t.Errorf("by %s: want one error that says %q: %s", how, test.says, diags)
				}
			}
		})
	}
}

func switchOffSlack(t *testing.T, server *fakegitlab.Server) {
	t.Helper()
	if err := server.Edit("g/p", "slack", map[string]any{"webhook": "https://hooks.slack.com/services/T0/B0/x"}); err != nil {
		t.Fatal(err)
	}
	if err := server.Disable("g/p", "slack"); err != nil {
		t.Fatal(err)
	}
}

func TestAnImportThatGitLabRefusesIsAnError(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	server.Inject(fakegitlab.Fault{Status: http.StatusForbidden, Body: `{"message":"403 Forbidden"}`})
	_, diags := Connect(t, server).Resource(acctest.Service(t, "slack")).Import("g/p", nil)
	if len(diags.Errors()) != 1 || !strings.Contains(diags.String(), "403 Forbidden") {
		t.Error(diags)
	}
}

// TestWriteOnlyValuesStandNowhere leaves the rest to the protocol client, which
// fails any plan that holds a write-only value.
func TestWriteOnlyValuesStandNowhere(t *testing.T) {
	t.Parallel()
	hasSecret := func(s *catalog.Service) bool { return len(s.Secrets()) > 0 }
	acctest.EachSubject(t, hasSecret, func(t *testing.T, lab *acctest.Lab, service acctest.Subject) {
		r := Connect(t, lab.Server).Of(service)
		settings := acctest.Full(service.Service, fakegitlab.V19_1).WriteOnly()
		config := service.Values(settings)
		created, diags := r.Set(Object{}, config)
		if len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}
		record, _ := lab.Record(service.At.Name, service.Slug)
		read, diags := r.Read(created)
		if len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}
		updated, diags := r.Apply(read, Planned{Object: read}, config)
		if len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}
		for _, a := range acctest.Full(service.Service, fakegitlab.V19_1) {
			if a.WriteOnly == "" {
				continue
			}
			if record.Params[a.Name] != a.Value {
				t.Errorf("GitLab's %s is %v, want %v", a.Name, record.Params[a.Name], a.Value)
			}
			for after, held := range map[string]Object{"create": created, "read": read, "update": updated} {
				if held.Values[a.Name] != nil || held.Values[a.Name+"_wo"] != nil || held.Values[a.Name+"_wo_version"] != int64(1) {
					t.Errorf("after %s the state holds %v, %v and the version %v", after, held.Values[a.Name], held.Values[a.Name+"_wo"], held.Values[a.Name+"_wo_version"])
				}
				for name, value := range held.Values {
					if value == a.Value {
						t.Errorf("after %s the state holds the secret as %s", after, name)
					}
				}
				if strings.Contains(string(held.Private), a.Value.(string)) {
					t.Errorf("after %s the private state holds %s", after, a.Name)
				}
			}
		}
	}, fakegitlab.V19_1)
}

func TestTheVersionOfAWriteOnlySecretIsPlanned(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	const required, optional = "asana", "jenkins" // api_key and password
	jenkins := map[string]any{"project": "g/p", "jenkins_url": "https://ci.example.com", "project_name": "web", "username": "u"}
	for name, test := range map[string]struct {
		slug    string
		config  map[string]any
		version string
		want    any
	}{
		"1 while x_wo is set":                            {required, map[string]any{"project": "g/p", "api_key_wo": "s"}, "api_key_wo_version", int64(1)},
		"null while x is set":                            {required, map[string]any{"project": "g/p", "api_key": "s"}, "api_key_wo_version", nil},
		"what is configured":                             {required, map[string]any{"project": "g/p", "api_key_wo": "s", "api_key_wo_version": 7}, "api_key_wo_version", int64(7)},
		"unknown where it is configured so":              {required, map[string]any{"project": "g/p", "api_key_wo": "s", "api_key_wo_version": Unknown}, "api_key_wo_version", Unknown},
		"1 while a required x_wo is unknown":             {required, map[string]any{"project": "g/p", "api_key_wo": Unknown}, "api_key_wo_version", int64(1)},
		"null while x is unknown":                        {required, map[string]any{"project": "g/p", "api_key": Unknown}, "api_key_wo_version", nil},
		"1 while an optional x_wo is set":                {optional, merge(jenkins, map[string]any{"password_wo": "s"}), "password_wo_version", int64(1)},
		"null while nothing optional is set":             {optional, merge(jenkins, map[string]any{"username": nil}), "password_wo_version", nil},
		"unknown while an optional x_wo is unknown":      {optional, merge(jenkins, map[string]any{"username": nil, "password_wo": Unknown}), "password_wo_version", Unknown},
		"1 while the x_wo that a user name needs is so":  {optional, merge(jenkins, map[string]any{"password_wo": Unknown}), "password_wo_version", int64(1)},
		"what is configured while x_wo is still unknown": {optional, merge(jenkins, map[string]any{"password_wo": Unknown, "password_wo_version": 3}), "password_wo_version", int64(3)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// A run of its own: in one, all of these were resources for one service.
			resource := Connect(t, server).Resource(acctest.Service(t, test.slug))
			if diags := resource.Validate(test.config); len(diags) > 0 {
				t.Fatal(diags)
			}
			planned, diags := resource.Plan(Object{}, test.config)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			if got := planned.Values[test.version]; got != test.want {
				t.Errorf("planned %v, want %v", got, test.want)
			}
		})
	}
}

func TestNothingOfAPlanIsKnownAfterApplyOnly(t *testing.T) {
	t.Parallel()
	p := NewProtocol(t)
	for _, service := range catalog.All() {
		for place, settings := range map[string]acctest.Settings{"g/p": acctest.Minimal(service), "g/q": acctest.Minimal(service).WriteOnly()} {
			planned, diags := p.Resource(service).Plan(Object{}, settings.Values(place))
			if len(diags) > 0 {
				t.Errorf("%s: %s", service.Slug, diags)
			}
			for name, value := range planned.Values {
				if value == Unknown {
					t.Errorf("%s of %s is known after apply only", name, service.Slug)
				}
			}
		}
	}
}

func TestAnUnknownOptionalSecretThatTurnsOutNullIsNone(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	jenkins := Connect(t, server).Resource(acctest.Service(t, "jenkins"))
	config := map[string]any{"project": "g/p", "jenkins_url": "https://ci.example.com", "project_name": "web", "password_wo": Unknown}
	planned, diags := jenkins.Plan(Object{}, config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	after, diags := jenkins.Apply(Object{}, planned, merge(config, map[string]any{"password_wo": nil}))
	if len(diags) > 0 || after.Values["password_wo_version"] != nil {
		t.Errorf("the version is %v: %s", after.Values["password_wo_version"], diags)
	}
}

// TestIgnoredChangesAreNotApplied although the configuration at apply has them.
func TestIgnoredChangesAreNotApplied(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	slack := Connect(t, server).Resource(acctest.Service(t, "slack"))
	config := map[string]any{"project": "g/p", "webhook": "https://hooks.example.com/1", "channel": "#a"}
	prior := slack.MustSet(Object{}, config)

	written := merge(config, map[string]any{"channel": "#b", "push_events": false, "username": "bot"})
	planned, diags := slack.Plan(prior, Ignoring(prior, written, "channel", "push_events"))
	after, more := slack.Apply(prior, planned, written)

	if len(diags)+len(more) > 0 {
		t.Fatalf("%s%s", diags, more)
	}
	record, _ := server.Record("g/p", "slack")
	if record.Params["channel"] != "#a" || record.Params["username"] != "bot" || record.Flags["push_events"] != true {
		t.Errorf("GitLab holds %v and %v", record.Params["channel"], record.Flags["push_events"])
	}
	if after.Values["channel"] != "#a" || after.Values["push_events"] != true {
		t.Errorf("the state holds %v and %v", after.Values["channel"], after.Values["push_events"])
	}
}

func TestOneSecretHasOneValue(t *testing.T) {
	t.Parallel()
	p := NewProtocol(t)
	for _, service := range catalog.All() {
		for _, secret := range service.Secrets() {
			settings := acctest.Minimal(service)
			for _, a := range service.Arguments() {
				if a.Name == secret {
					settings = settings.With(secret, a.Value).With(secret+"_wo", a.Value)
				}
				if slices.Contains(a.With, secret) {
					settings = settings.With(a.Name, a.Value)
				}
			}
			config := settings.Values("g/p")
			r := p.Resource(service)
			if diags := r.Validate(config); len(diags.Errors()) != 1 || len(diags.Errors().On(secret+"_wo")) != 1 {
				t.Errorf("both %s of %s: %s", secret, service.Slug, diags)
			}
			if diags := r.Validate(merge(config, map[string]any{secret + "_wo": nil, secret + "_wo_version": 2})); len(diags.Errors()) != 1 || len(diags.Errors().On(secret+"_wo_version")) != 1 {
				t.Errorf("a version of %s of %s without its value: %s", secret, service.Slug, diags)
			}
			for _, one := range []map[string]any{{secret: nil}, {secret + "_wo": nil}, {secret: Unknown}, {secret + "_wo": Unknown}} {
				if diags := r.Validate(merge(config, one)); len(diags) > 0 {
					t.Errorf("%s with %v: %s", service.Slug, one, diags)
				}
			}
		}
	}
}

func TestARequiredSecretIsMissedByThePlanOfAChange(t *testing.T) {
	t.Parallel()
	required := func(service *catalog.Service) []catalog.Argument {
		return slices.DeleteFunc(service.Arguments(), func(a catalog.Argument) bool { return a.WriteOnly == "" || !a.Required })
	}
	acctest.EachSubject(t, func(s *catalog.Service) bool { return len(required(s)) > 0 }, func(t *testing.T, lab *acctest.Lab, service acctest.Subject) {
		required := required(service.Service)
		r := Connect(t, lab.Server).Of(service)
		full := service.Values(acctest.Minimal(service.Service))
		bare := maps.Clone(full)
		for _, a := range required {
			delete(bare, a.Name)
		}
		if diags := r.Validate(bare); len(diags) > 0 {
			t.Errorf("validate must accept it, for imports: %s", diags)
		}
		missed := func(when string, from Object, diags Diagnostics) {
			t.Helper()
			for _, a := range required {
				if from.Values[a.Name] != nil {
					// An import has found it, so that it can be sent.
					if on := diags.On(a.Name); len(on) > 0 {
						t.Errorf("%s: the state has %s: %s", when, a.Name, diags)
					}
					continue
				}
				// An error would keep what is in the state from being destroyed.
				if on := diags.On(a.Name); len(on) != 1 || on[0].Error != (from.Values == nil) || !strings.Contains(on[0].Detail, "`"+a.Name+"`") || !strings.Contains(on[0].Detail, "`"+a.Name+"_wo`") {
					t.Errorf("%s: want one diagnostic of %s that names it and its _wo: %s", when, a.Name, diags)
				}
			}
		}
		_, diags := r.Plan(Object{}, bare)
		missed("create", Object{}, diags)

		if _, diags := r.Set(Object{}, full); len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}
		imported, diags := r.Import(service.At.Name, nil)
		if len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}
		// What GitLab makes of a default is a change, and a user would write it.
		for name, value := range imported.Values {
			if value != nil && !slices.Contains(service.Secrets(), name) {
				bare[name] = value
			}
		}
		// GitLab up to 15.x shows webhooks: an import takes them, and they stay.
		planned, diags := r.Plan(imported, bare)
		if len(diags) > 0 || !reflect.DeepEqual(planned.Values, imported.Values) {
			t.Errorf("adopting without the secret: %s\nfrom %v\nto   %v", diags, imported.Values, planned.Values)
		}
		for _, a := range service.Arguments() {
			if a.Event && bare[a.Name] != nil {
				_, diags := r.Plan(imported, merge(bare, map[string]any{a.Name: bare[a.Name] != true}))
				missed("a change of "+a.Name, imported, diags)
			}
		}
	})
}

func TestARequiredSecretThatTurnsOutNullIsRefusedBeforeAnyRequest(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	asana := Connect(t, server).Resource(acctest.Service(t, "asana"))
	held := asana.MustSet(Object{}, map[string]any{"project": "g/p", "api_key": "0/secret"})
	for _, name := range []string{"api_key", "api_key_wo"} {
		for when, prior := range map[string]Object{"create": {}, "update": held} {
			server.ResetRequests()
			config := map[string]any{"project": "g/p", name: Unknown}
			planned, diags := asana.Plan(prior, config)
			if len(diags) > 0 {
				t.Fatalf("%s: %s", when, diags)
			}
			if planned.Values["api_key"] == Unknown {
				planned.Values["api_key"] = nil
			}
			config[name] = nil
			after, diags := asana.Apply(prior, planned, config)
			if len(diags.Errors()) != 1 || len(diags.Errors().On("api_key")) != 1 {
				t.Errorf("%s with %s: want one error of api_key: %s", when, name, diags)
			}
			if got := server.Requests(); len(got) > 0 {
				t.Errorf("%s with %s: %d requests", when, name, len(got))
			}
			if !reflect.DeepEqual(after.Values, prior.Values) {
				t.Errorf("%s with %s: the state is %v", when, name, after.Values)
			}
		}
	}
}

func TestNoApplyDeletesWhatItHasJustSet(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		old, new string
		// forgets: the state is of a release that did not keep GitLab's id.
		forgets bool
	}{
		"under the same name":                       {"g/p", "g/p", false},
		"by path, then by id":                       {"g/p", "1", false},
		"by id, then by path":                       {"1", "g/p", false},
		"by path, then by id, and not known before": {"g/p", "1", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.Server(t, fakegitlab.V19_1)
			server.AddProject("g/p")
			service := acctest.Service(t, "asana")
			config := map[string]any{"project": test.old, "api_key": "0/secret"}
			old := Connect(t, server).Resource(service).MustSet(Object{}, config)
			if test.forgets {
				old.Private = nil
			}
			// An apply is another process.
			p := Connect(t, server)
			p.Resource(service).MustSet(Object{}, merge(config, map[string]any{"project": test.new}))
			server.ResetRequests()
			after, diags := p.Resource(service).Delete(old)
			if after.Values != nil || len(diags) != 1 || diags[0].Error || diags[0].Summary != "Service kept" {
				t.Errorf("leaves %v: %s", after.Values, diags)
			}
			if got := server.Counts()[http.MethodDelete]; got != 0 {
				t.Errorf("%d deletes", got)
			}
			if record, ok := server.Record("g/p", "asana"); !ok || !record.Active {
				t.Error("the service is gone")
			}

			// The memory ends with the apply.
			if _, diags := Connect(t, server).Resource(service).Delete(old); len(diags) > 0 {
				t.Error(diags)
			}
			if record, _ := server.Record("g/p", "asana"); record.Active {
				t.Error("a later apply does not delete the service")
			}
		})
	}
}

func TestAnotherProjectsServiceIsDeletedByTheApplyThatSetsOne(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	server.AddProject("g/other")
	asana := Connect(t, server).Resource(acctest.Service(t, "asana"))
	old := asana.MustSet(Object{}, map[string]any{"project": "g/p", "api_key": "0/secret"})

	p := Connect(t, server)
	asana = p.Resource(acctest.Service(t, "asana"))
	asana.MustSet(Object{}, map[string]any{"project": "2", "api_key": "0/secret"})
	for _, private := range [][]byte{old.Private, nil} {
		old.Private = private
		if _, diags := asana.Delete(old); len(diags) > 0 {
			t.Error(diags)
		}
	}
	if record, _ := server.Record("g/p", "asana"); record.Active {
		t.Error("the service of g/p is still there")
	}
	if record, _ := server.Record("g/other", "asana"); !record.Active {
		t.Error("the service of g/other is gone")
	}
}

func TestASecretWithoutAStampIsWatchedFromTheNextReadOn(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	asana := Connect(t, server).Resource(acctest.Service(t, "asana"))
	held := asana.MustSet(Object{}, map[string]any{"project": "g/p", "api_key": "0/secret"})
	held.Private = nil // as where another provider has kept the state
	held, diags := asana.Read(held)
	if len(diags) > 0 || held.Values["api_key"] != "0/secret" {
		t.Fatalf("the first read gives %v: %s", held.Values["api_key"], diags)
	}
	server.SetClock(func() time.Time { return time.Now().Add(time.Hour) })
	if err := server.Edit("g/p", "asana", map[string]any{"api_key": "0/other"}); err != nil {
		t.Fatal(err)
	}
	held, diags = asana.Read(held)
	if len(diags.Warnings()) != 1 || held.Values["api_key"] != nil {
		t.Errorf("the second read does not forget the secret: %s", diags)
	}
}
