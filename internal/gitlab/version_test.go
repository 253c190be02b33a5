package gitlab

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestVersionIsWhatGitLabTells(t *testing.T) {
	t.Parallel()
	for body, test := range map[string]struct{ want, fails string }{
		`{"version":"10.5.8","revision":"d7a2e6c"}`:      {"10.5.8", ""},
		`{"version":"18.9.1-ee","kas":{"enabled":true}}`: {"18.9.1-ee", ""},
		`{"version":18}`: {"", "has no version"},
		`{"version":""}`: {"", "has no version"},
		`{}`:             {"", "has no version"},
		`[]`:             {"", "is not a JSON object"},
		`<html>`:         {"", "is not JSON"},
	} {
		t.Run(body, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/api/v4/version" {
					t.Errorf("asked %s", r.URL.Path)
				}
				_, _ = w.Write([]byte(body))
			}))
			defer server.Close()
			client, err := NewClient(Config{BaseURL: server.URL, Token: "a-token"})
			if err != nil {
				t.Fatal(err)
			}
			got, err := client.Version(t.Context())
			if got != test.want || (err == nil) != (test.fails == "") {
				t.Fatalf("got %q and %v, want %q", got, err, test.want)
			}
			if err != nil && !strings.Contains(err.Error(), test.fails) {
				t.Errorf("got %v, want %q in it", err, test.fails)
			}
		})
	}
}
