package gitlab

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestVersionIsWhatGitLabTells(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"version":"10.5.8","revision":"d7a2e6c"}`:      "10.5.8",
		`{"version":"18.9.1-ee","kas":{"enabled":true}}`: "18.9.1-ee",
		`{"version":18}`: "", `{}`: "", `[]`: "", `<html>`: "",
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
			if got != want || (err == nil) != (want != "") {
				t.Errorf("got %q, %v; want %q", got, err, want)
			}
		})
	}
}
