package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// suite are the tests of one folder, compiled with the mutants of one package.
type suite struct {
	binary, dir, scratch string
	workers              int
	// patience is how much time of tests a mutant is given.
	patience time.Duration
	// hangs is how long tests may take beyond five times what they take alone.
	hangs time.Duration
	tests map[string]test
}

// test is one test by itself: how long it takes, and by name what it reaches. One
// that fails without a mutant is good for nothing here.
type test struct {
	Took    time.Duration
	Reaches []string
	Fails   bool
}

// noCLI hides Terraform from the tests: those that drive it start the provider
// as it is built, without mutants, and take seconds each.
var noCLI = []string{"TF_ACC_TERRAFORM_PATH=" + filepath.Join(os.DevNull, "terraform"), "GOGC=400"}

// run runs some of the tests with one mutant awake.
func (s *suite) run(ctx context.Context, pattern string, limit time.Duration, env ...string) error {
	ctx, cancel := context.WithTimeout(ctx, limit+10*time.Second)
	defer cancel()
	// A mutant may fill the memory.
	const limited = `ulimit -v 8000000 2>/dev/null; exec "$@"`
	cmd := exec.CommandContext(ctx, "sh", "-c", limited, "sh", s.binary, "-test.failfast", "-test.run", pattern, "-test.timeout", limit.String())
	cmd.Dir, cmd.Env = s.dir, slices.Concat(os.Environ(), noCLI, env)
	cmd.WaitDelay = time.Second
	return cmd.Run()
}

// record runs each test by itself and notes what it reaches.
func (s *suite) record(ctx context.Context, mutants []mutant) error {
	names := map[string]string{}
	for _, m := range mutants {
		names[strconv.Itoa(m.id)] = m.String()
	}
	list := exec.CommandContext(ctx, s.binary, "-test.list", ".")
	list.Dir = s.dir
	out, err := list.Output()
	if err != nil {
		return fmt.Errorf("list the tests: %w", err)
	}
	fresh := map[string]test{}
	var unknown []string
	for _, name := range strings.Fields(string(out)) {
		if known, ok := s.tests[name]; ok {
			fresh[name] = known
		} else if !strings.HasPrefix(name, "Benchmark") {
			unknown = append(unknown, name)
		}
	}
	var mu sync.Mutex
	each(s.workers, unknown, func(name string) {
		notes := filepath.Join(s.scratch, name)
		begin := time.Now()
		err := s.run(ctx, "^"+name+"$", 2*time.Minute, "MUTANTS_REACHED="+notes)
		one := test{Took: time.Since(begin), Fails: err != nil}
		raw, _ := os.ReadFile(notes)
		for id := range bytes.FieldsSeq(raw) {
			one.Reaches = append(one.Reaches, names[string(id)])
		}
		mu.Lock()
		defer mu.Unlock()
		fresh[name] = one
	})
	s.tests = fresh
	return ctx.Err()
}

// reaching are the tests that reach a mutant and the patience allows, the
// quickest first.
func (s *suite) reaching(m mutant) []string {
	var names []string
	for name, t := range s.tests {
		if !t.Fails && slices.Contains(t.Reaches, m.String()) {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return int(s.tests[a].Took - s.tests[b].Took) })
	var total time.Duration
	for i, name := range names {
		if total += s.tests[name].Took; total > s.patience {
			return names[:max(1, i)]
		}
	}
	return names
}

// kills reports whether a test fails with the mutant. One that hangs has failed.
func (s *suite) kills(ctx context.Context, m mutant) bool {
	names := s.reaching(m)
	for batch := time.Second; len(names) > 0; batch *= 4 {
		n, total := 0, time.Duration(0)
		for n < len(names) && (n == 0 || total+s.tests[names[n]].Took <= batch) {
			total += s.tests[names[n]].Took
			n++
		}
		if s.run(ctx, "^("+strings.Join(names[:n], "|")+")$", s.hangs+5*total, "MUTANT="+strconv.Itoa(m.id)) != nil {
			return true
		}
		names = names[n:]
	}
	return false
}

// judge gives the mutants that survive.
func (s *suite) judge(ctx context.Context, mutants []mutant) []mutant {
	var mu sync.Mutex
	var survivors []mutant
	done := 0
	each(s.workers, mutants, func(m mutant) {
		killed := s.kills(ctx, m)
		mu.Lock()
		defer mu.Unlock()
		if done++; done%100 == 0 {
			say("%d of %d, %d survive", done, len(mutants), len(survivors))
		}
		if killed {
			return
		}
		say("survives: %s", m)
		survivors = append(survivors, m)
	})
	slices.SortFunc(survivors, func(a, b mutant) int { return a.id - b.id })
	return survivors
}

// each calls f with all elements, several at a time.
func each[T any](workers int, all []T, f func(T)) {
	queue := make(chan T)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for one := range queue {
				f(one)
			}
		})
	}
	for _, one := range all {
		queue <- one
	}
	close(queue)
	group.Wait()
}

// notUsed names the tests that fail without Terraform.
func (s *suite) notUsed() []string {
	var names []string
	for name, t := range s.tests {
		if t.Fails {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
