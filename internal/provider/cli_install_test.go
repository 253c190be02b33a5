//go:build unix

package provider_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// TestABuildThatChangedIsInstalledBesideTheOneBefore: "make install" breaks no
// folder that has an earlier build, and "terraform init -upgrade" takes the new
// one there. What is built is a script around the provider, which costs nothing
// to change. make install is for a POSIX shell.
func TestABuildThatChangedIsInstalledBesideTheOneBefore(t *testing.T) {
	t.Parallel()
	workspace := acctest.Starting(t, acctest.Server(t, fakegitlab.V19_1))
	home := t.TempDir()
	plugins := filepath.Join(home, ".terraform.d", "plugins", "registry.terraform.io", "gitlabservices", "gitlabservices")
	built, builder := filepath.Join(home, "built"), filepath.Join(home, "build.sh")
	writeFile(t, builder, fmt.Sprintf("mkdir -p \"$(dirname \"$2\")\" && cp %q \"$2\"\n", built))
	install := func(change string) string {
		t.Helper()
		writeFile(t, built, fmt.Sprintf("#!/bin/sh\n# %s\nexec %q \"$@\"\n", change, acctest.Program(t)))
		failOn(t, os.Chmod(built, 0o700))
		cmd := exec.CommandContext(t.Context(), "make", "install", "BUILD=sh "+builder, "BIN="+filepath.Join(home, "bin"))
		cmd.Dir, cmd.Env = repository, append(os.Environ(), "HOME="+home, "MAKEFLAGS=")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("make install: %s\n%s", err, out)
		}
		return string(out)
	}
	expect := func(said, words string) {
		t.Helper()
		if !strings.Contains(said, words) {
			t.Errorf("it does not say %q:\n%s", words, said)
		}
	}
	locked := func(version string) {
		t.Helper()
		expect(string(readFile(t, workspace.Path(".terraform.lock.hcl"))), fmt.Sprintf("= %q\n", version))
		workspace.Must("validate")
	}
	workspace.Setenv("HOME", home)
	workspace.Write("none.tfrc", "")
	workspace.Setenv("TF_CLI_CONFIG_FILE", workspace.Path("none.tfrc"))
	workspace.Write("main.tf", `terraform {
  required_providers {
    gitlabservices = { source = "registry.terraform.io/gitlabservices/gitlabservices", version = ">= 0.1.0" }
  }
}
resource "gitlabservices_external_wiki" "this" {
  project           = "group/website"
  external_wiki_url = "https://wiki.example.com"
}
`)

	expect(install("first"), "Installed as 0.1.1")
	workspace.Must("init")
	locked("0.1.1")
	expect(install("first"), "0.1.1 is this build already")

	said := install("second")
	expect(said, "Installed as 0.1.2")
	expect(said, "terraform init -upgrade")
	locked("0.1.1")
	workspace.Must("init", "-upgrade")
	locked("0.1.2")

	failOn(t, os.MkdirAll(filepath.Join(plugins, "0.1.10"), 0o750))
	failOn(t, os.MkdirAll(filepath.Join(plugins, "1.0.0"), 0o750))
	said = install("third")
	expect(said, "Installed as 0.1.11")
	expect(said, "Remove what Terraform may prefer there: 1.0.0")
}

// TestInstallationsAtOnceGetNumbersOfTheirOwn, as those of two work trees: under
// one number the later program would take the place of the other.
func TestInstallationsAtOnceGetNumbersOfTheirOwn(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	plugins, builder := filepath.Join(folder, "of somebody"), filepath.Join(folder, "build.sh")
	writeFile(t, builder, "mkdir -p \"$(dirname \"$3\")\" && echo \"$1\" >\"$3\"\n")
	const atOnce = 4
	var installations sync.WaitGroup
	for i := range atOnce {
		installations.Go(func() {
			cmd := exec.CommandContext(t.Context(), "make", "install", fmt.Sprintf("BUILD=sh %s %d", builder, i), fmt.Sprintf("BIN=%s/bin%d", folder, i), "PLUGINS="+plugins)
			cmd.Dir, cmd.Env = repository, append(os.Environ(), "MAKEFLAGS=")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("make install: %s\n%s", err, out)
			}
		})
	}
	installations.Wait()
	programs, err := filepath.Glob(filepath.Join(plugins, "registry.terraform.io", "*", "*", "*", "*", "*"))
	failOn(t, err)
	contents := map[string]bool{}
	for _, program := range programs {
		contents[string(readFile(t, program))] = true
	}
	if len(programs) != atOnce || len(contents) != atOnce {
		t.Errorf("%d programs are there: %v", len(contents), programs)
	}
}
