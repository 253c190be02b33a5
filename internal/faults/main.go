// Command faults puts faults that were mended back into the provider, one after
// the other, and tells after how many sequences of steps the model test finds
// each. It ends with 1 where one is not found, where the code that a fault changes
// is no longer there, or where the code as it is fails.
//
// A fault is a patch under internal/provider/testdata/faults, headed by a
// sentence that says what users saw.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// folder is where the faults are, from the root of the project.
const folder = "internal/provider/testdata/faults"

// A round is so many sequences of each version of GitLab, one after the other.
const each, versions = 20, 6

var show = flag.Bool("show", false, "print the failure that a fault is found by")

func main() {
	limit := flag.Int("limit", 1000, "how many sequences to try")
	seed := flag.Uint64("seed", 1, "where to begin")
	only := flag.String("only", "", "a part of the name of the faults to put back")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *only, *limit, *seed)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, only string, limit int, seed uint64) error {
	files, err := filepath.Glob(folder + "/*.patch")
	if err != nil || len(files) == 0 {
		return errors.Join(err, errors.New("no faults: run it in the root of the project"))
	}
	all := []fault{{name: "none", saw: "The code as it is."}}
	for _, file := range files {
		f, err := read(file)
		if err != nil {
			return err
		}
		all = append(all, f)
	}
	var wrong []string
	for _, f := range all {
		if !strings.Contains(f.name, only) {
			continue
		}
		after, found, err := f.hunt(ctx, limit, seed)
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		if found != (f.patch != "") {
			wrong = append(wrong, f.name)
		}
		fmt.Printf("%-28s %s after %4d sequences  %s\n", f.name, map[bool]string{true: "found    ", false: "not found"}[found], after, f.saw)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("not as it should be: %s", strings.Join(wrong, ", "))
	}
	return nil
}

// fault is one that was mended; without a patch it is the code as it is.
type fault struct {
	name, saw, patch string
	files            []string // that it changes
}

var changed = regexp.MustCompile(`(?m)^\+\+\+ b/(\S+)$`)

func read(file string) (fault, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return fault{}, err
	}
	saw, patch, _ := strings.Cut(string(text), "\n\n")
	f := fault{name: strings.TrimSuffix(filepath.Base(file), ".patch"), saw: strings.Join(strings.Fields(saw), " "), patch: patch}
	for _, match := range changed.FindAllStringSubmatch(patch, -1) {
		f.files = append(f.files, match[1])
	}
	if len(f.files) == 0 {
		return f, fmt.Errorf("%s is no patch", file)
	}
	return f, nil
}

// hunt builds the test with the fault, and runs it until it fails.
func (f fault) hunt(ctx context.Context, limit int, seed uint64) (after int, found bool, err error) {
	dir, err := os.MkdirTemp("", "faults")
	if err != nil {
		return 0, false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	overlay, err := f.apply(ctx, dir)
	if err != nil {
		return 0, false, err
	}
	program := filepath.Join(dir, "provider.test")
	build := exec.CommandContext(ctx, "go", "test", "-vet=off", "-overlay", overlay, "-c", "-o", program, "./internal/provider") //nolint:gosec // the names are ours
	if out, err := build.CombinedOutput(); err != nil {
		return 0, false, fmt.Errorf("it does not build: %w\n%s", err, out)
	}
	for !found && after+each*versions <= limit {
		cmd := exec.CommandContext(ctx, program, "-test.v", "-test.failfast", "-test.parallel=1", "-test.run=WhateverHappens", //nolint:gosec // just built
			fmt.Sprintf("-rapid.checks=%d", each), fmt.Sprintf("-rapid.seed=%d", seed), "-rapid.shrinktime=0s")
		cmd.Dir = "internal/provider"
		out, failed := cmd.CombinedOutput()
		var n int
		if n, found = count(string(out)); n == 0 || found != (failed != nil) {
			return 0, false, fmt.Errorf("the test does not run: %w\n%s", failed, out)
		}
		if found && *show {
			fmt.Printf("%s\n", out)
		}
		after += n
		seed += 10_000 // What is drawn begins with as many seeds.
	}
	return after, found, nil
}

var (
	passed = regexp.MustCompile(`\[rapid\] OK, passed (\d+) tests`)
	broken = regexp.MustCompile(`\[rapid\] (?:failed|panic) after (\d+) tests|\[rapid\] flaky test`)
)

// count tells after how many sequences a test has failed, if it has.
func count(out string) (after int, failed bool) {
	for _, match := range passed.FindAllStringSubmatch(out, -1) {
		n, _ := strconv.Atoi(match[1])
		after += n
	}
	match := broken.FindStringSubmatch(out)
	if match == nil {
		return after, false
	}
	n, _ := strconv.Atoi(match[1])
	return after + n + 1, true
}

// apply patches copies of the files, and writes what has go build with them.
func (f fault) apply(ctx context.Context, dir string) (overlay string, err error) {
	replace := map[string]string{}
	for _, name := range f.files {
		original, err := filepath.Abs(name)
		if err != nil {
			return "", err
		}
		text, err := os.ReadFile(original)
		if err != nil {
			return "", err
		}
		copied := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(copied), 0o750), os.WriteFile(copied, text, 0o600)); err != nil { //nolint:gosec // a folder of ours
			return "", err
		}
		replace[original] = copied
	}
	if f.patch != "" {
		cmd := exec.CommandContext(ctx, "git", "apply", "-")
		cmd.Dir, cmd.Stdin = dir, bytes.NewBufferString(f.patch)
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("the code that it changes is no longer there: %w\n%s", err, out)
		}
	}
	raw, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(dir, "overlay.json")
	return overlay, os.WriteFile(overlay, raw, 0o600)
}
