package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
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

// TestTheFirstGitLabThatComesUpIsTaken by the script that the nightly acceptance
// tests start GitLab with: of one image there is none any more, one ends while
// it starts, one comes up at the second look, and the last is not wanted.
func TestTheFirstGitLabThatComesUpIsTaken(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the script runs where the containers do")
	}
	dir := t.TempDir()
	stub := func(name, script string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	calls := filepath.Join(dir, "calls")
	stub("sleep", "exit 0\n")
	stub("curl", `echo "curl $*" >>"`+calls+`"`+"\n")
	stub("docker", `echo "$*" >>"`+calls+`"
case "$*" in
  run*gone) exit 125 ;;
  run*) for image; do :; done; echo "id-$image" ;;
  inspect*id-ends) echo false ;;
  inspect*) echo true ;;
  exec*readiness) [ -e "`+dir+`/looked" ] || { touch "`+dir+`/looked"; exit 22; } ;;
  exec*gitlab-rails*) echo "a warning of Rails"; echo glpat-made ;;
  port*) echo 127.0.0.1:32768 ;;
esac
`)
	run := func(images ...string) (string, error) {
		cmd := exec.CommandContext(t.Context(), "bash", append([]string{"../../.ci/gitlab"}, images...)...)
		cmd.Env = append(os.Environ(), "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"))
		var said bytes.Buffer
		cmd.Stderr = &said
		out, err := cmd.Output()
		t.Logf("%s", said.String())
		return string(out), err
	}
	out, err := run("gone", "ends", "starts", "never")
	if want := "GITLAB_BASE_URL=http://127.0.0.1:32768\nGITLAB_TOKEN=glpat-made\nGITLAB_PROJECT=root/testacc\n"; err != nil || out != want {
		t.Errorf("it prints %q, %v; want %q", out, err, want)
	}
	text, err := os.ReadFile(calls)
	if err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]bool{
		"rm --force id-ends": true, "rm --force id-starts": false, "id-never": false,
		"PRIVATE-TOKEN: glpat-made --data name=testacc http://127.0.0.1:32768/api/v4/projects": true,
	} {
		if strings.Contains(string(text), said) != want {
			t.Errorf("%q was called: %t, want %t, in\n%s", said, !want, want, text)
		}
	}
	if out, err := run("gone", "ends"); err == nil || out != "" {
		t.Errorf("without a GitLab it prints %q and ends well", out)
	}
}
