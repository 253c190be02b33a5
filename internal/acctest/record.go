package acctest

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
)

// Recorder stands before a GitLab and writes down what it answers, for the fake
// to be held to: what is asked of the services of one project, in the format of
// internal/fakegitlab/testdata/recorded. All is scrubbed before it is kept, and
// nothing of a header.
type Recorder struct {
	proxy   *httputil.ReverseProxy
	project string
	file    *os.File

	mu       sync.Mutex
	scrub    *scrubber
	sequence string
	n        int
	lines    bytes.Buffer
	kept     int
	left     int
}

// Target is the GitLab that a [Recorder] stands before.
type Target struct {
	// BaseURL is its address, with or without /api/v4, and Version what it calls
	// itself.
	BaseURL, Version string
	// Project is the only place of which anything is kept: an id or a full path.
	Project string
	TLS     *tls.Config
	// Secrets are kept in no form, wherever they stand.
	Secrets []string
}

// NewRecorder prepares a file for a recording in the folder. One that is there is
// not overwritten.
func NewRecorder(folder string, of Target) (*Recorder, error) {
	base, err := url.Parse(strings.TrimSuffix(strings.TrimSuffix(of.BaseURL, "/"), apiPath))
	if err != nil {
		return nil, errors.New("the address of GitLab is not one") // which Go's error repeats, with the password in it
	}
	name := of.Version
	if !strings.Contains(name, "-ee") {
		name += "-ce"
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(folder, filepath.Base(name)+".jsonl.gz"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	r := &Recorder{project: of.Project, file: file, scrub: newScrubber()}
	r.scrub.hide(base.Host, "gitlab.example.com")
	r.scrub.hide(base.Hostname(), "gitlab.example.com")
	r.scrub.hide(of.Project, "group/project")
	for _, part := range strings.Split(of.Project, "/") {
		r.scrub.hide(part, "project")
	}
	for _, secret := range of.Secrets {
		r.scrub.hide(secret, "secret")
	}
	r.proxy = &httputil.ReverseProxy{
		Transport: &http.Transport{TLSClientConfig: of.TLS, Proxy: http.ProxyFromEnvironment},
		Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(base)
			p.Out.Header.Set("Accept-Encoding", "identity") // or the answer could not be read
		},
		ModifyResponse: r.answered,
	}
	return r, nil
}

const apiPath = "/api/v4"

// Begin starts a sequence: what follows is about a service that the project does
// not have.
//
// A nil Recorder writes nothing down.
func (r *Recorder) Begin(sequence string) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sequence, r.n = sequence, 0
	r.scrub.begin()
}

// Close writes the file, and tells how many exchanges are in it, and how many were
// left out.
func (r *Recorder) Close() (kept, left int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	packed := gzip.NewWriter(r.file)
	_, err = packed.Write(r.lines.Bytes())
	return r.kept, r.left, errors.Join(err, packed.Close(), r.file.Close())
}

// ServeHTTP hands a request on.
func (r *Recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	r.proxy.ServeHTTP(w, req.WithContext(withBody(req.Context(), body)))
}

// line is an exchange as the file has it.
type line struct {
	Sequence string           `json:"seq"`
	N        int              `json:"n"`
	Method   string           `json:"method"`
	Path     string           `json:"path"`
	Body     *json.RawMessage `json:"body,omitempty"`
	Status   int              `json:"status"`
	Answer   *json.RawMessage `json:"answer,omitempty"`
}

// ofServices is a path of the services of a project, and nothing else.
var ofServices = regexp.MustCompile(`^` + apiPath + `/projects/([^/]+)/(services|integrations)(?:/([a-z0-9-]+))?$`)

// pages are what a list is asked for.
var pages = regexp.MustCompile(`^(?:(?:per_page|page)=\d+&?)*$`)

// answered keeps an exchange. What GitLab does about its load, and what stands
// before it, is not kept: it is no answer to the question.
func (r *Recorder) answered(resp *http.Response) error {
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	resp.Body = io.NopCloser(bytes.NewReader(answer))
	r.mu.Lock()
	defer r.mu.Unlock()
	req := resp.Request
	base := strings.Index(req.URL.EscapedPath(), apiPath)
	about := ofServices.FindStringSubmatch(req.URL.EscapedPath()[max(base, 0):])
	name := ""
	if about != nil {
		name, _ = url.PathUnescape(about[1])
	}
	if r.sequence == "" || name != r.project || !pages.MatchString(req.URL.RawQuery) || about[3] != "" && !r.scrub.public[about[3]] ||
		resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode > http.StatusInternalServerError {
		r.learn(answer)
		r.left++
		return nil
	}
	r.n++
	out := line{Sequence: r.sequence, N: r.n, Method: req.Method, Path: "/projects/:id/" + about[2], Status: resp.StatusCode}
	if about[3] != "" {
		out.Path += "/" + about[3]
	}
	if req.URL.RawQuery != "" {
		out.Path += "?" + req.URL.RawQuery
	}
	var told bool
	if out.Body, told = r.readable(bodyOf(req.Context())); told {
		out.Answer, told = r.readable(answer)
	}
	if !told {
		r.n, r.left = r.n-1, r.left+1
		return nil
	}
	r.kept++
	text, err := unescaped(out)
	r.lines.Write(text)
	return err
}

// unescaped is a value as JSON for people: a symbol is <id1>.
func unescaped(value any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return text.Bytes(), err
}

// readable is JSON that anybody may read, nil for an empty text; false for what is
// no JSON.
func (r *Recorder) readable(text []byte) (*json.RawMessage, bool) {
	if len(text) == 0 {
		return nil, true
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return nil, false
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, false // A page may begin with a number.
	}
	scrubbed, err := unescaped(r.scrub.value("", value))
	if err != nil {
		return nil, false
	}
	raw := json.RawMessage(scrubbed)
	return &raw, true
}

// learn hides what an answer tells of people and places, which an error may cite.
func (r *Recorder) learn(answer []byte) {
	var value any
	if json.Unmarshal(answer, &value) != nil {
		return
	}
	var look func(value any)
	look = func(value any) {
		switch v := value.(type) {
		case map[string]any:
			for key, member := range v {
				if text, ok := member.(string); ok && telling.MatchString(key) {
					r.scrub.hide(text, "name")
				}
				look(member)
			}
		case []any:
			for _, element := range v {
				look(element)
			}
		}
	}
	look(value)
}

// telling are the keys of names, addresses and secrets.
var telling = regexp.MustCompile(`name|path|url|email|token|namespace|title|description`)

type bodyKey struct{}

func withBody(ctx context.Context, body []byte) context.Context {
	return context.WithValue(ctx, bodyKey{}, body)
}

// bodyOf is what a request was sent with: the proxy has read it by now.
func bodyOf(ctx context.Context) []byte {
	body, _ := ctx.Value(bodyKey{}).([]byte)
	return body
}
