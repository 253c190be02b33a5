package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/cli"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

// TestMain lets the test binary be the provider too: the CLI that a test drives
// starts a copy of it, with the variable by which go-plugin tells a plugin that
// it is one. That saves building the provider a second time.
func TestMain(m *testing.M) {
	if os.Getenv("TF_PLUGIN_MAGIC_COOKIE") == "" {
		os.Exit(m.Run())
	}
	if provider.Serve(cli.Release, false) != nil {
		os.Exit(1)
	}
}

// copySelf is a [builder] that uses the test binary.
func copySelf(_ context.Context, output string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if os.Link(self, output) == nil {
		return nil
	}
	in, err := os.Open(self)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(output, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// newStage is a stage with a GitLab of its own, and what is printed there.
func newStage(t *testing.T) (*stage, *bytes.Buffer) {
	t.Helper()
	program, err := cli.Find()
	if err != nil {
		t.Fatal(err)
	}
	gitlab := fakegitlab.New("19.1")
	if err := gitlab.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { gitlab.Close() })
	out := new(bytes.Buffer)
	return &stage{gitlab: gitlab, program: program, build: copySelf, out: out, temp: t.TempDir()}, out
}

// nothingLeft checks that the stage's temporary folder is gone.
func nothingLeft(t *testing.T, s *stage) {
	t.Helper()
	entries, err := os.ReadDir(s.temp)
	if err != nil || len(entries) != 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestTheStoryIsAsToldAndLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, plain := range map[string]bool{"write-only secrets": false, "plain secrets": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !plain {
				acctest.Needs(t, acctest.WriteOnly)
			}
			s, out := newStage(t)
			s.plain = plain
			if err := tell(t.Context(), s); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			nothingLeft(t, s)
			for _, want := range []string{
				"Terraform and OpenTofu", "8 to add", "1 to add, 3 to change", "Import successful", "9 destroyed", "All 9 steps",
			} {
				if got := strings.Contains(out.String(), want); got != (plain || want != "Terraform and OpenTofu") {
					t.Errorf("%q in the output: %v\n%s", want, got, out)
				}
			}
			for name, value := range secrets {
				if strings.Contains(out.String(), value) {
					t.Errorf("the value of %s is in the output", name)
				}
			}
		})
	}
}

func TestAStepThatIsNotAsToldIsNamed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		step    string
		disturb func(*fakegitlab.Server) error
		want    string
	}{
		{"no change", func(gitlab *fakegitlab.Server) error { return gitlab.Disable(website, "jira") }, "exit code 2"},
		{"drift", func(gitlab *fakegitlab.Server) error {
			return gitlab.Edit(api, "jenkins", map[string]any{"active": true})
		}, "jenkins"},
	} {
		t.Run(test.step, func(t *testing.T) {
			t.Parallel()
			s, out := newStage(t)
			s.disturb = func(step string) error {
				if step == test.step {
					return test.disturb(s.gitlab)
				}
				return nil
			}
			err := tell(t.Context(), s)
			if err == nil || !strings.Contains(err.Error(), `"`+test.step+`"`) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one that names step %q and %q\n%s", err, test.step, test.want, out)
			}
			nothingLeft(t, s)
		})
	}
}

func TestAnInterruptedStoryLeavesNothing(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s, _ := newStage(t)
	s.out = writerFunc(func(p []byte) (int, error) {
		if bytes.Contains(p, []byte("Creating...")) {
			cancel()
		}
		return len(p), nil
	})

	if err := tell(ctx, s); err == nil || ctx.Err() == nil {
		t.Errorf("error %v, context %v, want the interruption", err, ctx.Err())
	}
	nothingLeft(t, s)
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestPlainSecretsLeavesNothingThatAnOldCLIRefuses(t *testing.T) {
	t.Parallel()
	got := plainSecrets(`terraform {
  required_version = ">= 1.11" # why
}
variable "v" {
  type      = string
  ephemeral = true
  sensitive = true
}
resource "r" "this" {
  webhook_wo         = var.v
  webhook_wo_version = 2
}
`)
	want := `terraform {
}
variable "v" {
  type      = string
  sensitive = true
}
resource "r" "this" {
  webhook            = var.v
}
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestEveryLineOfACommandIsIndented(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	w := &indenter{out: &out, prefix: "| "}
	for _, part := range []string{"one\ntw", "o\n", "\nthree"} {
		if n, err := io.WriteString(w, part); n != len(part) || err != nil {
			t.Fatalf("Write(%q) = %d, %v", part, n, err)
		}
	}
	w.end()
	if got, want := out.String(), "| one\n| two\n| \n| three\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
