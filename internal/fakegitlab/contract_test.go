package fakegitlab

import (
	"regexp"
	"slices"
	"testing"
)

var documented = []string{
	"asana", "assembla", "bamboo", "bugzilla", "buildkite", "campfire", "custom-issue-tracker", "drone-ci",
	"emails-on-push", "external-wiki", "flowdock", "gemnasium", "hipchat", "irker", "jira", "kubernetes",
	"slack-slash-commands", "mattermost-slash-commands", "packagist", "pipelines-email", "pivotaltracker",
	"prometheus", "pushover", "redmine", "slack", "microsoft-teams", "mattermost", "teamcity", "jenkins",
	"jenkins-deprecated", "mock-ci",
}

func TestEachProfileServesTheDocumentedServicesItStillHas(t *testing.T) {
	gone := map[Profile][]string{
		V10_5: {},
		V16_0: {"flowdock", "gemnasium", "hipchat", "jenkins-deprecated", "kubernetes"},
		V19_1: {"flowdock", "gemnasium", "hipchat", "jenkins-deprecated", "kubernetes", "prometheus", "slack-slash-commands"},
	}
	for _, p := range landmarks {
		served := Slugs(p)
		for _, slug := range documented {
			if want := !slices.Contains(gone[p], slug); slices.Contains(served, slug) != want {
				t.Errorf("%s serves %s: %t, want %t", p, slug, !want, want)
			}
		}
	}
}

func TestContractFilesHaveNoUnknownKeysAndOnlyKnownWords(t *testing.T) {
	for _, p := range Profiles() {
		r, err := readRelease(p)
		if err != nil {
			t.Fatal(err)
		}
		oneOf := func(where, word string, words ...string) {
			t.Helper()
			if !slices.Contains(words, word) {
				t.Errorf("%s %s: %q is none of %q", p, where, word, words)
			}
		}
		oneOf("profile", string(r.Profile), string(p))
		oneOf("never_configured", r.NeverConfigured, "placeholder", "missing")
		oneOf("properties", r.Properties, "stored", "fields")
		oneOf("event_type", r.EventType, "string", "boolean")
		oneOf("stamps", r.Stamps, "changes", "writes")
		oneOf("instance_defaults", r.InstanceDefaults, "template", "copied", "inherited")
		for _, svc := range r.Services {
			names := map[string]bool{}
			for _, param := range svc.Params {
				where := svc.Slug + "." + param.Name
				if names[param.Name] {
					t.Errorf("%s %s is there twice", p, where)
				}
				names[param.Name] = true
				oneOf(where+".type", param.Type, "string", "integer", "boolean", "array")
				oneOf(where+".url", param.URL, "", "format", "public", "any host")
				oneOf(where+".blanks", param.Blanks, "", "trim", "crash")
				if param.HealsFrom != nil {
					oneOf(where+".heals_from", param.HealsFrom.TrueIs, "any", "text")
				}
				if param.MaxRecipients != nil {
					oneOf(where+".max_recipients", param.MaxRecipients.Separators, "blanks", "commas and blanks")
				}
			}
			refers := []string{svc.ActiveWhen, svc.DefaultChannel, svc.Hook}
			if svc.Login != nil {
				oneOf(svc.Slug+".login", svc.Login.Rule, bothOrNull, bothOrBlank, userWithPassword, userWithGiven)
				oneOf(svc.Slug+".half_cleared", svc.Login.HalfCleared, "", "crash")
				refers = append(refers, svc.Login.User, svc.Login.Password)
			}
			if svc.Wipes != nil {
				refers = append(append(refers, svc.Wipes.PasswordOn...), svc.Wipes.PasswordWithout)
			}
			for _, param := range svc.Params {
				refers = append(refers, param.Echoes, param.IRC, param.URLWhen)
				if param.PresentWhen != nil {
					refers = append(refers, param.PresentWhen.Param)
				}
				if param.HealsFrom != nil {
					refers = append(refers, param.HealsFrom.Param)
				}
				if param.RefusedHost != nil {
					refers = append(refers, param.RefusedHost.Param)
				}
			}
			for _, name := range refers {
				if name != "" && !names[name] {
					t.Errorf("%s %s refers to %q, which it does not have", p, svc.Slug, name)
				}
			}
			for _, name := range svc.Events {
				if !r.hasFlag(name) {
					t.Errorf("%s %s: %s is no flag of the release", p, svc.Slug, name)
				}
			}
			for _, name := range svc.BrokenEvents {
				if r.hasFlag(name) {
					t.Errorf("%s %s: %s is said to be broken and is a column", p, svc.Slug, name)
				}
			}
		}
	}
}

// GitLab 10.2.6, 10.3.4 and 10.4 to 12.0 hide by name.
func TestGitLab10HidesExactlyTheNamesWithPasswordTokenOrKey(t *testing.T) {
	rule := regexp.MustCompile(`password|token|key`)
	for _, slug := range Slugs(V10_5) {
		c, _ := Contract(V10_5, slug)
		for _, p := range c.Params {
			if p.Secret != rule.MatchString(p.Name) {
				t.Errorf("%s.%s: secret is %t", slug, p.Name, p.Secret)
			}
		}
	}
}

func TestParametersThatOneReleaseKnowsAndAnotherDoesNot(t *testing.T) {
	has := func(p Profile, slug, name string) bool {
		c, _ := Contract(p, slug)
		return slices.ContainsFunc(c.Params, func(p ParamContract) bool { return p.Name == name }) || slices.Contains(c.Events, name)
	}
	for _, tt := range []struct {
		slug, name string
		in         []Profile
	}{
		{"jira", "project_key", []Profile{V19_1}},
		{"jira", "project_keys", []Profile{V19_1}},
		{"jira", "jira_issue_transition_automatic", []Profile{V16_0}},
		{"jira", "comment_on_event_enabled", []Profile{V16_0, V19_1}},
		{"jira", "merge_requests_events", []Profile{V16_0, V19_1}},
		{"pipelines-email", "add_pusher", nil},
		{"pipelines-email", "notify_only_default_branch", []Profile{V16_0, V19_1}},
		{"pipelines-email", "notify_child_pipelines", []Profile{V19_1}},
		{"mattermost-slash-commands", "username", nil},
		{"slack", "notify_only_default_branch", []Profile{V10_5}},
		{"slack", "branches_to_be_notified", []Profile{V16_0, V19_1}},
		{"slack", "labels_to_be_notified", []Profile{V19_1}},
		{"slack", "vulnerability_events", []Profile{V19_1}},
		{"slack", "alert_events", []Profile{V16_0, V19_1}},
		{"mattermost", "alert_events", nil},
		{"microsoft-teams", "work_item_events", nil}, // declared and broken
		{"microsoft-teams", "notify_only_broken_pipelines", []Profile{V16_0, V19_1}},
		{"custom-issue-tracker", "title", []Profile{V10_5}},
		{"bamboo", "enable_ssl_verification", []Profile{V16_0, V19_1}},
		{"emails-on-push", "branches_to_be_notified", []Profile{V16_0, V19_1}},
		{"prometheus", "manual_configuration", []Profile{V16_0}},
	} {
		for _, p := range landmarks {
			if got, want := has(p, tt.slug, tt.name), slices.Contains(tt.in, p); got != want {
				t.Errorf("%s %s.%s: declared is %t", p, tt.slug, tt.name, got)
			}
		}
	}
}

func TestContractIsACopy(t *testing.T) {
	c, ok := Contract(V19_1, "jira")
	if !ok {
		t.Fatal("no jira")
	}
	c.Params[0].Name, c.Events[0] = "x", "x"
	again, _ := Contract(V19_1, "jira")
	if again.Params[0].Name != "url" || again.Events[0] == "x" {
		t.Errorf("changing a contract changed the next one: %+v", again)
	}
}

func TestUnknownProfilesAndSlugsHaveNoContract(t *testing.T) {
	if Slugs("9.0") != nil {
		t.Error("a profile that does not exist has slugs")
	}
	if _, ok := Contract("9.0", "slack"); ok {
		t.Error("a profile that does not exist has a contract")
	}
	if _, ok := Contract(V19_1, "hipchat"); ok {
		t.Error("19.1 has a contract for hipchat")
	}
	if err := New("9.0").Start(); err == nil {
		t.Error("a server of a profile that does not exist starts")
	}
}
