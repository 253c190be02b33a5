package fakegitlab

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestASnapshotIsRestored(t *testing.T) {
	t.Parallel()
	eachProfile(t, func(t *testing.T, l *lab) {
		l.AddProject("group/sub/other")
		l.mustSucceed(l.Edit("group/sub/other", "slack", map[string]any{"webhook": "https://hooks.example.com/x", "push_events": false}))
		l.mustSucceed(l.Disable("group/sub/other", "slack"))
		l.mustSucceed(l.Edit("group/project", "jira", map[string]any{"jira_issue_transition_id": "4"}))
		l.SetInstanceDefault(wiki, map[string]any{"external_wiki_url": "https://wiki.example.com"})
		l.AddProject("group/follows")
		if l.GroupsHaveServices() {
			l.mustSucceed(l.Edit("group", "asana", map[string]any{"api_key": "0/x"}))
			l.mustSucceed(l.Inherit("group/follows", "asana"))
		}
		text, err := json.Marshal(l.Snapshot())
		l.mustSucceed(err)
		var read Snapshot
		l.mustSucceed(json.Unmarshal(text, &read))
		restored, err := Restore(read)
		l.mustSucceed(err)
		if got := restored.Snapshot(); !reflect.DeepEqual(got, read) || len(got.Records) < 3 {
			t.Errorf("restored is\n%+v\nnot\n%+v", got, read)
		}
		if !reflect.DeepEqual(restored.Projects(), l.Projects()) || !reflect.DeepEqual(restored.Groups(), l.Groups()) {
			t.Errorf("restored has %v and %v", restored.Projects(), restored.Groups())
		}
		l.mustSucceed(restored.Edit("group/project", "asana", map[string]any{"api_key": "0/y"}))
		if record, _ := restored.Record("group/project", "asana"); record.ID <= read.Records[len(read.Records)-1].ID {
			t.Errorf("a new record has the id %d of an old one", record.ID)
		}
	})
}

func TestASnapshotThatHoldsNoGitLabIsRefused(t *testing.T) {
	t.Parallel()
	stored := Stored{Place: "group/project", Slug: "asana"}
	for name, from := range map[string]Snapshot{
		"no such place":   {Profile: V19_1, Records: []Stored{stored}},
		"no such service": {Profile: V19_1, Projects: []string{"group/project"}, Records: []Stored{{Place: "group/project", Slug: "nonsense"}}},
		"follows nothing": {Profile: V19_1, Projects: []string{"group/project"}, Records: []Stored{{"group/project", "asana", Record{ID: 1, Inherited: true}}}},
	} {
		if _, err := Restore(from); err == nil {
			t.Errorf("%s: restored", name)
		}
	}
}
