package page

import (
	"bytes"
	"flag"
	"fmt"
	"image/png"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

var screenshot = flag.String("screenshot", "", "write the screenshot of the README to this `file`")

// counted counts what is sent on the connections that it accepts.
type counted struct {
	net.Listener
	bytes atomic.Int64
}

func (l *counted) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	return countedConn{conn, &l.bytes}, err
}

type countedConn struct {
	net.Conn
	bytes *atomic.Int64
}

func (c countedConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.bytes.Add(int64(n))
	return n, err
}

// served is a site on a port of its own.
type served struct {
	site
	url      string
	sent     *atomic.Int64  // bytes
	requests *atomic.Int64  // to the page
	ticks    chan time.Time // each has a stream look for changes
	server   *httptest.Server
}

func serve(t *testing.T, s site, addr string) served {
	t.Helper()
	p, err := newPage(s.Server)
	if err != nil {
		t.Fatal(err)
	}
	ticks := make(chan time.Time)
	p.ticker = func() (<-chan time.Time, func()) { return ticks, func() {} }
	handler := p.handler()
	var requests atomic.Int64
	listener, err := fakegitlab.Listen(addr)
	if err != nil {
		t.Fatal(err)
	}
	counting := &counted{Listener: listener}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		handler.ServeHTTP(w, r)
	}))
	server.Listener.Close()
	server.Listener = counting
	server.Start()
	v := served{s, server.URL, &counting.bytes, &requests, ticks, server}
	t.Cleanup(v.stop)
	return v
}

// stop ends the server, streams included.
func (v served) stop() {
	v.server.CloseClientConnections()
	v.server.Close()
}

// look has the stream of the page look for changes n times. It has done so when
// look returns, but for the last time.
func (v served) look(t *testing.T, n int) {
	t.Helper()
	for range n {
		select {
		case v.ticks <- time.Now():
		case <-time.After(time.Minute):
			t.Fatal("no stream looks for changes")
		}
	}
}

// looked has the streams look until the page is as the expression says. One that
// the page has left may take a few of the looks.
func (v served) looked(w tab, expression string) {
	w.t.Helper()
	w.wait(expression, func() {
		select {
		case v.ticks <- time.Now():
		default:
		}
	})
}

// large is a GitLab with n projects of two services each.
func large(t *testing.T, n int) site {
	t.Helper()
	gitlab := fakegitlab.New(fakegitlab.V19_1)
	s := site{gitlab, newHandler(t, gitlab)}
	for i := range n {
		path := projectPath(i + 1)
		gitlab.AddProject(path)
		request(t, gitlab, http.MethodPut, "slack", `{"webhook":"https://hooks.example.com/x","channel":"#website"}`, path)
		request(t, gitlab, http.MethodPut, "external-wiki", `{"external_wiki_url":"https://wiki.example.com/api"}`, path)
	}
	return s
}

func projectPath(number int) string {
	return fmt.Sprintf("acme/team-%02d/project-%03d", (number+19)/20, number)
}

const aMinute = int(time.Minute / look) // looks

// A minute is so many looks here, however fast they are.
func TestInABrowserThePageStaysSmall(t *testing.T) {
	t.Parallel()
	for _, projects := range []int{1, 20, 500} {
		t.Run(strconv.Itoa(projects), func(t *testing.T) {
			t.Parallel()
			v := serve(t, large(t, projects), "127.0.0.1:0")
			w := open(t, v.url)
			w.until(`document.getElementById("live")?.textContent === "Live."`)
			loaded := v.sent.Load()
			height := get[int](w, "document.documentElement.scrollHeight")
			if loaded > 80<<10 || height > 2600 {
				t.Errorf("it is loaded with %d bytes, and %d pixels high", loaded, height)
			}
			if nameless := w.nameless(); len(nameless) > 0 {
				t.Errorf("controls without a name: %q", nameless)
			}

			before, asked := v.sent.Load(), v.requests.Load()
			v.look(t, aMinute)
			idle := v.sent.Load() - before
			if idle == 0 || idle > 1<<10 || v.requests.Load() != asked {
				t.Errorf("a minute without a change costs %d bytes, and %d requests", idle, v.requests.Load()-asked)
			}

			if projects > few {
				get[bool](w, `document.getElementById("p1-fold").click(), true`)
				for v.requests.Load() < asked+2 { // the opened project, and its stream
					time.Sleep(10 * time.Millisecond)
				}
			}
			v.looked(w, `document.querySelector("#p1-slack")`)
			before = v.sent.Load()
			asked = v.requests.Load()
			for second := range 60 {
				body := fmt.Sprintf(`{"webhook":"https://hooks.example.com/x","channel":"#second-%d"}`, second)
				request(t, v.Server, http.MethodPut, "slack", body, projectPath(second%2*projects/2+1)) // every other one is in sight
				v.look(t, 2)                                                                            // the second begins when the first is done
			}
			busy := v.sent.Load() - before
			if busy > 256<<10 || v.requests.Load() != asked {
				t.Errorf("a minute with a change each second costs %d bytes, and %d requests", busy, v.requests.Load()-asked)
			}
			w.until(fmt.Sprintf(`document.querySelector("#requests li").id === "r%d"`, 2*projects+60))
			for _, part := range []string{"list", "found", "pager", "total"} {
				w.until(fmt.Sprintf(`fetch(location).then(r => r.text()).then(text => new DOMParser().parseFromString(text, "text/html").getElementById(%[1]q).outerHTML ===
					document.getElementById(%[1]q).outerHTML)`, part))
			}
			t.Logf("%d projects: %d bytes to load, %d pixels high; a minute costs %d bytes, and with a change each second %d", projects, loaded, height, idle, busy)
		})
	}
}

func TestAPersonWithoutAMouseSwitchesOneOfManyServicesOff(t *testing.T) {
	t.Parallel()
	v := serve(t, large(t, 500), "127.0.0.1:0")
	w := open(t, v.url)
	w.until(`document.getElementById("live")?.textContent === "Live."`)
	start := time.Now()
	w.press("/")
	w.enter("project-437")
	w.until(`document.querySelectorAll(".place").length === 1 && location.search === "?q=project-437"`)
	tabs := 0
	for ; tabs < 10 && get[string](w, "document.activeElement.id") != "switch-p437-slack"; tabs++ {
		w.press("Tab")
		if !get[bool](w, `getComputedStyle(document.activeElement).outlineStyle === "solid"`) {
			t.Errorf("nobody sees that %s has the focus", get[string](w, "document.activeElement.outerHTML"))
		}
	}
	w.press("Space")
	w.until(`document.querySelector("#p437-slack .notice")?.textContent.startsWith("Switched off.")`)
	if rec, _ := v.Record("437", "slack"); rec.Active {
		t.Error("it is still on")
	}
	if id := get[string](w, "document.activeElement.id"); id != "switch-p437-slack" {
		t.Errorf("then %q has the focus", id)
	}
	t.Logf("%d keys, and %v with the fingers of a program", len("/project-437 ")+tabs, time.Since(start).Round(10*time.Millisecond))
	if tabs > 4 {
		t.Errorf("it takes %d tabs", tabs)
	}
	// The log is in sight beside what was switched, wherever that is in the page.
	if !get[bool](w, `document.getElementById("log").getBoundingClientRect().top < innerHeight`) {
		t.Error("the requests are out of sight")
	}
}

func TestInABrowserThePageFollowsTheServerAndThePerson(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	v := serve(t, s, "127.0.0.1:0")
	w := open(t, v.url)
	w.until(`document.getElementById("live")?.textContent === "Live."`)
	request(t, s.Server, http.MethodPut, "slack", `{"webhook":"https://hooks.example.com/hush","channel":"#website"}`)
	v.looked(w, `document.querySelector("#title-p1-slack")`)
	w.until(`document.querySelector("#requests li code")?.textContent.startsWith("PUT")`)

	// What was begun survives what arrives meanwhile, and what arrived survives
	// what is saved.
	get[bool](w, `document.getElementById("title-p1-slack").click(), true`)
	w.until(`document.activeElement.id === "title-p1-slack" && document.getElementById("p1-slack-username")`)
	get[bool](w, `document.getElementById("p1-slack-username").focus(), true`)
	w.enter("by hand")
	request(t, s.Server, http.MethodPut, "slack", `{"webhook":"https://hooks.example.com/hush","channel":"#applied"}`)
	request(t, s.Server, http.MethodPut, "asana", `{"api_key":"hush"}`)
	v.looked(w, `document.querySelector("#title-p1-asana")`)
	if got := get[string](w, `document.activeElement.id + document.activeElement.value`); got != "p1-slack-usernameby hand" {
		t.Errorf("the person is at %q", got)
	}
	w.press("Enter")
	w.until(`document.querySelector("#p1-slack .notice")?.textContent.startsWith("Saved.")`)
	if rec := s.record(t, "slack"); rec.Params["username"] != "by hand" || rec.Params["channel"] != "#applied" {
		t.Errorf("it is %+v", rec)
	}

	// What GitLab refuses stays, with its words, until it is put right.
	s.configure(t, "irker", values{"server_port": 6659})
	v.looked(w, `document.querySelector("#title-p1-irker")`)
	get[bool](w, `document.getElementById("title-p1-irker").click(), true`)
	w.until(`document.getElementById("p1-irker-server_port")`)
	get[bool](w, `document.getElementById("p1-irker-server_port").select(), true`)
	w.enter("many")
	w.press("Enter")
	w.until(`document.getElementById("p1-irker-server_port-wrong")?.textContent === "is invalid" && document.activeElement.id === "p1-irker-server_port"`)
	request(t, s.Server, http.MethodDelete, "asana", "")
	v.looked(w, `document.getElementById("switch-p1-asana").ariaChecked === "false"`)
	if got := get[string](w, `document.getElementById("p1-irker-server_port").value + document.querySelector("#p1-irker .problem").textContent`); got != "manyGitLab refuses it: server_port is invalid" {
		t.Errorf("the form says %q", got)
	}
	if nameless := w.nameless(); len(nameless) > 0 {
		t.Errorf("controls without a name: %q", nameless)
	}
	get[bool](w, `document.getElementById("p1-irker-server_port").select(), true`)
	w.enter("6660")
	w.press("Enter")
	w.until(`document.querySelector("#p1-irker .notice")?.textContent.startsWith("Saved.")`)
	v.looked(w, `!document.querySelector(".notice")`)
	get[bool](w, `history.back(), true`)
	w.until(`document.querySelector("#p1-irker.open")`)
	if strings.Contains(get[string](w, "document.documentElement.outerHTML"), "hush") {
		t.Error("the page shows a secret")
	}
}

func TestInABrowserThePageSaysLoudlyWhenNobodyAnswers(t *testing.T) {
	t.Parallel()
	s := newSite(t, fakegitlab.V19_1)
	s.configure(t, "slack", nil)
	v := serve(t, s, "127.0.0.1:0")
	w := open(t, v.url)
	w.until(`document.getElementById("live")?.textContent === "Live."`)
	v.stop()
	w.until(`document.querySelector("[role=alert]").textContent.startsWith("fakegitlab does not answer") && document.querySelector("[role=alert]").offsetHeight > 20`)
	get[bool](w, `document.getElementById("switch-p1-slack").click(), true`)

	// Another one in its place is taken up where it is, without a reload.
	again := newSite(t, fakegitlab.V19_1)
	again.configure(t, "asana", nil)
	serve(t, again, strings.TrimPrefix(v.url, "http://"))
	w.until(`document.querySelector("[role=alert]").textContent === "" && document.querySelector("#title-p1-asana") && !document.querySelector("#title-p1-slack")`)
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
				.finally(() => { location = "http://%s%s/"; });
		</script>`, server.URL, rebound, port)
	}))
	t.Cleanup(evil.Close)

	open(t, evil.URL)
	for _, want := range []string{"POST 127.0.0.1 403", "GET " + rebound + " 421"} {
		select {
		case got := <-answers:
			if got != want {
				t.Errorf("%s, want %s", got, want)
			}
		case <-time.After(time.Minute):
			t.Fatal("nothing came from the browser within a minute")
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
	v := serve(t, s, "127.0.0.1:0")
	w := open(t, v.url+one.addressOf("slack")+"?done=false")
	const width, height = 1200, 640
	w.resize(width, height)
	w.until(`document.getElementById("live")?.textContent === "Live."`)
	image := w.picture()
	config, err := png.DecodeConfig(bytes.NewReader(image))
	if err != nil || config.Width != width || config.Height != height || len(image) > 150<<10 {
		t.Errorf("%d bytes, %+v, %v", len(image), config, err)
	}
	if *screenshot != "" {
		if err := os.WriteFile(*screenshot, image, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
