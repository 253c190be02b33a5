package gitlab

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// operations are the three requests on a service, each giving its error.
var operations = map[string]func(context.Context, *Client) error{
	"PUT": func(ctx context.Context, c *Client) error {
		_, err := c.PutService(ctx, inProject("42"), "slack", Settings{Values: map[string]any{"a": 1}})
		return err
	},
	"GET": func(ctx context.Context, c *Client) error {
		_, err := c.GetService(ctx, inProject("42"), "slack")
		return err
	},
	"DELETE": func(ctx context.Context, c *Client) error { return c.DeleteService(ctx, inProject("42"), "slack") },
}

func TestPassingTroubleIsRetriedOnEveryMethod(t *testing.T) {
	t.Parallel()
	for _, status := range []int{409, 429, 500, 502, 503, 504, 520} {
		for method, operate := range operations {
			t.Run(strconv.Itoa(status)+" "+method, func(t *testing.T) {
				t.Parallel()
				var asked atomic.Int32
				url := serve(t, func(w http.ResponseWriter, r *http.Request) {
					body, _ := io.ReadAll(r.Body)
					if want := `{"a":1}`; r.Method == http.MethodPut && string(body) != want {
						t.Errorf("attempt with the body %q", body)
					}
					if asked.Add(1) <= 2 {
						answerWith(status, "text/plain", "trouble")(w, r)
						return
					}
					_, _ = w.Write([]byte(slackAnswer))
				})
				client, left := newTestClient(t, Config{BaseURL: url, Retries: 2})
				if err := operate(t.Context(), client); err != nil {
					t.Error(err)
				}
				if want := []time.Duration{500 * time.Millisecond, time.Second}; !slices.Equal(left.list, want) {
					t.Errorf("waited %v, want %v", left.list, want)
				}
			})
		}
	}
}

func TestLastAnswerIsTheErrorOnceTheRetriesAreUsedUp(t *testing.T) {
	t.Parallel()
	for _, retries := range []int{0, 1, 3} {
		t.Run(strconv.Itoa(retries), func(t *testing.T) {
			t.Parallel()
			asked := 0
			url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				asked++
				answerWith(503, "text/plain", "trouble "+strconv.Itoa(asked))(w, r)
			})
			client, _ := newTestClient(t, Config{BaseURL: url, Retries: retries})
			e := asError(t, client.DeleteService(t.Context(), inProject("42"), "slack"))
			if e.Attempts != retries+1 || asked != retries+1 || e.StatusCode != http.StatusServiceUnavailable || e.Message != "trouble "+strconv.Itoa(asked) || e.Reason() != Unavailable {
				t.Errorf("asked %d: %#v", asked, e)
			}
			if said := strings.Contains(e.Error(), "gave up after "+strconv.Itoa(retries+1)+" attempts"); said != (retries > 0) {
				t.Errorf("the text is %q", e.Error())
			}
		})
	}
}

func TestOtherAnswersAreNotRetried(t *testing.T) {
	t.Parallel()
	for _, status := range []int{304, 400, 401, 403, 404, 405, 410, 412, 415, 422, 501, 505} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			t.Parallel()
			url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", "3600")
				w.WriteHeader(status)
			})
			client, left := newTestClient(t, Config{BaseURL: url, Retries: 5})
			_, err := client.GetService(t.Context(), inProject("42"), "slack")
			if e := asError(t, err); e.Attempts != 1 || len(left.list) != 0 || strings.Contains(e.Message, "asks to wait") {
				t.Errorf("%d attempts: %v", e.Attempts, e)
			}
		})
	}
}

// breakOff sends the beginning of an answer and closes the connection.
func breakOff(t *testing.T, w http.ResponseWriter, beginning string) {
	t.Helper()
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	_, _ = conn.Write([]byte(beginning))
	_ = conn.Close()
}

func TestBrokenConnectionsAreRetried(t *testing.T) {
	t.Parallel()
	for name, beginning := range map[string]string{
		"before an answer":       "",
		"inside the status":      "HTTP/1.1 2",
		"inside the body":        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + slackAnswer,
		"inside a chunked body":  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
		"inside an error's body": "HTTP/1.1 404 Not Found\r\nContent-Length: 500\r\n\r\n{",
	} {
		for method, operate := range operations {
			t.Run(name+" "+method, func(t *testing.T) {
				t.Parallel()
				var asked atomic.Int32
				url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
					if asked.Add(1) == 1 {
						breakOff(t, w, beginning)
						return
					}
					_, _ = w.Write([]byte(slackAnswer))
				})
				client, left := newTestClient(t, Config{BaseURL: url, Retries: 1})
				if err := operate(t.Context(), client); err != nil || len(left.list) != 1 {
					t.Errorf("%d retries: %v", len(left.list), err)
				}
			})
		}
	}
	t.Run("for good", func(t *testing.T) {
		t.Parallel()
		url := serve(t, func(w http.ResponseWriter, _ *http.Request) { breakOff(t, w, "") })
		client, _ := newTestClient(t, Config{BaseURL: url, Retries: 2})
		e := asError(t, operations["PUT"](t.Context(), client))
		if e.Attempts != 3 || e.StatusCode != 0 || e.Reason() != NoAnswer || !strings.Contains(e.Message, "no answer from GitLab: ") {
			t.Errorf("got %#v", e)
		}
	})
	t.Run("nobody listens", func(t *testing.T) {
		t.Parallel()
		var config net.ListenConfig
		listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if err := listener.Close(); err != nil {
			t.Fatal(err)
		}
		client, _ := newTestClient(t, Config{BaseURL: "http://" + listener.Addr().String(), Retries: 2})
		err = operations["GET"](t.Context(), client)
		if e := asError(t, err); e.Attempts != 3 || !errors.Is(err, syscall.ECONNREFUSED) || strings.Contains(e.Message, "http://") {
			t.Errorf("got %#v", e)
		}
	})
}

func TestAttemptThatTakesTooLongIsRetried(t *testing.T) {
	t.Parallel()
	for name, beginning := range map[string]string{"before the answer": "", "inside the body": "{"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				if beginning != "" {
					_, _ = w.Write([]byte(beginning))
					_ = http.NewResponseController(w).Flush()
				}
				<-r.Context().Done()
			})
			client, _ := newTestClient(t, Config{BaseURL: url, Retries: 1, RequestTimeout: 20 * time.Millisecond})
			_, err := client.GetService(t.Context(), inProject("42"), "slack")
			e := asError(t, err)
			if e.Attempts != 2 || e.Reason() != NoAnswer || !strings.Contains(e.Message, "within 20ms (request_timeout)") {
				t.Errorf("got %#v", e)
			}
		})
	}
}

func TestDialThatTimesOutIsRetried(t *testing.T) {
	t.Parallel()
	// As net.Dialer fails, whose error calls itself a context.DeadlineExceeded.
	dialer := net.Dialer{Deadline: time.Unix(1, 0)}
	_, timedOut := dialer.DialContext(t.Context(), "tcp", "127.0.0.1:1")
	if !errors.Is(timedOut, context.DeadlineExceeded) {
		t.Fatalf("the dialer fails with %v", timedOut)
	}
	client, _ := newTestClient(t, Config{Retries: 2})
	client.transport = roundTrip(func(*http.Request) (*http.Response, error) { return nil, timedOut })
	_, err := client.GetService(t.Context(), inProject("42"), "slack")
	if e := asError(t, err); e.Attempts != 3 || e.Reason() != NoAnswer {
		t.Errorf("got %#v", e)
	}
}

func TestAnswerWithoutEndIsRefused(t *testing.T) {
	t.Parallel()
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		block := make([]byte, 1<<16)
		for range 2 * maxBody / len(block) {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})
	client, _ := newTestClient(t, Config{BaseURL: url, Retries: 3})
	_, err := client.GetService(t.Context(), inProject("42"), "slack")
	if e := asError(t, err); e.Attempts != 1 || !strings.Contains(e.Message, "longer than 4 MiB") {
		t.Errorf("got %#v", e)
	}
}

// TestAServerThatChangesTheProtocolIsRefused: what comes then is no answer, and
// no timeout would end it.
func TestAServerThatChangesTheProtocolIsRefused(t *testing.T) {
	t.Parallel()
	for method, operate := range operations {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			closed := make(chan struct{})
			url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				defer close(closed)
				_, _ = io.ReadAll(r.Body)
				conn, _, err := http.NewResponseController(w).Hijack()
				if err != nil {
					t.Error(err)
					return
				}
				defer func() { _ = conn.Close() }()
				_, err = conn.Write([]byte("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"))
				// More than anybody reads as an answer.
				for block := make([]byte, 1<<16); err == nil; {
					_, err = conn.Write(block)
				}
			})
			client, _ := newTestClient(t, Config{BaseURL: url, Retries: 5})
			e := asError(t, operate(t.Context(), client))
			if e.StatusCode != http.StatusSwitchingProtocols || e.Attempts != 1 || e.Reason() != Other || !strings.Contains(e.Message, "another protocol") {
				t.Errorf("got %#v", e)
			}
			<-closed // the connection as well
		})
	}
}

// TestACrashOfGitLabItselfIsRetriedTwice where a value may be to blame for it.
func TestACrashOfGitLabItselfIsRetriedTwice(t *testing.T) {
	t.Parallel()
	const own, ofProxy = `{"message":"500 Internal Server Error"}`, "<h1>500 Internal Server Error</h1>"
	for name, test := range map[string]struct {
		method, body      string
		status            int
		retries, attempts int
		message           string
		reason            Reason
	}{
		"a PUT":                   {"PUT", own, 500, 5, 3, "one of the values sent may be what it cannot take: a", Crashed},
		"a PUT, with more words":  {"PUT", `{"message":"500 Internal Server Error: PG::NotNullViolation"}`, 500, 5, 3, "PG::NotNullViolation; one of the values sent may be what it cannot take: a", Crashed},
		"a PUT, fewer retries":    {"PUT", own, 500, 1, 2, "one of the values sent may be what it cannot take: a", Crashed},
		"a PUT, a page":           {"PUT", ofProxy, 500, 5, 6, "500 Internal Server Error", Unavailable},
		"a PUT, another status":   {"PUT", `{"message":"502"}`, 502, 5, 6, "502", Unavailable},
		"a GET, which sends none": {"GET", own, 500, 5, 6, "500 Internal Server Error", Unavailable},
		"a DELETE, likewise":      {"DELETE", own, 500, 5, 6, "500 Internal Server Error", Unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(test.status, "", test.body)), Retries: test.retries})
			e := asError(t, operations[test.method](t.Context(), client))
			if e.Attempts != test.attempts || e.Message != test.message || e.Reason() != test.reason {
				t.Errorf("reason %d after %d attempts: %q", e.Reason(), e.Attempts, e.Message)
			}
		})
	}
	t.Run("other trouble is not counted", func(t *testing.T) {
		t.Parallel()
		var asked atomic.Int32
		client, _ := newTestClient(t, Config{BaseURL: serve(t, func(w http.ResponseWriter, r *http.Request) {
			if asked.Add(1) <= 2 {
				answerWith(503, "", "")(w, r)
				return
			}
			answerWith(500, "", own)(w, r)
		}), Retries: 10})
		if e := asError(t, operations["PUT"](t.Context(), client)); e.Attempts != 5 || e.Reason() != Crashed {
			t.Errorf("reason %d after %d attempts, want %d after 5", e.Reason(), e.Attempts, Crashed)
		}
	})
	t.Run("names without values", func(t *testing.T) {
		t.Parallel()
		client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(500, "", own))})
		_, err := client.PutService(t.Context(), inProject("42"), "slack", Settings{
			Values:  map[string]any{"webhook": "hook-secret", "channel": "general", "push_events": true},
			Secrets: []string{"hook-secret"},
		})
		want := "PUT " + client.root + "/projects/42/services/slack: GitLab answered 500 Internal Server Error: one of the values sent may be what it cannot take: channel, push_events, webhook"
		if err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	})
}

func TestInterruptStopsAtOnce(t *testing.T) {
	t.Parallel()
	t.Run("while waiting for a retry", func(t *testing.T) {
		t.Parallel()
		url := serve(t, answerWith(503, "", ""))
		client, _ := newTestClient(t, Config{BaseURL: url, Retries: 5})
		ctx, cancel := context.WithCancel(t.Context())
		client.pause = func(time.Duration) time.Duration {
			cancel()
			return time.Hour
		}
		err := operations["PUT"](ctx, client)
		if e := asError(t, err); !errors.Is(err, context.Canceled) || e.Attempts != 1 || e.Reason() != Interrupted || e.MayBeDone {
			t.Errorf("got %#v", e)
		}
	})
	t.Run("while waiting for the answer", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		url := serve(t, func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.ReadAll(r.Body)
			cancel()
			<-r.Context().Done()
		})
		var lines []string
		client, left := newTestClient(t, Config{BaseURL: url, Retries: 5, Log: noteIn(&lines)})
		err := operations["GET"](ctx, client)
		if log := strings.Join(lines, "\n"); !strings.Contains(log, "context canceled") || strings.Contains(log, "request_timeout") {
			t.Errorf("the log has %q, want no word of the time for an attempt", lines)
		}
		if e := asError(t, err); !errors.Is(err, context.Canceled) || len(left.list) != 0 || e.Reason() != Interrupted || !strings.Contains(e.Message, "interrupted") || e.MayBeDone {
			t.Errorf("got %#v", e)
		}
	})
	t.Run("while waiting for GitLab's leave", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		client, _ := newTestClient(t, Config{Retries: 5})
		client.transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			t.Errorf("%s was sent", r.Method)
			return nil, r.Context().Err()
		})
		client.pace.hold(time.Minute)
		client.pace.sleep = func(ctx context.Context, wait time.Duration) error {
			cancel()
			return sleep(ctx, wait)
		}
		if err := operations["PUT"](ctx, client); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	t.Run("while connecting", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		client, _ := newTestClient(t, Config{Retries: 5})
		client.transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			cancel()
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		if err := operations["PUT"](ctx, client); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	t.Run("before anything", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		url := serve(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("%s was sent", r.Method) })
		client, _ := newTestClient(t, Config{BaseURL: url, Retries: 5})
		if err := operations["DELETE"](ctx, client); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

// TestAWriteUnderWayIsWaitedForAfterAnInterrupt: GitLab does the work in any
// case.
func TestAWriteUnderWayIsWaitedForAfterAnInterrupt(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodPut, http.MethodDelete} {
		for name, test := range map[string]struct {
			status int
			hangs  bool
			reason Reason // of an error
		}{
			"it is done":                {status: 200},
			"it is refused":             {status: 403, reason: Intercepted},
			"it could be tried again":   {status: 503, reason: Interrupted},
			"it does not answer at all": {hangs: true, reason: Interrupted},
		} {
			t.Run(method+" "+name, func(t *testing.T) {
				t.Parallel()
				ctx, cancel := context.WithCancel(t.Context())
				var asked atomic.Int32
				interrupted := make(chan struct{})
				url := serve(t, func(w http.ResponseWriter, r *http.Request) {
					asked.Add(1)
					_, _ = io.ReadAll(r.Body)
					cancel()
					<-interrupted // and whatever an interrupt sets off has run
					if test.hangs {
						<-r.Context().Done()
						return
					}
					answerWith(test.status, "application/json", slackAnswer)(w, r)
				})
				cfg := Config{BaseURL: url, Retries: 5}
				if test.hangs {
					cfg.RequestTimeout = 50 * time.Millisecond
				}
				client, left := newTestClient(t, cfg)
				context.AfterFunc(ctx, func() { close(interrupted) })
				err := operations[method](ctx, client)
				switch {
				case test.reason == Other:
					if err != nil {
						t.Error(err)
					}
				case asError(t, err).Reason() != test.reason:
					t.Error(err)
				case errors.Is(err, context.Canceled) != (test.reason == Interrupted):
					t.Errorf("the cause is lost: %v", err)
				case asError(t, err).MayBeDone != test.hangs, strings.Contains(err.Error(), "may have done it") != test.hangs:
					t.Errorf("whether GitLab may have done it: %#v", err)
				}
				if asked.Load() != 1 || len(left.list) != 0 {
					t.Errorf("sent %d times, waited %v", asked.Load(), left.list)
				}
			})
		}
	}
}

// TestAWriteThatWasNotAnsweredMayBeDone also where a later attempt is not sent.
func TestAWriteThatWasNotAnsweredMayBeDone(t *testing.T) {
	t.Parallel()
	for method, operate := range operations {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.ReadAll(r.Body)
				breakOff(t, w, "")
			})
			client, _ := newTestClient(t, Config{BaseURL: url, Retries: 5})
			ctx, cancel := context.WithCancel(t.Context())
			client.pause = func(time.Duration) time.Duration {
				cancel()
				return time.Hour
			}
			e := asError(t, operate(ctx, client))
			if write := method != http.MethodGet; e.Reason() != Interrupted || e.MayBeDone != write {
				t.Errorf("interrupted: %#v", e)
			}
			client, _ = newTestClient(t, Config{BaseURL: url})
			e = asError(t, operate(t.Context(), client))
			if write := method != http.MethodGet; e.Reason() != NoAnswer || e.MayBeDone != write {
				t.Errorf("given up: %#v", e)
			}
		})
	}
}

func TestSecondIssueTrackerIsRetriedForAFewSeconds(t *testing.T) {
	t.Parallel()
	const refusal = `{"message":"Failed to update integration. {:base=>[\"Another issue tracker is already in use. Only one issue tracker service can be active at a time\"]}"}`
	for name, test := range map[string]struct {
		retries, refusals, attempts int
		ok                          bool
	}{
		"the other one goes":        {retries: 10, refusals: 2, attempts: 3, ok: true},
		"the other one stays":       {retries: 10, refusals: 99, attempts: 1 + maxTrackerRetries},
		"fewer retries are allowed": {retries: 2, refusals: 99, attempts: 3},
		"no retries are allowed":    {retries: 0, refusals: 99, attempts: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if int(asked.Add(1)) <= test.refusals {
					answerWith(400, "application/json", refusal)(w, r)
					return
				}
				_, _ = w.Write([]byte(slackAnswer))
			})
			client, left := newTestClient(t, Config{BaseURL: url, Retries: test.retries})
			err := operations["PUT"](t.Context(), client)
			if int(asked.Load()) != test.attempts || (err == nil) != test.ok {
				t.Errorf("%d attempts: %v", asked.Load(), err)
			}
			if !test.ok && asError(t, err).Reason() != OtherTracker {
				t.Error(err)
			}
			for _, wait := range left.list {
				if wait != 1250*time.Millisecond {
					t.Errorf("waited %s", wait)
				}
			}
		})
	}
}

func TestServerSaysHowLongToWait(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	unix := func(d time.Duration) string { return strconv.FormatInt(now.Add(d).Unix(), 10) }
	for name, test := range map[string]struct {
		status                   int
		after, reset, serverDate string
		want                     time.Duration // with half of the jitter; 0 also stands for "at once"
		none                     bool          // nothing is said: the wait is our own
		tooLong                  bool
	}{
		"seconds":                     {status: 429, after: "20", want: 21 * time.Second},
		"seconds of a 503":            {status: 503, after: "20", want: 21 * time.Second},
		"no second":                   {status: 429, after: "0", want: 0},
		"a date":                      {status: 429, after: now.Add(20 * time.Second).Format(http.TimeFormat), want: 21 * time.Second},
		"a date in the past":          {status: 429, after: now.Add(-time.Hour).Format(http.TimeFormat), want: 0},
		"a date, by GitLab's clock":   {status: 429, after: now.Add(time.Hour + 20*time.Second).Format(http.TimeFormat), serverDate: now.Add(time.Hour).Format(http.TimeFormat), want: 21 * time.Second},
		"the reset":                   {status: 429, reset: unix(19 * time.Second), want: 21 * time.Second},
		"the reset, by GitLab's time": {status: 429, reset: unix(-time.Hour + 19*time.Second), serverDate: now.Add(-time.Hour).Format(http.TimeFormat), want: 21 * time.Second},
		"seconds before the reset":    {status: 429, after: "20", reset: unix(50 * time.Second), want: 21 * time.Second},
		"the reset of a 503":          {status: 503, reset: unix(19 * time.Second), none: true},
		"a reset in the past":         {status: 429, reset: unix(-time.Minute), none: true},
		"a reset that is just over":   {status: 429, reset: unix(-time.Second), none: true},
		"nothing":                     {status: 429, none: true},
		"nonsense":                    {status: 429, after: "soon", reset: "later", none: true},
		"negative":                    {status: 429, after: "-5", none: true},
		"as long as we wait":          {status: 429, after: "120", want: 126 * time.Second},
		"longer than we wait":         {status: 429, after: "121", tooLong: true},
		"a reset that is too far":     {status: 429, reset: unix(time.Hour), tooLong: true},
		"an absurd number":            {status: 429, after: "99999999999999999999", none: true},
		"a lifetime":                  {status: 429, after: "2147483648", none: true},
		"an absurd reset":             {status: 429, reset: "99999999999999", tooLong: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header()["Date"] = nil
				for key, value := range map[string]string{"Date": test.serverDate, "Retry-After": test.after, "RateLimit-Reset": test.reset} {
					if value != "" {
						w.Header().Set(key, value)
					}
				}
				w.WriteHeader(test.status)
			})
			client, left := newTestClient(t, Config{BaseURL: url, Retries: 1})
			client.now = func() time.Time { return now }
			e := asError(t, operations["PUT"](t.Context(), client))
			want := []time.Duration{test.want}
			switch {
			case test.none:
				want[0] = minWait / 2
			case test.tooLong:
				want = nil
			}
			if !slices.Equal(left.list, want) {
				t.Errorf("waited %v, want %v", left.list, want)
			}
			if test.tooLong != strings.Contains(e.Message, "GitLab asks to wait ") || e.Reason() != map[int]Reason{429: RateLimited, 503: Unavailable}[test.status] {
				t.Error(e)
			}
		})
	}
}

func TestWaitsGrowWithFullJitterUpToABound(t *testing.T) {
	t.Parallel()
	client, _ := newTestClient(t, Config{})
	call := client.newCall(http.MethodGet, "/x", client.mask)
	for attempt, ceiling := range []time.Duration{1 * time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, maxWait, maxWait, maxWait} {
		for _, random := range []float64{0, 0.25, 1} {
			client.random = func() float64 { return random }
			if got, want := call.wait(attempt, nil), time.Duration(random*float64(ceiling)); got != want {
				t.Errorf("retry %d with %v: %s, want %s", attempt, random, got, want)
			}
		}
	}
	client.random = func() float64 { return 1 }
	if got := call.wait(1000, nil); got != maxWait {
		t.Errorf("retry 1000: %s", got)
	}
}

func TestWhatAnAnswerCountsAs(t *testing.T) {
	t.Parallel()
	for status, fails := range map[int]bool{200: false, 299: false, 300: true, 304: true, 399: true, 400: true} {
		client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(status, "application/json", slackAnswer))})
		if _, err := client.GetService(t.Context(), inProject("42"), "slack"); (err != nil) != fails {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestAConnectionThatBreaksSaysWhere(t *testing.T) {
	t.Parallel()
	for beginning, want := range map[string]string{
		"": "no answer from GitLab: the connection was closed",
		"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{": "no answer from GitLab: the connection broke off inside the answer",
	} {
		var lines []string
		client, _ := newTestClient(t, Config{BaseURL: serve(t, func(w http.ResponseWriter, _ *http.Request) { breakOff(t, w, beginning) }), Retries: 1, Log: noteIn(&lines)})
		if e := asError(t, operations["PUT"](t.Context(), client)); e.Message != want {
			t.Errorf("says %q, want %q", e.Message, want)
		}
		if log := strings.Join(lines, "\n"); len(lines) != 3 || !strings.Contains(log, "GitLab request failed") || !strings.Contains(log, "error:") || strings.Contains(log, "status:") {
			t.Errorf("the log has %q", lines)
		}
	}
}

// TestInterruptsAreNoSilence of GitLab: nobody has waited for its answer.
func TestInterruptsAreNoSilence(t *testing.T) {
	t.Parallel()
	client, clock, answers, sent := silentClient(t, 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range silentOperations {
		_ = clock.sleep(t.Context(), silentFor)
		if e := asError(t, operations["GET"](ctx, client)); e.Reason() != Interrupted {
			t.Fatalf("%#v", e)
		}
	}
	*answers, *sent = true, 0
	if e := asError(t, operations["GET"](t.Context(), client)); *sent != 1 {
		t.Errorf("the next one is sent %d times: %#v", *sent, e)
	}
}

func TestWhatWaitingMayCure(t *testing.T) {
	t.Parallel()
	for want, errs := range map[bool][]error{
		true: {io.EOF, io.ErrUnexpectedEOF, syscall.ECONNREFUSED, errTimeout, errors.New("remote error: tls: handshake failure"), errors.New("a certificate")},
		false: {
			&tls.CertificateVerificationError{Err: io.EOF}, x509.UnknownAuthorityError{}, x509.HostnameError{Certificate: new(x509.Certificate)},
			x509.CertificateInvalidError{}, tls.RecordHeaderError{}, http.ErrSchemeMismatch, errTooLong, errPace, errProxyAuth,
			errors.New("unsupported protocol scheme"), errors.New("remote error: tls: certificate required"),
		},
	} {
		for _, err := range errs {
			if got := transient(fmt.Errorf("on the way: %w", err)); got != want {
				t.Errorf("%v: %t", err, got)
			}
		}
	}
}
