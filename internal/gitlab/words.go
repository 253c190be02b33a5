package gitlab

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"mime"
	"slices"
	"strings"
	"unicode"
)

// This file makes what people read of a text from outside. Whatever sends it
// may be anything, so the text is cut before any work on it, and all work is
// linear in what is left.

const (
	// maxText and maxJSON are lengths in characters. GitLab's own JSON has more
	// room: with twenty parameters missing it is long, and [Error.Fields] wants
	// all of it.
	maxText = 300
	maxJSON = 2000

	// maxWords is how much of a text from outside is looked at, in bytes. What
	// GitLab says of an error is below 3 kB, and a page begins with what it is
	// about.
	maxWords = 64 << 10
)

// words reads the body of an error: where its text stood, and the text, of any
// length and with spaces and control characters as in the body. The text of
// JSON is not masked yet.
func words(contentType string, body []byte, mask masker) (key, text string) {
	var value any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if len(body) > maxWords || !json.Valid(body) || decoder.Decode(&value) != nil {
		return "", plain(contentType, body, mask)
	}
	object, ok := value.(map[string]any)
	if !ok {
		return "", flatten(value)
	}
	if text := flatten(object["message"]); text != "" {
		return "message", text
	}
	text = flatten(object["error"])
	if description := flatten(object["error_description"]); description != "" {
		text = strings.TrimPrefix(text+": "+description, ": ")
	}
	if text != "" {
		return "error", text
	}
	return "", string(body)
}

// flatten makes one line of a message, which may be a text, a list of texts or
// an object of lists.
func flatten(value any) string {
	var f flattener
	f.add(value)
	return f.line.String()
}

type flattener struct {
	line strings.Builder
	keys []string // of the objects around, each written before the first text in it
	// steps grows with the work, which a test holds against the text.
	steps int
}

func (f *flattener) add(value any) {
	f.steps++
	switch value := value.(type) {
	case nil:
	case string:
		f.write(value)
	case []any:
		for _, element := range value {
			f.add(element)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			around := len(f.keys)
			if key != "error" && key != "base" { // they say nothing: the limiters' and ActiveRecord's word for "the whole"
				f.keys = append(f.keys, key)
			}
			f.add(value[key])
			f.keys = f.keys[:min(around, len(f.keys))]
		}
	default:
		f.write(fmt.Sprint(value))
	}
}

func (f *flattener) write(text string) {
	if text == "" {
		return
	}
	before := f.line.Len()
	if before > 0 {
		f.line.WriteString(", ")
	}
	for _, key := range f.keys {
		f.line.WriteString(key + " ")
	}
	f.keys = f.keys[:0]
	f.line.WriteString(text)
	f.steps += f.line.Len() - before
}

func isHTML(contentType string, body []byte) bool {
	media, _, _ := mime.ParseMediaType(contentType)
	return media == "text/html" || media == "application/xhtml+xml" || bytes.HasPrefix(bytes.TrimSpace(body), []byte("<"))
}

// plain gives the text of a body that is not JSON. It masks before it takes the
// markup out: a secret may look like some.
func plain(contentType string, body []byte, mask masker) string {
	text := mask.hide(mask.cut(string(body)))
	if isHTML(contentType, body) {
		source := page{text: text}
		text = html.UnescapeString(source.readable())
	}
	return text
}

// page is the source of a page on the way through it, which goes forward only.
type page struct {
	text string
	at   int
	// steps is how often a place was looked at, which a test holds against the
	// text.
	steps int
}

// readable gives what a reader sees of the page. Tags, comments, scripts and
// styles leave a blank; one that is never closed hides the rest, as it does in
// a browser.
func (p *page) readable() string {
	var b strings.Builder
	for {
		text, found := p.past("<")
		b.WriteString(text)
		if !found {
			return b.String()
		}
		switch rest := p.text[p.at:]; {
		case strings.HasPrefix(rest, "!--"):
			p.past("-->")
		case opens(rest, "script"):
			p.past("</script")
			p.past(">")
		case opens(rest, "style"):
			p.past("</style")
			p.past(">")
		case rest != "" && (isLetter(rest[0]) || strings.IndexByte("/!?", rest[0]) >= 0):
			p.past(">")
		default: // as in 1 < 2
			b.WriteByte('<')
			continue
		}
		b.WriteByte(' ')
	}
}

// past goes to behind the next mark, in whatever letter case, and gives the
// text on the way; where there is none, it goes to the end.
func (p *page) past(mark string) (text string, found bool) {
	start := p.at
	for ; p.at < len(p.text); p.at++ {
		p.steps++
		if hasPrefixFold(p.text[p.at:], mark) {
			text = p.text[start:p.at]
			p.at += len(mark)
			return text, true
		}
	}
	return p.text[start:], false
}

// opens tells whether a tag is that of an element, from its name on.
func opens(tag, element string) bool {
	return hasPrefixFold(tag, element) && (len(tag) == len(element) || !isLetter(tag[len(element)]))
}

func hasPrefixFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// tidy makes one printable line: a body must not move the cursor of the
// terminal that an error ends in.
func tidy(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return strings.Join(strings.Fields(text), " ")
}

func shorten(text string, limit int) string {
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	return string(runes[:limit-1]) + "…"
}
