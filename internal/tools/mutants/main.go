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
var packages = []target{
	{"internal/catalog", []string{"internal/catalog", "internal/generate", "internal/provider"}},
	{"internal/gitlab", []string{"internal/gitlab", "internal/provider"}},
	{"internal/provider", []string{"internal/provider", "internal/generate"}},
}

type target struct {
	folder string
	tests  []string
}

// options are the flags.
type options struct {
	pkg, match, notes, results, accepted string
	sample, workers                      int
	seed                                 uint64
	without                              string
	again, list                          bool
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
	flag.StringVar(&o.without, "without", "none", "leave out the tests of the folders that have this in them")
	flag.BoolVar(&o.list, "list", false, "print the mutants and do no more")
	flag.StringVar(&o.notes, "notes", "bin/mutants.json", "keep there what is killed and what tests reach")
	flag.StringVar(&o.accepted, "equivalents", "internal/tools/mutants/equivalents.txt", "mutants that change nothing")
	flag.StringVar(&o.results, "results", "internal/tools/mutants/results.md", "write there the scores of all mutants")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	good, err := o.hunt(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
	}
	if !good || err != nil {
		os.Exit(1)
	}
}

// hunt judges mutants. It is good when none survives that is not accepted.
func (o options) hunt(ctx context.Context) (bool, error) {
	accepted, err := readLedger(o.accepted)
	if err != nil {
		return false, err
	}
	pattern, err := regexp.Compile(o.match)
	if err != nil {
		return false, err
	}
	scratch, err := os.MkdirTemp("", "mutants-")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	var pkgs []*goPackage
	for _, p := range packages {
		if strings.Contains(p.folder, o.pkg) {
			pkg, err := load(ctx, p.folder)
			if err != nil {
				return false, err
			}
			pkgs = append(pkgs, pkg)
		}
	}
	all := mutate(pkgs...)
	known := recall(o.notes, o.again, all.print())
	chosen := o.choose(all.mutants, pattern, accepted, known.Killed)
	if o.list {
		for _, m := range chosen {
			fmt.Println(m)
		}
		return true, nil
	}
	say("%d mutants, of which %d are woken (-seed %d)", len(all.mutants), len(chosen), o.seed)
	survivors := chosen
	for _, tests := range o.suites() {
		if survivors, err = o.judge(ctx, all, survivors, tests, scratch, known); err != nil {
			return false, err
		}
	}
	if err := known.remember(o.notes); err != nil {
		return false, err
	}
	return o.report(all.mutants, chosen, survivors, accepted)
}

// suites are the folders whose tests are run, the narrowest first: a package's own
// before those of others.
func (o options) suites() []string {
	var own, others []string
	for _, p := range packages {
		if strings.Contains(p.folder, o.pkg) {
			own = append(own, p.tests[0])
			others = append(others, p.tests[1:]...)
		}
	}
	var all []string
	for _, folder := range append(own, others...) {
		if strings.Contains(folder, o.without) {
			continue
		}
		// One that is for several comes when all of them have had theirs.
		all = append(slices.DeleteFunc(all, func(earlier string) bool { return earlier == folder }), folder)
	}
	return all
}

// testsOf names the folders whose tests a package has met.
func (o options) testsOf(p target) string {
	met := slices.DeleteFunc(slices.Clone(p.tests), func(folder string) bool { return strings.Contains(folder, o.without) })
	return strings.ReplaceAll(strings.Join(met, ", "), "internal/", "")
}

// judge gives the mutants that survive the tests of a folder, or are not for
// them.
func (o options) judge(ctx context.Context, all *copies, mutants []mutant, tests, scratch string, known notes) ([]mutant, error) {
	var theirs, left []mutant
	for _, m := range mutants {
		i := slices.IndexFunc(packages, func(p target) bool { return p.folder == m.folder })
		if slices.Contains(packages[i].tests, tests) {
			theirs = append(theirs, m)
		} else {
			left = append(left, m)
		}
	}
	if len(theirs) == 0 {
		return left, nil
	}
	s := &suite{dir: tests, scratch: scratch, binary: filepath.Join(scratch, "tests"), workers: o.workers, patience: o.patience, hangs: 10 * time.Second,
		tests: known.Tests[tests]}
	if err := all.compile(ctx, tests, scratch, s.binary); err != nil {
		return nil, err
	}
	theirs = slices.DeleteFunc(theirs, func(m mutant) bool { return !slices.Contains(all.mutants, m) }) // Left out.
	if err := s.record(ctx, all.mutants); err != nil {
		return nil, err
	}
	known.Tests[tests] = s.tests
	say("%d tests of %s, without %d that need more: %s", len(s.tests), tests, len(s.notUsed()), strings.Join(s.notUsed(), " "))
	survivors := s.judge(ctx, theirs)
	say("%d of %d survive the tests of %s", len(survivors), len(theirs), tests)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, m := range theirs {
		known.Killed[m.String()] = !slices.Contains(survivors, m)
	}
	return append(left, survivors...), known.remember(o.notes)
}

// report prints the survivors and the scores, and keeps the scores where all
// mutants were woken.
func (o options) report(all, chosen, survivors []mutant, accepted ledger) (bool, error) {
	good := true
	of := func(mutants []mutant, folder string) []mutant {
		return slices.DeleteFunc(slices.Clone(mutants), func(m mutant) bool { return m.folder != folder })
	}
	for _, p := range packages {
		mutants, woken, alive := of(all, p.folder), of(chosen, p.folder), of(survivors, p.folder)
		if len(mutants) == 0 {
			continue
		}
		for _, m := range alive {
			fmt.Printf("%s/%s:%d survives:\n%s\n", m.folder, m.file, m.line, m)
		}
		equivalent, gone := accepted.of(p.folder, mutants)
		for _, name := range gone {
			fmt.Println("accepted, and no mutant any more:", name)
		}
		good = good && len(alive) == 0 && len(gone) == 0
		result := score{folder: p.folder, tests: o.testsOf(p), all: len(woken), unexplained: len(alive)}
		if o.match == "" && o.sample == 0 {
			result.all, result.equivalent = len(mutants), len(equivalent)
			if err := writeResults(o.results, result); err != nil {
				return false, err
			}
		}
		fmt.Println(result)
	}
	return good, nil
}

// say prints a line with the time: a run takes long.
func say(format string, args ...any) {
	fmt.Printf(time.Now().Format(time.TimeOnly)+" "+format+"\n", args...)
}

// choose gives the mutants to wake: those of the pattern, else all that are
// neither accepted nor known to be killed, or a sample of those of each package.
func (o options) choose(all []mutant, pattern *regexp.Regexp, accepted ledger, killed map[string]bool) []mutant {
	chosen := slices.DeleteFunc(slices.Clone(all), func(m mutant) bool {
		return !pattern.MatchString(m.String()) || o.match == "" && (accepted[m.String()] != "" || killed[m.String()])
	})
	if o.sample == 0 {
		return chosen
	}
	rand.New(rand.NewPCG(o.seed, 0)).Shuffle(len(chosen), func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] })
	drawn := map[string]int{}
	return slices.DeleteFunc(chosen, func(m mutant) bool { drawn[m.folder]++; return drawn[m.folder] > o.sample })
}
