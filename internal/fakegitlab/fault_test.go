package fakegitlab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestFaultsHitTheRequestsTheyAreMeantFor(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.mustPut("asana", values{"api_key": "k"})
	l.Inject(Fault{Method: "GET", PathContains: "asana", Skip: 1, Times: 2, Status: 429, Body: "Retry later", Header: map[string]string{"Retry-After": "7"}})
	var got []int
	for range 4 {
		got = append(got, l.get("asana").status)
	}
	if fmt.Sprint(got) != "[200 429 429 200]" {
		t.Errorf("GETs: %v", got)
	}
	l.Inject(Fault{PathContains: "asana", Status: 502, Body: "<html></html>", ContentType: "text/html"})
	r := l.get("asana")
	if r.status != 502 || r.header.Get("Content-Type") != "text/html" {
		t.Errorf("GET = %d %v", r.status, r.header)
	}
	if r := l.get("slack"); r.status != 404 {
		t.Errorf("another service: %d", r.status)
	}
	l.ClearFaults()
	l.Inject(Fault{Status: 503, Body: `{"message":"x"}`, Times: 1})
	if r := l.get("asana"); r.status != 503 || r.header.Get("Content-Type") != "application/json" {
		t.Errorf("GET = %d %v", r.status, r.header)
	}
}

func TestAFaultOfAListHitsNoService(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.mustPut("asana", values{"api_key": "k"})
	l.putGroup(`{"external_wiki_url":"https://wiki.example.com"}`)
	for list, service := range map[string]string{"/projects/1/services": "/asana", "/groups/group/integrations": "/" + wiki} {
		end := "/" + path.Base(list)
		l.Inject(Fault{Method: http.MethodGet, PathEnds: end, Times: 2, Status: http.StatusBadGateway})
		for _, query := range []string{"", "?per_page=100"} {
			if r := l.send(http.MethodGet, "/api/v4"+list+query, ""); r.status != http.StatusBadGateway {
				t.Errorf("%s%s = %d", list, query, r.status)
			}
		}
		l.ClearFaults()
		l.Inject(Fault{Method: http.MethodGet, PathEnds: end, Status: http.StatusBadGateway})
		if r := l.send(http.MethodGet, "/api/v4"+list+service, ""); r.status != http.StatusOK {
			t.Errorf("%s%s = %d", list, service, r.status)
		}
		l.ClearFaults()
	}
}

func TestAFaultReplacesTheWorkUnlessItComesAfterIt(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.Inject(Fault{Method: "PUT", Times: 1, Status: 500})
	if r := l.put("asana", values{"api_key": "k"}); r.status != 500 {
		t.Errorf("PUT = %d", r.status)
	}
	if _, ok := l.Record("1", "asana"); ok {
		t.Error("the work was done")
	}
	l.Inject(Fault{Method: "PUT", Times: 1, Status: 502, AfterApply: true, Header: map[string]string{"X-Proxy": "yes"}, Body: "Bad Gateway"})
	if r := l.put("asana", values{"api_key": "k"}); r.status != 502 || r.header.Get("X-Proxy") != "yes" || r.text != "Bad Gateway" {
		t.Errorf("PUT = %d %q", r.status, r.text)
	}
	if _, ok := l.Record("1", "asana"); !ok {
		t.Error("the work was not done")
	}
}

func TestAWriteThatIsNotHeardIsAnsweredAsAGET(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	wiki := func(url string) values { return values{"external_wiki_url": "https://" + url} }
	l.put("external-wiki", wiki("a.example"))
	l.Inject(Fault{Times: 2, Unheard: true})
	if r := l.put("external-wiki", wiki("b.example")); r.status != 200 || !strings.Contains(r.text, "a.example") {
		t.Errorf("PUT = %d %s", r.status, r.text)
	}
	if r := l.put("asana", values{"api_key": "k"}); r.status != 404 {
		t.Errorf("PUT of what is not there = %d %s", r.status, r.text)
	}
	if record, _ := l.Record("1", "external-wiki"); record.Params["external_wiki_url"] != "https://a.example" {
		t.Errorf("GitLab has %v", record.Params)
	}
	if last := l.Requests()[2]; last.Method != http.MethodPut || last.Body["api_key"] != "k" {
		t.Errorf("the log has %s %v", last.Method, last.Body)
	}
}

func TestDroppedAndTruncatedAnswers(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	put := func() (int, error) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, l.URL()+l.path("asana"), strings.NewReader(`{"api_key":"k"}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("PRIVATE-TOKEN", l.Token())
		req.Header.Set("Content-Type", "application/json")
		res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
		if err != nil {
			return 0, err
		}
		defer res.Body.Close()
		_, err = io.ReadAll(res.Body)
		return res.StatusCode, err
	}
	l.Inject(Fault{Times: 1, Drop: true})
	if status, err := put(); err == nil {
		t.Errorf("dropped: %d", status)
	}
	if _, ok := l.Record("1", "asana"); ok {
		t.Error("a request that was dropped did its work")
	}
	l.Inject(Fault{Times: 1, Drop: true, AfterApply: true})
	if status, err := put(); err == nil {
		t.Errorf("dropped: %d", status)
	}
	if _, ok := l.Record("1", "asana"); !ok {
		t.Error("a request that was dropped after the work did not do it")
	}
	l.Inject(Fault{Times: 1, Truncate: true})
	if status, err := put(); status != 200 || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("truncated: %d, %v", status, err)
	}
	var statuses []int
	for _, r := range l.Requests() {
		statuses = append(statuses, r.Status)
	}
	if fmt.Sprint(statuses) != "[0 0 200]" {
		t.Errorf("logged: %v", statuses)
	}
}

func TestADropIsABadGatewayWhereThereIsNoConnection(t *testing.T) {
	t.Parallel()
	s := New(V19_1)
	s.Inject(Fault{Drop: true})
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v4/version", http.NoBody))
	if w.Code != http.StatusBadGateway {
		t.Errorf("answer is %d", w.Code)
	}
}

// A slow PUT changes the state at the end of its delay, even when the client
// gave up before.
func TestASlowPutIsAppliedAfterItsDelayWhetherOrNotTheClientWaits(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.SetLatency("PUT", time.Hour)
	ctx, giveUp := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, l.URL()+l.path("asana"), strings.NewReader(`{"api_key":"k"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("PRIVATE-TOKEN", l.Token())
	req.Header.Set("Content-Type", "application/json")
	done := make(chan error, 1)
	go func() {
		res, err := http.DefaultClient.Do(req)
		if err == nil {
			res.Body.Close()
		}
		done <- err
	}()
	waitFor(t, func() bool { return len(l.Requests()) == 1 })
	if _, ok := l.Record("1", "asana"); ok {
		t.Error("applied before its delay is over")
	}
	giveUp()
	if err := <-done; err == nil {
		t.Error("the client got an answer")
	}
	if _, ok := l.Record("1", "asana"); ok {
		t.Error("applied when the client gave up")
	}
	l.Close() // ends the hour
	waitFor(t, func() bool { _, ok := l.Record("1", "asana"); return ok })
	l.SetLatency("PUT", 0)
	l.mustSucceed(l.Start())
	l.mustPut("asana", values{"api_key": "k"})
}

func TestClosingWakesWhatSleeps(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.SetLatency("", time.Hour)
	done := make(chan struct{})
	go func() {
		defer close(done)
		w := httptest.NewRecorder()
		l.ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/api/v4/version", http.NoBody))
	}()
	waitFor(t, func() bool { return len(l.Requests()) == 1 })
	l.Close()
	<-done
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

func TestRequestsAreRecordedWithBodiesAndCounted(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.send("PUT", "/api/v4/projects/"+escaped("group/project")+"/services/asana?x=1", `{"api_key":"k","n":1,"list":["a"],"none":null}`, "X-Trace: t")
	l.get("asana")
	l.del("asana")
	requests := l.Requests()
	if len(requests) != 3 {
		t.Fatalf("%d requests", len(requests))
	}
	r := requests[0]
	if r.Method != http.MethodPut || r.Path != "/api/v4/projects/group%2Fproject/services/asana" || r.Query != "x=1" || r.Status != 200 ||
		r.Header.Get("X-Trace") != "t" || r.At.IsZero() || !sameJSON(r.Body, values{"api_key": "k", "n": 1, "list": []any{"a"}, "none": nil}) {
		t.Errorf("request: %+v", r)
	}
	if requests[1].Body != nil {
		t.Errorf("a GET has a body: %v", requests[1].Body)
	}
	if got := fmt.Sprint(l.Counts()); got != "map[DELETE:1 GET:1 PUT:1]" {
		t.Errorf("counts: %s", got)
	}
	l.ResetRequests()
	if len(l.Requests()) != 0 || len(l.Counts()) != 0 || l.Connections() != 0 {
		t.Error("a reset forgets nothing")
	}
}

func TestConnectionsAreCounted(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	for range 3 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, l.URL()+"/api/v4/version", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
	}
	if got := l.Connections(); got != 3 {
		t.Errorf("%d connections", got)
	}
}

func TestConcurrentUseKeepsOneRowAService(t *testing.T) {
	t.Parallel()
	l := newLab(t, V19_1)
	l.SetLatency("", time.Millisecond)
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			l.put("slack", values{"webhook": fmt.Sprintf("https://h%d.example.com", i)})
			l.get("slack")
			if err := l.Edit("1", "asana", values{"api_key": "k"}); err != nil {
				t.Error(err)
			}
			l.Record("1", "slack")
			l.Inject(Fault{PathContains: "nowhere", Status: 500})
			l.AddProject(fmt.Sprintf("group/p%d", i))
			l.SetInstanceDefault("irker", nil)
			l.Counts()
		})
	}
	group.Wait()
	for _, slug := range []string{"slack", "asana"} {
		if id := l.record(slug).ID; id != 1 && id != 2 {
			t.Errorf("%s has id %d: a row too many", slug, id)
		}
	}
}

func TestOnlyTheLoopbackInterfaceIsServed(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "gitlab.example.com:80", "127.0.0.1"} {
		s := New(V19_1)
		if err := s.StartAddr(addr); err == nil {
			s.Close()
			t.Errorf("%s is served", addr)
		}
	}
	s := New(V19_1)
	if s.URL() != "" {
		t.Errorf("URL before Start is %s", s.URL())
	}
	for range 2 {
		if err := s.StartAddr("localhost:0"); err != nil {
			t.Fatal(err)
		}
		if err := s.Start(); err == nil {
			t.Error("started twice")
		}
		s.Close()
		s.Close()
	}
}
