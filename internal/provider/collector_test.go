package provider

import (
	"runtime"
	"testing"
)

func TestTheMemoryLimitFollowsWhatLives(t *testing.T) {
	for live, want := range map[uint64]int64{0: 24 << 20, 5 << 20: 24 << 20, 8 << 20: 24 << 20, 20 << 20: 60 << 20, 1 << 63: 3 << 40} {
		if got := memoryFor(live); got != want {
			t.Errorf("with %d bytes alive the limit is %d, want %d", live, got, want)
		}
	}
	runtime.GC()
	if live := liveHeap(); live == 0 {
		t.Error("nothing lives: the runtime has another name for it")
	}
}

func TestTheUsersSettingsOfTheCollectorCount(t *testing.T) {
	for _, set := range []map[string]string{{}, {"GOGC": "50"}, {"GOMEMLIMIT": "1GiB"}} {
		t.Setenv("GOGC", set["GOGC"])
		t.Setenv("GOMEMLIMIT", set["GOMEMLIMIT"])
		if got, want := collectorIsTheUsers(), len(set) > 0; got != want {
			t.Errorf("with %v: %t, want %t", set, got, want)
		}
	}
}
