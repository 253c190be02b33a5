package fakegitlab

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// What a new record shows after a PUT with the required parameters only: the
// properties that the PUT did not send itself.
func TestDefaultsOfANewRecord(t *testing.T) {
	t.Parallel()
	chat10 := values{"notify_only_broken_pipelines": true, "notify_only_default_branch": true}
	chat := values{"notify_only_broken_pipelines": true, "branches_to_be_notified": "default"}
	stored16 := with(chat, values{"labels_to_be_notified_behavior": "match_any"})
	want := map[Profile]map[string]values{
		V10_5: {
			"slack": chat10, "mattermost": chat10, "microsoft-teams": chat10,
			"hipchat":         {"notify_only_broken_pipelines": true},
			"pipelines-email": {"notify_only_broken_pipelines": true},
		},
		V16_0: {
			"slack": stored16, "mattermost": stored16, "microsoft-teams": chat, "pipelines-email": chat,
			"emails-on-push": {"branches_to_be_notified": "all"},
			"jenkins":        {"enable_ssl_verification": true},
			"bamboo":         {"enable_ssl_verification": true},
			"jira":           {"api_url": nil, "jira_auth_type": 0, "jira_issue_transition_id": nil, "jira_issue_regex": nil, "jira_issue_prefix": nil},
		},
		V19_1: { // the rest is as in 18.9, of which GitLab's own answers are recorded
			"pipelines-email": with(chat, values{"notify_only_default_branch": nil, "notify_only_when_pipeline_status_changes": false, "notify_child_pipelines": true}),
			"microsoft-teams": with(chat, values{"notify_only_when_pipeline_status_changes": false}),
		},
	}
	eachProfile(t, func(t *testing.T, l *lab) {
		for slug, expected := range want[l.profile()] {
			body := l.minimal(slug)
			got := l.mustPut(slug, body).props()
			for name := range body {
				delete(got, name)
			}
			if !sameJSON(got, expected) {
				t.Errorf("%s starts with %v, want %v", slug, got, expected)
			}
			l.del(slug)
		}
	})
}

func TestFlagsOfANewRecord(t *testing.T) {
	t.Parallel()
	off := map[string][]string{"": {"incident_events", "deployment_events"}, "jenkins": {"merge_requests_events", "tag_push_events"}}
	eachProfile(t, func(t *testing.T, l *lab) {
		for _, slug := range l.slugs() {
			body := l.mustPut(slug, l.minimal(slug)).body
			count := 0
			for name, v := range body {
				if !strings.HasSuffix(name, "_events") && name != "comment_on_event_enabled" {
					continue
				}
				count++
				want := !slices.Contains(off[""], name) && !slices.Contains(off[slug], name)
				if v != want {
					t.Errorf("%s.%s is %v", slug, name, v)
				}
			}
			if count != 15 {
				t.Errorf("%s shows %d flags: %v", slug, count, body)
			}
			l.del(slug)
		}
	}, V16_0) // of others GitLab's own answers are recorded
}

func TestKeysOfAnAnswer(t *testing.T) {
	t.Parallel()
	base := []string{"id", "title", "created_at", "updated_at", "active", "push_events", "issues_events", "confidential_issues_events",
		"merge_requests_events", "tag_push_events", "note_events", "pipeline_events", "wiki_page_events", "job_events", "properties"}
	modern := append(slices.Clone(base), "slug", "commit_events", "incident_events", "alert_events", "deployment_events",
		"confidential_note_events", "comment_on_event_enabled")
	want := map[Profile][]string{V10_5: append(slices.Clone(base), "confidential_note_events"), V16_0: modern, V19_1: append(slices.Clone(modern), "inherited", "vulnerability_events")}
	eachProfile(t, func(t *testing.T, l *lab) {
		clockOf(l.Server)
		body := l.mustPut("slack", l.minimal("slack")).body
		got, expected := slices.Sorted(maps.Keys(body)), slices.Sorted(slices.Values(want[l.profile()]))
		if !slices.Equal(got, expected) {
			t.Errorf("keys are %v, want %v", got, expected)
		}
		if body["updated_at"] != "2026-01-02T03:04:05.678Z" {
			t.Errorf("updated_at is %v", body["updated_at"])
		}
	})
}

// When updated_at moves. "always" are services whose settings are one encrypted
// blob in the row, "second table" those whose settings are in another.
func TestWhenUpdatedAtMoves(t *testing.T) {
	t.Parallel()
	type moves struct{ same, setting, secret, flag, del, delAgain bool }
	onChange := moves{setting: true, secret: true, flag: true, del: true}
	always := moves{true, true, true, true, true, true}
	secondTable := moves{flag: true, del: true}
	jira := values{"url": "https://jira.example.com", "username": "u", "password": "p"}
	for _, tt := range []struct {
		slug            string
		body            values
		setting, secret values
		flag            string
		want            map[Profile]moves
	}{
		{"slack", values{"webhook": "https://a.example.com"}, values{"username": "x"}, values{"webhook": "https://b.example.com"}, "push_events",
			map[Profile]moves{V10_5: onChange, V16_0: always, V19_1: always}},
		{"pushover", values{"api_key": "a", "user_key": "u", "priority": "0", "device": "", "sound": ""}, values{"priority": "1"}, values{"api_key": "b"}, "push_events",
			map[Profile]moves{V10_5: onChange, V16_0: always, V19_1: always}},
		{"jira", jira, values{"username": "v"}, values{"password": "q"}, "commit_events",
			map[Profile]moves{V10_5: onChange, V16_0: secondTable, V19_1: secondTable}},
		{"redmine", values{"project_url": "https://r.example.com", "issues_url": "https://r.example.com/:id", "new_issue_url": "https://r.example.com/new"},
			values{"issues_url": "https://r.example.com/issues/:id"}, values{"new_issue_url": "https://r.example.com/n"}, "push_events",
			map[Profile]moves{V10_5: onChange, V16_0: secondTable, V19_1: secondTable}},
	} {
		t.Run(tt.slug, func(t *testing.T) {
			t.Parallel()
			eachProfile(t, func(t *testing.T, l *lab) {
				advance := clockOf(l.Server)
				l.mustPut(tt.slug, tt.body)
				moved := func(do func()) bool {
					before := l.record(tt.slug)
					advance()
					do()
					after := l.record(tt.slug)
					if after.CreatedAt != before.CreatedAt || after.ID != before.ID {
						t.Error("id or created_at changed")
					}
					return after.UpdatedAt.After(before.UpdatedAt)
				}
				body := maps.Clone(tt.body)
				var got moves
				got.same = moved(func() { l.mustPut(tt.slug, body) })
				body = with(body, tt.setting)
				got.setting = moved(func() { l.mustPut(tt.slug, body) })
				body = with(body, tt.secret)
				got.secret = moved(func() { l.mustPut(tt.slug, body) })
				got.flag = moved(func() { l.mustPut(tt.slug, with(body, values{tt.flag: false})) })
				if moved(func() { l.put(tt.slug, values{}) }) {
					t.Error("a refused PUT moved updated_at")
				}
				got.del = moved(func() { l.del(tt.slug) })
				got.delAgain = moved(func() { l.del(tt.slug) })
				if got != tt.want[l.profile()] {
					t.Errorf("updated_at moves %+v, want %+v", got, tt.want[l.profile()])
				}
			})
		})
	}
}

func TestEditMovesUpdatedAtLikeASaveInTheWebPage(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		advance := clockOf(l.Server)
		l.mustPut("slack", l.minimal("slack"))
		l.mustPut("jira", l.minimal("jira"))
		moves := func(slug string, changes values) bool {
			before := l.record(slug).UpdatedAt
			advance()
			l.mustSucceed(l.Edit("group/project", slug, changes))
			return l.record(slug).UpdatedAt.After(before)
		}
		if got := moves("slack", values{}); got != (l.profile() != V10_5) {
			t.Errorf("saving slack without a change: moved is %t", got)
		}
		if !moves("slack", values{"webhook": "https://other.example.com"}) {
			t.Error("changing slack's webhook does not move the stamp")
		}
		if got := moves("jira", values{"password": "other"}); got != (l.profile() == V10_5) {
			t.Errorf("changing jira's password: moved is %t", got)
		}
		if got := l.record("jira").Params["password"]; got != "other" {
			t.Errorf("jira's password is %v", got)
		}
	})
}

func TestTwoWritesNeverShareAStamp(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	clockOf(l.Server)
	first := l.mustPut("slack", l.minimal("slack")).body["updated_at"]
	second := l.mustPut("slack", l.minimal("slack")).body["updated_at"]
	if first == second {
		t.Errorf("both are %v", first)
	}
}

// Null, "" and words in places where GitLab's own code takes them badly. Every
// case is a body on top of the required parameters.
func TestValuesThatGitLabRefusesOrCrashesOn(t *testing.T) {
	t.Parallel()
	const ok, refused, crash = 200, 400, 500
	modern := []Profile{V16_0, V19_1}
	all := landmarks
	now := []Profile{V19_1}
	for _, tt := range []struct {
		slug   string
		change values
		want   int
		in     []Profile
	}{
		{"mattermost", values{"alert_channel": ""}, crash, modern},
		{"mattermost", values{"alert_channel": nil}, crash, modern},
		{"mattermost", values{"alert_channel": "#x"}, crash, modern},
		{"slack", values{"alert_channel": "#x"}, ok, modern},
		{"jira", values{"jira_auth_type": nil}, refused, modern},
		{"jira", values{"jira_auth_type": ""}, refused, modern},
		{"jira", values{"jira_auth_type": 7}, refused, modern},
		{"jira", values{"jira_auth_type": 1, "username": ""}, ok, modern},
		{"jira", values{"jira_auth_type": 1, "url": "https://x.atlassian.net"}, refused, modern},
		{"jira", values{"jira_auth_type": 2}, refused, modern},
		{"jira", values{"jira_auth_type": 2, "api_url": "https://api.atlassian.com/x"}, ok, now},
		{"jira", values{"username": ""}, refused, all},
		{"jira", values{"username": nil}, refused, all},
		{"jira", values{"issues_enabled": nil}, crash, now},
		{"jira", values{"issues_enabled": ""}, crash, now},
		{"jira", values{"issues_enabled": "true"}, ok, now},
		{"jira", values{"issues_enabled": 0}, ok, now},
		{"jira", values{"api_url": ""}, ok, all},
		{"jira", values{"jira_issue_regex": strings.Repeat("x", 255)}, ok, modern},
		{"jira", values{"jira_issue_regex": strings.Repeat("x", 256)}, refused, modern},
		{"jira", values{"jira_issue_regex": "(?=x)"}, refused, modern},
		{"jira", values{"jira_issue_prefix": "["}, refused, modern},
		{"jira", values{"jira_issue_transition_id": "done"}, refused, modern},
		{"jira", values{"jira_issue_transition_id": "5, 6;7"}, ok, modern},
		{"pushover", values{"priority": ""}, refused, all},
		{"pushover", values{"priority": nil}, refused, all},
		{"pushover", values{"priority": "9"}, ok, all},
		{"pushover", values{"priority": 1}, ok, all},
		{"pushover", values{"device": "", "sound": ""}, ok, all},
		{"bamboo", values{"username": "", "password": ""}, refused, all},
		{"bamboo", values{"username": nil, "password": nil}, ok, all},
		{"bamboo", values{"username": "u", "password": nil}, refused, all},
		{"teamcity", values{"username": nil, "password": "p"}, refused, all},
		{"teamcity", values{"username": nil, "password": nil}, ok, all},
		{"jenkins", values{"username": "", "password": ""}, ok, append([]Profile{V12_3, V13_0}, modern...)},
		{"jenkins", values{"username": "", "password": ""}, refused, []Profile{V10_5}},
		{"jenkins", values{"username": "", "password": "p"}, refused, all},
		{"jenkins", values{"username": "u", "password": ""}, refused, modern},
		{"jenkins", values{"username": "u", "password": ""}, ok, []Profile{V10_5, V12_3, V13_0}},
		{"jenkins", values{"username": "u"}, ok, []Profile{V10_5, V12_3, V13_0}},
		{"jenkins", values{"jenkins_url": "http://localhost:8080"}, refused, modern},
		{"jenkins", values{"jenkins_url": "http://localhost:8080"}, ok, []Profile{V10_5}},
		{"irker", values{"server_port": nil}, ok, all},
		{"irker", values{"server_port": ""}, ok, all},
		{"irker", values{"default_irc_uri": ""}, ok, all},
		{"irker", values{"default_irc_uri": "", "recipients": "#dev"}, refused, all},
		{"irker", values{"default_irc_uri": "irc://irc.example.com/", "recipients": "#dev"}, ok, all},
		{"slack", values{"branches_to_be_notified": ""}, ok, modern},
		{"slack", values{"branches_to_be_notified": "unheard of"}, ok, modern},
		{"slack", values{"labels_to_be_notified_behavior": ""}, ok, now},
		{"slack", values{"labels_to_be_notified_behavior": "unheard of"}, refused, now},
		{"slack", values{"labels_to_be_notified_behavior": "unheard of"}, ok, []Profile{V10_5, V16_0}},
		{"slack", values{"push_channel": channels(10)}, ok, all},
		{"slack", values{"push_channel": channels(11)}, refused, modern},
		{"slack", values{"channel": channels(11)}, refused, modern},
		{"slack", values{"push_channel": channels(11)}, ok, []Profile{V10_5}},
		{"pipelines-email", values{"recipients": mails(30, ",")}, ok, all},
		{"pipelines-email", values{"recipients": mails(31, ",")}, refused, modern},
		{"pipelines-email", values{"recipients": mails(31, ",")}, ok, []Profile{V10_5}},
		{"emails-on-push", values{"recipients": mails(750, " ")}, ok, all},
		{"emails-on-push", values{"recipients": mails(751, "\n")}, refused, modern},
		{"campfire", values{"room": "lobby"}, refused, modern},
		{"campfire", values{"room": "0"}, refused, modern},
		{"campfire", values{"room": "1.5"}, refused, modern},
		{"campfire", values{"room": "", "subdomain": ""}, ok, all},
		{"campfire", values{"subdomain": "no.label"}, refused, modern},
		{"campfire", values{"room": "lobby", "subdomain": "no.label"}, ok, []Profile{V10_5}},
		{"external-wiki", values{"external_wiki_url": "wiki"}, refused, all},
		{"external-wiki", values{"external_wiki_url": "ftp://wiki.example.com"}, refused, all},
		{"external-wiki", values{"external_wiki_url": "http://10.0.0.7/wiki"}, refused, modern},
		{"external-wiki", values{"external_wiki_url": "http://10.0.0.7/wiki"}, ok, []Profile{V10_5}},
		{"packagist", values{"server": " not a URL "}, ok, []Profile{V10_5, V16_0}},
		{"packagist", values{"server": "not a URL"}, refused, now},
		{"prometheus", values{"google_iap_audience_client_id": "", "google_iap_service_account_json": ""}, ok, []Profile{V16_0}},
		{"prometheus", values{"api_url": "", "manual_configuration": true}, refused, []Profile{V16_0}},
		{"prometheus", values{"api_url": "anything"}, ok, []Profile{V10_5}},
		{"prometheus", values{"api_url": "anything", "manual_configuration": true}, refused, []Profile{V16_0}},
		{"prometheus", values{"api_url": "anything", "manual_configuration": false}, ok, []Profile{V16_0}},
		{"kubernetes", values{"namespace": "Prod"}, ok, []Profile{V10_5}},
	} {
		for _, p := range tt.in {
			t.Run(fmt.Sprintf("%s/%s/%.60v", p, tt.slug, tt.change), func(t *testing.T) {
				t.Parallel()
				l := newLab(t, p)
				if r := l.put(tt.slug, with(l.minimal(tt.slug), tt.change)); r.status != tt.want {
					t.Errorf("PUT = %d %s, want %d", r.status, r.text, tt.want)
				}
				if _, ok := l.Record(l.project.Path, tt.slug); ok != (tt.want == 200) {
					t.Errorf("a record exists: %t", ok)
				}
			})
		}
	}
}

func channels(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("#c%d", i))
	}
	return strings.Join(list, ", ")
}

func mails(n int, separator string) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("u%d@example.com", i))
	}
	return strings.Join(list, separator)
}

func TestRequiredParametersMayNotBeBlank(t *testing.T) {
	t.Parallel()
	lenient := map[string]bool{ // required as keys only, or together with another
		"pushover.device": true, "pushover.sound": true, "prometheus.api_url": true, "github.repository_url": true,
		"slack-slash-commands.token": true, "mattermost-slash-commands.token": true,
		"prometheus.google_iap_audience_client_id": true, "prometheus.google_iap_service_account_json": true,
	}
	eachProfile(t, func(t *testing.T, l *lab) {
		for _, slug := range l.slugs() {
			c, _ := Contract(l.profile(), slug)
			for _, p := range c.Params {
				if !p.Required || p.Name == "service_account_key" { // another test's
					continue
				}
				want := http.StatusBadRequest
				if lenient[slug+"."+p.Name] {
					want = http.StatusOK
				}
				for _, v := range []any{nil, "", "  "} {
					if r := l.put(slug, with(l.minimal(slug), values{p.Name: v})); r.status != want {
						t.Errorf("%s.%s = %#v: %d %s", slug, p.Name, v, r.status, r.text)
					}
				}
			}
			l.del(slug)
		}
	}, V16_0) // of others GitLab's own answers are recorded
}

// A blank confidential channel is the exception: from 14.x on it reads as the
// normal one, here null.
func TestOptionalTextTakesEmptyTextAndNull(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		for _, slug := range l.slugs() {
			c, _ := Contract(l.profile(), slug)
			for _, p := range c.Params {
				if p.Required || p.Fatal || p.Type != "string" || slug == "jira" && p.Name == "username" || slug == "jenkins" || p.Name == "datadog_site" {
					continue
				}
				for _, v := range []any{"", nil} {
					r := l.mustPut(slug, with(l.minimal(slug), values{p.Name: v}))
					want := v
					if strings.HasPrefix(p.Name, "confidential_") {
						want = nil
					}
					if got, shown := r.props()[p.Name]; shown != p.Returned || shown && got != want {
						t.Errorf("%s.%s = %#v reads %#v (shown: %t)", slug, p.Name, v, got, shown)
					}
				}
			}
			l.del(slug)
		}
	}, V16_0) // of others GitLab's own answers are recorded
}

func TestNullFlagsAreOffOrCrash(t *testing.T) {
	t.Parallel()
	notNull := []string{"note_events", "pipeline_events", "job_events", "confidential_issues_events", "commit_events",
		"deployment_events", "incident_events", "vulnerability_events", "comment_on_event_enabled"}
	eachProfile(t, func(t *testing.T, l *lab) {
		for _, slug := range l.slugs() {
			c, _ := Contract(l.profile(), slug)
			for _, event := range c.Events {
				for _, v := range []any{nil, ""} {
					r := l.put(slug, with(l.minimal(slug), values{event: v}))
					if slices.Contains(notNull, event) {
						if r.status != http.StatusInternalServerError || r.text != `{"message":"500 Internal Server Error"}` {
							t.Errorf("%s.%s = %#v: %d %s", slug, event, v, r.status, r.text)
						}
						continue
					}
					if r.status != http.StatusOK || r.body[event] != nil {
						t.Errorf("%s.%s = %#v: %d, reads %v", slug, event, v, r.status, r.body[event])
					}
				}
			}
			l.del(slug)
		}
	}, V16_0) // of others GitLab's own answers are recorded
}

func TestGitLab10CrashesOnItsSingularFlagsAndIgnoresUndeclaredPluralOnes(t *testing.T) {
	t.Parallel()
	l := newLab(t, V10_5)
	broken := map[string][]string{
		"slack": {"issue_events", "confidential_issue_events", "merge_request_events"},
		"jira":  {"merge_request_events"}, "drone-ci": {"merge_request_events"}, "packagist": {"merge_request_events"},
		"hipchat": {"issue_events", "merge_request_events"},
	}
	for slug, names := range broken {
		for _, name := range names {
			for _, v := range []any{true, false, nil} {
				if r := l.put(slug, with(l.minimal(slug), values{name: v})); r.status != http.StatusInternalServerError {
					t.Errorf("%s.%s = %v: %d", slug, name, v, r.status)
				}
			}
		}
	}
	for _, slug := range []string{"jira", "drone-ci", "packagist", "jenkins"} {
		r := l.mustPut(slug, with(l.minimal(slug), values{"merge_requests_events": "abc"}))
		if want := slug != "jenkins"; r.body["merge_requests_events"] != want {
			t.Errorf("%s took merge_requests_events: %v", slug, r.body["merge_requests_events"])
		}
	}
}

func TestPutIsAPartialUpdate(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		l.mustPut("slack", with(l.minimal("slack"), values{"username": "bot", "push_events": false, "notify_only_broken_pipelines": false}))
		r := l.mustPut("slack", l.minimal("slack"))
		if r.props()["username"] != "bot" || r.body["push_events"] != false || r.props()["notify_only_broken_pipelines"] != false {
			t.Errorf("left out means changed: %s", r.text)
		}
	})
}

func TestUndeclaredKeysChangeNothing(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		first := l.mustPut("asana", l.minimal("asana"))
		r := l.mustPut("asana", with(l.minimal("asana"), values{"foo": 1, "active": false, "id": 99, "title": "x", "instance": true, "project_id": 5, "properties": values{}}))
		delete(first.body, "updated_at")
		delete(r.body, "updated_at")
		if !sameJSON(first.body, r.body) {
			t.Errorf("%s became %s", first.text, r.text)
		}
	})
}

// Settings without a default on an existing record: what a second life of a
// record starts with.
func TestDefaultsDoNotComeBackAfterDelete(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		l.mustPut("slack", with(l.minimal("slack"), values{"push_events": false, "channel": "#general"}))
		l.mustPut("jenkins", l.minimal("jenkins"))
		l.del("slack")
		l.del("jenkins")
		slack, jenkins := l.mustPut("slack", l.minimal("slack")), l.mustPut("jenkins", l.minimal("jenkins"))
		for _, name := range []string{"notify_only_broken_pipelines", "branches_to_be_notified", "labels_to_be_notified_behavior"} {
			if v := slack.props()[name]; v != nil {
				t.Errorf("slack.%s came back as %v", name, v)
			}
		}
		if v := jenkins.props()["enable_ssl_verification"]; v != nil {
			t.Errorf("jenkins.enable_ssl_verification came back as %v", v)
		}
		if slack.body["push_events"] != false {
			t.Error("slack.push_events came back")
		}
		// In 10.5 the channel is no field: never shown, and DELETE leaves it.
		if got, want := l.record("slack").Params["channel"] != nil, l.profile() == V10_5; got != want {
			t.Errorf("slack.channel survived: %t", got)
		}
	})
}

func TestMailBranchesHealWhenTheRecordIsLoaded(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		put := l.mustPut("emails-on-push", with(l.minimal("emails-on-push"), values{"branches_to_be_notified": nil}))
		if v := put.props()["branches_to_be_notified"]; v != nil {
			t.Errorf("PUT answers %v", v)
		}
		if v := l.get("emails-on-push").props()["branches_to_be_notified"]; v != "all" {
			t.Errorf("GET answers %v", v)
		}
	}, V16_0, V19_1)
}

func TestOldDefaultBranchSettingBecomesBranchesToBeNotified(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		for _, tt := range []struct {
			slug string
			old  any
			want any
		}{
			{"pipelines-email", true, "default"}, {"pipelines-email", "1", "default"}, {"pipelines-email", false, "all"}, {"pipelines-email", nil, nil},
			{"slack", "true", "default"}, {"slack", true, "all"}, {"slack", "false", "all"}, {"microsoft-teams", "true", "default"},
		} {
			l.mustSucceed(l.Edit(l.project.Path, tt.slug, values{"notify_only_default_branch": tt.old, "branches_to_be_notified": nil}))
			if got := l.get(tt.slug).props()["branches_to_be_notified"]; got != tt.want {
				t.Errorf("%s: %#v reads %v, want %v", tt.slug, tt.old, got, tt.want)
			}
		}
	}, V16_0, V19_1)
}

func TestBooleansStoredAsTextReadAsBooleansFrom14On(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		for stored, want := range map[any]any{"1": true, "0": false, "true": true, "false": false, "yes": true, 1: true, 0: false, "": nil, "junk": nil} {
			l.mustSucceed(l.Edit(l.project.Path, "irker", values{"colorize_messages": stored, "server_port": "6659"}))
			if l.profile() == V10_5 {
				want = stored
			}
			props := l.get("irker").props()
			if !sameJSON(props["colorize_messages"], want) {
				t.Errorf("%#v reads %v, want %v", stored, props["colorize_messages"], want)
			}
			if props["server_port"] != "6659" {
				t.Errorf("a port stored as text reads %v", props["server_port"])
			}
		}
	})
}

func TestConfidentialChannelsEchoTheNormalOnesFrom14On(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		r := l.mustPut("slack", with(l.minimal("slack"), values{"issue_channel": "#i", "confidential_issue_channel": "", "note_channel": "#n", "confidential_note_channel": nil}))
		issue, note := any("#i"), any("#n")
		if l.profile() == V10_5 {
			issue, note = "", nil
		}
		if r.props()["confidential_issue_channel"] != issue || r.props()["confidential_note_channel"] != note {
			t.Errorf("answer: %s", r.text)
		}
		if stored := l.record("slack").Params["confidential_issue_channel"]; stored != "" {
			t.Errorf("stored: %v", stored)
		}
	})
}

func TestJiraURLsLoseOneTrailingSlashOnReadInCurrentGitLab(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		for sent, now := range map[string]string{"https://x.example.com/": "https://x.example.com", "https://x.example.com//": "https://x.example.com/"} {
			r := l.mustPut("jira", with(l.minimal("jira"), values{"url": sent}))
			want := sent
			if l.profile() == V19_1 {
				want = now
			}
			if r.props()["url"] != want {
				t.Errorf("%q reads %v", sent, r.props()["url"])
			}
		}
	})
}

func TestJiraProjectKeysAreTidied(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	for _, tt := range []struct{ sent, want any }{
		{[]any{" A ", "", "B", "A"}, []any{"A", "B"}}, {[]any{}, []any{}}, {nil, []any{}}, {"", []any{}},
	} {
		r := l.mustPut("jira", with(l.minimal("jira"), values{"project_keys": tt.sent}))
		if !sameJSON(r.props()["project_keys"], tt.want) {
			t.Errorf("%v reads %v", tt.sent, r.props()["project_keys"])
		}
	}
	l.mustPut("jira", with(l.minimal("jira"), values{"project_keys": []any{"A"}}))
	if got := l.mustPut("jira", l.minimal("jira")).props()["project_keys"]; !sameJSON(got, []any{"A"}) {
		t.Errorf("omitted keys became %v", got)
	}
	if r := l.put("jira", with(l.minimal("jira"), values{"project_keys": "A"})); r.text != `{"error":"project_keys is invalid"}` {
		t.Errorf("bare text = %d %s", r.status, r.text)
	}
	if r := l.send(http.MethodPut, l.path("jira"), "url=https://j.example.com&username=u&password=p&project_keys[]=A&project_keys[]=B",
		"Content-Type: application/x-www-form-urlencoded"); !sameJSON(r.props()["project_keys"], []any{"A", "B"}) {
		t.Errorf("form = %d %s", r.status, r.text)
	}
}

func TestSSLVerificationReadsByTheHostWhereItIsNull(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	for _, tt := range []struct {
		slug string
		url  values
		want bool
	}{
		{"drone-ci", values{"drone_url": "https://drone.example.com"}, false},
		{"drone-ci", values{"drone_url": "https://cloud.drone.io"}, true},
		{"drone-ci", values{"drone_url": "http://cloud.drone.io"}, false},
		{"teamcity", values{"teamcity_url": "https://x.teamcity.com"}, true},
		{"teamcity", values{"teamcity_url": "https://a.b.teamcity.com"}, false},
		{"teamcity", values{"teamcity_url": "https://teamcity.example.com"}, false},
	} {
		if got := l.mustPut(tt.slug, with(l.minimal(tt.slug), tt.url)).props()["enable_ssl_verification"]; got != tt.want {
			t.Errorf("%s %v reads %v", tt.slug, tt.url, got)
		}
	}
}

func TestBuildkiteThrowsItsSSLVerificationAwaySince13(t *testing.T) {
	t.Parallel()
	want := map[Profile]any{V10_5: false, V16_0: nil, V19_1: true}
	eachProfile(t, func(t *testing.T, l *lab) {
		r := l.mustPut("buildkite", with(l.minimal("buildkite"), values{"enable_ssl_verification": false}))
		if got := r.props()["enable_ssl_verification"]; got != want[l.profile()] {
			t.Errorf("it reads %v", got)
		}
		if _, stored := l.record("buildkite").Params["enable_ssl_verification"]; stored != (l.profile() == V10_5) {
			t.Errorf("it is stored: %t", stored)
		}
	})
}

func TestTitleOfGitLab10Trackers(t *testing.T) {
	t.Parallel()
	l := newLab(t, V10_5)
	custom := l.mustPut("custom-issue-tracker", with(l.minimal("custom-issue-tracker"), values{"title": "Ours", "description": "d"}))
	if custom.body["title"] != "Ours" || custom.props()["title"] != "Ours" || custom.props()["description"] != "d" {
		t.Errorf("custom: %s", custom.text)
	}
	bugzilla := l.mustPut("bugzilla", with(l.minimal("bugzilla"), values{"title": "Ours"}))
	if _, shown := bugzilla.props()["title"]; bugzilla.body["title"] != "Ours" || shown {
		t.Errorf("bugzilla: %s", bugzilla.text)
	}
	if title := l.record("bugzilla").Title; title != "Ours" {
		t.Errorf("bugzilla is stored as %s", title)
	}
	if r := l.mustPut("bugzilla", with(l.minimal("bugzilla"), values{"title": ""})); r.body["title"] != "Bugzilla" || l.record("bugzilla").Title != "Bugzilla" {
		t.Errorf("blank title: %s", r.text)
	}
}

func TestPrometheusIsActiveWhileItIsConfiguredByHand(t *testing.T) {
	t.Parallel()
	old := newLab(t, V10_5)
	if r := old.mustPut("prometheus", old.minimal("prometheus")); r.body["active"] != false || r.props()["api_url"] == nil {
		t.Errorf("10.5: %s", r.text)
	}
	l := newLab(t, V16_0)
	if r := l.mustPut("prometheus", with(l.minimal("prometheus"), values{"manual_configuration": true})); r.body["active"] != true {
		t.Errorf("16.0 switched on: %s", r.text)
	}
	if r := l.mustPut("prometheus", with(l.minimal("prometheus"), values{"manual_configuration": false})); r.body["active"] != false {
		t.Errorf("16.0 switched off: %s", r.text)
	}
}

func TestKubernetesLowersItsNamespaceAndRefusesASecondDelete(t *testing.T) {
	t.Parallel()
	l := newLab(t, V10_5)
	if r := l.del("kubernetes"); r.status != http.StatusBadRequest {
		t.Errorf("DELETE of none = %d %s", r.status, r.text)
	}
	if r := l.mustPut("kubernetes", with(l.minimal("kubernetes"), values{"namespace": "Prod"})); r.props()["namespace"] != "prod" {
		t.Errorf("namespace: %s", r.text)
	}
	if r := l.del("kubernetes"); r.status != http.StatusNoContent {
		t.Errorf("DELETE = %d", r.status)
	}
	if r := l.del("kubernetes"); r.status != http.StatusBadRequest || r.text != `{"message":"400 Bad Request"}` {
		t.Errorf("second DELETE = %d %s", r.status, r.text)
	}
}

// A secret is stored for one place; when the place changes, GitLab wants it
// again or forgets it.
func TestSecretsAndURLChanges(t *testing.T) {
	t.Parallel()
	login := values{"jenkins_url": "https://ci.example.com", "project_name": "p", "username": "u", "password": "s"}
	eachProfile(t, func(t *testing.T, l *lab) {
		l.mustPut("jenkins", login)
		if l.mustPut("jenkins", without(login, "password")); l.record("jenkins").Params["password"] != "s" {
			t.Error("an update without the password and without a change lost it")
		}
		moved := with(login, values{"jenkins_url": "https://ci2.example.com"})
		if l.mustPut("jenkins", moved); l.record("jenkins").Params["password"] != "s" {
			t.Error("a URL change with the password lost it")
		}
		back := l.put("jenkins", without(login, "password"))
		half := func() reply { return l.put("jenkins", with(without(moved, "password"), values{"username": ""})) }
		if l.profile() == V10_5 {
			if back.status != http.StatusOK || l.record("jenkins").Params["password"] != nil {
				t.Errorf("10.5 keeps the password at another place: %d", back.status)
			}
			l.mustPut("jenkins", moved)
			if r := half(); r.status != http.StatusOK || l.record("jenkins").Params["password"] != nil {
				t.Errorf("10.5 keeps the password of nobody: %d", r.status)
			}
			return
		}
		want := `{"message":"400 Bad Request"}`
		if l.profile() == V19_1 {
			want = `{"message":"Failed to update integration. {:password=\u003e[\"can't be blank\"]}"}`
		}
		if back.status != http.StatusBadRequest || back.text != want {
			t.Errorf("URL change without the password = %d %s", back.status, back.text)
		}
		if l.record("jenkins").Params["password"] != "s" {
			t.Error("a refused PUT lost the password")
		}
		if r := half(); r.status != http.StatusInternalServerError {
			t.Errorf("blank user without the password's key = %d %s", r.status, r.text)
		}
		if r := l.mustPut("jenkins", with(moved, values{"username": "", "password": ""})); r.status != http.StatusOK || l.record("jenkins").Params["password"] != "" {
			t.Error("the login cannot be cleared as a pair")
		}
	})
}

func TestBlanksAroundURLs(t *testing.T) {
	t.Parallel()
	const trimmed, kept, crash = "trimmed", "kept", "crash"
	for _, tt := range []struct {
		slug, name string
		want       map[Profile]string
	}{
		{"slack", "webhook", map[Profile]string{V10_5: trimmed, V16_0: crash, V19_1: crash}},
		{"mattermost", "webhook", map[Profile]string{V10_5: trimmed, V19_1: crash}},
		{"microsoft-teams", "webhook", map[Profile]string{V10_5: trimmed, V19_1: crash}},
		{"bamboo", "bamboo_url", map[Profile]string{V10_5: trimmed, V19_1: crash}},
		{"buildkite", "project_url", map[Profile]string{V10_5: trimmed, V19_1: crash}},
		{"drone-ci", "drone_url", map[Profile]string{V10_5: trimmed, V19_1: crash}},
		{"external-wiki", "external_wiki_url", map[Profile]string{V10_5: trimmed, V19_1: crash}},
		{"jenkins", "jenkins_url", map[Profile]string{V10_5: trimmed, V19_1: crash}},
		{"teamcity", "teamcity_url", map[Profile]string{V10_5: trimmed, V19_1: crash}},
		{"jira", "url", map[Profile]string{V10_5: trimmed, V16_0: trimmed, V19_1: trimmed}},
		{"jira", "api_url", map[Profile]string{V10_5: trimmed, V16_0: trimmed, V19_1: trimmed}},
		{"redmine", "issues_url", map[Profile]string{V10_5: trimmed, V16_0: trimmed, V19_1: trimmed}},
		{"packagist", "server", map[Profile]string{V10_5: kept, V16_0: kept}},
		{"hipchat", "server", map[Profile]string{V10_5: kept}},
		{"prometheus", "api_url", map[Profile]string{V10_5: kept}},
	} {
		for p, want := range tt.want {
			t.Run(fmt.Sprintf("%s/%s.%s", p, tt.slug, tt.name), func(t *testing.T) {
				t.Parallel()
				l := newLab(t, p)
				const url = "https://x.example.com/y"
				r := l.put(tt.slug, with(l.minimal(tt.slug), values{tt.name: " " + url + "\n"}))
				if want == crash {
					if r.status != http.StatusInternalServerError {
						t.Errorf("PUT = %d %s", r.status, r.text)
					}
					return
				}
				stored := l.record(tt.slug).Params[tt.name]
				if r.status != http.StatusOK || (stored == url) != (want == trimmed) {
					t.Errorf("PUT = %d, stored %q", r.status, stored)
				}
			})
		}
	}
}

func TestOneActiveIssueTrackerOn19(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		l.mustPut("jira", l.minimal("jira"))
		r := l.put("redmine", l.minimal("redmine"))
		if l.profile() != V19_1 {
			if r.status != http.StatusOK {
				t.Errorf("PUT = %d %s", r.status, r.text)
			}
			return
		}
		if r.status != http.StatusBadRequest || !strings.Contains(r.text, "{:base") || !strings.Contains(r.text, "Another issue tracker is already in use") {
			t.Errorf("PUT = %d %s", r.status, r.text)
		}
		l.mustPut("jira", l.minimal("jira"))
		l.del("jira")
		l.mustPut("redmine", l.minimal("redmine"))
	})
}

func TestEditDisableAndEraseAreASecondPair(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		l.mustSucceed(l.Edit("group/project", "slack", values{"webhook": "https://web.example.com", "push_events": false}))
		r := l.get("slack")
		if r.body["active"] != true || r.body["push_events"] != false || r.props()["notify_only_broken_pipelines"] != true {
			t.Errorf("set up in the web page: %s", r.text)
		}
		l.mustSucceed(l.Disable("1", "slack"))
		rec := l.record("slack")
		if rec.Active || rec.Params["webhook"] != "https://web.example.com" {
			t.Errorf("disabled: %+v", rec)
		}
		l.mustSucceed(l.Edit(l.project.Path, "slack", values{"active": true}))
		if !l.record("slack").Active {
			t.Error("not switched on again")
		}
		l.mustSucceed(l.Erase(l.project.Path, "slack"))
		if _, ok := l.Record(l.project.Path, "slack"); ok {
			t.Error("erased, and still there")
		}
		for what, err := range map[string]error{
			"Edit of no such project":       l.Edit("99", "slack", nil),
			"Edit of no such service":       l.Edit(l.project.Path, "nothing", nil),
			"Edit of no such setting":       l.Edit(l.project.Path, "slack", values{"colour": "x"}),
			"Edit to no JSON value":         l.Edit(l.project.Path, "slack", values{"username": func() {}}),
			"Disable of what is not there":  l.Disable(l.project.Path, "slack"),
			"Erase in no such project":      l.Erase("group/none", "slack"),
			"Disable in no project at all":  l.Disable("", "slack"),
			"Erase of no such service name": l.Erase(l.project.Path, ""),
		} {
			if err == nil {
				t.Errorf("%s succeeds", what)
			}
		}
	})
}

func TestRecordIsACopyInJSONTypes(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.mustPut("irker", with(l.minimal("irker"), values{"server_port": 6659}))
	rec := l.record("irker")
	if rec.Params["server_port"] != float64(6659) {
		t.Errorf("server_port is %#v", rec.Params["server_port"])
	}
	rec.Params["server_port"], rec.Flags["push_events"] = 1, false
	if again := l.record("irker"); again.Params["server_port"] != float64(6659) || again.Flags["push_events"] != true {
		t.Error("changing a record changed the server")
	}
	if rec.UpdatedAt != rec.UpdatedAt.Truncate(time.Millisecond) {
		t.Errorf("updated_at is %v", rec.UpdatedAt)
	}
}
