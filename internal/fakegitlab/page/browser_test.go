package page

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// browsers are the names to look for where CHROMIUM does not name one, as
// GNUmakefile does.
var browsers = []string{"chromium", "chromium-browser", "google-chrome"}

// rebound is a name that leads the browser to the loopback interface.
const rebound = "rebound.example"

// browser is a headless Chromium, which all tests share. It is driven by its
// DevTools protocol over two pipes, a message each up to a NUL.
//
// https://chromedevtools.github.io/devtools-protocol/
type browser struct {
	cmd      *exec.Cmd
	profile  string
	problems bytes.Buffer
	requests io.WriteCloser

	mu       sync.Mutex
	lastID   int
	waiting  map[int]chan message
	failures map[string][]string // by session
}

// message is a request, its answer, or an event.
type message struct {
	ID        int                       `json:"id,omitempty"`
	SessionID string                    `json:"sessionId,omitempty"`
	Method    string                    `json:"method,omitempty"`
	Params    json.RawMessage           `json:"params,omitempty"`
	Result    json.RawMessage           `json:"result,omitempty"`
	Error     *struct{ Message string } `json:"error,omitempty"`
}

var shared = struct {
	sync.Mutex
	*browser
}{}

func TestMain(m *testing.M) {
	code := m.Run()
	if shared.browser != nil {
		shared.quit()
	}
	os.Exit(code)
}

// theBrowser starts the browser for the first test that wants it. A machine
// without one skips the test; where the variable CHROMIUM names one, as in the
// workflow, it has to be there.
func theBrowser(t *testing.T) *browser {
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
	shared.Lock()
	defer shared.Unlock()
	if shared.browser == nil {
		b, err := startBrowser(program)
		if err != nil {
			t.Fatal(err)
		}
		shared.browser = b
	}
	return shared.browser
}

func startBrowser(program string) (*browser, error) {
	profile, err := os.MkdirTemp("", "fakegitlab-page-")
	if err != nil {
		return nil, err
	}
	b := &browser{profile: profile, waiting: map[int]chan message{}, failures: map[string][]string{}}
	theirs, ours, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	answers, theirAnswers, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	b.requests = ours
	b.cmd = exec.CommandContext(context.Background(), program, // which outlives the test that starts it

		"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
		"--hide-scrollbars", "--host-resolver-rules=MAP "+rebound+" 127.0.0.1", "--remote-debugging-pipe", "--user-data-dir="+profile)
	b.cmd.ExtraFiles = []*os.File{theirs, theirAnswers} // 3 and 4, as the browser wants them
	b.cmd.Stderr = &b.problems
	if err := b.cmd.Start(); err != nil {
		return nil, err
	}
	theirs.Close()
	theirAnswers.Close()
	go b.read(answers)
	return b, nil
}

func (b *browser) quit() {
	_ = b.cmd.Process.Signal(syscall.SIGTERM) // so that it ends its helpers
	_ = b.cmd.Wait()
	// A helper process that lives a moment longer may still write there.
	_ = os.RemoveAll(b.profile)
}

// read hands out what the browser says, until it ends.
func (b *browser) read(answers io.Reader) {
	in := bufio.NewReader(answers)
	for {
		text, err := in.ReadBytes(0)
		if err != nil {
			return
		}
		var m message
		if json.Unmarshal(bytes.TrimRight(text, "\x00"), &m) != nil {
			continue
		}
		b.mu.Lock()
		switch {
		case m.ID != 0:
			b.waiting[m.ID] <- m
			delete(b.waiting, m.ID)
		case m.Method == "Runtime.exceptionThrown", m.Method == "Log.entryAdded" && bytes.Contains(m.Params, []byte(`"source":"security"`)):
			b.failures[m.SessionID] = append(b.failures[m.SessionID], string(m.Params))
		}
		b.mu.Unlock()
	}
}

// call has the browser do something, and decodes what it answers.
func (b *browser) call(session, method string, params values, result any) error {
	text, err := json.Marshal(params)
	if err != nil {
		return err
	}
	answer := make(chan message, 1)
	b.mu.Lock()
	b.lastID++
	m, err := json.Marshal(message{ID: b.lastID, SessionID: session, Method: method, Params: text})
	b.waiting[b.lastID] = answer
	if err == nil {
		_, err = b.requests.Write(append(m, 0))
	}
	b.mu.Unlock()
	if err != nil {
		return err
	}
	select {
	case m := <-answer:
		if m.Error != nil {
			return errors.New(method + ": " + m.Error.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(m.Result, result)
	case <-time.After(time.Minute):
		return fmt.Errorf("%s: no answer within a minute\n%s", method, b.problems.String())
	}
}

// tab is a window of the browser.
type tab struct {
	*browser
	t       *testing.T
	session string
}

// open shows an address in a window of its own, as long as the test runs. An
// error of the script, and what the security policy of the page forbids, fail
// the test.
func open(t *testing.T, address string) tab {
	t.Helper()
	b := theBrowser(t)
	var target struct{ TargetID string }
	var attached struct{ SessionID string }
	err := b.call("", "Target.createTarget", values{"url": "about:blank", "newWindow": true}, &target)
	if err == nil {
		err = b.call("", "Target.attachToTarget", values{"targetId": target.TargetID, "flatten": true}, &attached)
	}
	if err != nil {
		t.Fatal(err)
	}
	w := tab{b, t, attached.SessionID}
	t.Cleanup(func() {
		_ = b.call("", "Target.closeTarget", values{"targetId": target.TargetID}, nil)
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, failure := range b.failures[w.session] {
			t.Error(failure)
		}
	})
	w.do("Runtime.enable", nil)
	w.do("Log.enable", nil)
	w.do("Emulation.setFocusEmulationEnabled", values{"enabled": true})
	w.resize(1200, 800)
	w.do("Page.navigate", values{"url": address})
	return w
}

func (w tab) do(method string, params values) {
	w.t.Helper()
	if err := w.call(w.session, method, params, nil); err != nil {
		w.t.Fatal(err)
	}
}

func (w tab) resize(width, height int) {
	w.t.Helper()
	w.do("Emulation.setDeviceMetricsOverride", values{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
}

// get is the value of a JavaScript expression in the page.
func get[T any](w tab, expression string) T {
	w.t.Helper()
	var answer struct {
		Result           struct{ Value T }
		ExceptionDetails json.RawMessage
	}
	err := w.call(w.session, "Runtime.evaluate", values{"expression": expression, "returnByValue": true, "awaitPromise": true}, &answer)
	if err != nil || answer.ExceptionDetails != nil {
		w.t.Fatalf("%s: %v %s", expression, err, answer.ExceptionDetails)
	}
	return answer.Result.Value
}

// until waits for an expression to be true.
func (w tab) until(expression string) {
	w.t.Helper()
	w.wait(expression, func() {})
}

// wait is until with something to be done before each try.
func (w tab) wait(expression string, try func()) {
	w.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		try()
		if get[bool](w, "Boolean("+expression+")") {
			return
		}
	}
	w.t.Fatalf("it never was that %s; the page is\n%s", expression, get[string](w, "document.body.innerText"))
}

// keys of a keyboard that are no text.
var keys = map[string]values{
	"Tab":   {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9},
	"Enter": {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"},
	"Space": {"key": " ", "code": "Space", "windowsVirtualKeyCode": 32, "text": " "},
}

// press presses a key, and lets it go.
func (w tab) press(name string) {
	w.t.Helper()
	key, special := keys[name]
	if !special {
		key = values{"key": name, "text": name}
	}
	for _, event := range []string{"keyDown", "keyUp"} {
		params := values{"type": event}
		for k, v := range key {
			params[k] = v
		}
		w.do("Input.dispatchKeyEvent", params)
	}
}

// enter types a text.
func (w tab) enter(text string) {
	w.t.Helper()
	for _, r := range text {
		w.press(string(r))
	}
}

// picture takes a screenshot.
func (w tab) picture() []byte {
	w.t.Helper()
	var answer struct{ Data string }
	if err := w.call(w.session, "Page.captureScreenshot", values{"format": "png"}, &answer); err != nil {
		w.t.Fatal(err)
	}
	image, err := base64.StdEncoding.DecodeString(answer.Data)
	if err != nil {
		w.t.Fatal(err)
	}
	return image
}

// nameless are the controls that assistive technology has no name for.
func (w tab) nameless() []string {
	w.t.Helper()
	type property struct{ Value any }
	var tree struct {
		Nodes []struct {
			Role, Name *property
			Properties []struct {
				Name  string
				Value property
			}
		}
	}
	if err := w.call(w.session, "Accessibility.getFullAXTree", nil, &tree); err != nil {
		w.t.Fatal(err)
	}
	var nameless []string
	for _, n := range tree.Nodes {
		for _, p := range n.Properties {
			if p.Name == "focusable" && p.Value.Value == true && n.Name != nil && strings.TrimSpace(fmt.Sprint(n.Name.Value)) == "" {
				nameless = append(nameless, fmt.Sprint(n.Role.Value))
			}
		}
	}
	return nameless
}
