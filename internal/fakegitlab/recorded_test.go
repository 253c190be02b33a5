package fakegitlab

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// exchange is a request to GitLab's own code and its answer, as told by the
// files under testdata/recorded; the README there says what the keys mean.
type exchange struct {
	Seq         string            `json:"seq"`
	N           int               `json:"n"`
	Method      string            `json:"method"`
	Path        string            `json:"path"`
	What        string            `json:"what"` // of a SETUP
	Body        any               `json:"body"` // an object, or text as it was sent
	ContentType any               `json:"content_type"`
	Headers     map[string]string `json:"request_headers"`
	Status      int               `json:"status"`
	Answer      any               `json:"answer"` // nil: an empty body

	hasBody, hasType bool
}

// recording is a file of exchanges: sequences, each told on a GitLab with
// nothing configured.
type recording struct {
	name  string
	order []string
	seqs  map[string][]exchange
	lines map[string][]json.RawMessage // as they stand in the file
}

// Each file is read once, for all tests.
var recordings sync.Map

func recorded(name string) (*recording, error) {
	read, _ := recordings.LoadOrStore(name, sync.OnceValues(func() (*recording, error) { return readRecording(recordedFolder(), name) }))
	return read.(func() (*recording, error))()
}

func readRecording(folder, name string) (*recording, error) {
	r := &recording{name: name, seqs: map[string][]exchange{}, lines: map[string][]json.RawMessage{}}
	packed, err := os.ReadFile(filepath.Join(folder, name+".jsonl.gz"))
	if err != nil {
		return nil, err
	}
	text, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	scanner := bufio.NewScanner(text)
	scanner.Buffer(nil, 1<<22)
	for scanner.Scan() {
		var line struct{ Seq string }
		if err := json.Unmarshal(scanner.Bytes(), &line); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if r.lines[line.Seq] == nil {
			r.order = append(r.order, line.Seq)
		}
		r.lines[line.Seq] = append(r.lines[line.Seq], bytes.Clone(scanner.Bytes()))
	}
	if err := scanner.Err(); err != nil {
		return nil, err
	}
	for _, seq := range r.order {
		if _, err := r.sequence(seq); err != nil {
			return nil, fmt.Errorf("%s, %s: %w", name, seq, err)
		}
	}
	return r, nil
}

// shorthand is how a line refers to others.
type shorthand struct {
	SameAs    string    `json:"same_as"`
	Slug      [2]string `json:"slug"`
	Title     [2]string `json:"title"`
	Parameter [2]string `json:"parameter"`
	AsIn      string    `json:"as_in"`

	Like          any            `json:"like"`
	Set           map[string]any `json:"set"`
	SetProperties map[string]any `json:"set_properties"`
}

// spelled are the lines of a sequence, those of another one with other words
// where that is how the file tells them.
func (r *recording) spelled(seq string) ([]json.RawMessage, error) {
	lines := r.lines[seq]
	if len(lines) == 0 {
		return nil, fmt.Errorf("no sequence %q", seq)
	}
	var s shorthand
	if err := json.Unmarshal(lines[0], &s); err != nil || s.SameAs == "" {
		return lines, err
	}
	source, err := r.spelled(s.SameAs)
	if err != nil {
		return nil, err
	}
	var words []string
	say := func(pair [2]string, forms ...string) {
		for _, form := range forms {
			if pair[0] != "" {
				words = append(words, fmt.Sprintf(form, pair[0]), fmt.Sprintf(form, pair[1]))
			}
		}
	}
	say(s.Title, `"title":"%s"`)
	say(s.Slug, `"slug":"%s"`, `/%s"`, `"%s/`)
	say(s.Parameter, `"%s"`, `%s is invalid`, `:%s=>`)
	replacer := strings.NewReplacer(words...)
	replaced := make([]json.RawMessage, len(source))
	for i, line := range source {
		replaced[i] = json.RawMessage(replacer.Replace(string(line)))
	}
	return replaced, nil
}

// sequence is the exchanges of a sequence with paths and answers filled in.
func (r *recording) sequence(seq string) ([]exchange, error) {
	if done, ok := r.seqs[seq]; ok {
		return done, nil
	}
	lines, err := r.spelled(seq)
	if err != nil {
		return nil, err
	}
	var exchanges []exchange
	path := ""
	for _, line := range lines {
		var e exchange
		var s shorthand
		var keys map[string]json.RawMessage
		for _, to := range []any{&e, &s, &keys} {
			// Slug and title are pairs in some lines only.
			if err := json.Unmarshal(line, to); err != nil {
				return nil, err
			}
		}
		if s.AsIn != "" {
			exchanges, err = r.asIn(s.AsIn, seq)
			if err != nil {
				return nil, err
			}
			break
		}
		e.Seq = seq
		_, e.hasBody = keys["body"]
		_, e.hasType = keys["content_type"]
		if e.Path == "" && e.Method != "SETUP" {
			e.Path = path
		}
		path = e.Path
		if e.Method == "SETUP" && len(exchanges) > 0 {
			path = exchanges[len(exchanges)-1].Path
		}
		if s.Like != nil {
			if e.Answer, err = r.like(exchanges, s); err != nil {
				return nil, err
			}
		}
		exchanges = append(exchanges, e)
	}
	r.seqs[seq] = exchanges
	return exchanges, nil
}

// like is the answer of an earlier line, with changes.
func (r *recording) like(before []exchange, s shorthand) (any, error) {
	key := fmt.Sprint(s.Like)
	if at := strings.LastIndex(key, "#"); at > 0 {
		other, err := r.sequence(key[:at])
		if err != nil {
			return nil, err
		}
		before, key = other, key[at+1:]
	}
	n, err := strconv.Atoi(key)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(before, func(e exchange) bool { return e.N == n })
	if i < 0 {
		return nil, fmt.Errorf("no line %v", s.Like)
	}
	answer, _ := before[i].Answer.(map[string]any)
	properties, _ := answer["properties"].(map[string]any)
	if properties == nil {
		return nil, fmt.Errorf("line %v is no service", s.Like)
	}
	answer, properties = maps.Clone(answer), maps.Clone(properties)
	maps.Copy(answer, s.Set)
	maps.Copy(properties, s.SetProperties)
	answer["properties"] = properties
	return answer, nil
}

// asIn is a sequence of another file, with the title and the further keys that
// this one answers in the life of the service.
func (r *recording) asIn(file, seq string) ([]exchange, error) {
	other, err := recorded(file)
	if err != nil {
		return nil, err
	}
	slug, _, _ := strings.Cut(seq, "/")
	old, err := other.firstService(slug + "/life")
	if err != nil {
		return nil, err
	}
	own, err := r.firstService(slug + "/life")
	if err != nil {
		return nil, err
	}
	theirs, err := other.sequence(seq)
	if err != nil {
		return nil, err
	}
	exchanges := slices.Clone(theirs)
	for i, e := range exchanges {
		answer, _ := e.Answer.(map[string]any)
		if answer["properties"] == nil {
			continue
		}
		answer = maps.Clone(answer)
		if answer["title"] == old["title"] {
			answer["title"] = own["title"]
		}
		for key, v := range own {
			if _, there := answer[key]; !there {
				answer[key] = v
			}
		}
		exchanges[i].Answer = answer
	}
	return exchanges, nil
}

// firstService is the first answer of a sequence that is a service.
func (r *recording) firstService(seq string) (map[string]any, error) {
	exchanges, err := r.sequence(seq)
	if err != nil {
		return nil, err
	}
	for _, e := range exchanges {
		if answer, _ := e.Answer.(map[string]any); e.Method == "PUT" && answer["properties"] != nil {
			return answer, nil
		}
	}
	return nil, fmt.Errorf("%s has no service", seq)
}
