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
// A gate belongs to one Configure. Its zero value is ready to use. It sends no
// request.
type gate struct {
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

// excludes reports whether two writes may touch one service in a way that
// depends on their order. The numeric id and the path of a project cannot be
// told from those of two projects, so they count as one where a delete is
// involved, and where both create: GitLab 10.x makes two records of two first
// PUTs that arrive together.
func (p passage) excludes(o passage) bool {
	if p.slug != o.slug {
		return false
	}
	matters := (p.verb == deletes) != (o.verb == deletes) || p.verb == creates && o.verb == creates
	return p.at == o.at || matters && mayBeOne(p.at, o.at)
}

// mayBeOne reports whether two names may stand for one place.
func mayBeOne(a, b gitlab.Place) bool { return a == b || a.Numeric() != b.Numeric() }

// enter waits until no write runs that excludes p, and returns what ends p. It
// fails only when ctx ends first.
func (g *gate) enter(ctx context.Context, p passage) (leave func(), err error) {
	for {
		g.mu.Lock()
		if g.ended == nil {
			g.ended = make(chan struct{})
		}
		if !slices.ContainsFunc(g.running, p.excludes) {
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
