package provider

import (
	"context"
	"slices"
	"sync"
)

// gate knows what all resources of one Configure do to the same service, and
// keeps an apply from undoing itself. Terraform runs the destroy of an old
// address and the create of a new one in any order, side by side: a rename
// without a moved block, a changed for_each key, create_before_destroy. A PUT
// followed by the DELETE of the same service would leave it switched off.
//
// A gate belongs to one Configure. Its zero value is ready to use.
type gate struct {
	mu      sync.Mutex
	running []write
	ended   chan struct{} // closed, and made anew, whenever a write ends
	written []record
	created []record // those of them that a Create wrote
	claims  map[claim]*claimants
}

// write is a PUT or a DELETE that is about to be sent.
type write struct {
	slug, project string
	// A write that neither creates nor deletes updates.
	creates, deletes bool
}

// record is a service that this apply has written. GitLab's record id tells that
// two names of a project are one: every answer carries it.
type record struct {
	slug, project string
	id            int64
}

// claim is a service as a resource names it.
type claim struct{ slug, project string }

// claimants are the resources that claim one service.
type claimants struct {
	// fresh is how many were planned that are not in the state.
	fresh int
	// kept are those that stay in the state, by the mark in their private state.
	kept []string
	// old says that the state has, or had, the service under some address.
	old bool
}

// excludes reports whether two writes may touch one service in a way that
// depends on their order. The numeric id and the path of a project cannot be
// told from those of two projects, so they count as one where a delete is
// involved, and where both create: GitLab 10.x makes two records of two first
// PUTs that arrive together.
func (w write) excludes(o write) bool {
	if w.slug != o.slug {
		return false
	}
	matters := w.deletes != o.deletes || w.creates && o.creates
	return w.project == o.project || matters && numeric(w.project) != numeric(o.project)
}

// enter waits until no write runs that excludes w, and returns what ends w. It
// fails only when ctx ends first.
func (g *gate) enter(ctx context.Context, w write) (leave func(), err error) {
	for {
		g.mu.Lock()
		if g.ended == nil {
			g.ended = make(chan struct{})
		}
		if !slices.ContainsFunc(g.running, w.excludes) {
			g.running = append(g.running, w)
			g.mu.Unlock()
			return func() { g.leave(w) }, nil
		}
		ended := g.ended
		g.mu.Unlock()
		select {
		case <-ended:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (g *gate) leave(w write) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if i := slices.Index(g.running, w); i >= 0 {
		g.running = slices.Delete(g.running, i, i+1)
	}
	close(g.ended)
	g.ended = make(chan struct{})
}

// remember notes a service that this apply has written.
func (g *gate) remember(r record) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.written = append(g.written, r)
}

// create notes a service that a Create has written. Where another Create of this
// apply has written the same record, which therefore has two resources, it gives
// the name of the project there.
func (g *gate) create(r record) (other string, twice bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, c := range g.created {
		if c.slug == r.slug && c.id == r.id && c.id != 0 {
			return c.project, true
		}
	}
	g.created = append(g.created, r)
	return "", false
}

func (g *gate) claimed(c claim) *claimants {
	if g.claims == nil {
		g.claims = map[claim]*claimants{}
	}
	if g.claims[c] == nil {
		g.claims[c] = &claimants{}
	}
	return g.claims[c]
}

// claimFresh notes that a resource is planned which is not in the state, and
// reports whether another such resource has the same service.
//
// A plan does not tell for which address it is. But Terraform plans a resource
// that is not in the state once in a walk: the second plan of a replacement has
// no state either, the first one has. So two plans are two resources, unless
// the state had the service: what is gone from GitLab, tainted or replaced is
// planned without a state too, and may be there twice for long. Two such ones
// must not be refused, or nobody could destroy them any more, because destroy
// plans first.
func (g *gate) claimFresh(c claim) (twice bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	all := g.claimed(c)
	all.fresh++
	return all.fresh > 1 && !all.old
}

// claimKept notes that a resource of the state goes on to have the service, and
// reports whether another one does. The mark tells resources apart; one without
// claims nothing.
func (g *gate) claimKept(c claim, mark string) (twice bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	all := g.claimed(c)
	all.old = true
	if mark != "" && !slices.Contains(all.kept, mark) {
		all.kept = append(all.kept, mark)
	}
	return len(all.kept) > 1
}

// claimOld notes that the state has the service.
func (g *gate) claimOld(c claim) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.claimed(c).old = true
}

// settle forgets the plans of a service that is written now: what is planned
// after that is another matter.
func (g *gate) settle(c claim) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.claimed(c).fresh = 0
}

// wrote reports whether this apply has written the service. Where the id of r is
// not known (0) and only the id could tell, sure is false.
func (g *gate) wrote(r record) (yes, sure bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	sure = true
	for _, w := range g.written {
		switch {
		case w.slug != r.slug:
		case w.project == r.project, w.id != 0 && w.id == r.id:
			return true, true
		case (w.id == 0 || r.id == 0) && numeric(w.project) != numeric(r.project):
			sure = false
		}
	}
	return false, sure
}

// numeric reports whether GitLab reads the name of a project as its id.
func numeric(project string) bool {
	for _, r := range project {
		if r < '0' || r > '9' {
			return false
		}
	}
	return project != ""
}
