package fakegitlab

import (
	"net/http"
	"testing"
)

var instanceWiki = values{"external_wiki_url": "https://instance.example.com"}

const wiki = "external-wiki"

func wikiURL(url string) values {
	return values{"external_wiki_url": "https://" + url + ".example.com"}
}

func (r reply) wiki() any { return r.props()["external_wiki_url"] }

func TestBarePutInheritsWhereTheInstanceHasADefault(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.SetInstanceDefault(wiki, instanceWiki)
	if r := l.get(wiki); r.status != http.StatusNotFound {
		t.Errorf("GET before anything = %d %s", r.status, r.text)
	}
	r := l.mustPut(wiki, wikiURL("own"))
	if r.body["inherited"] != true || l.get(wiki).wiki() != "https://instance.example.com" {
		t.Errorf("a bare PUT on nothing: %s", r.text)
	}
	own := l.mustPut(wiki, with(wikiURL("own"), values{useInherited: false}))
	if own.body["inherited"] != false || own.wiki() != "https://own.example.com" {
		t.Errorf("PUT that says its own: %s", own.text)
	}
	if r := l.mustPut(wiki, wikiURL("second")); r.body["inherited"] != false || r.wiki() != "https://second.example.com" {
		t.Errorf("a bare PUT on its own: %s", r.text)
	}
	back := l.mustPut(wiki, with(wikiURL("third"), values{useInherited: true}))
	if back.body["inherited"] != true || back.wiki() != "https://second.example.com" || l.get(wiki).wiki() != "https://instance.example.com" {
		t.Errorf("PUT that goes back shows what was there before: %s, then %s", back.text, l.get(wiki).text)
	}
	l.del(wiki)
	if r := l.get(wiki); r.body["inherited"] != true || r.body["active"] != false {
		t.Errorf("DELETE of an inherited one: %s", r.text)
	}
	if r := l.mustPut(wiki, wikiURL("own")); r.body["active"] != false || l.get(wiki).body["active"] != true {
		t.Errorf("a bare PUT after it: %s, then %s", r.text, l.get(wiki).text)
	}
}

func TestInheritingNothingIsRefused(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	r := l.put(wiki, with(wikiURL("own"), values{useInherited: true}))
	if r.status != http.StatusBadRequest || r.text != `{"message":"Default integration not found."}` {
		t.Errorf("PUT = %d %s", r.status, r.text)
	}
	if r := l.put(wiki, values{useInherited: true}); r.text != `{"error":"external_wiki_url is missing"}` {
		t.Errorf("PUT without the required parameter = %d %s", r.status, r.text)
	}
}

func TestInheritedCopiesFollowTheDefaultAndEndWithIt(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.SetInstanceDefault(wiki, instanceWiki)
	l.project = l.AddProject("group/later")
	first := l.get(wiki)
	if first.body["inherited"] != true || first.body["active"] != true {
		t.Errorf("a new project has no copy: %s", first.text)
	}
	l.SetInstanceDefault(wiki, wikiURL("moved"))
	if r := l.get(wiki); !sameJSON(r.body, first.body) {
		t.Errorf("the copy follows before the background job ran: %s", r.text)
	}
	l.Propagate()
	if r := l.get(wiki); r.wiki() != "https://moved.example.com" || r.body["updated_at"] == first.body["updated_at"] {
		t.Errorf("the copy does not follow: %s", r.text)
	}
	l.mustSucceed(l.Edit("group/later", wiki, wikiURL("own")))
	l.SetInstanceDefault(wiki, instanceWiki)
	l.Propagate()
	if r := l.get(wiki); r.body["inherited"] != false || r.wiki() != "https://own.example.com" {
		t.Errorf("a copy somebody changed follows: %s", r.text)
	}
	l.mustPut(wiki, with(wikiURL("own"), values{useInherited: true}))
	l.SetInstanceDefault(wiki, nil)
	if r := l.get(wiki); r.status != http.StatusNotFound {
		t.Errorf("the copy outlives its default: %d %s", r.status, r.text)
	}
	if r := l.mustPut(wiki, wikiURL("after")); r.body["inherited"] != false || r.wiki() != "https://after.example.com" {
		t.Errorf("after the default is gone: %s", r.text)
	}
}

func TestAPersonChoosesWhatAProjectFollows(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.SetPropagation(0)
	l.AddProject("group/sub/deep")
	from := func(place string) string {
		t.Helper()
		rec := l.recordOf(place, wiki)
		source, ok := l.Source(place, wiki)
		if !ok || rec.Inherited && rec.InheritsFrom != source {
			t.Errorf("%s follows %q and would follow %q, %t", place, rec.InheritsFrom, source, ok)
		}
		if !rec.Inherited {
			return "itself"
		}
		return rec.InheritsFrom
	}
	if _, ok := l.Source("group/project", wiki); ok || l.Inherit("group/project", wiki) == nil {
		t.Error("something follows nothing")
	}
	l.mustSucceed(l.Edit(Instance, wiki, wikiURL("instance")))
	if got := []string{from("group"), from("group/project"), from("group/sub/deep")}; !sameJSON(got, []string{Instance, Instance, Instance}) {
		t.Errorf("with a default of the instance they follow %q", got)
	}
	l.mustSucceed(l.Edit("group/sub", wiki, wikiURL("sub")))
	l.mustSucceed(l.Edit("group/project", wiki, nil))
	if got := []string{from("group"), from("group/project"), from("group/sub/deep")}; !sameJSON(got, []string{Instance, "itself", "group/sub"}) {
		t.Errorf("with settings of their own they follow %q", got)
	}
	l.mustSucceed(l.Disable(Instance, wiki))
	if l.recordOf("group", wiki).Active || !l.record(wiki).Active {
		t.Error("switching the default off reaches others than those that follow it")
	}
	l.mustSucceed(l.Inherit("group/project", wiki))
	l.mustSucceed(l.Inherit("group/sub", wiki))
	if from("group/project") != Instance || from("group/sub") != Instance || from("group/sub/deep") != Instance || l.record(wiki).Active {
		t.Errorf("the project has %+v", l.record(wiki))
	}
	l.mustSucceed(l.Erase(Instance, wiki))
	if _, left := l.Record("group", wiki); left || l.Inherit(Instance, wiki) == nil || l.Inherit("group/project", "jenkins") == nil {
		t.Error("after its end the default is followed")
	}
	if old := newLab(t, V10_5); old.Edit(Instance, wiki, nil) != nil || old.Inherit("group/project", wiki) == nil {
		t.Error("10.5 has templates, and nobody follows them")
	} else if _, ok := old.Source("group/project", wiki); ok {
		t.Error("10.5 names what a project could follow")
	}
}

func TestOlderReleasesTakeTheDefaultAsAStart(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		l.SetInstanceDefault("slack", values{"webhook": "https://i.example.com", "username": "instance", "push_events": false})
		get := l.get("slack")
		if l.profile() == V10_5 {
			if get.body["id"] != nil || get.body["active"] != true || get.props()["username"] != "instance" {
				t.Errorf("the template does not show: %s", get.text)
			}
		} else if get.status != http.StatusNotFound {
			t.Errorf("GET = %d", get.status)
		}
		r := l.mustPut("slack", values{"webhook": "https://own.example.com", useInherited: true})
		if r.props()["username"] != "instance" || r.body["push_events"] != false {
			t.Errorf("PUT does not start from the default: %s", r.text)
		}
		rec := l.record("slack")
		if rec.Params["webhook"] != "https://own.example.com" || rec.Inherited != (l.profile() == V16_0) {
			t.Errorf("record: %+v", rec)
		}
		l.SetInstanceDefault("slack", values{"webhook": "https://new.example.com"})
		l.Propagate()
		if got, want := l.record("slack").Params["webhook"] == "https://new.example.com", l.profile() == V16_0; got != want {
			t.Errorf("a changed default overwrites the copy: %t", got)
		}
	}, V10_5, V16_0)
}
