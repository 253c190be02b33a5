package gitlab

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	masked = "***"

	// minAnywhere is the length, in bytes, from which a secret is masked wherever
	// it stands. A shorter one is masked only where it stands alone: hiding every
	// "a" would leave nothing to read, and tell the secret all the same.
	minAnywhere = 3
	// minPart is the length from which a piece of a secret (a line of a key, the
	// core of a base64 text) is masked.
	minPart = 8
)

// masker hides secrets in texts. The zero value hides only the userinfo of
// URLs.
type masker struct {
	forms []string // masked anywhere
	short []string // masked where no letter or digit touches them
}

func newMasker(secrets ...string) masker { return masker{}.with(secrets...) }

// with gives a masker that hides more secrets.
func (m masker) with(secrets ...string) masker {
	forms, short := slices.Clone(m.forms), slices.Clone(m.short)
	for _, secret := range secrets {
		for _, form := range spellings(secret) {
			if len(form) < minAnywhere {
				short = append(short, form)
			} else {
				forms = append(forms, form)
			}
		}
	}
	slices.Sort(forms)
	slices.Sort(short)
	return masker{forms: slices.Compact(forms), short: slices.Compact(short)}
}

// spellings gives the ways in which a server, a proxy or a library may repeat a
// secret.
func spellings(secret string) []string {
	trimmed := strings.TrimSpace(secret) // GitLab trims before it complains
	if trimmed == "" {
		return nil
	}
	all := []string{secret, trimmed}
	if lines := strings.Split(trimmed, "\n"); len(lines) > 1 {
		for _, line := range lines { // of a private key, say
			if line = strings.TrimSpace(line); len(line) >= minPart {
				all = append(all, line)
			}
		}
	}
	for _, form := range slices.Clone(all) {
		for _, escaped := range []string{url.QueryEscape(form), url.PathEscape(form)} {
			all = append(all, escaped, percent.ReplaceAllStringFunc(escaped, strings.ToLower))
		}
		all = append(all, inJSON(form, true), inJSON(form, false), html.EscapeString(form))
	}
	return append(all, base64Cores(trimmed)...)
}

var percent = regexp.MustCompile(`%[0-9A-F]{2}`)

// inJSON is the text as it stands inside a JSON string, with <, > and & escaped
// as Rails does or as they are.
func inJSON(text string, escapeHTML bool) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(escapeHTML)
	if err := encoder.Encode(text); err != nil {
		return text // strings always encode
	}
	return strings.Trim(strings.TrimSuffix(b.String(), "\n"), `"`)
}

// base64Cores gives the characters that a secret leaves in the base64 of any
// text around it, such as user:secret: three alignments in two alphabets,
// without the characters at the ends that mix with the neighbours.
func base64Cores(secret string) []string {
	var cores []string
	for offset := range 3 {
		padded := append(make([]byte, offset), secret...)
		for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			core := encoding.EncodeToString(padded)
			if len(padded)%3 != 0 {
				core = core[:len(core)-1]
			}
			if offset > 0 {
				core = core[min(offset+1, len(core)):]
			}
			if len(core) >= minPart {
				cores = append(cores, core)
			}
		}
	}
	return cores
}

// userinfo is a name or password in a URL: one that net/http or a proxy setting
// brings in, and that no Config names.
var userinfo = regexp.MustCompile(`([A-Za-z][A-Za-z0-9+.-]*://)[^/?#\s@"'<>]+@`)

// hide gives the text with every secret in it as ***. Secrets that overlap go
// together, so that none leaves a rest.
func (m masker) hide(text string) string {
	hidden := make([]bool, len(text))
	found := false
	mark := func(form string, alone bool) {
		for from := 0; ; {
			at := strings.Index(text[from:], form)
			if at < 0 {
				return
			}
			at += from
			from = at + 1
			if alone && !standsAlone(text, at, at+len(form)) {
				continue
			}
			found = true
			for i := at; i < at+len(form); i++ {
				hidden[i] = true
			}
		}
	}
	for _, form := range m.forms {
		mark(form, false)
	}
	for _, form := range m.short {
		mark(form, true)
	}
	if found {
		var b strings.Builder
		for i := range len(text) {
			switch {
			case !hidden[i]:
				b.WriteByte(text[i])
			case i == 0 || !hidden[i-1]:
				b.WriteString(masked)
			}
		}
		text = b.String()
	}
	return userinfo.ReplaceAllString(text, "${1}"+masked+"@")
}

func standsAlone(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return !word(before) && !word(after)
}
