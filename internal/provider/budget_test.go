package provider_test

import (
	"runtime"
	"testing"
)

// TestCallsStayWithinTheirBudgets counts the bytes and the allocations of each
// call, which come once a resource: of a service with many attributes and of one
// with few. A call that has to cost more gets a larger budget here, and a reason
// in the commit. The allocations are a third above what was measured; the bytes
// have room for the race detector, which empties pools.
func TestCallsStayWithinTheirBudgets(t *testing.T) {
	type cost struct{ bytes, allocations uint64 }
	budgets := map[string]map[string]cost{
		"slack": {
			"UpgradeResourceState":   {18_000, 180},
			"ValidateResourceConfig": {24_000, 130},
			"ReadResource":           {22_000, 250},
			"PlanResourceChange":     {28_000, 260},
			"ApplyResourceChange":    {1_952_000, 10_540},
		},
		"external-wiki": {
			"UpgradeResourceState":   {6_000, 40},
			"ValidateResourceConfig": {14_000, 40},
			"ReadResource":           {12_000, 150},
			"PlanResourceChange":     {14_000, 90},
			"ApplyResourceChange":    {160_000, 1_890},
		},
	}
	for slug := range measured {
		server, calls := callsOf(t, slug)
		for _, c := range calls {
			got := cost{1 << 60, 1 << 60}
			// The least of several rounds: whatever else the process does adds to it.
			for range 5 {
				const times = 20
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				for range times {
					if diags, err := c.send(server); err != nil || len(diags) > 0 {
						t.Fatal(c.name, diagnostics(diags), err)
					}
				}
				runtime.ReadMemStats(&after)
				got.bytes = min(got.bytes, (after.TotalAlloc-before.TotalAlloc)/times)
				got.allocations = min(got.allocations, (after.Mallocs-before.Mallocs)/times)
			}
			if budget := budgets[slug][c.name]; got.bytes > budget.bytes || got.allocations > budget.allocations {
				t.Errorf("%s of %s takes %d bytes in %d allocations, more than %d in %d", c.name, slug, got.bytes, got.allocations, budget.bytes, budget.allocations)
			}
		}
	}
}
