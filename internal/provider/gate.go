package provider

import (
	"context"
	"slices"
	"sync"
)

// gate keeps an apply from undoing itself. Terraform runs the destroy of an old
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
}

// write is a PUT or a DELETE that is about to be sent.
type write struct {
	slug, project string
	deletes       bool
}

// record is a service that this apply has written. GitLab's record id tells that
// two names of a project are one: every answer carries it.
type record struct {
	slug, project string
	id            int64
}

// excludes reports whether two writes may touch one service in a way that
// depends on their order. The numeric id and the path of a project cannot be
// told from those of two projects, so they count as one where a delete is
// involved.
func (w write) excludes(o write) bool {
	if w.slug != o.slug {
		return false
	}
	return w.project == o.project || (w.deletes != o.deletes && numeric(w.project) != numeric(o.project))
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
