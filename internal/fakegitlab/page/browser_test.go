package page

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

var screenshot = flag.String("screenshot", "", "write the screenshot of the README to this `file`")

// browsers are the names to look for where CHROMIUM does not name one, as
// GNUmakefile does.
var browsers = []string{"chromium", "chromium-browser", "google-chrome"}

// browser is a headless Chromium that was not started yet, with a fresh profile.
// It ends with ctx. A machine without one skips the test; where the variable
// CHROMIUM names one, as in the workflow, it has to be there.
func browser(ctx context.Context, t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	program := os.Getenv("CHROMIUM")
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil && program == "" {
			program = path
		}
	}
	if program == "" {
		t.Skip("no Chromium for this test: apt-get install chromium, or set CHROMIUM to one")
	}
	profile, err := os.MkdirTemp("", "fakegitlab-page-")
	if err != nil {
		t.Fatal(err)
	}
	// Not t.TempDir: a helper process that lives a moment longer than the
	// browser may still write there.
	t.Cleanup(func() { _ = os.RemoveAll(profile) })
	cmd := exec.CommandContext(ctx, program, append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
		"--user-data-dir=" + profile,
	}, args...)...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) } // so that it ends its helpers
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// open starts a browser at an address, until the test ends.
func open(t *testing.T, args ...string) {
	t.Helper()
	ctx, quit := context.WithCancel(context.Background())
	cmd := browser(ctx, t, args...)
	var problems bytes.Buffer
	cmd.Stderr = &problems
	if err := cmd.Start(); err != nil {
		quit()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		quit()
		if err := cmd.Wait(); t.Failed() {
			t.Logf("the browser: %v\n%s", err, problems.String())
		}
	})
}

// receive waits for what a browser makes happen.
func receive(t *testing.T, c <-chan string) string {
	t.Helper()
	select {
	case text := <-c:
		return text
	case <-time.After(time.Minute):
		t.Fatal("nothing came from the browser within a minute")
		return ""
	}
}

// hand is what a person does in the browser, a step on each page: open the
// service as soon as it appears, begin to change it and save that when a request
// has arrived meanwhile, switch the service off.
const hand = `{
let begun = false;
const steps = setInterval(() => {
  const find = id => document.getElementById(id);
  let next;
  switch (location.pathname + location.search) {
  case "/":
    next = find("title-p1-slack");
    break;
  case "/projects/1/services/slack":
    if (!begun) find("p1-slack-username").value = "by hand";
    begun = true;
    if (find("requests").textContent.includes("DELETE")) next = document.querySelector(".settings .save");
    break;
  case "/projects/1/services/slack?done=saved":
    next = find("switch-p1-slack");
    break;
  case "/projects/1/services/slack?done=false":
    clearInterval(steps);
    fetch("/seen", { method: "POST", body: document.documentElement.outerHTML });
  }
  if (next) clearInterval(steps);
  next?.click();
}, 100);
}`

// unsized drops the length of an answer that grows.
type unsized struct{ http.ResponseWriter }

func (w unsized) WriteHeader(status int) {
	w.Header().Del("Content-Length")
	w.ResponseWriter.WriteHeader(status)
}

func TestInABrowserThePageFollowsTheServerAndThePerson(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	var loads, opens, posts atomic.Int32
	reports := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path := r.URL.Path; {
		case path == "/seen":
			text, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			reports <- string(text)
			return
		case path == "/page.js":
			defer func() { _, _ = io.WriteString(w, hand) }()
			w = unsized{w}
		case r.Method == http.MethodPost:
			posts.Add(1)
		case path == "/" && loads.Add(1) == 2: // the first time that the script asks
			request(t, s.Server, http.MethodPut, "slack", `{"webhook":"https://hooks.example.com/hush","channel":"#website"}`)
		case path == one.addressOf("slack") && opens.Add(1) == 2: // and while the form is open
			request(t, s.Server, http.MethodPut, "slack", `{"webhook":"https://hooks.example.com/hush","channel":"#applied"}`)
			request(t, s.Server, http.MethodDelete, "packagist", "")
		}
		s.handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)

	open(t, server.URL)
	seen := receive(t, reports)
	rec, _ := s.Record("1", "slack")
	if rec.Active || rec.Params["username"] != "by hand" || rec.Params["channel"] != "#applied" || posts.Load() != 2 {
		t.Errorf("after %d posts it is %+v", posts.Load(), rec)
	}
	for _, want := range []string{"Switched off.", "#applied", "by hand", ">Live.<"} {
		if !strings.Contains(seen, want) {
			t.Errorf("%q is not in\n%s", want, seen)
		}
	}
	if strings.Contains(seen, "hush") {
		t.Error("the page shows a secret")
	}
}

// A page of another site that is open in the same browser sends a form, and then
// tries it by a name of its own that leads to the loopback interface.
func TestInABrowserOtherSitesReachNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	s.configure(t, "slack", nil)
	answers := make(chan string, 10) // more than there are
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		s.handler.ServeHTTP(answer, r)
		w.WriteHeader(answer.Code)
		name, _, _ := strings.Cut(r.Host, ":")
		answers <- fmt.Sprint(r.Method, " ", name, " ", answer.Code)
	}))
	t.Cleanup(server.Close)
	port := server.URL[strings.LastIndex(server.URL, ":"):]
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = fmt.Fprintf(w, `<script>
			const body = new URLSearchParams({ active: "false" });
			fetch("%s/projects/1/services/slack", { method: "POST", mode: "no-cors", body })
				.finally(() => { location = "http://rebound.example%s/"; });
		</script>`, server.URL, port)
	}))
	t.Cleanup(evil.Close)

	open(t, "--host-resolver-rules=MAP rebound.example 127.0.0.1", evil.URL)
	for _, want := range []string{"POST 127.0.0.1 403", "GET rebound.example 421"} {
		if got := receive(t, answers); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if rec, _ := s.Record("1", "slack"); !rec.Active {
		t.Error("another site switched a service off")
	}
}

// The screenshot in the README is this test's:
//
//	go test ./internal/fakegitlab/page -run Screenshot -screenshot $PWD/.github/images/fakegitlab.png
func TestTheScreenshotIsFitForAREADME(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	if err := s.Start(); err != nil { // so that the page can say where the API is
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	s.AddProject("demo/api")
	request(t, s.Server, http.MethodPut, "external-wiki", `{"external_wiki_url":"https://wiki.example.com/api"}`, "demo/api")
	request(t, s.Server, http.MethodPut, "slack", `{"webhook":"https://hooks.example.com/x","channel":"#website","notify_only_broken_pipelines":true,"pipeline_events":true}`)
	if err := s.Disable("demo/website", "slack"); err != nil {
		t.Fatal(err)
	}
	request(t, s.Server, http.MethodGet, "external-wiki", "", "demo/api")
	request(t, s.Server, http.MethodGet, "slack", "")
	server := httptest.NewServer(s.handler)
	t.Cleanup(server.Close)

	file := *screenshot
	if file == "" {
		file = filepath.Join(t.TempDir(), "page.png")
	}
	const width, height = 1200, 640
	cmd := browser(t.Context(), t, "--screenshot="+file, fmt.Sprintf("--window-size=%d,%d", width, height), "--hide-scrollbars",
		server.URL+one.addressOf("slack")+"?done=false")
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	config, err := png.DecodeConfig(bytes.NewReader(text))
	if err != nil || config.Width != width || config.Height != height || len(text) > 150<<10 {
		t.Errorf("%d bytes, %+v, %v", len(text), config, err)
	}
}
