package provider

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// twoNumbers is what is known of places before GitLab was asked: two ids are two
// projects.
func twoNumbers(a, b gitlab.Place) bool { return a.Numeric() && b.Numeric() && a != b }

// resolved knows that g/known is another project than g/p.
func resolved(a, b gitlab.Place) bool {
	names := a.Name + " " + b.Name
	return twoNumbers(a, b) || names == "g/p g/known" || names == "g/known g/p"
}

func newGate() *gate { return &gate{differ: resolved} }

func newClaims() *claims { return &claims{differ: resolved} }

func keyOf(slug, project string) key {
	return key{slug, gitlab.Place{Level: gitlab.Projects, Name: project}}
}

func TestWritesExcludeEachOtherWhereTheirOrderMatters(t *testing.T) {
	t.Parallel()
	put := func(project string) passage { return passage{keyOf("slack", project), updates} }
	remove := func(project string) passage { return passage{keyOf("slack", project), deletes} }
	for name, test := range map[string]struct {
		a, b passage
		want bool
	}{
		"two writes of one service":                  {put("g/p"), put("g/p"), true},
		"a write and a delete of one service":        {put("g/p"), remove("g/p"), true},
		"two deletes of one service":                 {remove("7"), remove("7"), true},
		"a write by id and a delete by path":         {put("7"), remove("g/p"), true},
		"a write by path and a delete by id":         {put("g/p"), remove("7"), true},
		"a write by id and a write by path":          {put("7"), put("g/p"), false},
		"a delete by id and a delete by path":        {remove("7"), remove("g/p"), false},
		"a write and a delete of two paths":          {put("g/p"), remove("g/q"), true},
		"a write and a delete in other letters":      {put("g/p"), remove("G/P"), true},
		"a write and a delete of two known paths":    {put("g/p"), remove("g/known"), false},
		"two writes of two paths":                    {put("g/p"), put("g/q"), false},
		"two deletes of two paths":                   {remove("g/p"), remove("g/q"), false},
		"two writes in other letters":                {put("g/p"), put("G/P"), true},
		"a write and a delete of two ids":            {put("7"), remove("8"), false},
		"a write and a delete of different services": {put("g/p"), passage{keyOf("jira", "g/p"), deletes}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := newGate().excludes(test.a, test.b); got != test.want {
				t.Errorf("a excludes b: %t, want %t", got, test.want)
			}
			if got := newGate().excludes(test.b, test.a); got != test.want {
				t.Errorf("b excludes a: %t, want %t", got, test.want)
			}
		})
	}
}

// TestTheGateLetsOneExcludingWriteInAtATime changes plain variables under the
// gate, where the race detector sees what their sum does not. Time stands still
// while all goroutines wait, so that each of them gets to its wait.
func TestTheGateLetsOneExcludingWriteInAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const rounds, goroutines = 10, 50
		g := newGate()
		var all sync.WaitGroup
		slugs := []string{"slack", "jira", "jenkins"}
		counts, inside := make([]int, len(slugs)), make([]int, len(slugs))
		for i := range goroutines {
			service := i % len(slugs)
			w := passage{keyOf(slugs[service], "g/p"), []verb{deletes, updates}[i%2]}
			all.Go(func() {
				for range rounds {
					leave, err := g.enter(t.Context(), w)
					if err != nil {
						t.Error(err)
						return
					}
					inside[service]++
					time.Sleep(time.Second)
					if inside[service] != 1 {
						t.Errorf("%d writes of one service at a time", inside[service])
					}
					inside[service]--
					counts[service]++
					leave()
				}
			})
		}
		all.Wait()
		sum := 0
		for _, n := range counts {
			sum += n
		}
		if sum != rounds*goroutines {
			t.Errorf("%d writes counted, want %d", sum, rounds*goroutines)
		}
		if len(g.running) != 0 {
			t.Errorf("still running: %v", g.running)
		}
	})
}

func TestTheGateLetsOtherWritesPass(t *testing.T) {
	t.Parallel()
	g := newGate()
	for _, w := range []passage{
		{keyOf("slack", "g/p"), updates}, {keyOf("jira", "g/p"), updates}, {keyOf("slack", "g/q"), updates},
		{keyOf("slack", "7"), updates}, {keyOf("jenkins", "8"), deletes},
	} {
		// A write that had to wait for one of those before would never come in.
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := g.enter(ctx, w); err != nil {
			t.Errorf("%v waits: %v", w, err)
		}
	}
}

func TestTheGateGivesUpWhenTheContextEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		leave, err := g.enter(t.Context(), passage{keyOf("slack", "g/p"), updates})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		failed := make(chan error, 1)
		go func() {
			_, err := g.enter(ctx, passage{keyOf("slack", "g/p"), deletes})
			failed <- err
		}()
		synctest.Wait()
		if len(failed) > 0 {
			t.Fatalf("does not wait: %v", <-failed)
		}
		cancel()
		if err := <-failed; !errors.Is(err, context.Canceled) {
			t.Errorf("entered, or failed otherwise: %v", err)
		}
		leave()
		if _, err := g.enter(t.Context(), passage{keyOf("slack", "g/p"), deletes}); err != nil {
			t.Errorf("who gave up still stands in the way: %v", err)
		}
	})
}

func TestTheGateWakesAllWhoWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		leave, err := g.enter(t.Context(), passage{keyOf("slack", "g/p"), updates})
		if err != nil {
			t.Fatal(err)
		}
		var waiting sync.WaitGroup
		for range 10 {
			waiting.Go(func() {
				leave, err := g.enter(t.Context(), passage{keyOf("slack", "g/p"), deletes})
				if err != nil {
					t.Error(err)
					return
				}
				leave()
			})
		}
		synctest.Wait()
		leave()
		waiting.Wait()
	})
}

// An operation may be interrupted while it waits for another one, and has nothing
// of GitLab's to tell then.
func TestAnErrorThatIsNotGitLabsIsSaid(t *testing.T) {
	t.Parallel()
	of := target{row: catalog.Any("slack"), at: gitlab.Place{Level: gitlab.Projects, Name: "g/p"}}
	for name, diags := range map[string]diag.Diagnostics{
		"one service": failed("set", of, context.Canceled, &instance{}),
		"a list":      {listFailed("services", of.at, context.Canceled, &instance{})},
	} {
		if len(diags) != 1 || !strings.HasPrefix(diags[0].Summary(), "Unable to ") || !strings.HasPrefix(diags[0].Detail(), `Project "g/p": context canceled.`) {
			t.Errorf("%s: %v", name, diags)
		}
	}
	if got := badArgument(context.Canceled, &instance{}); got == nil || got.Detail() != "context canceled" {
		t.Errorf("an argument: %v", got)
	}
}
