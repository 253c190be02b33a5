package provider

import "testing"

func TestFirstWritesOfOneServiceExcludeEachOtherByWhateverName(t *testing.T) {
	t.Parallel()
	byID, byPath := passage{keyOf("slack", "7"), creates}, passage{keyOf("slack", "g/p"), creates}
	if g := newGate(); !g.excludes(byID, byPath) || !g.excludes(byPath, byID) {
		t.Error("two creates may run side by side that may be of one service")
	}
	other := passage{keyOf("slack", "g/q"), creates}
	if newGate().excludes(other, byPath) {
		t.Error("two creates of two paths exclude each other")
	}
	if update := (passage{keyOf("slack", "7"), updates}); newGate().excludes(update, byPath) {
		t.Error("an update excludes a create of what may be another project")
	} else if newGate().excludes(byPath, update) {
		t.Error("a create waits for an update of what may be another project")
	}
}

func TestClaimsTellTwoResourcesFromOneThatIsPlannedTwice(t *testing.T) {
	t.Parallel()
	slack := keyOf("slack", "g/p")
	type step func(*claims) bool
	fresh := func(c *claims) bool { return c.planNew(slack, "") }
	kept := func(mark string) step {
		return func(c *claims) bool { twice, _ := c.planStaying(slack, 0, mark); return twice }
	}
	recorded := func(mark string) step {
		return func(c *claims) bool { twice, _ := c.planStaying(slack, 5, mark); return twice }
	}
	byAnotherName := func(mark string) step {
		return func(c *claims) bool {
			twice, _ := c.planStaying(keyOf("slack", "7"), 5, mark)
			return twice
		}
	}
	inCapitals := func(c *claims) bool { return c.planNew(keyOf("slack", "G/P"), "") }
	old := func(c *claims) bool { c.seenInState(slack, ""); return false }
	replaced := func(mark string) step { return func(c *claims) bool { return c.planNew(slack, mark) } }
	readElsewhere := func(mark string) step {
		return func(c *claims) bool { c.seenInState(keyOf("slack", "g/old"), mark); return false }
	}
	beside := func(mark string) step {
		return func(c *claims) bool { return c.planNew(keyOf("jira", "g/p"), mark) }
	}
	written := func(c *claims) bool { c.forgetPlans(slack); return false }
	leaves := func(mark string) step { return func(c *claims) bool { c.planLeaving(slack, 0, mark); return false } }
	another := func(c *claims) bool {
		return c.planNew(keyOf("slack", "g/q"), "") || c.planNew(keyOf("jira", "g/p"), "")
	}
	for name, test := range map[string]struct {
		steps []step
		last  bool // what the last one reports; all before report nothing
	}{
		"one new":                                  {[]step{fresh}, false},
		"two new":                                  {[]step{fresh, fresh}, true},
		"two new in two letter cases":              {[]step{fresh, inCapitals}, true},
		"two new of two services":                  {[]step{fresh, another}, false},
		"one new after another was set":            {[]step{fresh, written, fresh}, false},
		"two new that the state had":               {[]step{old, fresh, old, fresh}, false},
		"one that is replaced":                     {[]step{old, kept("a"), fresh}, false},
		"one of the state":                         {[]step{old, kept("a")}, false},
		"one of the state, planned twice":          {[]step{kept("a"), kept("a")}, false},
		"two of the state":                         {[]step{kept("a"), kept("b")}, true},
		"two of a state without marks":             {[]step{kept(""), kept("")}, false},
		"two of the state by other names":          {[]step{kept("a"), byAnotherName("a"), byAnotherName("b")}, true},
		"one of the state by two names":            {[]step{recorded("a"), byAnotherName("a")}, false},
		"one of the state and one new":             {[]step{kept("a"), fresh}, false},
		"one new and one of the state":             {[]step{fresh, kept("a")}, false},
		"one from elsewhere, planned twice":        {[]step{replaced("a"), replaced("a")}, false},
		"two from elsewhere":                       {[]step{replaced("a"), replaced("b")}, true},
		"one from elsewhere and one new":           {[]step{replaced("a"), fresh}, true},
		"planned, read and planned":                {[]step{replaced("a"), readElsewhere("a"), replaced("a")}, false},
		"planned, gone and planned":                {[]step{replaced("a"), readElsewhere("a"), fresh}, false},
		"planned beside another, gone and planned": {[]step{replaced("a"), beside("b"), readElsewhere("a"), fresh}, false},
		"planned, and another one read":            {[]step{replaced("a"), readElsewhere("b"), fresh}, true},
		"two of the state that are both replaced":  {[]step{kept("a"), fresh, old, fresh}, false},
		"two new, and one without a mark read":     {[]step{fresh, readElsewhere(""), fresh}, true},
		"one that was set, read among others":      {[]step{replaced("b"), written, replaced("a"), readElsewhere("b"), fresh}, true},
		"one that leaves after all":                {[]step{kept("a"), leaves("a"), kept("b")}, false},
		"one of two that leaves":                   {[]step{kept("a"), leaves("c"), kept("b")}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClaims()
			for i, s := range test.steps {
				if got, want := s(c), test.last && i == len(test.steps)-1; got != want {
					t.Errorf("step %d reports %t, want %t", i+1, got, want)
				}
			}
		})
	}
}

// Records are told apart by their ids, of however many there are.
func TestTwoResourcesOfOneRecordAreFoundAmongOthers(t *testing.T) {
	t.Parallel()
	c := newClaims()
	for i, of := range []struct {
		project, mark string
		id            int64
		twice         bool
	}{{"7", "a", 5, false}, {"8", "b", 6, false}, {"g/p", "c", 5, true}} {
		if twice, _ := c.planStaying(keyOf("slack", of.project), of.id, of.mark); twice != of.twice {
			t.Errorf("plan %d: two have it: %t", i, twice)
		}
	}
}

// One without a mark claims nothing, and is told of those that do.
func TestAResourceWithoutAMarkIsToldOfTwoOthers(t *testing.T) {
	t.Parallel()
	c := newClaims()
	slack := keyOf("slack", "g/p")
	for _, mark := range []string{"", "a", "", "b"} {
		if twice, _ := c.planStaying(slack, 0, mark); twice != (mark == "b") {
			t.Errorf("%q: two have it: %t", mark, twice)
		}
	}
	if twice, _ := c.planStaying(slack, 0, ""); !twice {
		t.Error("two have it, and nothing is said of them")
	}
}

func TestASecondCreateOfOneRecordIsNoticed(t *testing.T) {
	t.Parallel()
	c := newClaims()
	for _, test := range []struct {
		slug, project string
		id            int64
		other         string
		update        bool
	}{
		{slug: "slack", project: "7", id: 5},
		{slug: "slack", project: "g/p", id: 5, other: "7"},
		{slug: "slack", project: "g/q", id: 5, other: "7"},
		{slug: "slack", project: "11", id: 9, update: true},
		{slug: "slack", project: "g/r", id: 9},
		{slug: "slack", project: "g/s", id: 9, update: true},
		{slug: "jira", project: "7", id: 5},
		{slug: "slack", project: "8", id: 6},
		{slug: "slack", project: "9", id: 0},
		{slug: "slack", project: "10", id: 0},
	} {
		other, twice := c.written(writtenRecord{keyOf(test.slug, test.project), test.id, !test.update})
		if other.Name != test.other || twice != (test.other != "") {
			t.Errorf("%+v: %v, %t", test, other, twice)
		}
	}
}

func TestClaimsKnowWhatThisApplyWrote(t *testing.T) {
	t.Parallel()
	record := func(slug, project string, id int64) writtenRecord {
		return writtenRecord{key: keyOf(slug, project), id: id}
	}
	for name, test := range map[string]struct {
		written   []writtenRecord
		asked     writtenRecord
		yes, sure bool
	}{
		"nothing written":                   {nil, record("slack", "g/p", 5), false, true},
		"the same name":                     {[]writtenRecord{record("slack", "g/p", 5)}, record("slack", "g/p", 0), true, true},
		"another service of the project":    {[]writtenRecord{record("jira", "g/p", 5)}, record("slack", "g/p", 5), false, true},
		"the same record by id and by path": {[]writtenRecord{record("slack", "7", 5)}, record("slack", "g/p", 5), true, true},
		"the same record by two paths":      {[]writtenRecord{record("slack", "g/new", 5)}, record("slack", "g/old", 5), true, true},
		"another record by id and by path":  {[]writtenRecord{record("slack", "7", 5)}, record("slack", "g/p", 6), false, true},
		"a record id that is not known":     {[]writtenRecord{record("slack", "7", 5)}, record("slack", "g/p", 0), false, false},
		"a written id that is not known":    {[]writtenRecord{record("slack", "7", 0)}, record("slack", "g/p", 5), false, false},
		"no id, but two paths":              {[]writtenRecord{record("slack", "g/q", 5)}, record("slack", "g/p", 0), false, false},
		"no id, but two known paths":        {[]writtenRecord{record("slack", "g/known", 5)}, record("slack", "g/p", 0), false, true},
		"no id, but two numbers":            {[]writtenRecord{record("slack", "7", 5)}, record("slack", "8", 0), false, true},
		"no two unknown ids are one record": {[]writtenRecord{record("slack", "8", 0)}, record("slack", "7", 0), false, true},
		"unsure of one, sure of another":    {[]writtenRecord{record("slack", "7", 5), record("slack", "g/p", 6)}, record("slack", "g/p", 0), true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClaims()
			for _, r := range test.written {
				c.written(r)
			}
			if yes, sure := c.hasWritten(test.asked.key, test.asked.id); yes != test.yes || sure != test.sure {
				t.Errorf("wrote: %t, sure: %t; want %t, %t", yes, sure, test.yes, test.sure)
			}
		})
	}
}

func TestWhoLeavesIsNotKeptByItself(t *testing.T) {
	t.Parallel()
	slack := keyOf("slack", "g/p")
	for name, test := range map[string]struct {
		id, leavingID int64
		mark          string
		want          bool
	}{
		"another one stays":                  {5, 5, "b", true},
		"another one of another record":      {5, 6, "b", false},
		"it was planned to stay before":      {5, 5, "a", false},
		"records that are not known are two": {0, 0, "b", false},
	} {
		c := newClaims()
		c.planStaying(slack, test.id, "a")
		if got := c.planLeaving(keyOf("slack", "7"), test.leavingID, test.mark); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// Who is planned once more, as Terraform 1.17 does under -minimal-refresh, is no
// other one.
func TestWhoStaysAfterAllDoesNotLeave(t *testing.T) {
	t.Parallel()
	slack := keyOf("slack", "g/p")
	for mark, want := range map[string]bool{"a": false, "b": true} {
		c := newClaims()
		c.planLeaving(slack, 5, "a")
		if _, leaving := c.planStaying(slack, 5, mark); leaving != want {
			t.Errorf("%q is told that another one leaves: %t", mark, leaving)
		}
	}
	c := newClaims()
	c.planStaying(slack, 5, "a")
	c.planLeaving(slack, 5, "a")
	if twice, leaving := c.planStaying(keyOf("slack", "7"), 5, "b"); twice || !leaving {
		t.Errorf("two stay: %t, one leaves: %t", twice, leaving)
	}
}
