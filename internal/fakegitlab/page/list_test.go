package page

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

var placeID = regexp.MustCompile(`<li id="(\w+)" class="place">`)

// listed are the ids of the places that a page shows.
func listed(text string) []string {
	var ids []string
	for _, m := range placeID.FindAllStringSubmatch(text, -1) {
		ids = append(ids, m[1])
	}
	return ids
}

func TestASearchFindsPlacesByPathIDAndService(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	for _, path := range []string{"demo/api", "shop/web"} {
		s.AddProject(path)
	}
	s.configure(t, "microsoft-teams", nil)
	for query, want := range map[string][]string{
		"":                {"i0", "g1", "p2", "p1", "g2", "p3"},
		"DEMO":            {"g1", "p2", "p1"},
		"demo/a":          {"p2"},
		"2":               {"p2"},
		"teams":           {"p1"},
		"teams website":   {"p1"},
		"teams shop":      nil,
		"instance":        {"i0"},
		" web ":           {"p1", "p3"},
		"<script>":        nil,
		"website nothing": nil,
	} {
		text := s.get(t, "/?"+url.Values{"q": {query}}.Encode())
		if got := listed(text); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
		if strings.Contains(text, "<script>\"") || want == nil && !strings.Contains(text, "Nothing has that in its path") {
			t.Errorf("%q looks like\n%s", query, text)
		}
	}
}

func TestAListHasPagesAndAnOpenedPlaceIsOnItsOwn(t *testing.T) {
	t.Parallel()
	gitlab := fakegitlab.New(fakegitlab.V16_0) // without groups
	s := site{gitlab, newHandler(t, gitlab)}
	for i := range 119 {
		gitlab.AddProject(fmt.Sprintf("a/project-%03d", i+1))
	}
	for _, tt := range []struct {
		path, first, last, says string
		links                   []string
		n                       int
	}{
		{"/", "i0", "p49", "1 to 50 of 120", []string{"/?page=2"}, 50},
		{"/?page=2", "p50", "p99", "51 to 100 of 120", []string{"/", "/?page=3"}, 50},
		{"/?page=3", "p100", "p119", "101 to 120 of 120", []string{"/?page=2"}, 20},
		{"/?page=99", "p100", "p119", "101 to 120 of 120", []string{"/?page=2"}, 20},
		{"/?page=none", "i0", "p49", "1 to 50 of 120", []string{"/?page=2"}, 50},
		{"/projects/60", "p50", "p99", "51 to 100 of 120", []string{"/", "/?page=3"}, 50},
		{"/?q=project&page=2", "p51", "p100", "51 to 100 of 119 that it finds, 120 in all", []string{"/?q=project", "/?page=3&amp;q=project"}, 50},
		{"/projects/60?q=project-001", "p1", "p60", "1 to 2 of 2 that it finds, 120 in all", nil, 2}, // it stays in sight
	} {
		text := s.get(t, tt.path)
		ids := listed(text)
		if len(ids) != tt.n || ids[0] != tt.first || ids[len(ids)-1] != tt.last || !strings.Contains(text, tt.says) {
			t.Errorf("%s shows %d, %q: %s", tt.path, len(ids), ids, regexp.MustCompile(`<p id="found".*`).FindString(text))
		}
		_, pager, _ := strings.Cut(text, `<nav id="pager"`)
		pager, _, _ = strings.Cut(pager, "</nav>")
		for _, link := range tt.links {
			if !strings.Contains(pager, `href="`+link+`"`) {
				t.Errorf("%s leads not to %s: %s", tt.path, link, pager)
			}
		}
		if strings.Count(pager, "href") != len(tt.links) {
			t.Errorf("%s leads to more than %q: %s", tt.path, tt.links, pager)
		}
	}
}

func TestOnlyAnOpenedPlaceShowsItsServicesUnlessThereAreFew(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	s.configure(t, "slack", values{"channel": "#website"})
	if err := s.Disable("1", "slack"); err != nil {
		t.Fatal(err)
	}
	shows := func(path string) bool { return strings.Contains(s.get(t, path), "#website") }
	if !shows("/") {
		t.Error("of few places one is folded")
	}
	for i := range few {
		s.AddProject(fmt.Sprintf("demo/more-%d", i))
	}
	if text := s.get(t, "/"); shows("/") || !strings.Contains(text, "1 service, 1 off") || !strings.Contains(text, `href="/projects/1" aria-expanded="false"`) {
		t.Errorf("folded it looks like\n%s", text)
	}
	if text := s.get(t, "/projects/1"); !shows("/projects/1") || !strings.Contains(text, `href="/" aria-expanded="true"`) {
		t.Errorf("opened it looks like\n%s", text)
	}
	if !shows("/?q=website") || shows("/?q=demo") || !shows("/projects/1/services/asana?q=more") {
		t.Error("what a search leaves is not open")
	}
}

func TestAServiceCanBeSetUpByHandWhereverItMayBe(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	s.configure(t, "slack", nil)
	for _, pl := range []place{one, placeOf("group", 1, "demo"), placeOf("instance", 0, "")} {
		choose := target{place: pl, setup: true}.address()
		text := s.get(t, choose)
		if !strings.Contains(text, "<option>asana</option>") || strings.Contains(text, "<option>slack</option>") != (pl.Noun != "project") || strings.Contains(text, "<option>apple-app-store</option>") != (pl.Noun == "project") {
			t.Errorf("to be set up in %s there is\n%s", called(pl.Path), text)
		}
		form := formOf(t, s.get(t, choose+"?slug=emails-on-push"))
		if !form.Has("recipients") || form.Get("push_events") != "true" {
			t.Fatalf("the form is %v", form)
		}
		address := pl.addressOf("emails-on-push")
		form.Set("disable_diffs", "true")
		refused := s.do(t, http.MethodPost, address, form)
		for _, want := range []string{"GitLab refuses it: recipients is missing", `aria-invalid="true" aria-describedby="` + pl.idOf("emails-on-push") + `-recipients-wrong"`, `name="disable_diffs" type="checkbox" value="true" checked`, ">is missing</p>"} {
			if refused.Code != http.StatusUnprocessableEntity || !strings.Contains(refused.Body.String(), want) {
				t.Errorf("%q is not in %d\n%s", want, refused.Code, refused.Body)
			}
		}
		if _, there := s.Record(pl.name(), "emails-on-push"); there {
			t.Error("what was refused is there")
		}
		form = formOf(t, refused.Body.String())
		form.Set("recipients", "dev@example.com")
		made := s.do(t, http.MethodPost, address, form)
		rec, _ := s.Record(pl.name(), "emails-on-push")
		if made.Code != http.StatusSeeOther || !strings.Contains(made.Header().Get("Location"), "done=made") || !rec.Active || rec.Params["recipients"] != "dev@example.com" || rec.Params["disable_diffs"] != true {
			t.Errorf("%d: %+v\n%s", made.Code, rec, made.Body)
		}
	}
	// One without any setting is set up by saving nothing.
	address := one.addressOf("gitlab-slack-application")
	if w := s.do(t, http.MethodPost, address, formOf(t, s.get(t, address))); w.Code != http.StatusSeeOther || !s.record(t, "gitlab-slack-application").Active {
		t.Errorf("POST = %d %s", w.Code, w.Body)
	}
}

func TestARefusedFormKeepsWhatWasTypedButNoSecret(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	s.configure(t, "slack", values{"channel": "#a"})
	form := formOf(t, s.get(t, one.addressOf("slack")))
	form.Set("webhook", "ftp://hush")
	form.Set("channel", "#typed")
	form.Del("push_events")
	text := s.post(t, "slack", form, http.StatusUnprocessableEntity)
	if strings.Contains(text, "hush") || !strings.Contains(text, "is blocked: Only allowed schemes are http, https</p>") {
		t.Errorf("it looks like\n%s", text)
	}
	again := formOf(t, text)
	if again.Get("channel") != "#typed" || again.Get("was.channel") != "#a" || again.Has("push_events") || again.Get("was.push_events") != "true" {
		t.Errorf("the form is %v", again)
	}
}

func TestEnumerationsAreChosenFrom(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		profile    fakegitlab.Profile
		slug, name string
		stored     any
		options    []string
		chosen     string
	}{
		{fakegitlab.V19_1, "slack", "branches_to_be_notified", "protected", []string{"all", "default", "protected", "default_and_protected", ""}, "protected"},
		{fakegitlab.V19_1, "slack", "branches_to_be_notified", "odd", []string{"odd", "all", "default", "protected", "default_and_protected", ""}, "odd"},
		{fakegitlab.V19_1, "slack", "labels_to_be_notified_behavior", nil, []string{"", "match_any", "match_all"}, ""},
		{fakegitlab.V19_1, "jira", "jira_auth_type", 1, []string{"0", "1", "2"}, "1"},
		{fakegitlab.V12_3, "pushover", "priority", "0", []string{"-2", "-1", "0", "1"}, "0"},
		{fakegitlab.V10_5, "hipchat", "color", nil, []string{"", "yellow", "red", "green", "purple", "gray", "random"}, ""},
	} {
		s := newSite(t, tt.profile)
		s.configure(t, tt.slug, values{tt.name: tt.stored})
		text := s.get(t, one.addressOf(tt.slug))
		_, control, found := strings.Cut(text, `name="`+tt.name+`">`)
		if !found {
			_, control, found = strings.Cut(text, `name="`+tt.name+`" aria-required="true">`)
		}
		control, _, _ = strings.Cut(control, "</select>")
		var options []string
		for _, m := range regexp.MustCompile(`<option value="([^"]*)"`).FindAllStringSubmatch(control, -1) {
			options = append(options, m[1])
		}
		if !found || !slices.Equal(options, tt.options) || formOf(t, text).Get(tt.name) != tt.chosen {
			t.Errorf("%s of %s is chosen from %q, and is %q", tt.name, tt.slug, options, formOf(t, text).Get(tt.name))
		}
	}
	s := newSite(t, fakegitlab.V19_1)
	s.configure(t, "jira", nil)
	form := formOf(t, s.get(t, one.addressOf("jira")))
	form.Set("jira_auth_type", "1")
	s.post(t, "jira", form, http.StatusSeeOther)
	if got := s.record(t, "jira").Params["jira_auth_type"]; got != float64(1) {
		t.Errorf("it is %#v", got)
	}
}

// stream is what a browser hears that is at an address with a state.
type stream struct {
	*httptest.ResponseRecorder
	ticks chan time.Time
	end   func()
}

func (s site) listen(t *testing.T, at, have, last string) *stream {
	t.Helper()
	p, err := newPage(s.Server)
	if err != nil {
		t.Fatal(err)
	}
	w := &stream{httptest.NewRecorder(), make(chan time.Time), nil}
	p.ticker = func() (<-chan time.Time, func()) { return w.ticks, func() {} }
	ctx, quit := context.WithCancel(t.Context())
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "http://localhost/events?"+url.Values{"at": {at}, "have": {have}}.Encode(), http.NoBody)
	r.Header.Set("Last-Event-ID", last)
	done := make(chan bool)
	go func() {
		defer close(done)
		p.handler().ServeHTTP(w.ResponseRecorder, r)
	}()
	w.end = func() { quit(); <-done }
	return w
}

// hear is what the stream has said since, after it has looked; then it ends.
func (w *stream) hear() string {
	for range 2 {
		w.ticks <- time.Now()
	}
	w.end()
	return w.Body.String()
}

func stateOf(text string) string {
	return regexp.MustCompile(`data-state="(\w+)"`).FindStringSubmatch(text)[1]
}

func TestAStreamTellsWhatChangedAndNothingElse(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	s.configure(t, "slack", nil)
	s.configure(t, "asana", nil)
	have := stateOf(s.get(t, "/projects/1"))
	if got := s.listen(t, "/projects/1", have, "").hear(); got != "retry: 1000\n\n" {
		t.Errorf("with nothing new it says %q", got)
	}
	if got := s.listen(t, "/projects/1", "another", have).hear(); got != "retry: 1000\n\n" {
		t.Errorf("taken up again it says %q", got)
	}
	if got := s.listen(t, "/projects/1", "another", "").hear(); !strings.Contains(got, `<ol id=\"list\">`) {
		t.Errorf("to a stranger it says %q", got)
	}

	for _, tt := range []struct {
		name       string
		change     func()
		want, lack []string
	}{
		{
			"a request and a change",
			func() {
				request(t, s.Server, http.MethodPut, "slack", `{"webhook":"https://hooks.example.com/hush","channel":"#new"}`)
			},
			[]string{`<article id=\"p1-slack\"`, "#new", `<p id=\"total\"`, `<li id=\"r`}, []string{"hush", "p1-asana", `id=\"list\"`, `id=\"found\"`},
		},
		{"one off", func() { _ = s.Disable("1", "asana") }, []string{`<article id=\"p1-asana\"`}, []string{"p1-slack", `id=\"list\"`, `<li`}},
		{"one more", func() { s.configure(t, "irker", nil) }, []string{`<li id=\"p1\" class=\"place\">`, "p1-irker", "p1-slack"}, []string{`id=\"list\"`, "p2"}},
		{"a project", func() { s.AddProject("demo/more") }, []string{`<ol id=\"list\">`, `<p id=\"found\"`, "demo/more"}, []string{`id=\"pager\"`}},
		{"the delay", func() { s.SetPropagation(3 * time.Second) }, []string{`<form id=\"delay\"`}, []string{`id=\"waiting\"`, `id=\"list\"`}},
		{"another name", func() { _ = s.RenameProject(1, "demo/renamed") }, []string{"demo/renamed"}, nil},
	} {
		w := s.listen(t, "/projects/1", stateOf(s.get(t, "/projects/1")), "")
		w.ticks <- time.Now() // it has seen what was
		w.ticks <- time.Now()
		tt.change()
		got := w.hear()
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is not in %s", tt.name, want, got)
			}
		}
		for _, lack := range tt.lack {
			if strings.Contains(got, lack) {
				t.Errorf("%s: %q is in %s", tt.name, lack, got)
			}
		}
		if state := stateOf(s.get(t, "/projects/1")); !strings.Contains(got, "id: "+state+"\n") {
			t.Errorf("%s: it leads to another state than %s: %s", tt.name, state, got)
		}
	}
}

func TestAStreamLivesAndForgetsItsNotice(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	s.configure(t, "slack", nil)
	w := s.listen(t, "/", stateOf(s.get(t, "/")), "")
	for range beatLooks {
		w.ticks <- time.Now()
	}
	if got := w.hear(); got != "retry: 1000\n\nevent: beat\ndata:\n\n" {
		t.Errorf("it says %q", got)
	}
	at := one.addressOf("slack") + "?done=saved"
	w = s.listen(t, at, stateOf(s.get(t, at)), "")
	for range noteLooks {
		w.ticks <- time.Now()
	}
	if got := w.hear(); strings.Count(got, "data: {") != 1 || !strings.Contains(got, `<article id=\"p1-slack\"`) || strings.Contains(got, notices["saved"]) {
		t.Errorf("it says %s", got)
	}
	if err := s.DeleteProject(1); err != nil {
		t.Fatal(err)
	}
	if got := s.listen(t, at, "", "").hear(); !strings.Contains(got, `<ol id=\"list\">`) || strings.Contains(got, "slack") {
		t.Errorf("of a project that is gone it says %s", got)
	}
	if w := s.do(t, http.MethodGet, "/events?"+url.Values{"at": {":"}}.Encode(), nil); w.Code != http.StatusBadRequest {
		t.Errorf("GET = %d", w.Code)
	}
}

// What a browser is told to replace makes of the old sight the new one.
func TestChangesMakeOfOneSightAnother(t *testing.T) {
	t.Parallel()
	leaf := func(id, text string) part { return part{id: id, html: "<" + id + text + ">"} }
	tree := func(id string, parts ...part) part {
		var html strings.Builder
		for _, p := range parts {
			html.WriteString(p.html)
		}
		return part{id, "[" + html.String() + "]", parts}
	}
	for name, tt := range map[string]struct {
		before, now part
		want        []string
	}{
		"nothing":      {tree("l", leaf("a", "")), tree("l", leaf("a", "")), nil},
		"a leaf":       {tree("l", leaf("a", ""), leaf("b", "")), tree("l", leaf("a", "1"), leaf("b", "")), []string{"<a1>"}},
		"deep":         {tree("l", tree("a", leaf("x", ""))), tree("l", tree("a", leaf("x", "1"))), []string{"<x1>"}},
		"one more":     {tree("l", leaf("a", "")), tree("l", leaf("a", ""), leaf("b", "")), []string{"[<a><b>]"}},
		"one less":     {tree("l", leaf("a", ""), leaf("b", "")), tree("l", leaf("a", "")), []string{"[<a>]"}},
		"another":      {tree("l", leaf("a", "")), tree("l", leaf("b", "")), []string{"[<b>]"}},
		"its parts go": {tree("l", leaf("a", "")), tree("l"), []string{"[]"}},
	} {
		if got := tt.now.since(tt.before); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
