package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// buffer is a bytes.Buffer for two goroutines.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func waitFor(t *testing.T, condition func() bool) {
	t.Helper()
	for range 1000 {
		if condition() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("it did not happen within ten seconds")
}

func TestItServesUntilItIsInterruptedAndLogsNamesButNoValues(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(t.Context())
	var out buffer
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, []string{"-profile", "10.5", "-root", "/gitlab", "-group", "a/sub", "-project", "a/b"}, &out, io.Discard)
	}()
	waitFor(t, func() bool { return strings.Contains(out.String(), "Ctrl-C") })
	intro := out.String()
	url := regexp.MustCompile(`http://127\.0\.0\.1:\d+/gitlab`).FindString(intro)
	token := regexp.MustCompile(`glpat-\w+`).FindString(intro)
	for _, want := range []string{"GitLab 10.5", "group 2: a/sub", "project 1: a/b", "export GITLAB_BASE_URL=" + url + "\n", "export GITLAB_TOKEN=" + token + "\n", `provider "gitlabservices" {`} {
		if !strings.Contains(intro, want) {
			t.Errorf("%q is not in\n%s", want, intro)
		}
	}

	req, err := http.NewRequestWithContext(ctx, http.MethodPut, url+"/api/v4/projects/a%2Fb/services/asana", strings.NewReader(`{"restrict_to_branch":"b","api_key":"hush-hush"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("PRIVATE-TOKEN", token)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Errorf("PUT = %d", res.StatusCode)
	}
	line := regexp.MustCompile(`(?m)^\d\d:\d\d:\d\d\.\d{3} PUT +/gitlab/api/v4/projects/a%2Fb/services/asana 200 \[api_key restrict_to_branch\] \S+$`)
	waitFor(t, func() bool { return line.MatchString(out.String()) })
	if strings.Contains(out.String(), "hush-hush") {
		t.Error("the log shows a secret")
	}

	pageURL := regexp.MustCompile(`(?m)^  (http://127\.0\.0\.1:\d+)$`).FindStringSubmatch(intro)
	if pageURL == nil {
		t.Fatalf("no address of a page is in\n%s", intro)
	}
	req, err = http.NewRequestWithContext(ctx, http.MethodGet, pageURL[1], http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if res, err = http.DefaultClient.Do(req); err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil || !bytes.Contains(text, []byte("restrict_to_branch")) || bytes.Contains(text, []byte("hush-hush")) {
		t.Errorf("the page: %v\n%s", err, text)
	}

	interrupt()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestWhatTheInstanceHasIsHandedDown(t *testing.T) {
	t.Parallel()
	o, err := parse([]string{"-default", `slack={"channel":"#all","push_events":false}`, "-project", "a/b", "-propagation", "2s"}, io.Discard)
	if err != nil || o.propagation != 2*time.Second {
		t.Fatalf("%v: %+v", err, o)
	}
	gitlab := fakegitlab.New(fakegitlab.V19_1)
	if _, err := o.add(gitlab); err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{"a", "a/b"} {
		if rec, _ := gitlab.Record(place, "slack"); !rec.Active || !rec.Inherited || rec.Params["channel"] != "#all" || rec.Flags["push_events"] != false {
			t.Errorf("%s has %+v", place, rec)
		}
	}
}

func TestACommandFindsItAndSaysHowItEnds(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := filepath.Join(t.TempDir(), "requests.log")
	err := run(t.Context(), []string{"-log", log, "--", "sh", "-c", `echo "$GITLAB_BASE_URL $TF_VAR_fakegitlab_url $GITLAB_TOKEN"; exit 7`}, &out, io.Discard)
	var ended *exec.ExitError
	if !errors.As(err, &ended) || ended.ExitCode() != 7 {
		t.Errorf("the command ended with %v, want exit code 7", err)
	}
	said := regexp.MustCompile(`^(http://127\.0\.0\.1:\d+) (\S+) (glpat-\w+)\n$`).FindStringSubmatch(out.String())
	if said == nil || said[1] != said[2] {
		t.Fatalf("the command said %q, want its environment and nothing else", out.String())
	}
	intro, err := os.ReadFile(log)
	if err != nil || !strings.Contains(string(intro), "GitLab 19.1 at "+said[1]+", token "+said[3]) {
		t.Errorf("the log does not tell of it: %v\n%s", err, intro)
	}
}

// TestAContainerServesOtherMachines: a service of a CI job has a token that the
// job knows beforehand, and is reached by a name that is not of the loopback
// interface.
func TestAContainerServesOtherMachines(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(t.Context())
	var out buffer
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, []string{"-anywhere", "-addr", ":0", "-token", "known", "-project", "a/b"}, &out, io.Discard)
	}()
	waitFor(t, func() bool { return strings.Contains(out.String(), "Ctrl-C") })
	url := regexp.MustCompile(`export GITLAB_BASE_URL=(http://127\.0\.0\.1:\d+)`).FindStringSubmatch(out.String())
	if url == nil {
		t.Fatalf("no address that a client can use is in\n%s", out.String())
	}
	for token, want := range map[string]int{"known": http.StatusOK, "other": http.StatusUnauthorized} {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url[1]+"/api/v4/projects/a%2Fb/services", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = "gitlab:8080"
		req.Header.Set("PRIVATE-TOKEN", token)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("with the token %q: %d, want %d", token, res.StatusCode, want)
		}
	}
	interrupt()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestItSaysWhichVersionItIs(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := run(t.Context(), []string{"-version"}, &out, io.Discard); err != nil || out.String() != "fakegitlab dev (commit none)\n" {
		t.Errorf("%v: %q", err, out.String())
	}
}

func TestItRefusesWhatItCannotServe(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"-profile", "9.0"}, {"-addr", "0.0.0.0:0"}, {"-page", "0.0.0.0:0"}, {"-page", "nowhere"}, {"-project", "name"}, {"-nothing"},
		{"-default", "slack"}, {"-default", "slack=[]"}, {"-default", "nothing={}"}, {"-default", `jenkins={}`}, {"-default", `slack={"chanel":"#all"}`},
		{"no-such-command-anywhere"}, {"-log", "no/such/folder/log"},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		if err := run(ctx, args, io.Discard, io.Discard); err == nil {
			t.Errorf("%q is accepted", args)
		}
		cancel()
	}
}
