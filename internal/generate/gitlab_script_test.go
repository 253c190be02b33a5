//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheFirstGitLabThatComesUpIsTaken by the script that the nightly acceptance
// tests start GitLab with: of one image there is none any more, one ends while
// it starts, one comes up at the second look, and the last is not wanted.
func TestTheFirstGitLabThatComesUpIsTaken(t *testing.T) {
	t.Parallel()
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
