package fakegitlab

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// forms are what a person may fill in for a service that nobody has set up: what it
// needs, nothing, what it needs without one of it, and each setting wrong in one
// way.
func forms(l *lab, slug string) map[string]values {
	c, _ := Contract(l.profile(), slug)
	right := l.minimal(slug)
	forms := map[string]values{"right": right, "nothing": {}}
	wrong := []string{"", "no such thing", "http://localhost", strings.Repeat("x", 3000)}
	for i, p := range c.Params {
		if p.Fatal {
			continue
		}
		if p.Required {
			forms["no "+p.Name] = without(right, p.Name)
		}
		forms["wrong "+p.Name] = with(right, values{p.Name: wrong[i%len(wrong)]})
	}
	return forms
}

// request is the body of a PUT that says what a form says: it has a null where the
// form leaves a key out that must be there and may be null.
func request(c ServiceContract, form values) values {
	body := with(form, nil)
	for _, p := range c.Params {
		if _, given := form[p.Name]; p.Required && !p.Present && !given {
			body[p.Name] = nil
		}
	}
	return body
}

func TestWhatThePageSavesIsWhatTheAPITakesAndItsWordsAreTheAPIs(t *testing.T) {
	t.Parallel()
	for _, profile := range landmarks {
		t.Run(string(profile), func(t *testing.T) {
			t.Parallel()
			byAPI, byHand := newLab(t, profile), newLab(t, profile)
			refused := 0
			for _, slug := range byAPI.slugs() {
				c, _ := Contract(profile, slug)
				if _, possible := byHand.Unconfigured("1", slug); !possible || c.CreatedElsewhere {
					continue
				}
				for name, form := range forms(byAPI, slug) {
					for _, l := range []*lab{byAPI, byHand} {
						l.mustSucceed(l.Erase("1", slug))
					}
					r := byAPI.put(slug, request(c, form))
					err := byHand.Save("1", slug, form)
					words := ""
					if r.status != 200 {
						words, refused = fmt.Sprint(r.body["error"], r.body["message"]), refused+1
					}
					var no *RefusedError
					if errors.As(err, &no) != (r.status != 200) || no != nil && !strings.Contains(words, no.Words) {
						t.Errorf("%s, %s: the API says %d %s, the page %v", slug, name, r.status, r.text, err)
						continue
					}
					want, _ := byAPI.Record("1", slug)
					got, _ := byHand.Record("1", slug)
					want.ID, want.CreatedAt, want.UpdatedAt = got.ID, got.CreatedAt, got.UpdatedAt
					dropNulls(want.Params)
					dropNulls(got.Params)
					if !reflect.DeepEqual(got, want) {
						t.Errorf("%s, %s: the API has made\n%+v, and the page\n%+v", slug, name, want, got)
					}
				}
			}
			if refused < 60 {
				t.Errorf("only %d forms were refused", refused)
			}
		})
	}
}

// dropNulls makes a setting that is null one that is not there.
func dropNulls(params values) {
	for name, v := range params {
		if v == nil {
			delete(params, name)
		}
	}
}

func TestARefusalNamesTheSettings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		profile       Profile
		slug          string
		before        values
		form          values
		words, fields string
	}{
		{V19_1, "slack", nil, values{}, "webhook is missing", "map[webhook:[is missing]]"},
		{V19_1, "irker", nil, values{"server_port": "many", "recipients": "irc://a/b"}, "server_port is invalid", "map[server_port:[is invalid]]"},
		{V19_1, "slack", values{"webhook": "https://hooks.example.com"}, values{"webhook": "ftp://x"},
			`Failed to update integration. {:webhook=>["is blocked: Only allowed schemes are http, https"]}`, "map[webhook:[is blocked: Only allowed schemes are http, https]]"},
		{V16_0, "slack", values{"webhook": "https://hooks.example.com"}, values{"webhook": ""}, "400 Bad Request", "map[webhook:[can't be blank must be a valid URL]]"},
		{V19_1, "bugzilla", nil, values{"project_url": strings.Repeat("x", 3000), "issues_url": "https://b.example.com", "new_issue_url": "https://b.example.com"},
			"", "map[project_url:[is blocked: Only allowed schemes are http, https is too long (maximum is 2048 characters)]]"},
	} {
		l := newLab(t, tt.profile)
		if tt.before != nil {
			l.mustSucceed(l.Edit("1", tt.slug, tt.before))
		}
		before, _ := l.Record("1", tt.slug)
		var no *RefusedError
		if err := l.Save("1", tt.slug, tt.form); !errors.As(err, &no) || tt.words != "" && no.Words != tt.words || fmt.Sprint(no.Fields) != tt.fields {
			t.Errorf("%s %s %v: %v, %v", tt.profile, tt.slug, tt.form, err, no.Fields)
		}
		if after, _ := l.Record("1", tt.slug); !reflect.DeepEqual(before, after) {
			t.Errorf("%+v became %+v", before, after)
		}
	}
}

func TestSavingLeavesWhatItDoesNotName(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.mustSucceed(l.Edit("1", "slack", values{"webhook": "https://hooks.example.com", "channel": "#a", "push_events": true}))
	l.mustSucceed(l.Disable("1", "slack"))
	l.mustSucceed(l.Save("1", "slack", values{"username": "by hand", "push_events": false}))
	rec := l.record("slack")
	if rec.Active || rec.Params["webhook"] != "https://hooks.example.com" || rec.Params["channel"] != "#a" || rec.Params["username"] != "by hand" || rec.Flags["push_events"] != false {
		t.Errorf("it is %+v", rec)
	}
	l.mustSucceed(l.Save("1", "slack", values{"webhook": ""})) // nobody holds one that is off to it
	if err := l.Save("1", "slack", values{"active": true}); err == nil || l.record("slack").Active {
		t.Errorf("without an address it is switched on: %v", err)
	}
}

func TestAnAddressThatMovesWithoutItsSecretIsRefused(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.mustPut("jenkins", values{"jenkins_url": "https://ci.example.com", "project_name": "web", "username": "u", "password": "p"})
	if err := l.Save("1", "jenkins", values{"jenkins_url": "https://new.example.com"}); err == nil {
		t.Errorf("it is %+v", l.record("jenkins"))
	}
	l.mustSucceed(l.Save("1", "jenkins", values{"jenkins_url": "https://new.example.com", "password": "p"}))
}

func TestWhatAPlaceCannotHaveIsNotSaved(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.SetAllowed("jira")
	for _, tt := range []struct{ place, slug, words string }{
		{"1", "slack", "400 Integration not available"}, {"group", "apple-app-store", "is not for group"}, {"1", "nothing", "has no service"}, {"nowhere", "jira", "no project or group"},
	} {
		if err := l.Save(tt.place, tt.slug, nil); err == nil || !strings.Contains(err.Error(), tt.words) {
			t.Errorf("%s in %s: %v", tt.slug, tt.place, err)
		}
		if _, possible := l.Unconfigured(tt.place, tt.slug); possible {
			t.Errorf("%s has a form in %s", tt.slug, tt.place)
		}
	}
	if rec, possible := l.Unconfigured("1", "jira"); !possible || rec.Title != "Jira issues" || rec.Params["jira_auth_type"] != float64(0) {
		t.Errorf("the form of jira shows %+v, %t", rec, possible)
	}
	if err := l.Save("1", "jira", values{"url": func() {}}); err == nil {
		t.Error("a function is saved")
	}
}

func TestPlacesStandBelowTheirGroups(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	for _, path := range []string{"a/sub/deep", "a/x", "a-b/three"} {
		l.AddProject(path)
	}
	l.mustSucceed(l.Edit("a", "asana", nil))
	l.mustSucceed(l.Disable("a", "asana"))
	var got []string
	for _, p := range l.Places() {
		got = append(got, fmt.Sprint(p.Noun, p.Path, p.Services))
	}
	want := []string{"instance[]", "groupa-b[]", "projecta-b/three[]", "groupa[{asana false}]", "groupa/sub[]", "projecta/sub/deep[]", "projecta/x[]", "groupgroup[]", "projectgroup/project[]"}
	if !slices.Equal(got, want) {
		t.Errorf("places are %q, want %q", got, want)
	}
}

func TestChoicesAreOfSettingsThatThereAre(t *testing.T) {
	t.Parallel()
	for _, profile := range Profiles() {
		used := map[string]bool{}
		for _, slug := range Slugs(profile) {
			c, _ := Contract(profile, slug)
			for _, p := range c.Params {
				if len(p.Choices) > 0 {
					used[p.Name] = true
				}
			}
		}
		r := releases()[build{profile, Development}]
		for name := range r.Choices {
			if !used[name] && r.Like == "" {
				t.Errorf("%s: no service has %s", profile, name)
			}
		}
	}
}

func TestTheLastRequestsAreThoseThatArrivedLast(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	for _, slug := range []string{"asana", "jira", "slack"} {
		l.get(slug)
	}
	for n, want := range map[int]int{0: 0, 2: 2, 5: 3} {
		if last, total := l.LastRequests(n); len(last) != want || total != 3 || want > 0 && !strings.HasSuffix(last[want-1].Path, "slack") {
			t.Errorf("the last %d are %v of %d", n, last, total)
		}
	}
}

func TestTheRevisionMovesWithWhateverChangesAndWithNoLook(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	advance := clockOf(l.Server)
	l.SetPropagation(time.Second)
	before := l.Revision()
	for name, change := range map[string]func(){
		"a request": func() { l.get("slack") },
		"an edit":   func() { l.mustSucceed(l.Edit("group", "slack", values{"channel": "#a"})) },
		"a save":    func() { l.mustSucceed(l.Save("1", "emails-on-push", values{"recipients": "dev@example.com"})) },
		"a project": func() { l.AddProject("group/more") },
		"a feature": func() { l.mustSucceed(l.SetFeature("slack_app", false)) },
	} {
		change()
		if after := l.Revision(); after == before {
			t.Errorf("%s does not move it", name)
		} else {
			before = after
		}
	}
	l.Places()
	l.Record("1", "slack")
	l.LastRequests(1)
	l.Unconfigured("1", "jira")
	l.Source("1", "slack")
	_, _ = l.Waiting(), l.Slugs()
	if after := l.Revision(); after != before {
		t.Errorf("looking moves it from %d to %d", before, after)
	}
	advance()
	if l.Revision() == before || l.Waiting() != 0 {
		t.Error("a job whose time has come does not move it")
	}
}
