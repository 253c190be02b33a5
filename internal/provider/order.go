package provider

import (
	"context"
	"iter"
	"sync"
)

// inOrder gives what work makes of each item, in the order of the items. Up to
// limit items are worked on at once, and the next one is fetched only when there
// is room for it. When the caller has enough, the context of what still runs is
// cancelled, and its end waited for.
func inOrder[T, R any](ctx context.Context, limit int, items iter.Seq[T], work func(context.Context, T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var running sync.WaitGroup
		defer running.Wait()
		defer cancel()
		next, stop := iter.Pull(items)
		defer stop()

		var queue []chan R // one for each item that is worked on
		for {
			for len(queue) < limit {
				item, ok := next()
				if !ok {
					break
				}
				done := make(chan R, 1)
				running.Go(func() { done <- work(ctx, item) })
				queue = append(queue, done)
			}
			if len(queue) == 0 {
				return
			}
			if !yield(<-queue[0]) {
				return
			}
			queue = queue[1:]
		}
	}
}
