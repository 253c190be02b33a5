package gitlab

import (
	"encoding/json"
	"strings"
	"testing"
)

// linear is a bound on the work for a text: so many steps for each byte.
const stepsPerByte = 4

// readPage and readJSON give what is read of a text, and the steps it took.
func readPage(text string) (string, int) {
	source := page{text: text}
	return source.readable(), source.steps
}

func readJSON(text string) (string, int) {
	var value any
	if json.Unmarshal([]byte(text), &value) != nil {
		return "", 0
	}
	var f flattener
	f.add(value)
	return f.line.String(), f.steps
}

func TestTheWorkOnAnAnswerGrowsNoFasterThanTheAnswer(t *testing.T) {
	t.Parallel()
	repeat := func(text string) func(int) string { return func(n int) string { return strings.Repeat(text, n) } }
	around := func(before, inside, after string) func(int) string {
		return func(n int) string {
			return strings.Repeat(before, n) + strings.Repeat(inside, n) + strings.Repeat(after, n)
		}
	}
	for name, test := range map[string]struct {
		read func(string) (string, int)
		text func(n int) string
	}{
		"scripts without an end":   {readPage, repeat("<script>")},
		"styles without an end":    {readPage, repeat("<STYLE>")},
		"comments without an end":  {readPage, repeat("<!--")},
		"tags without an end":      {readPage, repeat("<a ")},
		"ends without a beginning": {readPage, repeat("</script></style>-->")},
		"ends that do not end":     {readPage, repeat("<script></script")},
		"signs that are no tags":   {readPage, repeat("< 1")},
		"words":                    {readPage, repeat("words ")},
		"many scripts":             {readPage, repeat("<script>x</script>y")},
		"lists in lists":           {readJSON, around("[", `"x",`, "]")},
		"objects in objects": {readJSON, func(n int) string {
			return strings.Repeat(`{"a":`, n) + `"` + strings.Repeat("x", n) + `"` + strings.Repeat("}", n)
		}},
		"many messages in depth":   {readJSON, func(n int) string { return strings.Repeat(`{"b":"x","a":`, n) + `"x"` + strings.Repeat("}", n) }},
		"many empty ones in depth": {readJSON, func(n int) string { return strings.Repeat(`{"b":"","a":`, n) + `""` + strings.Repeat("}", n) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const n = 4000 // encoding/json goes 10000 deep
			_, once := test.read(test.text(n))
			_, twice := test.read(test.text(2 * n))
			if float64(twice) > 2.5*float64(once) {
				t.Errorf("twice the text takes %d steps instead of %d", twice, once)
			}
			if limit := stepsPerByte * len(test.text(n)); once > limit {
				t.Errorf("%d steps, want %d at most", once, limit)
			}
		})
	}
}

func TestAPageIsReadAsInABrowser(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"<p>one<br>two</p>":                       "one two",
		"a<script src=x>var b = '<p>'</script >c": "a c",
		"a<SCRIPT>b</Script>c":                    "a c",
		"a<style>p { }</style>b":                  "a b",
		"a<!-- <p>b --> c":                        "a c",
		"a<scripture>b":                           "a b",
		"a<styled>b":                              "a b",
		"<!DOCTYPE html><?xml?>a":                 "a",
		"1 < 2 <3":                                "1 < 2 <3",
		"a<":                                      "a<",
		"a<script>b":                              "a",
		"a<!-- b":                                 "a",
		"a<b c":                                   "a",
		"a<script>b</script":                      "a",
		"a<script":                                "a",
		"x<a href=y>z</a>":                        "x z",
		"x<z>y":                                   "x y",
		"<{1}> <@b> <`c`>":                        "<{1}> <@b> <`c`>",
		"":                                        "",
	} {
		if got, _ := readPage(source); tidy(got) != want {
			t.Errorf("%q: got %q, want %q", source, tidy(got), want)
		}
	}
}

func TestAnswersAreReadUpToABound(t *testing.T) {
	t.Parallel()
	const secret = "a-secret-that-is-torn"
	blank := strings.Repeat(" ", maxWords)
	for name, test := range map[string]struct {
		contentType, body, want string
	}{
		"a page":                 {"text/html", "<p>early" + blank + "late", "early (" + pageHint + ")"},
		"a page without words":   {"text/html", strings.Repeat("<script>", maxBody/8), "the answer is empty (" + pageHint + ")"},
		"a text":                 {"text/plain", "early" + blank + "late", "early"},
		"JSON":                   {"application/json", `{"message":"early` + blank + `late"}`, `{"message":"early`},
		"as much JSON as fits":   {"application/json", `{"message":"early"` + blank[len(`{"message":"early"}`):] + `}`, "early"},
		"a secret at the bound":  {"text/plain", "early" + blank[:maxWords-10] + secret, "early"},
		"a secret on both sides": {"text/plain", blank[:maxWords-30] + secret + " " + secret + "late", "***"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := newTestClient(t, Config{BaseURL: serve(t, answerWith(400, test.contentType, test.body)), Token: secret})
			_, err := client.GetService(t.Context(), inProject("42"), "slack")
			if e := asError(t, err); e.Message != test.want {
				t.Errorf("the message is %q, want %q", e.Message, test.want)
			}
		})
	}
}

func TestAPageMayBeginWithText(t *testing.T) {
	t.Parallel()
	for media, want := range map[string]bool{"text/html; charset=utf-8": true, "application/xhtml+xml": true, "text/plain": false, "": false} {
		if got := isHTML(media, []byte("Sorry, <b>no</b>")); got != want {
			t.Errorf("%q: %t", media, got)
		}
	}
}

func TestATextIsShortenedToItsLimit(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "", "wör": "wör", "wört": "wört", "wörter": "wör…"} {
		if got := shorten(text, 4); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestAnEmptyTextIsNoneOfTheWords(t *testing.T) {
	t.Parallel()
	value := map[string]any{"a": "", "b": []any{"", "x", "", "y"}, "c": map[string]any{"base": ""}, "d": map[string]any{"e": "z"}}
	if got, want := flatten(value), "b x, y, d e z"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
