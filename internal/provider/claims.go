package provider

import (
	"slices"
	"strings"
	"sync"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// claims is what the resources of one Configure say of the services that they
// plan and write. It finds two resources for one service, and tells a delete
// what the same apply has written.
//
// It sends no request.
type claims struct {
	// differ reports whether two places are known to be two.
	differ func(a, b gitlab.Place) bool

	mu      sync.Mutex
	plans   map[key]*claimants
	holders map[recordKey]*holders
	// replacing are the services that resources of the state are planned to have
	// after they are replaced, by the marks of those.
	replacing map[string]key
	writes    []writtenRecord
}

// recordKey is a service by GitLab's number of its record, whatever its place is
// called.
type recordKey struct {
	slug string
	id   int64
}

// claimants are the resources that claim one service.
type claimants struct {
	// fresh are those that were planned without a state: each new one with no mark,
	// and one that is replaced with that of its old self.
	fresh []string
	// staying are those that stay in the state, by the mark in their private
	// state.
	staying []string
	// inState says that the state has, or had, the service under some address.
	inState bool
}

// holders are the resources of the state that have one record.
type holders struct {
	// staying are those that stay, and leaving those that are to be destroyed, by
	// their marks.
	staying, leaving []string
}

// writtenRecord is a service that this apply has written. GitLab's record id
// tells that two names of a project are one: every answer carries it.
type writtenRecord struct {
	key
	id      int64
	created bool
}

// of are the claimants of a service, in whatever letter case its place is
// written.
func (c *claims) of(k key) *claimants {
	k.at.Name = strings.ToLower(k.at.Name)
	if c.plans == nil {
		c.plans = map[key]*claimants{}
	}
	if c.plans[k] == nil {
		c.plans[k] = &claimants{}
	}
	return c.plans[k]
}

// planNew notes that a resource is planned without a state, and reports whether
// another such resource has the same service. The mark is that of a resource of
// the state that is replaced, "" where there is none.
//
// A plan does not tell for which address it is. But Terraform plans a resource
// that is not in the state once in a walk, and one that is replaced has its mark,
// by which it is known again. So two plans are two resources, unless the state had
// the service: what is gone from GitLab or tainted is planned without state and
// mark, and may be there twice for long. Two such ones must not be refused, or
// nobody could destroy them any more, because destroy plans first.
func (c *claims) planNew(k key, mark string) (twice bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.of(k)
	if mark == "" || !slices.Contains(all.fresh, mark) {
		all.fresh = append(all.fresh, mark)
	}
	if mark != "" {
		if c.replacing == nil {
			c.replacing = map[string]key{}
		}
		c.replacing[mark] = k
	}
	return len(all.fresh) > 1 && !all.inState
}

// planStaying notes that a resource of the state goes on to have the service. It
// reports whether another one does, under this name of the place or under
// another with the same record, and whether another one with that record is to be
// destroyed; an id of 0 is none. The mark tells resources apart; one without
// claims nothing.
func (c *claims) planStaying(k key, id int64, mark string) (twice, leaving bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.of(k)
	all.inState = true
	if mark == "" {
		return len(all.staying) > 1, false
	}
	all.staying = with(all.staying, mark)
	of := c.holding(k.slug, id)
	of.staying, of.leaving = with(of.staying, mark), without(of.leaving, mark)
	return len(all.staying) > 1 || len(of.staying) > 1, len(of.leaving) > 0
}

// planLeaving notes that a resource of the state is to be destroyed, or to go
// elsewhere, and reports whether another one, with the same record, is known to
// stay: an apply that was interrupted between the create of a new address and the
// delete of the old one leaves both in the state. The mark tells the other one from
// itself.
func (c *claims) planLeaving(k key, id int64, mark string) (stays bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	all, of := c.of(k), c.holding(k.slug, id)
	all.staying = without(all.staying, mark)
	of.staying, of.leaving = without(of.staying, mark), with(of.leaving, mark)
	return len(of.staying) > 0
}

// holding are the holders of a record; where its id is not known, they are
// forgotten again.
func (c *claims) holding(slug string, id int64) *holders {
	r := recordKey{slug, id}
	of := c.holders[r]
	if of == nil {
		of = &holders{}
	}
	if c.holders == nil {
		c.holders = map[recordKey]*holders{}
	}
	if id != 0 {
		c.holders[r] = of
	}
	return of
}

// with is the set with the element.
func with(set []string, element string) []string {
	if slices.Contains(set, element) {
		return set
	}
	return append(set, element)
}

// without is the set without the element.
func without(set []string, element string) []string {
	return slices.DeleteFunc(set, func(other string) bool { return other == element })
}

// seenInState notes that the state has the service. What the resource, known by
// its mark, was planned to be before is forgotten: Terraform 1.17 plans before it
// refreshes where it was told -minimal-refresh, and once more afterwards, when
// what was to be replaced may be gone and have no mark any more.
func (c *claims) seenInState(k key, mark string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of(k).inState = true
	if planned, ok := c.replacing[mark]; ok {
		delete(c.replacing, mark)
		all := c.of(planned)
		all.fresh = without(all.fresh, mark)
	}
}

// forgetPlans ends the plans of a service that is written now: what is planned
// after that is another matter.
func (c *claims) forgetPlans(k key) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of(k).fresh = nil
}

// written notes a service that this apply has written. Where the write created
// it, and another create of this apply has written the same record, which
// therefore has two resources, it gives the place of the other.
func (c *claims) written(w writtenRecord) (other gitlab.Place, twice bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, earlier := range c.writes {
		if w.created && earlier.created && earlier.slug == w.slug && earlier.id == w.id && w.id != 0 {
			other, twice = earlier.at, true
			break
		}
	}
	c.writes = append(c.writes, w)
	return other, twice
}

// hasWritten reports whether this apply has written the service whose record has
// the id. Where the id is not known (0) and only the id could tell, sure is
// false.
func (c *claims) hasWritten(k key, id int64) (yes, sure bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	sure = true
	for _, w := range c.writes {
		switch {
		case w.slug != k.slug:
		case w.at.Same(k.at), w.id != 0 && w.id == id:
			return true, true
		case (w.id == 0 || id == 0) && !c.differ(w.at, k.at):
			sure = false
		}
	}
	return false, sure
}
