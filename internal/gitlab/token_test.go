package gitlab

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestCheckTokenAcceptsWhatGitLabKnows(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		status int
		body   string
		want   Reason
		ok     bool
	}{
		{"a user", 200, `{"id":1,"username":"root"}`, Other, true},
		{"too small a scope", 403, `{"error":"insufficient_scope"}`, Other, true},
		{"an unknown token", 401, `{"message":"401 Unauthorized"}`, Unauthorized, false},
		{"a page that is no API", 200, `<html>`, Other, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/api/v4/user" {
					t.Errorf("asked %s", r.URL.Path)
				}
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
			}))
			defer server.Close()
			client, err := NewClient(Config{BaseURL: server.URL, Token: "a-token"})
			if err != nil {
				t.Fatal(err)
			}
			err = client.CheckToken(t.Context())
			if (err == nil) != test.ok {
				t.Fatalf("CheckToken: %v", err)
			}
			if e, isError := err.(*Error); isError && e.Reason() != test.want { //nolint:errorlint // the type itself is the promise
				t.Errorf("reason %d, want %d", e.Reason(), test.want)
			}
		})
	}
}

func TestATokenThatIsWrittenWrongIsRefused(t *testing.T) {
	t.Parallel()
	for token, want := range map[string]string{
		"":                       "",
		"glpat-hunter2":          "",
		`glpat-hun"ter`:          "",
		`"glpat-hunter2`:         "",
		`glpat-hunter2"`:         "",
		`"glpat-hunter2"`:        "in quotes",
		"'glpat-hunter2'\n":      "in quotes",
		"`hunter2`":              "in quotes",
		"glpat-hunter2\n":        "line break at its end",
		" glpat-hunter2 \r\n":    "line break at its end",
		"glpat-hunter2 ":         "blanks before or after",
		"\nglpat-hunter2":        "blanks before or after",
		" ":                      "blanks before or after",
		"\n":                     "line break at its end",
		"Bearer glpat-hunter2":   "blanks in it",
		"glpat-\nhunter2":        "blanks in it",
		"glpat-hunter2\x00":      "control character",
		"glpat-hunter2\x7f":      "control character",
		"PRIVATE-TOKEN: hunter2": "blanks in it",
	} {
		t.Run(token, func(t *testing.T) {
			t.Parallel()
			_, err := NewClient(Config{Token: token})
			if want == "" && err == nil {
				return
			}
			if err == nil || want == "" || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%q: %v, want one that says %q", token, err, want)
			}
		})
	}
}
