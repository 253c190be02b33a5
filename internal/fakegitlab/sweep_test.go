package fakegitlab

import (
	"net/http"
	"testing"
)

// The two sweeps go over every service of every profile.

func TestLifeOfEveryServiceFromRequiredParametersToDelete(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		for _, slug := range l.slugs() {
			c, _ := Contract(l.profile(), slug)
			body := l.minimal(slug)

			put := l.mustPut(slug, body)
			if get := l.get(slug); !sameJSON(get.body, put.body) {
				t.Errorf("%s: GET answers %s, the PUT before it %s", slug, get.text, put.text)
			}
			rec := l.record(slug)
			for _, p := range c.Params {
				_, shown := put.props()[p.Name]
				if sent, ok := body[p.Name]; ok {
					if !sameJSON(rec.Params[p.Name], sent) {
						t.Errorf("%s.%s: stored %v, sent %v", slug, p.Name, rec.Params[p.Name], sent)
					}
					if shown != p.Returned {
						t.Errorf("%s.%s: shown is %t, want %t", slug, p.Name, shown, p.Returned)
					}
				}
				if shown && p.Secret {
					t.Errorf("%s.%s: a secret is shown", slug, p.Name)
				}
			}
			// Prometheus computes its own active from a setting that nobody sent.
			if want := slug != "prometheus"; put.body["active"] != want {
				t.Errorf("%s: active is %v after PUT", slug, put.body["active"])
			}

			if c.CreatedElsewhere {
				continue // and ended elsewhere, or half
			}
			if slug == "prometheus" {
				l.mustSucceed(l.Edit(l.project.Path, slug, values{"manual_configuration": true}))
			}
			del := l.del(slug)
			if del.status != http.StatusNoContent || del.text != "" {
				t.Errorf("%s: DELETE = %d %q", slug, del.status, del.text)
			}
			gone := l.get(slug)
			if gone.status != http.StatusOK || gone.body["active"] != false ||
				gone.body["id"] != put.body["id"] || gone.body["created_at"] != put.body["created_at"] {
				t.Errorf("%s: GET after DELETE = %d %s", slug, gone.status, gone.text)
			}
			for _, p := range c.Params {
				v, shown := gone.props()[p.Name]
				if shown != p.Returned {
					t.Errorf("%s.%s: shown after DELETE is %t, want %t", slug, p.Name, shown, p.Returned)
				}
				if want := afterDelete[l.profile()][slug+"."+p.Name]; !sameJSON(v, want) {
					t.Errorf("%s.%s is %v after DELETE, want %v", slug, p.Name, v, want)
				}
			}
			if after := l.record(slug); !sameJSON(after.Flags, rec.Flags) {
				t.Errorf("%s: DELETE changed the flags to %v", slug, after.Flags)
			}
		}
	}, Profiles()...)
}

func (l *lab) mustSucceed(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

// afterDelete are the settings that do not read null after a DELETE: columns
// fall back to their default, and some read as a value while they are null.
var afterDelete = map[Profile]values{
	V16_0: {
		"datadog.archive_trace_events":           false,
		"datadog.datadog_site":                   "datadoghq.com",
		"jira.jira_auth_type":                    0,
		"emails-on-push.branches_to_be_notified": "all",
		"drone-ci.enable_ssl_verification":       false,
		"teamcity.enable_ssl_verification":       false,
	},
	V18_9: afterDeleteNow(nil),
	V19_1: afterDeleteNow(values{
		"pipelines-email.notify_child_pipelines": true,
	}),
}

// afterDeleteNow is that of 18.9 and later.
func afterDeleteNow(more values) values {
	return with(values{
		"jira.jira_auth_type":                      0,
		"jira.issues_enabled":                      false,
		"jira.project_keys":                        []any{},
		"jira.vulnerabilities_enabled":             false,
		"jira.customize_jira_issue_enabled":        false,
		"jira.jira_check_enabled":                  false,
		"jira.jira_exists_check_enabled":           false,
		"jira.jira_assignee_check_enabled":         false,
		"jira.jira_status_check_enabled":           false,
		"jira.jira_allowed_statuses_as_string":     "",
		"emails-on-push.branches_to_be_notified":   "all",
		"drone-ci.enable_ssl_verification":         false,
		"teamcity.enable_ssl_verification":         false,
		"buildkite.enable_ssl_verification":        true,
		"apple-app-store.app_store_protected_refs": true,
		"google-play.google_play_protected_refs":   true,
		"datadog.datadog_site":                     "datadoghq.com",
		"datadog.datadog_ci_visibility":            false,
		"datadog.archive_trace_events":             false,
	}, more)
}

func TestPutThatSaysEverythingIsAcceptedAndKept(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		for _, slug := range l.slugs() {
			c, _ := Contract(l.profile(), slug)
			body := with(l.minimal(slug), values{useInherited: false})
			for _, p := range c.Params {
				if !p.Fatal {
					body[p.Name] = sample(slug, p)
				}
			}
			for _, e := range c.Events {
				if slug != "datadog" || e != "pipeline_events" { // it follows a setting
					body[e] = false
				}
			}
			put := l.mustPut(slug, body)
			if get := l.get(slug); !sameJSON(get.body, put.body) {
				t.Errorf("%s: GET answers %s, the PUT before it %s", slug, get.text, put.text)
			}
			for name, sent := range body {
				got, shown := put.props()[name]
				if !shown {
					got, shown = put.body[name]
				}
				if shown && !sameJSON(got, sent) {
					t.Errorf("%s.%s: sent %v, answered %v", slug, name, sent, got)
				}
			}
			if put.body["active"] != true && slug != "prometheus" {
				t.Errorf("%s is not active", slug)
			}
			l.del(slug) // 19.1 has one issue tracker at a time
		}
	}, Profiles()...)
}
