package page

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

type values = map[string]any

// one is the project that a site begins with.
var one = placeOf("project", 1, "demo/website")

func placeOf(noun string, id int64, path string) place {
	return place{fakegitlab.Place{Noun: noun, ID: id, Path: path}}
}

// addressOf is that of a service.
func (pl place) addressOf(slug string) string { return target{place: pl, slug: slug}.address() }

func newHandler(t *testing.T, gitlab *fakegitlab.Server) http.Handler {
	t.Helper()
	handler, err := New(gitlab)
	if err != nil {
		t.Fatal(err)
	}
	return handler
}

// site is a fake and its page.
type site struct {
	*fakegitlab.Server
	handler http.Handler
}

func newSite(t *testing.T, profile fakegitlab.Profile) site {
	t.Helper()
	gitlab := fakegitlab.New(profile)
	gitlab.AddProject("demo/website")
	return site{gitlab, newHandler(t, gitlab)}
}

// do sends a request to the page, as a browser sends one from the page itself
// unless header ("Name: value") says otherwise.
func (s site) do(t *testing.T, method, path string, form url.Values, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "http://127.0.0.1:8930"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for _, h := range header {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

func (s site) get(t *testing.T, path string) string {
	t.Helper()
	w := s.do(t, http.MethodGet, path, nil)
	if w.Code != http.StatusOK {
		t.Fatalf("GET %s = %d %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

// post sends a form and checks the status, 303 being success.
func (s site) post(t *testing.T, slug string, form url.Values, status int) string {
	t.Helper()
	w := s.do(t, http.MethodPost, one.addressOf(slug), form)
	if w.Code != status {
		t.Fatalf("POST = %d %s", w.Code, w.Body)
	}
	return w.Body.String() + w.Header().Get("Location")
}

func (s site) record(t *testing.T, slug string) fakegitlab.Record {
	t.Helper()
	rec, ok := s.Record("1", slug)
	if !ok {
		t.Fatalf("no record of %s", slug)
	}
	return rec
}

// configure sets a service up, with what GitLab wants of it where the test does
// not say.
func (s site) configure(t *testing.T, slug string, changes values) {
	t.Helper()
	all := maps.Clone(wanted[slug])
	if all == nil {
		all = values{}
	}
	maps.Copy(all, changes)
	if err := s.Edit("1", slug, all); err != nil {
		t.Fatal(err)
	}
}

// wanted is what GitLab does not save a service without.
var wanted = map[string]values{
	"slack":          {"webhook": "https://hooks.example.com/wanted"},
	"irker":          {"recipients": "irc://irc.example.com/channel"},
	"jira":           {"url": "https://jira.example.com", "username": "u", "password": "p"},
	"emails-on-push": {"recipients": "wanted@example.com"},
}

// request sends a request to the API: to demo/website unless a project is given.
func request(t *testing.T, gitlab *fakegitlab.Server, method, slug, body string, project ...string) {
	t.Helper()
	path := "demo/website"
	if len(project) > 0 {
		path = project[0]
	}
	r := httptest.NewRequestWithContext(t.Context(), method, "http://gitlab/api/v4/projects/"+url.PathEscape(path)+"/services/"+slug, strings.NewReader(body))
	r.Header.Set("PRIVATE-TOKEN", gitlab.Token())
	r.Header.Set("Content-Type", "application/json")
	gitlab.ServeHTTP(httptest.NewRecorder(), r)
}

// formOf is what a browser sends when the person saves the settings' form as it
// is.
func formOf(t *testing.T, text string) url.Values {
	t.Helper()
	form := url.Values{}
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.Strict, decoder.AutoClose, decoder.Entity = false, []string{"meta", "link", "input", "wbr"}, xml.HTMLEntity
	inside, chosen := false, ""
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return form
		}
		if err != nil {
			t.Fatalf("the page is not well-formed: %v\n%s", err, text)
		}
		start, isStart := token.(xml.StartElement)
		if end, isEnd := token.(xml.EndElement); isEnd && end.Name.Local == "form" {
			inside = false
		}
		if !isStart {
			continue
		}
		attr := map[string]string{}
		for _, a := range start.Attr {
			attr[a.Name.Local] = a.Value
		}
		_, checked := attr["checked"]
		switch {
		case start.Name.Local == "form":
			inside = attr["class"] == "settings"
		case !inside:
		case start.Name.Local == "textarea":
			var content string
			if err := decoder.DecodeElement(&content, &start); err != nil {
				t.Fatal(err)
			}
			form.Set(attr["name"], strings.ReplaceAll(strings.TrimPrefix(content, "\n"), "\n", "\r\n"))
		case start.Name.Local == "select":
			chosen = attr["name"]
		case start.Name.Local == "option":
			if _, is := attr["selected"]; is {
				form.Set(chosen, attr["value"])
			}
		case start.Name.Local == "input" && (attr["type"] != "checkbox" || checked):
			form.Set(attr["name"], strings.ReplaceAll(attr["value"], "\n", "\r\n"))
		}
	}
}

// sample is a value for a setting that tells it from all others.
func sample(p fakegitlab.ParamContract) any {
	switch p.Type {
	case "boolean":
		return true
	case "integer":
		return 4711
	case "array":
		return []string{"first-" + p.Name, "second-" + p.Name}
	}
	return "value of " + p.Name + "\nwith a second line & <b>markup</b>"
}

// eachService runs f on every service of every profile, with every setting
// set.
func eachService(t *testing.T, f func(*testing.T, site, fakegitlab.ServiceContract)) {
	t.Helper()
	for _, profile := range fakegitlab.Profiles() {
		for _, slug := range fakegitlab.Slugs(profile) {
			t.Run(string(profile)+" "+slug, func(t *testing.T) {
				t.Parallel()
				s := newSite(t, profile)
				contract, _ := fakegitlab.Contract(profile, slug)
				changes := values{}
				for _, p := range contract.Params {
					if !p.Fatal {
						changes[p.Name] = sample(p)
					}
				}
				s.configure(t, slug, changes)
				f(t, s, contract)
			})
		}
	}
}

func TestEverySettingIsShownWithALabelAndNoSecret(t *testing.T) {
	t.Parallel()
	eachService(t, func(t *testing.T, s site, contract fakegitlab.ServiceContract) {
		glance, form := s.get(t, "/"), s.get(t, one.addressOf(contract.Slug))
		labelled(t, contract.Slug, form)
		if !strings.Contains(glance, contract.Title) && !strings.Contains(glance, "value of title") {
			t.Errorf("%s is not on the page", contract.Title)
		}
		for _, p := range contract.Params {
			if p.Fatal || p.Dropped {
				continue
			}
			hidden := kindOf(contract.Slug, p) == secret
			for place, text := range map[string]string{"glance": glance, "form": form} {
				if !strings.Contains(text, p.Name) {
					t.Errorf("%s is not in the %s", p.Name, place)
				}
				if p.Type == "string" && strings.Contains(text, "value of "+p.Name+"\n") == hidden {
					t.Errorf("%s, a secret: %t, in the %s:\n%s", p.Name, hidden, place, text)
				}
				if strings.Contains(text, "<b>markup") {
					t.Errorf("%s is not escaped in the %s", p.Name, place)
				}
			}
			if p.Secret && !hidden {
				t.Errorf("%s is a secret", p.Name)
			}
		}
		for _, name := range contract.Events {
			if !strings.Contains(form, `name="`+name+`"`) {
				t.Errorf("%s is not in the form", name)
			}
		}
	})
}

func TestAFormThatIsSavedAsItIsChangesNothing(t *testing.T) {
	t.Parallel()
	eachService(t, func(t *testing.T, s site, contract fakegitlab.ServiceContract) {
		before := s.record(t, contract.Slug)
		form := formOf(t, s.get(t, one.addressOf(contract.Slug)))
		if len(form) < len(contract.Events) {
			t.Fatalf("the form is %v", form)
		}
		if got := s.post(t, contract.Slug, form, http.StatusSeeOther); !strings.Contains(got, "done=nothing") {
			t.Errorf("it leads to %s", got)
		}
		if after := s.record(t, contract.Slug); !reflect.DeepEqual(before, after) {
			t.Errorf("%+v became %+v", before, after)
		}
	})
}

func TestWhatAReleaseAnswersAndAnotherHidesIsASecret(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V10_5)
	s.configure(t, "slack", values{"webhook": "https://hooks.example.com/hush"})
	text := s.get(t, "/") + s.get(t, one.addressOf("slack"))
	if strings.Contains(text, "hush") || !strings.Contains(text, "leave blank to keep it") {
		t.Errorf("the webhook of 10.5 is on the page:\n%s", text)
	}
}

func TestEachKindOfSettingCanBeEdited(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		slug, name, typed string
		before, after     any
	}{
		{"slack", "channel", "#b", "#a", "#b"},
		{"slack", "channel", "", "#a", ""},
		{"slack", "channel", "#b", nil, "#b"},
		{"slack", "webhook", "https://new.example.com", "https://old.example.com", "https://new.example.com"},
		{"slack", "notify_only_broken_pipelines", "", true, false},
		{"slack", "notify_only_broken_pipelines", "true", false, true},
		{"slack", "notify_only_broken_pipelines", "", "1", false},
		{"irker", "server_port", "6660", 6659, float64(6660)},
		{"irker", "server_port", "", 6659, nil},
		{"jira", "project_keys", "A\r\n\r\nC\r\n", []string{"A", "B"}, []any{"A", "C"}},
		{"jira", "project_keys", "", []string{"A", "B"}, []any{}},
		{"emails-on-push", "recipients", "a@example.com\r\nc@example.com", "a@example.com\nb@example.com", "a@example.com\nc@example.com"},
	} {
		t.Run(fmt.Sprint(tt.slug, tt.name, tt.before, tt.after), func(t *testing.T) {
			t.Parallel()
			s := newSite(t, fakegitlab.V19_1)
			s.configure(t, tt.slug, values{tt.name: tt.before})
			before := s.record(t, tt.slug)
			form := formOf(t, s.get(t, one.addressOf(tt.slug)))
			form.Set(tt.name, tt.typed)
			if got := s.post(t, tt.slug, form, http.StatusSeeOther); !strings.Contains(got, "done=saved#p1-"+tt.slug) {
				t.Errorf("it leads to %s", got)
			}
			after := s.record(t, tt.slug)
			if !reflect.DeepEqual(after.Params[tt.name], tt.after) {
				t.Errorf("%s is %#v", tt.name, after.Params[tt.name])
			}
			before.Params[tt.name] = tt.after
			if !reflect.DeepEqual(before.Params, after.Params) || !maps.Equal(before.Flags, after.Flags) || !after.Active {
				t.Errorf("something else changed: %+v became %+v", before, after)
			}
		})
	}
}

func TestAnEventCanBeSwitched(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V10_5)
	s.configure(t, "slack", values{"push_events": true, "note_events": nil})
	form := formOf(t, s.get(t, one.addressOf("slack")))
	form.Del("push_events")
	form.Set("note_events", "true")
	s.post(t, "slack", form, http.StatusSeeOther)
	if flags := s.record(t, "slack").Flags; flags["push_events"] != false || flags["note_events"] != true {
		t.Errorf("the flags are %v", flags)
	}
}

func TestAFormOlderThanAnApplyDoesNotUndoIt(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	s.configure(t, "slack", values{"channel": "#a", "username": "u", "push_events": true})
	form := formOf(t, s.get(t, one.addressOf("slack")))
	s.configure(t, "slack", values{"channel": "#applied", "push_events": false})
	form.Set("username", "by hand")
	s.post(t, "slack", form, http.StatusSeeOther)
	rec := s.record(t, "slack")
	if rec.Params["channel"] != "#applied" || rec.Flags["push_events"] != false || rec.Params["username"] != "by hand" {
		t.Errorf("it is %+v", rec)
	}
}

func TestAFormThatMakesNoSenseChangesNothing(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]url.Values{
		"GitLab refuses it: server_port is invalid": {"was.server_port": {"6659"}, "server_port": {"many"}, "was.server_host": {""}, "server_host": {"h"}},
		"active must be true or false":              {"active": {"perhaps"}},
	} {
		s := newSite(t, fakegitlab.V19_1)
		s.configure(t, "irker", values{"server_port": 6659})
		before := s.record(t, "irker")
		if got := s.post(t, "irker", form, http.StatusUnprocessableEntity); !strings.Contains(got, `role="alert">`+name) {
			t.Errorf("%q is not in\n%s", name, got)
		}
		if after := s.record(t, "irker"); !reflect.DeepEqual(before, after) {
			t.Errorf("%+v became %+v", before, after)
		}
	}
	s := newSite(t, fakegitlab.V19_1)
	s.configure(t, "irker", nil)
	long := url.Values{"was.server_host": {""}, "server_host": {strings.Repeat("x", maxForm)}}
	s.post(t, "irker", long, http.StatusBadRequest)
}

func TestTheSwitchTurnsAServiceOffAndOnAndKeepsItsSettings(t *testing.T) {
	t.Parallel()
	for _, profile := range fakegitlab.Profiles() {
		s := newSite(t, profile)
		s.configure(t, "slack", values{"channel": "#a", "webhook": "https://hooks.example.com"})
		for _, on := range []bool{false, true} {
			if got := s.post(t, "slack", url.Values{"active": {strconv.FormatBool(on)}}, http.StatusSeeOther); !strings.Contains(got, fmt.Sprint("done=", on)) {
				t.Errorf("%s: it leads to %s", profile, got)
			}
			rec := s.record(t, "slack")
			if rec.Active != on || rec.Params["channel"] != "#a" || rec.Params["webhook"] != "https://hooks.example.com" {
				t.Errorf("%s: switched to %t it is %+v", profile, on, rec)
			}
			if text := s.get(t, "/"); !strings.Contains(text, fmt.Sprintf(`role="switch" aria-checked="%t"`, on)) {
				t.Errorf("%s: switched to %t it looks like\n%s", profile, on, text)
			}
		}
	}
}

func TestASwitchThatGitLabSetsByItselfSaysSo(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V10_5)
	s.configure(t, "prometheus", values{"manual_configuration": false})
	if got := s.post(t, "prometheus", url.Values{"active": {"true"}}, http.StatusUnprocessableEntity); !strings.Contains(got, "by its settings") {
		t.Errorf("it says\n%s", got)
	}
}

func TestANoticeStandsWhereTheFormWas(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	s.configure(t, "slack", nil)
	for word, notice := range notices {
		text := s.get(t, one.addressOf("slack")+"?done="+word)
		if !strings.Contains(text, notice) || strings.Contains(text, `class="settings"`) {
			t.Errorf("%s:\n%s", word, text)
		}
	}
	if text := s.get(t, one.addressOf("slack")+"?done=hacked"); strings.Contains(text, "hacked") || !strings.Contains(text, `class="settings"`) {
		t.Errorf("a word of a stranger:\n%s", text)
	}
}

func TestAnEmptyGitLabHasAPageToo(t *testing.T) {
	t.Parallel()
	gitlab := fakegitlab.New(fakegitlab.V19_1)
	s := site{gitlab, newHandler(t, gitlab)}
	if text := s.get(t, "/"); !strings.Contains(text, "There are no projects.") || !strings.Contains(text, "none yet") {
		t.Errorf("it looks like\n%s", text)
	}
	gitlab.AddProject("a/b")
	if text := s.get(t, "/"); strings.Contains(text, "There are no projects.") || strings.Count(text, "no services") != 3 {
		t.Errorf("with a project, its group and the instance it looks like\n%s", text)
	}
	if text := s.get(t, "/projects/1"); !strings.Contains(text, "No service was ever configured here.") {
		t.Errorf("the project looks like\n%s", text)
	}
}

func TestAnInheritedServiceSaysSo(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	s.SetInstanceDefault("slack", values{"channel": "#all", "webhook": "https://hooks.example.com/all"})
	s.AddProject("demo/heir")
	text := s.get(t, "/")
	if strings.Count(text, ">inherited from the instance<") != 1 || strings.Index(text, `id="i0"`) > strings.Index(text, `id="g1"`) {
		t.Errorf("it looks like\n%s", text)
	}
	if w := s.do(t, http.MethodPost, placeOf("instance", 0, "").addressOf("slack"), url.Values{"was.channel": {"#all"}, "channel": {"#everybody"}}); w.Code != http.StatusSeeOther {
		t.Errorf("POST = %d", w.Code)
	}
	s.Propagate()
	if rec, _ := s.Record("demo/heir", "slack"); rec.Params["channel"] != "#everybody" {
		t.Errorf("a changed default of the instance does not reach %+v", rec)
	}
}

func TestAPersonChoosesWhoseSettingsAServiceHas(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	s.configure(t, "slack", values{"channel": "#website"})
	if text := s.get(t, "/"); strings.Contains(text, "Follow ") || strings.Contains(text, ">its own<") {
		t.Errorf("with nothing to follow it looks like\n%s", text)
	}
	if got := s.post(t, "slack", url.Values{"inherit": {"true"}}, http.StatusUnprocessableEntity); !strings.Contains(got, "Default integration not found.") {
		t.Errorf("following nothing says\n%s", got)
	}
	if err := s.Edit("demo", "slack", values{"channel": "#demo"}); err != nil {
		t.Fatal(err)
	}
	if text := s.get(t, "/"); !strings.Contains(text, ">Follow demo<") || strings.Count(text, ">its own<") != 1 {
		t.Errorf("with a group to follow it looks like\n%s", text)
	}
	for _, tt := range []struct {
		inherit, notice, looks string
		inherited              bool
	}{
		{"true", "done=follows", ">inherited from demo<", true},
		{"false", "done=own", ">its own<", false},
	} {
		if got := s.post(t, "slack", url.Values{"inherit": {tt.inherit}}, http.StatusSeeOther); !strings.Contains(got, tt.notice) {
			t.Errorf("%s leads to %s", tt.inherit, got)
		}
		rec := s.record(t, "slack")
		if rec.Inherited != tt.inherited || rec.Params["channel"] != "#demo" || !strings.Contains(s.get(t, "/"), tt.looks) {
			t.Errorf("%s: %+v\n%s", tt.inherit, rec, s.get(t, "/"))
		}
	}
	s.post(t, "slack", url.Values{"inherit": {"perhaps"}}, http.StatusUnprocessableEntity)
}

func TestAServiceThatNoReleaseHasIsShownWithoutItsSecrets(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	if err := s.Serve(`{"slug": "acme-desk", "title": "Acme Desk",
		"params": [{"name": "board", "type": "string"}, {"name": "entry", "type": "string", "hidden": true}]}`); err != nil {
		t.Fatal(err)
	}
	s.configure(t, "acme-desk", values{"board": "roadmap", "entry": "hush"})
	if text := s.get(t, one.addressOf("acme-desk")) + s.get(t, "/"); strings.Contains(text, "hush") || !strings.Contains(text, "roadmap") {
		t.Errorf("it looks like\n%s", text)
	}
}

func TestGroupsStandAboveTheirProjectsWithWhatIsHandedDown(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	group := placeOf("group", 1, "demo")
	if err := s.Edit("demo", "slack", values{"channel": "#all"}); err != nil {
		t.Fatal(err)
	}
	if text := s.get(t, "/"); strings.Contains(text, ">inherited") || !strings.Contains(text, `name="delay" value="-1"`) || !strings.Contains(text, "1 waiting") {
		t.Errorf("before the jobs ran it looks like\n%s", text)
	}
	if w := s.do(t, http.MethodPost, "/jobs", url.Values{"delay": {"3"}}); w.Code != http.StatusSeeOther || s.Propagation() != 3*time.Second || s.Waiting() != 1 {
		t.Errorf("POST = %d, the delay is %v, %d wait", w.Code, s.Propagation(), s.Waiting())
	}
	if w := s.do(t, http.MethodPost, "/jobs", nil, "Referer: http://127.0.0.1:8930/projects/1?q=demo"); w.Code != http.StatusSeeOther || s.Propagation() != 3*time.Second || w.Header().Get("Location") != "/projects/1?q=demo" {
		t.Errorf("POST = %d, the delay is %v", w.Code, s.Propagation())
	}
	if text := s.get(t, "/"); strings.Count(text, ">inherited from demo<") != 1 || !strings.Contains(text, "0 waiting") {
		t.Errorf("after the jobs ran it looks like\n%s", text)
	}
	w := s.do(t, http.MethodPost, group.addressOf("slack"), url.Values{"active": {"false"}})
	if rec, _ := s.Record("demo", "slack"); w.Code != http.StatusSeeOther || rec.Active {
		t.Errorf("switching the group's off: %d, %+v", w.Code, rec)
	}
	if w := s.do(t, http.MethodPost, "/jobs", url.Values{"delay": {"soon"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a delay that is none = %d", w.Code)
	}
}

func TestProjectsStandInTheirGroups(t *testing.T) {
	t.Parallel()
	gitlab := fakegitlab.New(fakegitlab.V19_1)
	s := site{gitlab, newHandler(t, gitlab)}
	for _, path := range []string{"b/two", "a/sub/deep", "a/x", "a-b/three"} {
		gitlab.AddProject(path)
	}
	var outline []string
	for _, line := range regexp.MustCompile(`class="group d(\d)"[^>]*>(?:<a[^>]*>)?([^<]*)|class="project d(\d)"[^>]*>(?:<a[^>]*>)?([^<]*)`).FindAllStringSubmatch(s.get(t, "/"), -1) {
		outline = append(outline, line[1]+line[3]+line[2]+line[4])
	}
	want := []string{"0a-b", "1a-b/three", "0a", "1a/sub", "2a/sub/deep", "1a/x", "0b", "1b/two"}
	if !slices.Equal(outline, want) {
		t.Errorf("the outline is %q, want %q", outline, want)
	}
}

func TestGroupsWithoutServicesAreNotShown(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V16_0)
	if text := s.get(t, "/"); strings.Contains(text, "group 1") || !strings.Contains(text, `id="waiting" method="post" action="/jobs" hidden`) {
		t.Errorf("it looks like\n%s", text)
	}
}

func TestAddressesThatLeadNowhereAreNotFound(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	s.configure(t, "slack", nil)
	for _, path := range []string{"/projects/2/services/slack", "/projects/x/services/slack", "/projects/2", "/projects/1/services/nothing", "/projects/1/services/nothing/more", "/projects/1/more", "/groups/demo/services/apple-app-store", "/groups/nobody/services/slack", "/groups/1", "/page.html", "/api/v4/version"} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			w := s.do(t, method, path, url.Values{"active": {"true"}})
			if w.Code != http.StatusNotFound && (w.Code != http.StatusMethodNotAllowed || method == http.MethodGet) {
				t.Errorf("%s %s = %d", method, path, w.Code)
			}
		}
	}
	if w := s.do(t, http.MethodDelete, one.addressOf("slack"), nil); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("DELETE = %d", w.Code)
	}
}

func TestRequestsAreShownByTheNamesOfTheirParameters(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	request(t, s.Server, http.MethodPut, "slack", `{"webhook":"https://hooks.example.com/hush","channel":"#hush"}`)
	request(t, s.Server, http.MethodGet, "nothing?private_token=hush", "")
	request(t, s.Server, http.MethodPut, "jira", `{"a":"hush","b":"hush","c":"hush","d":"hush","e":"hush","f":"hush"}`)
	s.Inject(fakegitlab.Fault{Drop: true})
	request(t, s.Server, http.MethodDelete, "slack", "")
	_, log, _ := strings.Cut(s.get(t, "/"), `id="requests"`)
	for _, want := range []string{"demo%2Fwebsite/<wbr>services/<wbr>slack", "<p>channel, webhook</p>", `<span class="status">200</span>`, `" class="failed">`, `<span class="status">400</span>`,
		`a, b, c, d <span class="rest">and 2 more</span>`, `<span class="name">f</span>`, "the connection was dropped"} {
		if !strings.Contains(log, want) {
			t.Errorf("%q is not in\n%s", want, log)
		}
	}
	if strings.Contains(log, "hush") {
		t.Errorf("a value is in\n%s", log)
	}
	if strings.Index(log, "<b>DELETE</b>") > strings.Index(log, "<b>PUT</b>") {
		t.Errorf("the newest is not first in\n%s", log)
	}
}

func TestOnlyTheLastRequestsAreShown(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	for range maxRequests + 1 {
		request(t, s.Server, http.MethodGet, "slack", "")
	}
	text := s.get(t, "/")
	if n := strings.Count(text, "<b>GET</b>"); n != maxRequests || !strings.Contains(text, "31 in all, newest first") {
		t.Errorf("%d requests are in\n%s", n, text)
	}
}

func TestOnlyNamesOfTheLoopbackInterfaceAreAnswered(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	for host, want := range map[string]int{
		"127.0.0.1:8930": 200, "localhost:8930": 200, "[::1]:8930": 200, "127.0.0.1": 200, "localhost": 200,
		"evil.example:8930": 421, "127.0.0.1.evil.example": 421, "localhost.evil.example:1": 421, "evil.localhost": 421,
		"10.0.0.1:8930": 421, "[::2]:8930": 421, "": 421, "127.0.0.1@evil.example": 421, "localhost:evil.example": 421,
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
			r := httptest.NewRequestWithContext(t.Context(), method, "/", nil)
			r.Host = host
			w := httptest.NewRecorder()
			s.handler.ServeHTTP(w, r)
			if got := w.Code; got != want && (want != 200 || method != http.MethodPost || got != http.StatusMethodNotAllowed) {
				t.Errorf("%s for %q = %d, want %d", method, host, got, want)
			}
		}
	}
}

func TestOnlyThePageItselfMayPost(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		header []string
		want   int
	}{
		{[]string{"Sec-Fetch-Site: same-origin", "Origin: http://127.0.0.1:8930"}, http.StatusSeeOther},
		{[]string{"Sec-Fetch-Site: cross-site", "Origin: http://evil.example"}, http.StatusForbidden},
		{[]string{"Sec-Fetch-Site: same-site", "Origin: http://127.0.0.1:1"}, http.StatusForbidden},
		{[]string{"Sec-Fetch-Site: cross-site", "Origin: null"}, http.StatusForbidden},
		// Browsers that do not know Sec-Fetch-Site.
		{[]string{"Sec-Fetch-Site: ", "Origin: http://127.0.0.1:8930"}, http.StatusSeeOther},
		{[]string{"Sec-Fetch-Site: ", "Origin: http://127.0.0.1:1"}, http.StatusForbidden},
		{[]string{"Sec-Fetch-Site: ", "Origin: http://evil.example"}, http.StatusForbidden},
		{[]string{"Sec-Fetch-Site: ", "Origin: null"}, http.StatusForbidden},
	} {
		s := newSite(t, fakegitlab.V19_1)
		s.configure(t, "slack", values{"channel": "#a"})
		before := s.record(t, "slack")
		w := s.do(t, http.MethodPost, one.addressOf("slack"), url.Values{"active": {"false"}}, tt.header...)
		if w.Code != tt.want || s.record(t, "slack").Active != (tt.want == http.StatusForbidden) {
			t.Errorf("%q = %d, want %d; before it was %+v", tt.header, w.Code, tt.want, before)
		}
	}
}

func TestTheBrowserIsToldToStayAtHome(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	for path, kind := range map[string]string{"/": "text/html", "/page.css": "text/css", "/page.js": "text/javascript"} {
		w := s.do(t, http.MethodGet, path, nil)
		if got := w.Header().Get("Content-Type"); w.Code != http.StatusOK || !strings.HasPrefix(got, kind) {
			t.Errorf("GET %s = %d %s", path, w.Code, got)
		}
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "same-origin",
		} {
			if got := w.Header().Get(name); !strings.HasPrefix(got, want) {
				t.Errorf("%s of %s is %q", name, path, got)
			}
		}
		if text := w.Body.String(); strings.Contains(text, "http://") || strings.Contains(text, "https://") {
			t.Errorf("%s names something outside", path)
		}
	}
}

// labelled checks that each control of a form has a label, and an id of its own.
func labelled(t *testing.T, slug, text string) {
	t.Helper()
	ids := map[string]int{}
	for _, part := range strings.Split(text, ` id="`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		ids[id]++
	}
	for id, n := range ids {
		if n != 1 {
			t.Errorf("%d elements are %s", n, id)
		}
	}
	for name := range formOf(t, text) {
		id := one.idOf(slug) + "-" + strings.TrimPrefix(name, was)
		wrapped := strings.Contains(text, `<input id="`+id+`" name="`+strings.TrimPrefix(name, was)+`" type="checkbox"`)
		if !wrapped && !strings.Contains(text, `<label for="`+id+`">`) {
			t.Errorf("%s has no label", name)
		}
	}
}
