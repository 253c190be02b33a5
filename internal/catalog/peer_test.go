package catalog

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestRowsNameThePeerAsTheOfficialProviderDoes(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		file := "service_" + s.TypeName() + ".go"
		attributes := s.Attributes()
		for _, name := range s.Peer.Types {
			if !strings.HasPrefix(name, "gitlab_service_") && !strings.HasPrefix(name, "gitlab_integration_") && !strings.HasPrefix(name, "gitlab_project_integration_") {
				t.Errorf("%s: the peer's type %s is of none of the three generations of names", file, name)
			}
		}
		for theirs, ours := range s.Peer.Renamed {
			if attributes[ours] == nil || attributes[theirs] != nil {
				t.Errorf("%s: the peer's %s becomes %s: only the latter may be an attribute of ours", file, theirs, ours)
			}
		}
		for _, name := range s.Peer.Dropped {
			if attributes[name] == nil {
				t.Errorf("%s: %s need not be dropped: it is no attribute of ours", file, name)
			}
		}
		if len(s.Peer.Types) == 0 && (s.Peer.Renamed != nil || s.Peer.Dropped != nil || s.Peer.RecordIDs) {
			t.Errorf("%s: a peer without Types", file)
		}
	}
}

func TestTheProjectOfAMovedStateIsNeverARecord(t *testing.T) {
	t.Parallel()
	recordIDs := externalWiki
	recordIDs.Peer.RecordIDs = true
	for _, test := range []struct {
		service     Service
		state, want string
	}{
		{externalWiki, `{"id":"7","project":"group/project"}`, "group/project"},
		{externalWiki, `{"id":"7","project":42}`, "42"},
		{externalWiki, `{"id":"7","project":""}`, "7"},
		{externalWiki, `{"id":"7"}`, "7"},
		{externalWiki, `{"id":"7","project":["42"]}`, ""},
		{externalWiki, `{"id":"","project":null}`, ""},
		{recordIDs, `{"id":"7","project":"42"}`, "42"},
		{recordIDs, `{"id":"7","project":""}`, ""},
	} {
		moved := test.service.Move([]byte(test.state), "project")
		if moved.Values["project"] == nil {
			t.Errorf("%s has no project, not even null", test.state)
		}
		if got := moved.Values.text("project").ValueString(); got != test.want || (len(moved.Problems) > 0) != (test.want == "") {
			t.Errorf("%s has become project %q, want %q (%v)", test.state, got, test.want, moved.Problems)
		}
	}
}

func TestWhatNobodySetInAMovedStateIsUnset(t *testing.T) {
	t.Parallel()
	moved := jira.Move([]byte(`{"project":"1","url":"https://jira.example.com","username":" ","password":"","jira_auth_type":0,
		"project_key":"","project_keys":[],"issues_enabled":false,"commit_events":false}`), "project")
	if len(moved.Problems) > 0 {
		t.Fatal(moved.Problems)
	}
	empty := jira.Move([]byte(`{"project":"1","url":"https://jira.example.com"}`), "project")
	for name, value := range moved.Values {
		if !value.Equal(empty.Values[name]) {
			t.Errorf("%s is %s, want %s as in a state that lacks it", name, value, empty.Values[name])
		}
	}
	// What was set comes over, legacy parameters included.
	kept := jira.Move([]byte(`{"project":"1","password":"p","project_key":"WEB","merge_requests_events":true}`), "project").Values
	if kept.text("password").ValueString() != "p" || kept.text("project_key").ValueString() != "WEB" || !kept["merge_requests_events"].Equal(types.BoolValue(true)) {
		t.Errorf("what was set has become %v", kept)
	}
}

func TestRenamedAttributesGiveWayToTheirOwnName(t *testing.T) {
	t.Parallel()
	for state, want := range map[string]bool{
		`{"project":"1","merge_request_events":true}`:                                true,
		`{"project":"1","merge_request_events":false,"merge_requests_events":true}`:  true,
		`{"project":"1","merge_request_events":true,"merge_requests_events":null}`:   true,
		`{"project":"1","merge_request_events":false,"merge_requests_events":false}`: false,
	} {
		if got := jenkins.Move([]byte(state), "project").Values["merge_requests_events"]; !got.Equal(types.BoolValue(want)) {
			t.Errorf("%s has become %s, want %t", state, got, want)
		}
	}
}

func TestAStateOfAPeerIsOneObject(t *testing.T) {
	t.Parallel()
	for state, problems := range map[string]int{
		`{"project":"1"}`: 0, ` {"project":"1"} `: 0,
		`{"project":"1"} {}`: 1, `{"project":"1"`: 1, `null`: 1, `[]`: 1, ``: 1, `{"project":"1"}]`: 1,
	} {
		moved := externalWiki.Move([]byte(state), "project")
		if len(moved.Problems) != problems || problems > 0 && moved.Values != nil {
			t.Errorf("%s has become %v (%v)", state, moved.Values, moved.Problems)
		}
	}
}

func TestAPeersAttributesComeOverUnderOurNames(t *testing.T) {
	t.Parallel()
	s := Service{Params: []Param{
		String{Name: "word", OneOf: []string{"a", "b"}, Default: "a"}, String{Name: "left"}, String{Name: "old", Legacy: Legacy{Why: "Why."}},
	}, Peer: Peer{Renamed: map[string]string{"theirs": "word"}, Dropped: []string{"left"}}}
	for state, want := range map[string]Values{
		`{"project":"1"}`: {"word": text("a"), "left": noText, "old": noText},
		`{"project":"1","theirs":"b","left":"x","old":"o"}`: {"word": text("b"), "left": noText, "old": text("o")},
		`{"project":"1","theirs":"b","word":"a"}`:           {"word": text("a"), "left": noText, "old": noText},
	} {
		moved := s.Move([]byte(state), "project").Values
		for name, value := range want {
			if !moved[name].Equal(value) {
				t.Errorf("%s has become %s %s, want %s", state, name, moved[name], value)
			}
		}
	}
}

func TestWhatTheOfficialProviderKeepsForNothing(t *testing.T) {
	t.Parallel()
	for wire, want := range map[string]bool{
		`null`: true, `false`: true, `""`: true, `" "`: true, `0`: true, `[]`: true,
		`true`: false, `"x"`: false, `1`: false, `["x"]`: false, `{}`: false,
	} {
		if got := neverSet(fromJSON(wire)); got != want {
			t.Errorf("%s was never set: %t", wire, got)
		}
	}
}

// FuzzMove: whatever stands in a state, the mover neither panics nor gives half
// a resource: either every attribute has a value of its type, or a problem says
// why not.
func FuzzMove(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `[]`, `{}`, `{"project":1}`, `{"project":"a/b","recipients":["a@example.com","b@example.com"]}`,
		`{"project":"1","webhook":"https://example.com/","push_events":"1","channel":2.5,"jira_auth_type":1e99}`,
		`{"project":"1","url":{"a":[]},"project_keys":[1,null,true],"merge_request_events":{}}`, `{"project":"1"}{`,
		`{"id":7,"project":false,"password":["x"],"username":9223372036854775808}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, state []byte) {
		for _, s := range All() {
			moved := s.Move(state, "project")
			for _, p := range moved.Problems {
				if p.Summary == "" || p.Detail == "" {
					t.Errorf("%s: a problem without words: %+v", s.Slug, p)
				}
			}
			if len(moved.Problems) > 0 {
				continue
			}
			if moved.Values.text("project").IsNull() {
				t.Errorf("%s: %q has become a resource without a project", s.Slug, state)
			}
			delete(moved.Values, "project")
			if _, diags := types.ObjectValue(s.AttributeTypes(), moved.Values); diags.HasError() {
				t.Errorf("%s: %q has become %v: %v", s.Slug, state, moved.Values, diags)
			}
		}
	})
}
