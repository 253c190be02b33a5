package provider

import "testing"

func TestFirstWritesOfOneServiceExcludeEachOtherByWhateverName(t *testing.T) {
	t.Parallel()
	byID, byPath := write{slug: "slack", project: "7", creates: true}, write{slug: "slack", project: "g/p", creates: true}
	if !byID.excludes(byPath) || !byPath.excludes(byID) {
		t.Error("two creates may run side by side that may be of one service")
	}
	other := write{slug: "slack", project: "g/q", creates: true}
	if other.excludes(byPath) {
		t.Error("two creates of two paths exclude each other")
	}
	if update := (write{slug: "slack", project: "7"}); update.excludes(byPath) {
		t.Error("an update excludes a create of what may be another project")
	}
}

func TestClaimsTellTwoResourcesFromOneThatIsPlannedTwice(t *testing.T) {
	t.Parallel()
	slack := claim{"slack", "g/p"}
	type step func(*gate) bool
	fresh := func(g *gate) bool { return g.claimFresh(slack) }
	kept := func(mark string) step { return func(g *gate) bool { return g.claimKept(slack, mark) } }
	old := func(g *gate) bool { g.claimOld(slack); return false }
	written := func(g *gate) bool { g.settle(slack); return false }
	another := func(g *gate) bool { return g.claimFresh(claim{"slack", "g/q"}) || g.claimFresh(claim{"jira", "g/p"}) }
	for name, test := range map[string]struct {
		steps []step
		last  bool // what the last one reports; all before report nothing
	}{
		"one new":                                 {[]step{fresh}, false},
		"two new":                                 {[]step{fresh, fresh}, true},
		"two new of two services":                 {[]step{fresh, another}, false},
		"one new after another was set":           {[]step{fresh, written, fresh}, false},
		"two new that the state had":              {[]step{old, fresh, old, fresh}, false},
		"one that is replaced":                    {[]step{old, kept("a"), fresh}, false},
		"one of the state":                        {[]step{old, kept("a")}, false},
		"one of the state, planned twice":         {[]step{kept("a"), kept("a")}, false},
		"two of the state":                        {[]step{kept("a"), kept("b")}, true},
		"two of a state without marks":            {[]step{kept(""), kept("")}, false},
		"one of the state and one new":            {[]step{kept("a"), fresh}, false},
		"one new and one of the state":            {[]step{fresh, kept("a")}, false},
		"two of the state that are both replaced": {[]step{kept("a"), fresh, old, fresh}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var g gate
			for i, s := range test.steps {
				if got, want := s(&g), test.last && i == len(test.steps)-1; got != want {
					t.Errorf("step %d reports %t, want %t", i+1, got, want)
				}
			}
		})
	}
}

func TestASecondCreateOfOneRecordIsNoticed(t *testing.T) {
	t.Parallel()
	var g gate
	for _, test := range []struct {
		record
		other string
		twice bool
	}{
		{record{"slack", "7", 5}, "", false},
		{record{"slack", "g/p", 5}, "7", true},
		{record{"jira", "7", 5}, "", false},
		{record{"slack", "8", 6}, "", false},
		{record{"slack", "9", 0}, "", false},
		{record{"slack", "10", 0}, "", false},
	} {
		if other, twice := g.create(test.record); other != test.other || twice != test.twice {
			t.Errorf("%v: %q, %t; want %q, %t", test.record, other, twice, test.other, test.twice)
		}
	}
}
