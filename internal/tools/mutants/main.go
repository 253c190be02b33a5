// Command mutants breaks the code of packages in one place at a time, runs the
// tests that reach the place, and prints what no test notices. It runs in the
// root of the module.
//
// What is broken: conditions and their parts are made true and made false, a
// comparison takes in or leaves out what is equal, statements, loops, cases of
// switches and fields of literals are left out, returned values become zero,
// numbers are one more, and what is true is false. Declarations are left alone:
// rows of tables are held to recordings, and texts to golden files.
//
// A package is compiled once, with all its mutants asleep; a variable of the
// environment wakes one. Each test has run alone before, to see what it reaches.
// Tests that drive Terraform are not used: they start the provider as it is, and
// tests of the protocol hold what they hold. A mutant has as much time of tests
// as -patience says, the quickest test first, and a test that hangs has failed.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

// packages are what is broken, each with the folders whose tests are run, the
// narrowest first.
var packages = []struct {
	folder string
	tests  []string
}{
	{"internal/catalog", []string{"internal/catalog", "internal/generate", "internal/provider"}},
	{"internal/gitlab", []string{"internal/gitlab", "internal/provider"}},
	{"internal/provider", []string{"internal/provider"}},
}

// options are the flags.
type options struct {
	pkg, match, notes, results, accepted string
	sample, workers                      int
	seed                                 uint64
	again, list, own                     bool
	patience                             time.Duration
}

func main() {
	var o options
	flag.StringVar(&o.pkg, "package", "internal/", "break the packages whose folder has this in it")
	flag.StringVar(&o.match, "match", "", "wake the mutants whose names match this pattern only")
	flag.IntVar(&o.sample, "sample", 0, "wake so many mutants of each package only")
	flag.Uint64Var(&o.seed, "seed", uint64(time.Now().Unix()), "draws the sample") //nolint:gosec // After 1970.
	flag.IntVar(&o.workers, "workers", 2, "run so many tests at once")
	flag.DurationVar(&o.patience, "patience", 2*time.Minute, "run tests of so much time for one mutant")
	flag.BoolVar(&o.again, "again", false, "after tests were added: wake only what the last run has not seen killed, and take from it what tests reach that it knows")
	flag.BoolVar(&o.own, "own", false, "run the tests of the package itself only")
	flag.BoolVar(&o.list, "list", false, "print the mutants and do no more")
	flag.StringVar(&o.notes, "notes", "bin", "keep there what tests reach")
	flag.StringVar(&o.accepted, "equivalents", "internal/tools/mutants/equivalents.txt", "mutants that change nothing")
	flag.StringVar(&o.results, "results", "internal/tools/mutants/results.md", "write there the scores of all mutants")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ok := true
	for _, p := range packages {
		if !strings.Contains(p.folder, o.pkg) {
			continue
		}
		good, err := o.hunt(ctx, p.folder, p.tests)
		if err != nil {
			fmt.Fprintln(os.Stderr, "mutants: "+p.folder+":", err)
			os.Exit(1) //nolint:gocritic // Nothing is left to stop.
		}
		ok = ok && good
	}
	if !ok {
		os.Exit(1)
	}
}

// hunt judges the mutants of one package. It is good when none survives that is
// not accepted.
func (o options) hunt(ctx context.Context, folder string, tests []string) (bool, error) {
	ledger, err := readLedger(o.accepted)
	if err != nil {
		return false, err
	}
	accepted := ledger[folder]
	pattern, err := regexp.Compile(o.match)
	if err != nil {
		return false, err
	}
	pkg, err := load(ctx, folder)
	if err != nil {
		return false, err
	}
	scratch, err := os.MkdirTemp("", "mutants-")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.RemoveAll(scratch) }()

	all := mutate(pkg)
	if err := all.compile(ctx, folder, scratch, filepath.Join(scratch, "tests")); err != nil {
		return false, err
	}
	known := notes{Tests: map[string]map[string]test{}}
	path := filepath.Join(o.notes, "mutants-"+filepath.Base(folder)+".json")
	if o.again {
		known = recall(path)
	}
	chosen := o.choose(all.mutants, pattern, accepted, known.Killed)
	if o.list {
		for _, m := range chosen {
			fmt.Println(m)
		}
		return true, nil
	}
	say("%s: %d mutants, of which %d are woken (-seed %d)", folder, len(all.mutants), len(chosen), o.seed)
	survivors := chosen
	for _, where := range tests {
		if len(survivors) == 0 || o.own && where != folder {
			break
		}
		if survivors, err = o.judge(ctx, all, survivors, where, scratch, known); err != nil {
			return false, err
		}
	}
	for _, m := range chosen {
		if !slices.Contains(survivors, m) {
			known.Killed = append(known.Killed, m.String())
		}
	}
	if err := known.remember(path); err != nil {
		return false, err
	}
	for _, m := range survivors {
		fmt.Printf("%s/%s:%d survives:\n%s %s\n", folder, m.file, m.line, folder, m)
	}
	gone := ledger.gone(folder, all.mutants)
	for _, name := range gone {
		fmt.Printf("accepted, and no mutant any more: %s %s\n", folder, name)
	}
	of := score{folder, len(chosen), 0, len(survivors)}
	if o.match == "" && o.sample == 0 {
		of.all, of.equivalent = len(all.mutants), len(accepted)
		if err := writeResults(o.results, of); err != nil {
			return false, err
		}
	}
	fmt.Println(of)
	return len(survivors) == 0 && len(gone) == 0, nil
}

// judge gives those of the mutants that survive the tests of a folder.
func (o options) judge(ctx context.Context, all *copies, mutants []mutant, tests, scratch string, known notes) ([]mutant, error) {
	s := &suite{dir: tests, scratch: scratch, binary: filepath.Join(scratch, "tests"), workers: o.workers, patience: o.patience, hangs: 10 * time.Second,
		tests: known.Tests[tests]}
	if err := all.compile(ctx, tests, scratch, s.binary); err != nil {
		return nil, err
	}
	if err := s.record(ctx, all.mutants); err != nil {
		return nil, err
	}
	known.Tests[tests] = s.tests
	say("%d tests of %s, without %d that need more: %s", len(s.tests), tests, len(s.notUsed()), strings.Join(s.notUsed(), " "))
	survivors := s.judge(ctx, mutants)
	say("%d survive the tests of %s", len(survivors), tests)
	return survivors, ctx.Err()
}

// say prints a line with the time: a run takes long.
func say(format string, args ...any) {
	fmt.Printf(time.Now().Format(time.TimeOnly)+" "+format+"\n", args...)
}

// choose gives the mutants to wake: those of the pattern, else all that are
// neither accepted nor known to be killed, or a sample of those.
func (o options) choose(all []mutant, pattern *regexp.Regexp, accepted map[string]string, killed []string) []mutant {
	known := map[string]bool{}
	for _, name := range killed {
		known[name] = true
	}
	chosen := slices.DeleteFunc(slices.Clone(all), func(m mutant) bool {
		name := m.String()
		return !pattern.MatchString(name) || o.match == "" && (accepted[name] != "" || known[name])
	})
	if o.sample > 0 && o.sample < len(chosen) {
		rand.New(rand.NewPCG(o.seed, 0)).Shuffle(len(chosen), func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] })
		chosen = chosen[:o.sample]
	}
	return chosen
}
