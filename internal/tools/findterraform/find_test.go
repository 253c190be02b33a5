package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// world is a finder on a machine with the given programs on PATH, the given
// value of TF_ACC_TERRAFORM_PATH, an empty cache and no network.
func world(t *testing.T, named string, onPath ...string) finder {
	t.Helper()
	bin, cache := t.TempDir(), t.TempDir()
	for _, name := range onPath {
		program(t, filepath.Join(bin, name+exe()))
	}
	return finder{
		getenv: func(key string) string {
			if key == pathVariable {
				return named
			}
			return ""
		},
		lookPath: func(name string) (string, error) {
			if !filepath.IsAbs(name) {
				name = filepath.Join(bin, name+exe())
			}
			return exec.LookPath(name)
		},
		cacheDir: func() (string, error) { return cache, nil },
		download: func(context.Context, string) error { return errors.New("no network\nhere") },
		notice:   io.Discard,
	}
}

func program(t *testing.T, path string) {
	t.Helper()
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
}

// installs is a download that works.
func installs(_ context.Context, dir string) error {
	return os.WriteFile(filepath.Join(dir, "terraform"+exe()), []byte("#!/bin/sh\n"), 0o755)
}

func TestTheVariableWinsOverPath(t *testing.T) {
	t.Parallel()
	named := filepath.Join(t.TempDir(), "my-tofu"+exe())
	program(t, named)

	got, err := world(t, named, "terraform", "tofu").find(t.Context())
	if err != nil || got != named {
		t.Errorf("find() = %q, %v, want %q", got, err, named)
	}
}

func TestAVariableThatNamesNoProgramIsAnErrorAndNotIgnored(t *testing.T) {
	t.Parallel()
	named := filepath.Join(t.TempDir(), "missing")

	got, err := world(t, named, "terraform").find(t.Context())
	if err == nil {
		t.Fatalf("find() = %q, want an error", got)
	}
	for _, want := range []string{pathVariable, named} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q does not name %s", err, want)
		}
	}
}

func TestTerraformIsPreferredToTofu(t *testing.T) {
	t.Parallel()
	for want, onPath := range map[string][]string{
		"terraform": {"tofu", "terraform"},
		"tofu":      {"tofu"},
	} {
		got, err := world(t, "", onPath...).find(t.Context())
		if err != nil || filepath.Base(got) != want+exe() || !filepath.IsAbs(got) {
			t.Errorf("with %v on PATH: find() = %q, %v, want an absolute path of %s", onPath, got, err, want)
		}
	}
}

func TestWithNoProgramThePinnedReleaseIsInstalledOnce(t *testing.T) {
	t.Parallel()
	var notice bytes.Buffer
	downloads := 0
	f := world(t, "")
	f.notice = &notice
	f.download = func(ctx context.Context, dir string) error {
		downloads++
		return installs(ctx, dir)
	}

	first, err := f.find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	second, err := f.find(t.Context())
	if err != nil {
		t.Fatal(err)
	}

	if first != second || downloads != 1 {
		t.Errorf("%d downloads, %q and then %q, want one download and one path", downloads, first, second)
	}
	if !isProgram(first) || !strings.Contains(first, terraformVersion) {
		t.Errorf("%q is not the program of release %s", first, terraformVersion)
	}
	if !strings.Contains(notice.String(), terraformVersion) {
		t.Errorf("the notice %q does not say what was installed", notice.String())
	}
}

func TestAnotherInstallationAtTheSameMomentDoesNoHarm(t *testing.T) {
	t.Parallel()
	f := world(t, "")
	f.download = func(ctx context.Context, dir string) error {
		other := filepath.Join(filepath.Dir(dir), terraformVersion)
		if err := os.Mkdir(other, 0o755); err != nil {
			return err
		}
		if err := installs(ctx, other); err != nil {
			return err
		}
		return installs(ctx, dir)
	}

	got, err := f.find(t.Context())
	if err != nil || !isProgram(got) {
		t.Errorf("find() = %q, %v, want the program that the other one installed", got, err)
	}
}

func TestAFailedDownloadIsSaidInOneLineAndLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, download := range map[string]func(context.Context, string) error{
		"no network": func(context.Context, string) error { return errors.New("no network\nhere") },
		"cut short": func(_ context.Context, dir string) error {
			if err := os.WriteFile(filepath.Join(dir, "half"), nil, 0o600); err != nil {
				return err
			}
			return errors.New("connection reset")
		},
		"nothing in it": func(context.Context, string) error { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := world(t, "")
			f.download = download

			got, err := f.find(t.Context())
			if err == nil {
				t.Fatalf("find() = %q, want an error", got)
			}
			line := oneLine(err)
			for _, want := range []string{"PATH", pathVariable, terraformVersion} {
				if !strings.Contains(line, want) {
					t.Errorf("%q does not name %s", line, want)
				}
			}
			if strings.Contains(line, "\n") {
				t.Errorf("%q is more than a line", line)
			}
			cache, err := f.cacheDir()
			if err != nil {
				t.Fatal(err)
			}
			left, err := filepath.Glob(filepath.Join(cache, "*", "*", "*"))
			if err != nil || len(left) != 0 && name != "nothing in it" {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}
