package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

const (
	look      = 500 * time.Millisecond // between two looks for changes
	beatLooks = 20                     // without news, after which a stream says that it lives
	noteLooks = 20                     // for which a notice stands
)

func everyLook() (ticks <-chan time.Time, stop func()) {
	ticker := time.NewTicker(look)
	return ticker.C, ticker.Stop
}

// events streams what changes in the sight of an address ("at"), to a browser that
// has a state of it ("have"), until the browser goes. Each event has the state that
// it leads to for its id, by which a browser that has lost the stream takes it up.
//
// https://html.spec.whatwg.org/multipage/server-sent-events.html
func (p *page) events(w http.ResponseWriter, r *http.Request) {
	at, err := url.Parse(r.FormValue("at"))
	if err != nil {
		http.Error(w, "No address of this page.", http.StatusBadRequest)
		return
	}
	have, noted := r.FormValue("have"), 0
	if again := r.Header.Get("Last-Event-ID"); again != "" {
		have, noted = again, noteLooks
	}
	ticks, stop := p.ticker()
	defer stop()
	w.Header().Set("Content-Type", "text/event-stream")
	stream := eventStream{w: w}
	stream.write("retry: 1000\n\n")
	var before sight
	var revision uint64
	for looks := noted; stream.err == nil; looks++ {
		now := p.gitlab.Revision()
		if looks == noted || now != revision || looks == noteLooks {
			if before, have, err = p.tell(&stream, at, before, have, looks < noteLooks); err != nil {
				return // the browser will ask again, and be told
			}
		}
		revision = now
		stream.beat()
		select {
		case <-r.Context().Done():
			return
		case <-ticks:
		}
	}
}

// tell streams what is new in the sight of an address, and returns that and its
// state.
func (p *page) tell(stream *eventStream, at *url.URL, before sight, have string, noted bool) (now sight, state string, err error) {
	t, _ := p.find(at) // where it leads nowhere any more, to the list
	if !noted {
		t.notice = ""
	}
	now, err = p.see(t)
	if state = now.state(); err == nil && state != have {
		stream.news(state, now.since(before))
	}
	return now, state, err
}

// eventStream writes events until the first error.
type eventStream struct {
	w     http.ResponseWriter
	quiet int // beats without an event
	err   error
}

func (s *eventStream) news(state string, n news) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // which doubles the size of HTML
	if s.err = encoder.Encode(n); s.err == nil {
		s.write(fmt.Sprintf("id: %s\ndata: %s\n", state, text.Bytes()))
	}
}

// beat says that the stream lives, when it has been quiet for long.
func (s *eventStream) beat() {
	if s.quiet++; s.quiet > beatLooks {
		s.write("event: beat\ndata:\n\n")
	}
}

func (s *eventStream) write(text string) {
	s.quiet = 0
	if _, s.err = s.w.Write([]byte(text)); s.err == nil { //nolint:gosec // G705: a stream of JSON, which no browser takes for HTML
		s.err = http.NewResponseController(s.w).Flush()
	}
}
