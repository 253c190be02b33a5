package acctest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// scrubber makes requests and answers ones that anybody may read. What it leaves
// is what everybody knows already: the names and words of GitLab's API, and the
// examples of the table, which are what acceptance tests send. Anything else
// becomes another value of its kind, everywhere the same one.
type scrubber struct {
	public map[string]bool
	// private are values that must not be seen, in no form, with what stands for
	// each.
	private map[string]string
	stamps  map[string]string
	ids     map[string]string
}

func newScrubber() *scrubber {
	s := &scrubber{public: fakegitlab.Words(), private: map[string]string{}, stamps: map[string]string{}, ids: map[string]string{}}
	for _, service := range catalog.All() {
		s.public[service.Slug], s.public[service.Title] = true, true
		for _, a := range service.Arguments() {
			s.publish(a.Value)
		}
	}
	return s
}

// publish lets an example be seen, in each form in which GitLab may show it.
func (s *scrubber) publish(value any) {
	switch v := value.(type) {
	case []string:
		for _, separator := range []string{",", ", ", " ", "\n"} {
			s.public[strings.Join(v, separator)] = true
		}
		for _, element := range v {
			s.public[element] = true
		}
	default:
		text := fmt.Sprint(v)
		s.public[text], s.public[strings.TrimSpace(text)], s.public[strings.TrimSuffix(text, "/")] = true, true, true
	}
}

// begin starts a sequence, in which ids and stamps are counted anew.
func (s *scrubber) begin() { clear(s.stamps); clear(s.ids) }

// hide has a value never be seen. One letter or two would be found anywhere.
func (s *scrubber) hide(value, instead string) {
	if len(value) > 2 && !s.public[value] {
		s.private[value] = instead
	}
}

var (
	stamp      = regexp.MustCompile(`^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*( \S+)?$`)
	identifier = regexp.MustCompile(`^[a-z][a-z0-9_]{0,60}$`)
	// plain is what a sentence of GitLab may consist of: words, and numbers of
	// three digits, which are those of HTTP.
	plain = regexp.MustCompile(`^(?:[A-Za-z]{1,20}|[a-z]+(?:_[a-z]+)+|\d{1,3})$`)
	token = regexp.MustCompile(`[^\s"'()\[\]{}<>,;]+`)
)

// value is a value of JSON that anybody may read.
func (s *scrubber) value(key string, value any) any {
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			of := name
			if speaks(key) {
				of = key // errors by parameter
			}
			out[s.name(name)] = s.value(of, v[name])
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, element := range v {
			out[i] = s.value(key, element)
		}
		return out
	case json.Number:
		return s.number(key, v)
	case string:
		if speaks(key) {
			return s.sentence(v)
		}
		return s.text(v)
	}
	return value
}

// name is the name of a member. GitLab's are identifiers, those that nobody knows
// yet too.
func (s *scrubber) name(name string) string {
	if s.private[name] == "" && identifier.MatchString(name) {
		return name
	}
	return s.text(name)
}

// speaks reports whether a key has what GitLab says to people.
func speaks(key string) bool { return key == "error" || key == "message" }

func (s *scrubber) number(key string, n json.Number) any {
	text := n.String()
	switch {
	case key == "id":
		return symbol(s.ids, "id", text)
	case s.public[text], text == "0", text == "1":
		return n
	}
	return json.Number(strconv.Itoa(1000 + s.nth(text)))
}

// symbol stands for a stamp or an id.
func symbol(of map[string]string, kind, value string) string {
	if of[value] == "" {
		of[value] = fmt.Sprintf("<%s%d>", kind, len(of)+1)
	}
	return of[value]
}

// nth makes a value private and numbers it.
func (s *scrubber) nth(value string) int {
	if s.private[value] == "" {
		s.private[value] = fmt.Sprintf("text-%d", len(s.private)+1)
	}
	n, _ := strconv.Atoi(s.private[value][strings.LastIndex(s.private[value], "-")+1:])
	return n
}

// text is a whole value.
func (s *scrubber) text(text string) string {
	instead, hidden := s.private[text]
	switch {
	case text == "" || s.public[text]:
		return text
	case hidden:
		return instead
	case stamp.MatchString(text):
		return symbol(s.stamps, "t", text)
	}
	form := "text-%d"
	if address, err := url.Parse(text); err == nil && address.Host != "" {
		form = "https://host.example.com/text-%d"
	} else if strings.Count(text, "@") == 1 {
		form = "user-%d@example.com"
	}
	s.private[text] = fmt.Sprintf(form, len(s.private)+1)
	return s.private[text]
}

// sentence is what GitLab says to people, without what it cites.
func (s *scrubber) sentence(text string) string {
	if s.public[text] {
		return text
	}
	text = s.without(text)
	return token.ReplaceAllStringFunc(text, func(word string) string {
		bare := strings.Trim(word, ".:!?`/=>*")
		if bare == "" || plain.MatchString(bare) || s.public[bare] || strings.Trim(bare, "-0123456789") == "text" {
			return word
		}
		return strings.Replace(word, bare, s.text(bare), 1)
	})
}

// without is a text in which no private value stands, the longest first: one may
// contain another.
func (s *scrubber) without(text string) string {
	var values []string
	for value := range s.private {
		values = append(values, value)
	}
	slices.SortFunc(values, func(a, b string) int { return len(b) - len(a) })
	for _, value := range values {
		for _, form := range formsOf(value) {
			text = replaceAnyCase(text, form, s.private[value])
		}
	}
	return text
}

// replaceAnyCase replaces what stands in a text in whatever case: a name may begin
// with a capital where an address has none. Letters beyond ASCII have one case
// here, or positions would move; a word with one of them is not plain.
func replaceAnyCase(text, old, instead string) string {
	folded, sought := lowerASCII(text), lowerASCII(old)
	var out strings.Builder
	for {
		before, after, found := strings.Cut(folded, sought)
		if !found {
			return out.String() + text
		}
		out.WriteString(text[:len(before)] + instead)
		text, folded = text[len(text)-len(after):], after
	}
}

func lowerASCII(text string) string {
	folded := []byte(text)
	for i, c := range folded {
		if 'A' <= c && c <= 'Z' {
			folded[i] += 'a' - 'A'
		}
	}
	return string(folded)
}

// formsOf are the ways to write a value: as it is, escaped for an address, for JSON
// or for a page, and in base64, in which it may stand between others.
func formsOf(value string) []string {
	quoted, _ := json.Marshal(value)
	forms := []string{value, url.QueryEscape(value), url.PathEscape(value), strings.Trim(string(quoted), `"`),
		strings.ToLower(value), strings.ToUpper(value)}
	for before := range 3 {
		padded := append(make([]byte, before), value...)
		for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			text := encoding.EncodeToString(padded)
			// The first and last letters depend on what stands beside.
			from, to := (before*8+5)/6, len(padded)*8/6
			if to-from > 4 {
				forms = append(forms, text[from:to])
			}
		}
	}
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(forms)
}
