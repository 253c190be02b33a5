package provider

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// tuneCollector has the garbage collector work for what a provider is: a few
// megabytes that live, and much garbage for as long as a command of Terraform
// takes. Go collects whenever a heap has doubled, which is every few megabytes.
// DESIGN.md has the numbers.
func tuneCollector() {
	if collectorIsTheUsers() {
		return
	}
	debug.SetGCPercent(400)
	go func() {
		for {
			debug.SetMemoryLimit(memoryFor(liveHeap()))
			time.Sleep(time.Second)
		}
	}()
}

// collectorIsTheUsers reports whether the environment has settings of its own.
func collectorIsTheUsers() bool { return os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" }

// memoryFor is how much memory Go may take before it collects more often than
// the percentage says, in bytes. The limit follows what lives: beside one that is
// too low for it, Go would do nothing but collect.
func memoryFor(live uint64) int64 {
	const little = 24 << 20
	return max(little, 3*int64(min(live, 1<<40)))
}

// liveHeap is what the last collection found alive, in bytes.
func liveHeap() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}
