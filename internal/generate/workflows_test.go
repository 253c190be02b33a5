package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

var (
	uses   = regexp.MustCompile(`(?m)^\s*-? *uses: *(\S+)(.*)$`)
	pinned = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)
	named  = regexp.MustCompile(`^ # v\d+\.\d+\.\d+$`)
)

// TestEveryActionIsPinnedByHash in the workflows, and in those that the
// documentation offers. A tag can be moved to other code; the version beside the
// hash is for people and for dependabot.
func TestEveryActionIsPinnedByHash(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../.github/workflows/*.yml")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, file := range append(files, "../../docs/guides/drift-in-ci.md") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range uses.FindAllStringSubmatch(string(text), -1) {
			count++
			if action, version := found[1], found[2]; !pinned.MatchString(action) || !named.MatchString(version) {
				t.Errorf("%s: %s%s: want the full hash of a commit, and its version as a comment", file, action, version)
			}
		}
	}
	if count < 10 {
		t.Errorf("only %d actions were found", count)
	}
}

// TestReleasesAreBuiltAsSnapshotsAre compares the two places that name
// goreleaser's version.
func TestReleasesAreBuiltAsSnapshotsAre(t *testing.T) {
	t.Parallel()
	version := func(file, pattern string) string {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(pattern).FindSubmatch(text)
		if found == nil {
			t.Fatalf("%s does not name goreleaser's version", file)
		}
		return string(found[1])
	}
	workflow := version("../../.github/workflows/release.yml", `goreleaser-action@[^\n]*\n\s*with:\n\s*version: (v\S+)`)
	makefile := version("../../GNUmakefile", `goreleaser/v2@(v\S+)`)
	if workflow != makefile {
		t.Errorf("a release is built by goreleaser %s, a snapshot by %s", workflow, makefile)
	}
}

// TestOneToolchainIsPinned: a release is built with the Go of go.mod, its
// security fixes included, and the tools with the same one.
func TestOneToolchainIsPinned(t *testing.T) {
	t.Parallel()
	var pinned []string
	files, err := filepath.Glob("../tools/*/go.mod")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, "../../go.mod", "../tools/go.mod")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(`(?m)^toolchain (go\d+\.\d+\.\d+)$`).FindSubmatch(text)
		if found == nil {
			t.Fatalf("%s pins no toolchain", file)
		}
		pinned = append(pinned, string(found[1]))
	}
	if len(slices.Compact(pinned)) != 1 {
		t.Errorf("not one toolchain is pinned in %q, but %q", files, pinned)
	}
}
