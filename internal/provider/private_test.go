package provider

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

var written12 = time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)

func TestAStampTellsWhetherSomebodyElseHasWritten(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		ours, told time.Time
		want       bool
	}{
		"our own":                        {written12, written12, false},
		"a millisecond later":            {written12, written12.Add(time.Millisecond), true},
		"a replica that lags":            {written12, written12.Add(time.Millisecond - replicaLag), false},
		"a GitLab restored":              {written12, written12.Add(-replicaLag), true},
		"an answer without a stamp":      {written12, time.Time{}, false},
		"a state without a stamp":        {time.Time{}, written12, false},
		"neither has one":                {time.Time{}, time.Time{}, false},
		"the same time in another place": {written12, written12.In(time.FixedZone("", 3600)), false},
	} {
		if got := (memory{Stamp: test.ours}).foreign(test.told); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// Whatever a list does not tell, or tells otherwise, is for a GET.
func TestAListProvesThatNothingHasChangedOrNothing(t *testing.T) {
	t.Parallel()
	of := memory{ID: 5, Stamp: written12, ReadAt: written12, Print: "way"}
	listed := gitlab.Listed{ID: 5, UpdatedAt: written12, Active: true, Inherited: new(false)}
	for name, test := range map[string]struct {
		change   func(m *memory, l *gitlab.Listed)
		inherits bool
		want     bool
	}{
		"nothing has changed": {change: func(*memory, *gitlab.Listed) {}, want: true},
		"before 17.3":         {change: func(_ *memory, l *gitlab.Listed) { l.Inherited = nil }, want: true},
		"read in another way": {change: func(m *memory, _ *gitlab.Listed) { m.Print = "other" }},
		"never read": {change: func(m *memory, l *gitlab.Listed) {
			m.ReadAt, l.UpdatedAt, m.Stamp = time.Time{}, time.Time{}, time.Time{}
		}},
		"written since":                 {change: func(_ *memory, l *gitlab.Listed) { l.UpdatedAt = written12.Add(time.Millisecond) }},
		"another record":                {change: func(_ *memory, l *gitlab.Listed) { l.ID = 6 }},
		"switched off":                  {change: func(_ *memory, l *gitlab.Listed) { l.Active = false }},
		"just imported":                 {change: func(m *memory, _ *gitlab.Listed) { m.Importing = true }},
		"read after a foreign write":    {change: func(m *memory, _ *gitlab.Listed) { m.Stamp = written12.Add(-time.Second) }},
		"inherits now":                  {change: func(_ *memory, l *gitlab.Listed) { l.Inherited = new(true) }},
		"inherits as before":            {change: func(_ *memory, l *gitlab.Listed) { l.Inherited = new(true) }, inherits: true, want: true},
		"does not inherit any more":     {change: func(*memory, *gitlab.Listed) {}, inherits: true},
		"may inherit, GitLab is silent": {change: func(_ *memory, l *gitlab.Listed) { l.Inherited = nil }, inherits: true},
	} {
		m, l := of, listed
		test.change(&m, &l)
		if got := m.unchanged(l, test.inherits, "way"); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestOnlyAnAnswerThatIsTheStateCountsAsRead(t *testing.T) {
	t.Parallel()
	warned := diag.Diagnostics{diag.NewWarningDiagnostic("Something", "to say")}
	for name, test := range map[string]struct {
		of     memory
		answer gitlab.Service
		said   diag.Diagnostics
		counts bool
	}{
		"as it was given":                 {answer: gitlab.Service{Slug: "s", UpdatedAt: written12}, counts: true},
		"with something to say":           {answer: gitlab.Service{Slug: "s", UpdatedAt: written12}, said: warned},
		"other than what was sent":        {of: memory{Contradictions: map[string]json.RawMessage{"a": nil}}, answer: gitlab.Service{Slug: "s", UpdatedAt: written12}},
		"not known to be of what service": {answer: gitlab.Service{UpdatedAt: written12}},
	} {
		test.of.ReadAt, test.of.Print = written12.Add(-time.Hour), "before"
		got := test.of.asRead(&test.answer, "way", test.said)
		if want := (memory{ReadAt: written12, Print: "way"}); test.counts != (got.ReadAt.Equal(want.ReadAt) && got.Print == want.Print) ||
			!test.counts && (!got.ReadAt.IsZero() || got.Print != "") {
			t.Errorf("%s: %v %q", name, got.ReadAt, got.Print)
		}
	}
}

// GitLab up to 15.x shows the webhooks that an import takes into the state, with no
// configuration that has them.
func TestASecretThatGitLabDidNotKeepIsWarnedOfAndNotNoted(t *testing.T) {
	t.Parallel()
	row := catalog.Service{Slug: "s", Title: "S", Params: []catalog.Param{
		catalog.Secret{Name: "webhook"}, catalog.String{Name: "channel"}, catalog.String{Name: "same"}, catalog.String{Name: "unsent"}, catalog.String{Name: "written"},
	}}
	of := target{row: &row, at: gitlab.Place{Level: gitlab.Projects, Name: "g/p"}}
	planned := catalog.Values{}
	answered := catalog.Values{}
	sent, wire := map[string]any{}, map[string]any{}
	for _, name := range []string{"webhook", "channel", "same", "unsent", "written"} {
		planned[name], answered[name] = types.StringValue("ours"), attr.Value(types.StringValue("theirs"))
		sent[name], wire[name] = "ours", "theirs"
	}
	answered["same"] = planned["same"]
	delete(sent, "unsent")
	change := catalog.Change{Plan: planned, Config: catalog.Values{"written": planned["written"], "channel": types.StringNull()}}

	noted, diags := contradictions(of, change, sent, answered, wire, memory{})
	if len(noted) != 1 || string(noted["channel"]) != `"theirs"` {
		t.Errorf("private state notes %s", noted)
	}
	if len(diags) != 3 {
		t.Errorf("warns of %v", diags)
	}
	again, diags := contradictions(of, change, sent, answered, wire, memory{Contradictions: noted})
	if len(again) != 1 || len(diags) != 2 {
		t.Errorf("the next write notes %s and warns of %v", again, diags)
	}
	wire["channel"] = "others"
	if again, diags = contradictions(of, change, sent, answered, wire, memory{Contradictions: noted}); len(diags) != 3 || string(again["channel"]) != `"others"` {
		t.Errorf("where GitLab answers something else, it notes %s and warns of %v", again, diags)
	}
}

func TestAReadIsAnotherWhereAnythingThatReadsIs(t *testing.T) {
	t.Parallel()
	one, other := catalog.Any("one"), catalog.Service{Params: []catalog.Param{catalog.String{Name: "a"}}}
	prints := map[string]bool{}
	for _, inst := range []*instance{{version: "1"}, {version: "2"}, {version: "1", detectSecretDrift: true}} {
		for _, row := range []*catalog.Service{one, &other} {
			prints[inst.print(row)] = true
		}
	}
	if len(prints) != 6 || prints[""] {
		t.Errorf("of six ways to read, there are %v", prints)
	}
}

func TestAValueIsSaidInWords(t *testing.T) {
	t.Parallel()
	none := types.ListValueMust(types.StringType, nil)
	if got := inWords(nil); got != "nothing" {
		t.Errorf("no value is said as %s", got)
	}
	one := types.ListValueMust(types.StringType, []attr.Value{types.StringValue("a")})
	for want, value := range map[string]attr.Value{"nothing": types.StringNull(), "an empty list": none, `["a"]`: one, `"a"`: types.StringValue("a")} {
		if got := inWords(value); got != want {
			t.Errorf("%s is said as %s", want, got)
		}
	}
}

func TestARecordThatIsNotKnownIsNotAnothers(t *testing.T) {
	t.Parallel()
	for ids, want := range map[[2]int64]bool{{5, 6}: true, {5, 5}: false, {0, 6}: false, {5, 0}: false, {0, 0}: false} {
		if got := (memory{ID: ids[0]}).anothers(ids[1]); got != want {
			t.Errorf("%d where it was %d: %t", ids[1], ids[0], got)
		}
	}
}
