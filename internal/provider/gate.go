package provider

import (
	"context"
	"slices"
	"sync"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// gate keeps the writes of one apply apart that would undo each other. Terraform
// runs the destroy of an old address and the create of a new one in any order,
// side by side: a rename without a moved block, a changed for_each key,
// create_before_destroy. A PUT followed by the DELETE of the same service would
// leave it switched off. What comes first is decided by [claims].
//
// Places that are not known to be two may be one: a project answers to its id,
// to the paths that it had before it was renamed or its group was transferred,
// and to any letter case. So a DELETE and a PUT of one service run one after the
// other unless [gate.differ] knows better. PUTs run beside PUTs and DELETEs
// beside DELETEs, or 300 of each would be a queue of 600.
//
// A gate belongs to one Configure. It sends no request.
type gate struct {
	// differ reports whether two places are known to be two.
	differ func(a, b gitlab.Place) bool

	mu      sync.Mutex
	running []passage
	ended   chan struct{} // closed, and made anew, whenever a write ends
}

// passage is a PUT or a DELETE that is about to be sent.
type passage struct {
	key
	verb verb
}

type verb int

const (
	updates verb = iota
	creates
	deletes
)

// excludes reports whether the order of two writes may matter. Two first PUTs
// that arrive together make two records in GitLab 10.x, which knows a project by
// its id and its path only.
func (g *gate) excludes(p, o passage) bool {
	if p.slug != o.slug || g.differ(p.at, o.at) {
		return false
	}
	switch {
	case p.at.Same(o.at), (p.verb == deletes) != (o.verb == deletes):
		return true
	case p.verb == creates && o.verb == creates:
		return p.at.Numeric() != o.at.Numeric()
	}
	return false
}

// enter waits until no write runs that p excludes, and returns what ends p. It
// fails only when ctx ends first.
func (g *gate) enter(ctx context.Context, p passage) (leave func(), err error) {
	for {
		g.mu.Lock()
		if g.ended == nil {
			g.ended = make(chan struct{})
		}
		if !slices.ContainsFunc(g.running, func(o passage) bool { return g.excludes(p, o) }) {
			g.running = append(g.running, p)
			g.mu.Unlock()
			return func() { g.leave(p) }, nil
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

func (g *gate) leave(p passage) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if i := slices.Index(g.running, p); i >= 0 {
		g.running = slices.Delete(g.running, i, i+1)
	}
	close(g.ended)
	g.ended = make(chan struct{})
}
