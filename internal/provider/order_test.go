package provider

import (
	"context"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
)

func TestResultsComeInTheOrderOfTheItems(t *testing.T) {
	t.Parallel()
	items := []int{5, 4, 3, 2, 1, 0, 9, 8, 7, 6}
	var running, most atomic.Int64
	work := func(_ context.Context, n int) int {
		most.Store(max(most.Load(), running.Add(1)))
		defer running.Add(-1)
		for range n * 10 {
			runtime.Gosched()
		}
		return n * n
	}
	var want []int
	for _, n := range items {
		want = append(want, n*n)
	}
	for _, limit := range []int{1, 3, 100} {
		most.Store(0)
		got := slices.Collect(inOrder(t.Context(), limit, slices.Values(items), work))
		if !slices.Equal(got, want) || most.Load() > int64(limit) {
			t.Errorf("limit %d: %v, %d at once", limit, got, most.Load())
		}
	}
}

func TestWorkAndItemsEndWhenTheCallerHasEnough(t *testing.T) {
	t.Parallel()
	fetched := 0
	items := func(yield func(int) bool) {
		for yield(fetched) {
			fetched++
		}
	}
	var ended atomic.Int64
	for n := range inOrder(t.Context(), 4, items, func(ctx context.Context, n int) int {
		if n > 0 {
			<-ctx.Done()
		}
		ended.Add(1)
		return n
	}) {
		if n == 0 {
			break
		}
	}
	if fetched != 4-1 || ended.Load() != 4 {
		t.Errorf("%d items were fetched beyond the first, %d works ended; want 3 and 4", fetched, ended.Load())
	}
}
