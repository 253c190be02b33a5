package provider

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestWritesExcludeEachOtherWhereTheirOrderMatters(t *testing.T) {
	t.Parallel()
	put := func(project string) write { return write{slug: "slack", project: project} }
	remove := func(project string) write { return write{slug: "slack", project: project, deletes: true} }
	for name, test := range map[string]struct {
		a, b write
		want bool
	}{
		"two writes of one service":                  {put("g/p"), put("g/p"), true},
		"a write and a delete of one service":        {put("g/p"), remove("g/p"), true},
		"two deletes of one service":                 {remove("7"), remove("7"), true},
		"a write by id and a delete by path":         {put("7"), remove("g/p"), true},
		"a write by path and a delete by id":         {put("g/p"), remove("7"), true},
		"a write by id and a write by path":          {put("7"), put("g/p"), false},
		"a delete by id and a delete by path":        {remove("7"), remove("g/p"), false},
		"a write and a delete of two paths":          {put("g/p"), remove("g/q"), false},
		"a write and a delete of two ids":            {put("7"), remove("8"), false},
		"a write and a delete of different services": {put("g/p"), write{slug: "jira", project: "g/p", deletes: true}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := test.a.excludes(test.b); got != test.want {
				t.Errorf("a excludes b: %t, want %t", got, test.want)
			}
			if got := test.b.excludes(test.a); got != test.want {
				t.Errorf("b excludes a: %t, want %t", got, test.want)
			}
		})
	}
}

// TestTheGateLetsOneExcludingWriteInAtATime changes plain variables under the
// gate, where the race detector sees what their sum does not. Time stands still
// for all who wait, and so everybody does.
func TestTheGateLetsOneExcludingWriteInAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const rounds, goroutines = 10, 50
		var g gate
		var all sync.WaitGroup
		slugs := []string{"slack", "jira", "jenkins"}
		counts, inside := make([]int, len(slugs)), make([]int, len(slugs))
		for i := range goroutines {
			service := i % len(slugs)
			w := write{slug: slugs[service], project: "g/p", deletes: i%2 == 0}
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
	var g gate
	for _, w := range []write{
		{slug: "slack", project: "g/p"}, {slug: "jira", project: "g/p"}, {slug: "slack", project: "g/q"},
		{slug: "slack", project: "7"}, {slug: "jenkins", project: "8", deletes: true},
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
		var g gate
		leave, err := g.enter(t.Context(), write{slug: "slack", project: "g/p"})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		failed := make(chan error, 1)
		go func() {
			_, err := g.enter(ctx, write{slug: "slack", project: "g/p", deletes: true})
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
		if _, err := g.enter(t.Context(), write{slug: "slack", project: "g/p", deletes: true}); err != nil {
			t.Errorf("who gave up still stands in the way: %v", err)
		}
	})
}

func TestTheGateWakesAllWhoWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var g gate
		leave, err := g.enter(t.Context(), write{slug: "slack", project: "g/p"})
		if err != nil {
			t.Fatal(err)
		}
		var waiting sync.WaitGroup
		for range 10 {
			waiting.Go(func() {
				leave, err := g.enter(t.Context(), write{slug: "slack", project: "g/p", deletes: true})
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

func TestTheGateKnowsWhatThisApplyWrote(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		written   []record
		asked     record
		yes, sure bool
	}{
		"nothing written":                   {nil, record{"slack", "g/p", 5}, false, true},
		"the same name":                     {[]record{{"slack", "g/p", 5}}, record{"slack", "g/p", 0}, true, true},
		"another service of the project":    {[]record{{"jira", "g/p", 5}}, record{"slack", "g/p", 5}, false, true},
		"the same record by id and by path": {[]record{{"slack", "7", 5}}, record{"slack", "g/p", 5}, true, true},
		"the same record by two paths":      {[]record{{"slack", "g/new", 5}}, record{"slack", "g/old", 5}, true, true},
		"another record by id and by path":  {[]record{{"slack", "7", 5}}, record{"slack", "g/p", 6}, false, true},
		"a record id that is not known":     {[]record{{"slack", "7", 5}}, record{"slack", "g/p", 0}, false, false},
		"a written id that is not known":    {[]record{{"slack", "7", 0}}, record{"slack", "g/p", 5}, false, false},
		"no id, but two paths":              {[]record{{"slack", "g/q", 5}}, record{"slack", "g/p", 0}, false, true},
		"no id, but two numbers":            {[]record{{"slack", "7", 5}}, record{"slack", "8", 0}, false, true},
		"no two unknown ids are one record": {[]record{{"slack", "8", 0}}, record{"slack", "7", 0}, false, true},
		"unsure of one, sure of another":    {[]record{{"slack", "7", 5}, {"slack", "g/p", 6}}, record{"slack", "g/p", 0}, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var g gate
			for _, r := range test.written {
				g.remember(r)
			}
			if yes, sure := g.wrote(test.asked); yes != test.yes || sure != test.sure {
				t.Errorf("wrote: %t, sure: %t; want %t, %t", yes, sure, test.yes, test.sure)
			}
		})
	}
}

func TestOnlyDigitsAreAnID(t *testing.T) {
	t.Parallel()
	for project, want := range map[string]bool{"42": true, "0": true, "": false, "g/p": false, "42a": false, "4 2": false, "-1": false, "٤٢": false} {
		if got := numeric(project); got != want {
			t.Errorf("numeric(%q) is %t", project, got)
		}
	}
}
