package main

import (
	"path/filepath"
	"testing"
)

// TestMendedFaultsCanBePutBack holds that the code is there that each of them
// changes: what hunts them is not run with every change.
func TestMendedFaultsCanBePutBack(t *testing.T) {
	t.Chdir("../..")
	all, err := filepath.Glob(folder + "/*.patch")
	if err != nil || len(all) < 10 {
		t.Fatalf("%d faults, %v", len(all), err)
	}
	for _, file := range all {
		f, err := read(file)
		if err != nil {
			t.Fatal(err)
		}
		if f.saw == "" {
			t.Errorf("%s does not say what users saw", file)
		}
		if _, err := f.apply(t.Context(), t.TempDir()); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestSequencesAreCounted(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		after  int
		failed bool
	}{
		"x: [rapid] OK, passed 50 tests (1s)\nx: [rapid] OK, passed 50 tests (2s)\n":                    {100, false},
		"x: [rapid] OK, passed 50 tests (1s)\nx: [rapid] failed after 7 tests: off\n":                   {58, true},
		"x: [rapid] panic after 0 tests: nil\n":                                                         {1, true},
		"x: [rapid] OK, passed 50 tests (1s)\nx: [rapid] flaky test, can not reproduce a failure\n--- ": {51, true},
	} {
		if after, failed := count(text); after != want.after || failed != want.failed {
			t.Errorf("%q: %d, %t", text, after, failed)
		}
	}
}
