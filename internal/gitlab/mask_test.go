package gitlab

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestASecretIsMaskedHoweverItsLettersAreEscaped(t *testing.T) {
	t.Parallel()
	const secret = `tök😀n/\"1`
	everyUnit := func(format string) string {
		var b strings.Builder
		for _, r := range secret {
			if r > 0xffff {
				fmt.Fprintf(&b, format+format, 0xd83d, 0xde00)
				continue
			}
			fmt.Fprintf(&b, format, r)
		}
		return b.String()
	}
	everyByte := func(format string) string {
		var b strings.Builder
		for _, c := range []byte(secret) {
			fmt.Fprintf(&b, format, c)
		}
		return b.String()
	}
	for name, spelled := range map[string]string{
		"in JSON":                  everyUnit(`\u%04x`),
		"in JSON, capitals":        everyUnit(`\u%04X`),
		"in JSON inside JSON":      everyUnit(`\\u%04x`),
		"one letter in JSON":       `t\u00f6k😀n/\\\"1`,
		"another letter in JSON":   `\u0074ök😀n/\\\"1`,
		"in an address":            everyByte("%%%02x"),
		"in an address, capitals":  everyByte("%%%02X"),
		"one letter of an address": `%74%C3%B6k%F0%9F%98%80n/%5C%221`,
		"a path of net/url":        (&url.URL{Path: "/" + secret}).EscapedPath()[1:],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, after := range []string{", 100% sure", ""} {
				if got, want := newMasker(secret).hide("say "+spelled+after), "say ***"+after; got != want {
					t.Errorf("%s reads %q, want %q", spelled+after, got, want)
				}
			}
		})
	}
}

func TestEscapesWithoutASecretStayAsTheyAre(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`\u0041 \uD83D \ud83d\u0041 \uzzzz \u00`, `C:\new\u`, "100%", "%zz %4", `\\\\\\\\\\\\\\\\u0041`, `\/`, `\\`} {
		if got := newMasker("secret").hide(text); got != text {
			t.Errorf("%q reads %q", text, got)
		}
	}
}

func TestAnAddressIsMaskedByItsPartsToo(t *testing.T) {
	t.Parallel()
	for secret, texts := range map[string]map[string]string{
		"https://hooks.slack.com/services/T0AB/B0CD/xYz123456789": {
			"POST /services/T0AB/B0CD/xYz123456789 failed":  "POST /*** failed",
			"services/T0AB/B0CD/xYz123456789":               "***",
			`\/services\/T0AB\\\/B0CD\/xYz123456789 failed`: `\/*** failed`,
			"the hook xYz123456789 is gone":                 "the hook *** is gone",
			"/services/T0AB is unknown":                     "/services/T0AB is unknown",
		},
		"https://chat.example.com/v1/spaces?key=AIzaSyD-1&token=abc%2Fdef%3D9": {
			"GET /v1/spaces?key=AIzaSyD-1&token=abc%2Fdef%3D9": "GET /***",
			"the token abc/def=9":                              "the token ***",
			"the key AIzaSyD-1":                                "the key ***",
		},
		// Words are no credentials, and the request itself must stay readable.
		"https://relay.example.com/services/slack/": {
			"PUT /api/v4/projects/42/services/slack": "PUT /api/v4/projects/42/services/slack",
		},
		"https://relay.example.com/Ab1": {
			"Ab1": "Ab1",
		},
		"https://relay.example.com/Abcdef1": {
			"the hook Abcdef1 is gone": "the hook Abcdef1 is gone",
		},
		"https://relay.example.com/Abcdefg1": {
			"the hook Abcdefg1 is gone": "the hook *** is gone",
		},
		"https://relay.example.com/hooks/quietMaple": {
			"the hook quietMaple is gone": "the hook *** is gone",
		},
	} {
		for text, want := range texts {
			if got := newMasker(secret).hide(text); got != want {
				t.Errorf("%s: %q reads %q, want %q", secret, text, got, want)
			}
		}
	}
}

func TestTheUserinfoOfAnAddressIsMasked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://u:p@example.com/x":              "https://***@example.com/x",
		`Get "http://u@h:1": https://v:w@i`:      `Get "http://***@h:1": https://***@i`,
		"socks5://u:p@q@example.com?a=b@c":       "socks5://***@example.com?a=b@c",
		"https://example.com/@name":              "https://example.com/@name",
		"https://example.com, mail a@b.example":  "https://example.com, mail a@b.example",
		"://@ :// https://@example.com a://b://": "://@ :// https://@example.com a://b://",
	} {
		if got := newMasker().hide(text); got != want {
			t.Errorf("%q reads %q, want %q", text, got, want)
		}
	}
}

func TestSecretsThatOverlapThemselvesLeaveNothing(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"xababax":                 "x***x",
		"abaaba":                  "***",
		"ab aba ab":               "ab *** ab",
		strings.Repeat("ab", 100): "***b",
	} {
		if got := newMasker("aba").hide(text); got != want {
			t.Errorf("%q reads %q, want %q", text, got, want)
		}
	}
}

// TestALocationThatQuotesASecretIsMasked whatever net/url makes of its letters.
func TestALocationThatQuotesASecretIsMasked(t *testing.T) {
	t.Parallel()
	const secret = `pa"ss<wo>rd;,/+ü 1`
	for name, location := range map[string]string{
		"a path":                (&url.URL{Path: "/x/" + secret}).EscapedPath(),
		"a path as it is":       "/x/" + secret,
		"a segment":             "/x/" + url.PathEscape(secret),
		"another server":        "https://other.example.com/" + url.PathEscape(secret),
		"the name of a server":  "https://" + url.PathEscape(secret) + ".example.com/",
		"what is no address":    "http://[" + secret,
		"a query and a segment": "/x/" + url.QueryEscape(secret) + "?" + secret,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var lines []string
			url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", location)
				w.WriteHeader(http.StatusTemporaryRedirect)
			})
			client, _ := newTestClient(t, Config{BaseURL: url, Log: noteIn(&lines)})
			_, err := client.PutService(t.Context(), inProject("42"), "slack", Settings{Secrets: []string{secret}})
			text := asError(t, err).Error() + strings.Join(lines, "\n")
			for _, never := range []string{"pa%22", `pa"`, `pa\"`, "wo>", "wo%3", "rd;", "rd%3"} {
				if strings.Contains(text, never) {
					t.Errorf("%q is in %s", never, text)
				}
			}
		})
	}
}

// TestACutTextTearsNoSecret: what is left of one at its end would not be known
// as such.
func TestACutTextTearsNoSecret(t *testing.T) {
	t.Parallel()
	const secret = "tornSecret1"
	m := newMasker(secret)
	for kept := range len(secret) + 1 {
		text := strings.Repeat("x", maxWords-kept) + secret + "after"
		want := strings.Repeat("x", maxWords-kept)
		if kept == len(secret) {
			want += secret // It is masked where it stands.
		}
		if got := m.cut(text); got != want {
			t.Errorf("with %d bytes of the secret, %q is left at the end", kept, got[max(0, len(got)-len(secret)):])
		}
	}
	for _, whole := range []string{secret, strings.Repeat("x", maxWords-1) + secret[:1]} {
		if got := m.cut(whole); got != whole {
			t.Errorf("a text of %d bytes, which is not too long, is cut to %d", len(whole), len(got))
		}
	}
}

// TestHalfACharacterHidesNothingOfASecret that follows it.
func TestHalfACharacterHidesNothingOfASecret(t *testing.T) {
	t.Parallel()
	m := newMasker("secret-x1")
	for _, text := range []string{`\ud83d\u0073ecret-x1`, `\ud83dsecret-x1`, `\ude00\u0073ecret-x1`, `\ud83d\ud83d\u0073ecret-x1`, `\u00\u0073ecret-x1`} {
		if got := m.hide(text); strings.Contains(got, "ecret") || !strings.Contains(got, masked) {
			t.Errorf("%s reads %s", text, got)
		}
	}
}

func TestASignThatBeginsNoEscapeIsReadAsItIs(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"a%zb-x1", `a\zb-x1`, `a\uzzzz-x1`, "a%", "ab%2"} {
		text := `\u0061` + strings.TrimPrefix(secret, "a") + " after"
		if got := newMasker(secret, secret+" after").hide(text); !strings.HasPrefix(got, masked) {
			t.Errorf("%s reads %s", text, got)
		}
	}
}

func TestAnEscapeMayBeTheLastOfAText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{`\u0041`: 6, `\\u0041`: 7, `\u004`: 0, `\u`: 0, `\`: 0, `u0041`: 0} {
		if unit, size := escapedUnit(text); size != want || size > 0 && unit != 'A' {
			t.Errorf("%s is %q in %d bytes", text, unit, size)
		}
	}
}

func TestTheShortestPartIsMaskedInBase64(t *testing.T) {
	t.Parallel()
	for secret, want := range map[string][]int{"abcdef": {minPart, minPart}, "abcdefghi": {12, 12, 11, 11, 11, 11}} {
		var got []int
		for _, core := range base64Cores(secret) {
			got = append(got, len(core))
		}
		if !slices.Equal(got, want) {
			t.Errorf("the pieces of %s have %d characters, want %d", secret, got, want)
		}
	}
}

// TestEachLineOfASecretIsMasked that is long enough to tell anything.
func TestEachLineOfASecretIsMasked(t *testing.T) {
	t.Parallel()
	for secret, texts := range map[string]map[string]string{
		"first-line\nsecond-line":       {"at second-line: first-line": "at ***: ***"},
		"first-line\n\nend\n8-digits\n": {"8-digits in the end": "*** in the end"},
	} {
		for text, want := range texts {
			if got := newMasker(secret).hide(text); got != want {
				t.Errorf("%q: %q reads %q, want %q", secret, text, got, want)
			}
		}
	}
}

// TestAShortSecretIsMaskedInRailsJSON too, which escapes signs of HTML.
func TestAShortSecretIsMaskedInRailsJSON(t *testing.T) {
	t.Parallel()
	if got := newMasker("<a").hide(`say \u003ca`); got != "say ***" {
		t.Errorf("got %q", got)
	}
}

func TestHexadecimalDigitsAreThoseAndNoOthers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]rune{"00": 0, "09": 9, "0a": 10, "0F": 15, "ff": 255, "0g": -1, "g0": -1, "0`": -1, "0@": -1, "0/": -1, "0:": -1, "zz": -1, "é": -1} {
		if got, ok := hexNumber(text); ok != (want >= 0) || ok && got != want {
			t.Errorf("%s is %d, %t", text, got, ok)
		}
	}
}
