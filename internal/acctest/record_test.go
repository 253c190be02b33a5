package acctest

import (
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// planted is what nobody may find in a recording.
var planted = map[string]string{
	"token":   "glpat-Zyx9876Wvut5432Srq",
	"host":    "gitlab.corp.internal",
	"project": "hush-group/very-quiet",
	"person":  "Alice Liddell",
	"account": "aliddell",
	"e-mail":  "alice@corp.internal",
	"webhook": "https://hooks.corp.internal/services/T1/B2/mum's the word",
	"word":    "rumpelstiltskin", // a secret that looks like any word
	"server":  "10.11.12.13",
	"port":    "48151",
	"key":     "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGyQ",
}

// talkative is a GitLab that shows what it knows wherever it can.
func talkative(w http.ResponseWriter, r *http.Request) {
	all := func(form func(string) string) string {
		var parts []string
		for _, value := range planted {
			parts = append(parts, form(value), form("x"+value+"y"), form("xy"+value+"z"))
		}
		return strings.Join(parts, " and ")
	}
	encoded := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	urlSafe := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	plain := func(text string) string { return text }
	for _, form := range []func(string) string{encoded, url.QueryEscape} {
		w.Header().Add("X-Planted", all(form))
	}
	w.Header().Set("Set-Cookie", "session="+encoded(planted["token"]))
	w.Header().Set("Content-Type", "application/json")
	answer := func(status int, value any) {
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(value)
	}
	switch path, last := r.URL.EscapedPath(), r.Header.Get("X-Case"); {
	case !strings.Contains(path, "/services"):
		answer(http.StatusOK, map[string]any{"id": 4711, "name": planted["person"], "owner": map[string]any{"username": planted["account"]},
			"runners_token": planted["token"], "web_url": "https://" + planted["host"] + "/" + planted["project"]})
	case last == "sentence":
		answer(http.StatusBadRequest, map[string]any{"error": "webhook is missing, " + all(plain) + all(encoded) + all(urlSafe) + all(url.QueryEscape) + all(url.PathEscape) + all(strings.ToUpper)})
	case last == "by parameter":
		answer(http.StatusBadRequest, map[string]any{"message": map[string]any{"webhook": []string{"can't be blank", all(plain), all(encoded)}, planted["account"]: []string{planted["word"]}}})
	case last == "page":
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, planted["port"]+" is a number, and the rest is none: "+all(plain))
	case last == "limit":
		answer(http.StatusTooManyRequests, map[string]any{"message": all(plain)})
	default:
		answer(http.StatusOK, map[string]any{"id": 815, "title": "Slack notifications", "slug": "slack", "active": true,
			"created_at": "2026-01-02T03:04:05.678Z", "updated_at": "2026-01-02T03:04:06.000+02:00",
			"properties": map[string]any{"webhook": planted["webhook"], "username": planted["person"], "channel": "#builds", "notify_only_broken_pipelines": true,
				"server_port": 48151, "branches_to_be_notified": "default", planted["e-mail"]: planted["key"], "nested": []any{planted["server"], all(plain), all(encoded)}}})
	}
}

func TestARecordingTellsNothingPrivate(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(talkative))
	t.Cleanup(server.Close)
	folder := t.TempDir()
	target := Target{BaseURL: server.URL + "/api/v4/", Version: "18.5.2-ee", Project: planted["project"], Secrets: []string{planted["token"], planted["host"]}}
	recorder, err := NewRecorder(folder, target)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(recorder)
	t.Cleanup(proxy.Close)
	send := func(method, path, kind string, body any) {
		t.Helper()
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		req, err := http.NewRequestWithContext(t.Context(), method, proxy.URL+"/api/v4/projects/"+path, strings.NewReader(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("PRIVATE-TOKEN", planted["token"])
		req.Header.Set("X-Case", kind)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
	}
	project := url.PathEscape(planted["project"])
	recorder.Begin("slack/acceptance")
	send(http.MethodGet, project, "", nil)
	send(http.MethodPut, project+"/services/slack", "", map[string]any{"webhook": planted["webhook"], "username": planted["word"], "server_port": 48151, "channel": "#builds", "key": planted["key"]})
	for _, kind := range []string{"sentence", "by parameter", "page", "limit", ""} {
		send(http.MethodGet, project+"/services/slack", kind, nil)
	}
	send(http.MethodGet, project+"/services?per_page=100", "", nil)
	send(http.MethodGet, project+"/services?search="+url.QueryEscape(planted["word"]), "", nil)
	send(http.MethodGet, project+"/services/"+planted["word"], "", nil)
	send(http.MethodGet, "another%2Fproject/services/slack", "", nil)
	kept, left, err := recorder.Close()
	if err != nil || kept != 5 || left != 6 {
		t.Errorf("%d exchanges are kept and %d left out, %v", kept, left, err)
	}

	text := unpacked(t, filepath.Join(folder, "18.5.2-ee.jsonl.gz"))
	for what, value := range planted {
		for _, found := range decodings(text) {
			for _, form := range []string{value, url.QueryEscape(value), url.PathEscape(value), strings.ReplaceAll(value, "/", `\/`)} {
				if strings.Contains(strings.ToLower(found), strings.ToLower(form)) {
					t.Errorf("the recording holds the %s, as %s", what, form)
				}
			}
		}
	}
	for _, public := range []string{`"path":"/projects/:id/services/slack"`, `"path":"/projects/:id/services?per_page=100"`, `"#builds"`, `"branches_to_be_notified":"default"`,
		`"webhook is missing, `, `"can't be blank"`, `"id":"<id1>"`, `"created_at":"<t1>"`, `"updated_at":"<t2>"`, `"title":"Slack notifications"`} {
		if !strings.Contains(text, public) {
			t.Errorf("the recording lacks %s:\n%s", public, text)
		}
	}

	if _, err := NewRecorder(folder, target); !errors.Is(err, os.ErrExist) {
		t.Errorf("a second recording: %v", err)
	}
}

var base64Run = regexp.MustCompile(`[A-Za-z0-9+/_-]{6,}`)

// decodings are a text and what its parts may be the base64 of.
func decodings(text string) []string {
	out := []string{text}
	for _, run := range base64Run.FindAllString(text, -1) {
		run = strings.NewReplacer("-", "+", "_", "/").Replace(run)
		for from := range min(4, len(run)) {
			part := run[from:]
			if raw, err := base64.RawStdEncoding.DecodeString(part[:len(part)/4*4]); err == nil {
				out = append(out, string(raw))
			}
		}
	}
	return out
}

func unpacked(t *testing.T, path string) string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	packed, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(packed)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestNothingPrivateStandsInAnotherCase: every letter of it is one of a plain word.
func TestNothingPrivateStandsInAnotherCase(t *testing.T) {
	t.Parallel()
	s := newScrubber()
	s.hide("acme", "project")
	s.text("hunterTwo")
	for _, told := range []string{"Acme has no webhook", "of ACME and aCmE", "HunterTwo is wrong", "é Acme"} {
		if got := strings.ToLower(s.sentence(told)); strings.Contains(got, "acme") || strings.Contains(got, "huntertwo") {
			t.Errorf("%q becomes %q", told, got)
		}
	}
	if got := replaceAnyCase("x\xffAcme, Éacme", "ACME", "it"); got != "x\xffit, Éit" {
		t.Errorf("got %q", got)
	}
}

func TestAnAddressThatIsNoneIsNotRepeated(t *testing.T) {
	t.Parallel()
	_, err := NewRecorder(t.TempDir(), Target{BaseURL: "https://somebody:hunter2@gitlab.example.com:port"})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("it says %v", err)
	}
}

// TestARecordingOfTheFakeIsOfEverything that was asked of it, and says Community
// Edition where the version does not say otherwise.
func TestARecordingOfTheFakeIsOfEverything(t *testing.T) {
	t.Parallel()
	lab := NewLab(t, fakegitlab.V18_9)
	folder := t.TempDir()
	recorder, err := NewRecorder(folder, Target{BaseURL: lab.URL(), Version: "18.9.1", Project: lab.Place, Secrets: []string{lab.Token()}})
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(recorder)
	t.Cleanup(proxy.Close)
	sent := 0
	for _, s := range Services(lab.Profile(), gitlab.Projects) {
		body := map[string]any{}
		for _, a := range Full(s, lab.Profile()) {
			body[a.Name] = a.Value
		}
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		recorder.Begin(s.Slug + "/acceptance")
		for _, method := range []string{http.MethodPut, http.MethodGet, http.MethodDelete, http.MethodGet} {
			req, err := http.NewRequestWithContext(t.Context(), method, fmt.Sprintf("%s/api/v4/projects/%s/services/%s", proxy.URL, url.PathEscape(lab.Place), s.Slug), strings.NewReader(string(text)))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("PRIVATE-TOKEN", lab.Token())
			req.Header.Set("Content-Type", "application/json")
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			sent++
		}
	}
	kept, left, err := recorder.Close()
	if err != nil || kept != sent || left != 0 {
		t.Errorf("of %d exchanges %d are kept and %d left out, %v", sent, kept, left, err)
	}
	text := unpacked(t, filepath.Join(folder, "18.9.1-ce.jsonl.gz"))
	if found := regexp.MustCompile(`"[^"]*text-\d+[^"]*"`).FindAllString(text, 5); found != nil {
		t.Errorf("what everybody knows is hidden, such as %s", found)
	}
}
