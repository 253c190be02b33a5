package fakegitlab

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	goflag "flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

var replayed = goflag.String("replay", "", "folder with recordings of your own that are played instead of those of the project")

// recordedFolder is where recordings are.
func recordedFolder() string { return cmp.Or(*replayed, "testdata/recorded") }

// replay is a recording and what of this package it is played to.
type replay struct {
	recording string
	profile   Profile
	edition   Edition
}

// found are the recordings of a folder that somebody has: each is named after the
// version of GitLab.
func found(folder string) ([]replay, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.jsonl.gz"))
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("no recording in %s", folder)
	}
	var out []replay
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".jsonl.gz")
		profile, err := Nearest(name)
		if err != nil {
			return nil, err
		}
		edition := Community
		if strings.Contains(name, "-ee") {
			edition = Enterprise
		}
		out = append(out, replay{name, profile, edition})
	}
	return out, err
}

// replays are the recordings of the project.
var replays = []replay{
	{"10.5.8-ce", V10_5, Community},
	{"10.5.8-ee", V10_5, Development},
	{"12.3.5-ce", V12_3, Community},
	{"18.9.0-pre-ee", V18_9, Enterprise},
	{"18.9.0-pre-ce", V18_9, Community},
	{"18.9.0-pre-ee-development", V18_9, Development},
}

// leastAlike is the share of the exchanges of a recording that the fake answers
// as GitLab did, in percent.
const leastAlike = 99

func TestTheFakeAnswersAsGitLabDid(t *testing.T) {
	t.Parallel()
	known, plays := readDifferences(t), replays
	if *replayed != "" {
		var err error
		if plays, err = found(*replayed); err != nil {
			t.Fatal(err)
		}
		known = &differences{}
	}
	for _, play := range plays {
		t.Run(play.recording, func(t *testing.T) {
			t.Parallel()
			r, err := recorded(play.recording)
			if err != nil {
				t.Fatal(err)
			}
			var mu sync.Mutex
			total, found := 0, []string{}
			parallel(r.order, func(seq string) {
				slug, _, _ := strings.Cut(seq, "/")
				p := newPlayer(play.profile, play.edition, slug)
				differs := p.play(t.Context(), r.seqs[seq])
				mu.Lock()
				defer mu.Unlock()
				total += p.asked
				for n, how := range differs {
					line := fmt.Sprintf("%s %d: %s", seq, n, how)
					if !known.cover(play.recording, seq, line) {
						found = append(found, line)
					}
				}
			})
			alike := 100 * float64(total-len(found)-known.check(t, play.recording)) / float64(total)
			t.Logf("%s: %d exchanges, %.2f %% alike", play.recording, total, alike)
			slices.Sort(found)
			for _, line := range found {
				t.Errorf("another answer than GitLab's: %s", line)
			}
			if alike < leastAlike {
				t.Errorf("only %.2f %% are alike", alike)
			}
		})
	}
}

// TestAReplayTellsWhatDiffers from what GitLab answered: nothing, where the fake
// answers alike.
func TestAReplayTellsWhatDiffers(t *testing.T) {
	t.Parallel()
	const lines = `{"seq":"asana/acceptance","n":1,"method":"PUT","path":"/projects/:id/services/asana","body":{},"status":400,"answer":{"error":"api_key is missing"}}
{"seq":"asana/acceptance","n":2,"method":"GET","path":"/projects/:id/services/asana","status":404,"answer":{"message":"404 Integration Not Found"}}
`
	folder := t.TempDir()
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	_, err := writer.Write([]byte(lines))
	if err := errors.Join(err, writer.Close(), os.WriteFile(filepath.Join(folder, "17.11.2-ee.jsonl.gz"), packed.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	plays, err := found(folder)
	if err != nil || len(plays) != 1 || plays[0] != (replay{"17.11.2-ee", V18_9, Enterprise}) {
		t.Fatalf("found %v, %v", plays, err)
	}
	r, err := readRecording(folder, plays[0].recording)
	if err != nil {
		t.Fatal(err)
	}
	for fault, want := range map[string]map[int]string{
		"":             {},
		http.MethodGet: {2: "GitLab: 404 {\"message\":\"404 Integration Not Found\"}\n  fake:   418 {\"message\":\"teapot\"}"},
		http.MethodPut: {1: "fake:   418"},
	} {
		p := newPlayer(plays[0].profile, plays[0].edition, "asana")
		if fault != "" {
			p.Inject(Fault{Method: fault, Status: http.StatusTeapot, Body: `{"message":"teapot"}`})
		}
		got := p.play(t.Context(), r.seqs["asana/acceptance"])
		for n, how := range got {
			if want[n] == "" || !strings.Contains(how, want[n]) {
				t.Errorf("with a fault of %q, exchange %d differs: %s", fault, n, how)
			}
		}
		if len(got) != len(want) {
			t.Errorf("with a fault of %q, %d exchanges differ", fault, len(got))
		}
	}
	if _, err := found(t.TempDir()); err == nil {
		t.Error("a folder without recordings is played")
	}
}

// parallel runs f for each of the names, as many at a time as there are
// processors.
func parallel(names []string, f func(string)) {
	work := make(chan string)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for name := range work {
				f(name)
			}
		})
	}
	for _, name := range names {
		work <- name
	}
	close(work)
	workers.Wait()
}

// difference is one or more exchanges that the fake answers otherwise than
// GitLab did, and the reason why that is left.
type difference struct {
	Recording string `json:"recording"`
	Seq       string `json:"seq"` // * stands for any part of a name
	Why       string `json:"why"`
	Count     int    `json:"count"` // how many exchanges; another number is an error

	seen []string
}

type differences struct {
	mu   sync.Mutex
	list []*difference
}

func readDifferences(t *testing.T) *differences {
	t.Helper()
	text, err := os.ReadFile("testdata/recorded/differences.json")
	if err != nil {
		t.Fatal(err)
	}
	d := &differences{}
	if err := json.Unmarshal(text, &d.list); err != nil {
		t.Fatal(err)
	}
	return d
}

// cover reports whether a difference is a known one, and takes note of it.
func (d *differences) cover(recording, seq, line string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, known := range d.list {
		matched, err := path.Match(known.Seq, seq)
		if err == nil && matched && known.Recording == recording {
			known.seen = append(known.seen, line)
			return true
		}
	}
	return false
}

// check holds that the differences of a recording are as many as the list says,
// and returns their number.
func (d *differences) check(t *testing.T, recording string) int {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	n := 0
	for _, known := range d.list {
		if known.Recording != recording {
			continue
		}
		n += len(known.seen)
		if len(known.seen) != known.Count || known.Why == "" {
			t.Errorf("%s: %d exchanges differ, differences.json says %d (%s):\n%s",
				known.Seq, len(known.seen), known.Count, known.Why, strings.Join(known.seen, "\n"))
		}
	}
	return n
}

// player plays a sequence to a fake of its own.
type player struct {
	*Server
	asked  int
	known  map[string]any // what a symbol like <t1> or <id2> stands for
	taken  map[string]string
	places map[string]string // what a symbol like :id stands for in a path
}

func newPlayer(profile Profile, edition Edition, slug string) *player {
	s := New(profile)
	s.SetEdition(edition)
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	// No two readings are equal: what is stamped alike was stamped at once.
	s.SetClock(func() time.Time { now = now.Add(time.Second); return now })
	p := &player{Server: s, known: map[string]any{}, taken: map[string]string{}, places: map[string]string{}}
	for symbol, path := range map[string]string{":top": "top", ":sub": "top/sub", ":other": "other", ":group": "group"} {
		p.places[symbol] = strconv.FormatInt(s.AddGroup(path).ID, 10)
	}
	p.places[":path_of_group"] = "group"
	if slug == "gitlab-slack-application" {
		_ = s.SetFeature("slack_app", true) // as its recordings have it where they do not say otherwise
	}
	p.places[":id"] = strconv.FormatInt(s.AddProject(website).ID, 10)
	p.places[":project_two"] = strconv.FormatInt(s.AddProject("top/sub/two").ID, 10)
	return p
}

const website = "top/sub/website"

// setUp does what no request of the recorded API does.
func (p *player) setUp(slug, what string) error {
	what, settings, _ := strings.Cut(what, ": {")
	switch {
	case strings.HasPrefix(what, "an instance default"):
		var params map[string]any
		if err := json.Unmarshal([]byte("{"+settings), &params); err != nil {
			return err
		}
		p.SetInstanceDefault(slug, params)
	case strings.HasPrefix(what, "the administrator resets the instance default"):
		p.SetInstanceDefault(slug, nil)
	case what == "the background jobs of GitLab ran":
		p.Propagate()
	case strings.HasPrefix(what, "group :top"): // there from the start
	case strings.HasPrefix(what, "the project was moved to group :other"):
		return p.RenameProject(1, "other/website")
	case what == "the installing flow made an active record of this service":
		return p.Edit(website, slug, nil)
	case strings.HasPrefix(what, "the administrator allows asana only"):
		p.SetAllowed("asana")
	case strings.HasPrefix(what, "all integrations are allowed"):
		p.SetAllowed()
	case strings.HasSuffix(what, " on") && strings.HasPrefix(what, "feature flag"):
		return p.SetFeature("pipeline_status_change_notifications", true)
	case strings.HasPrefix(what, "feature flag"):
		return p.SetFeature("pipeline_status_change_notifications", false)
	default:
		feature, known := switches[what]
		if !known {
			return fmt.Errorf("how is that done: %s", what)
		}
		return p.SetFeature(feature.name, feature.on)
	}
	return nil
}

// switches are the features that recordings switch, by the words for it.
var switches = map[string]struct {
	name string
	on   bool
}{
	"the GitLab for Slack app is switched on":          {"slack_app", true},
	"the GitLab for Slack app is not switched on":      {"slack_app", false},
	"no feature google_cloud_support (self-managed)":   {"google_cloud_support", false},
	"the licence has no github_integration":            {"github_integration", false},
	"the instance has no Jira Connect application key": {"jira_connect", false},
	"the instance has a Jira Connect application key":  {"jira_connect", true},
}

// play returns how the answers differ, by the number of the exchange.
func (p *player) play(ctx context.Context, exchanges []exchange) map[int]string {
	differs := map[int]string{}
	for _, e := range exchanges {
		if e.Method == "SETUP" {
			slug, _, _ := strings.Cut(e.Seq, "/")
			if err := p.setUp(slug, e.What); err != nil {
				differs[e.N] = err.Error()
			}
			continue
		}
		p.asked++
		if how := p.differs(ctx, e); how != "" {
			differs[e.N] = how
		}
	}
	return differs
}

func (p *player) differs(ctx context.Context, e exchange) string {
	req := httptest.NewRequestWithContext(ctx, e.Method, "/api/v4"+p.path(e.Path), p.body(e))
	switch contentType, isText := e.ContentType.(string); {
	case isText:
		req.Header.Set("Content-Type", contentType)
	case !e.hasType && e.hasBody:
		req.Header.Set("Content-Type", "application/json")
	}
	for name, value := range e.Headers {
		req.Header.Set(name, value)
	}
	req.Header.Set("PRIVATE-TOKEN", p.Token())
	w := httptest.NewRecorder()
	p.ServeHTTP(w, req)

	var answer any
	if text := w.Body.Bytes(); len(text) > 0 && e.Method != http.MethodHead {
		if err := json.Unmarshal(text, &answer); err != nil {
			answer = string(text)
		}
	}
	asked := e.Method + " " + e.Path
	if e.Body != nil {
		text, _ := json.Marshal(e.Body)
		asked += " " + string(text)
	}
	if w.Code != e.Status {
		return fmt.Sprintf("%s\n  GitLab: %d %s\n  fake:   %d %s", asked, e.Status, show(e.Answer), w.Code, show(answer))
	}
	if how := p.compare("", e.Answer, answer); how != "" {
		return asked + "\n  " + how
	}
	return ""
}

// show is an answer for a person; of a service it is what is not the same in all.
func show(answer any) string {
	if object, _ := answer.(map[string]any); object["properties"] != nil {
		answer = map[string]any{"active": object["active"], "properties": object["properties"]}
	}
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(answer)
	return strings.TrimSpace(text.String())
}

var symbolOfPlace = regexp.MustCompile(`:[a-z_]+`)

func (p *player) path(path string) string {
	return symbolOfPlace.ReplaceAllStringFunc(path, func(symbol string) string { return p.places[symbol] })
}

// keys stand for "<pem rsa private key>" and the like.
var keys = sync.OnceValue(func() map[string]string {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil
	}
	ecKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil
	}
	made := map[string]string{}
	for symbol, key := range map[string]any{"<pem rsa private key>": rsaKey, "<pem ec private key>": ecKey} {
		der, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			return nil
		}
		made[symbol] = strings.TrimSpace(string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
	}
	return made
})

func withKeys(text string) string {
	for symbol, key := range keys() {
		text = strings.ReplaceAll(text, symbol, key)
	}
	return text
}

// keySymbol is what stands for a private key: recordings spell some out.
func keySymbol(text string) string {
	block, rest := pem.Decode([]byte(text))
	if block == nil {
		return text
	}
	switch key, _ := x509.ParsePKCS8PrivateKey(block.Bytes); key.(type) {
	case *rsa.PrivateKey:
		return "<pem rsa private key>\n" + string(rest)
	case *ecdsa.PrivateKey:
		return "<pem ec private key>\n" + string(rest)
	}
	return text
}

func (p *player) body(e exchange) io.Reader {
	if !e.hasBody {
		return nil
	}
	if text, isText := e.Body.(string); isText {
		return strings.NewReader(text)
	}
	body := e.Body
	if object, isObject := body.(map[string]any); isObject {
		object = maps.Clone(object)
		for name, v := range object {
			if text, isText := v.(string); isText {
				object[name] = withKeys(text)
			}
		}
		body = object
	}
	text, _ := json.Marshal(body)
	return strings.NewReader(string(text))
}

var symbolOfValue = regexp.MustCompile(`^<(t|id)\d*>$`)

// compare says where an answer is another one than GitLab's, or nothing.
func (p *player) compare(at string, want, got any) string {
	switch want := want.(type) {
	case map[string]any:
		object, isObject := got.(map[string]any)
		if !isObject {
			break
		}
		var differs []string
		for _, key := range slices.Sorted(maps.Keys(want)) {
			v, there := object[key]
			if !there {
				differs = append(differs, fmt.Sprintf("%s.%s is missing", at, key))
			} else if how := p.compare(at+"."+key, want[key], v); how != "" {
				differs = append(differs, how)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(object)) {
			if _, there := want[key]; !there {
				differs = append(differs, fmt.Sprintf("%s.%s is too much", at, key))
			}
		}
		return strings.Join(differs, "; ")
	case []any:
		list, isList := got.([]any)
		if !isList || len(want) != len(list) {
			break
		}
		if len(want) > 0 {
			if _, objects := want[0].(map[string]any); objects {
				want, list = bySlug(want), bySlug(list) // a list of services is a set
			}
		}
		var differs []string
		for i := range want {
			if how := p.compare(fmt.Sprintf("%s[%d]", at, i), want[i], list[i]); how != "" {
				differs = append(differs, how)
			}
		}
		return strings.Join(differs, "; ")
	case string:
		if symbolOfValue.MatchString(want) && got != nil {
			return p.bind(at, want, got)
		}
		if text, isText := got.(string); isText && strings.HasPrefix(want, "<pem ") {
			got = keySymbol(text)
		}
		if text, isText := got.(string); isText && reflect.DeepEqual(sentences(want), sentences(text)) {
			return ""
		}
	default:
		if reflect.DeepEqual(want, got) {
			return ""
		}
	}
	return fmt.Sprintf("%s\n    GitLab: %s\n    fake:   %s", at, show(want), show(got))
}

func bySlug(list []any) []any {
	return slices.SortedFunc(slices.Values(list), func(a, b any) int {
		x, _ := a.(map[string]any)
		y, _ := b.(map[string]any)
		return strings.Compare(textOf(x["slug"]), textOf(y["slug"]))
	})
}

// bind holds that a symbol stands for one value and no other symbol for it.
func (p *player) bind(at, symbol string, got any) string {
	kind := strings.Trim(symbol, "<>0123456789")
	stored, isKnown := p.known[symbol]
	other := p.taken[kind+fmt.Sprint(got)]
	switch {
	case !isKnown && other == "":
		p.known[symbol], p.taken[kind+fmt.Sprint(got)] = got, symbol
		return ""
	case isKnown && stored == got:
		return ""
	}
	return fmt.Sprintf("%s is %s and not %s", at, other, symbol)
}

var fieldOfError = regexp.MustCompile(`:"?([\w.]+)"?=>\[(.*?)\](?:, |\})`)

// sentences are the errors by field of a text that prints them as a Ruby hash,
// or the text itself: what such a text looks like depends on the Ruby.
func sentences(text string) map[string][]string {
	said := map[string][]string{}
	hash, found := strings.CutPrefix(text, "Failed to update integration. ")
	if !found {
		return map[string][]string{"": {text}}
	}
	for _, field := range fieldOfError.FindAllStringSubmatch(hash, -1) {
		for message := range strings.SplitSeq(field[2], `", "`) {
			said[field[1]] = append(said[field[1]], strings.Trim(message, `"`))
		}
		slices.Sort(said[field[1]])
	}
	return said
}
