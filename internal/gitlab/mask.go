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
	"unicode/utf16"
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
	all := append([]string{secret, trimmed}, addressParts(trimmed)...)
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
	_ = encoder.Encode(text) // strings always do
	return strings.Trim(strings.TrimSuffix(b.String(), "\n"), `"`)
}

// addressParts gives what of an address tells as much as the whole, and what
// errors name without the scheme and the host: the path of a webhook, its last
// part and the values of its query. A part without a digit and a capital is no
// credential but a word, such as services/slack, and stays readable.
func addressParts(secret string) []string {
	address, err := url.Parse(secret)
	if err != nil || address.Host == "" {
		return nil
	}
	path := strings.Trim(address.EscapedPath(), "/")
	parts := []string{path, path[strings.LastIndexByte(path, '/')+1:], path + "?" + address.RawQuery}
	for _, values := range address.Query() {
		parts = append(parts, values...)
	}
	return slices.DeleteFunc(parts, func(part string) bool {
		telling := strings.ContainsFunc(part, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsUpper(r) })
		return len(part) < minPart || !telling
	})
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

// hide gives the text with every secret in it as ***. Secrets that overlap go
// together, so that none leaves a rest.
func (m masker) hide(text string) string {
	// How many secrets begin and end at each byte. To mark each byte of each
	// secret would be quadratic where they overlap.
	changes := make([]int, len(text)+1)
	mark := func(start, end int) {
		changes[start]++
		changes[end]--
	}
	for _, form := range m.forms {
		eachIndex(text, form, mark)
	}
	for _, form := range m.short {
		eachIndex(text, form, func(start, end int) {
			if standsAlone(text, start, end) {
				mark(start, end)
			}
		})
	}
	read, at := unescape(text)
	for _, form := range m.forms {
		eachIndex(read, form, func(start, end int) { mark(at[start], at[end]) })
	}
	var b strings.Builder
	for i, inside := 0, 0; i < len(text); i++ {
		before := inside
		inside += changes[i]
		switch {
		case inside == 0:
			b.WriteByte(text[i])
		case before == 0:
			b.WriteString(masked)
		}
	}
	return hideUserinfo(b.String())
}

// hideUserinfo masks the name and password of each URL: what net/http or a proxy
// setting brings in is in no Config.
func hideUserinfo(text string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "://")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		b.WriteString("://")
		authority := after
		if end := strings.IndexAny(after, "/?#\"'<> \t\r\n\v\f"); end >= 0 {
			authority = after[:end]
		}
		if at := strings.LastIndexByte(authority, '@'); at > 0 {
			b.WriteString(masked)
			after = after[at:]
		}
		text = after
	}
}

// eachIndex gives every place of form in the text, also where it overlaps
// itself.
func eachIndex(text, form string, place func(start, end int)) {
	for from := 0; ; {
		at := strings.Index(text[from:], form)
		if at < 0 {
			return
		}
		place(from+at, from+at+len(form))
		from += at + 1
	}
}

// cut gives as much of a text from outside as is looked at, without a secret
// that it tears.
func (m masker) cut(text string) string {
	if len(text) <= maxWords {
		return text
	}
	text = text[:maxWords]
	torn := 0
	for _, form := range m.forms {
		for n := min(len(form)-1, len(text)); n > torn; n-- {
			if strings.HasSuffix(text, form[:n]) {
				torn = n
			}
		}
	}
	return text[:len(text)-torn]
}

// unescape reads the \uXXXX of JSON and the %XX of an address, which anybody
// may write for any character, and the \/ that some write in JSON. It tells
// where in the text each byte of what it reads began, or gives nothing where
// there is nothing to read.
func unescape(text string) (read string, at []int) {
	if !strings.ContainsAny(text, `\%`) {
		return "", nil
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		char, size := escapedByte(text[i:])
		if size == 0 {
			char, size = escapedRune(text[i:])
		}
		if size == 0 {
			char, size = escapedSlash(text[i:])
		}
		if size == 0 {
			char, size = text[i:i+1], 1
		}
		b.WriteString(char)
		for range len(char) {
			at = append(at, i)
		}
		i += size
	}
	return b.String(), append(at, len(text))
}

// escapedByte reads the %XX that the text begins with; its size is 0 where it
// begins with none.
func escapedByte(text string) (char string, size int) {
	if len(text) < 3 || text[0] != '%' {
		return "", 0
	}
	code, ok := hexNumber(text[1:3])
	if !ok {
		return "", 0
	}
	return string([]byte{byte(code)}), 3 //nolint:gosec // two digits are a byte
}

// escapedRune does the same with \uXXXX, of which a character beyond U+FFFF
// takes two.
func escapedRune(text string) (char string, size int) {
	first, size := escapedUnit(text)
	second, more := escapedUnit(text[size:])
	if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
		return string(r), size + more
	}
	return string(first), size
}

// escapedSlash does the same with \/, and takes a slash alone for one.
func escapedSlash(text string) (char string, size int) {
	size = backslashes(text)
	if len(text) == size || text[size] != '/' {
		return "", 0
	}
	return "/", size + 1
}

// maxBackslashes is how many may stand before the u: JSON inside JSON has two.
const maxBackslashes = 8

func backslashes(text string) (count int) {
	for count < min(len(text), maxBackslashes) && text[count] == '\\' {
		count++
	}
	return count
}

func escapedUnit(text string) (unit rune, size int) {
	size = backslashes(text)
	if size == 0 || len(text) < size+5 || text[size] != 'u' {
		return 0, 0
	}
	code, ok := hexNumber(text[size+1 : size+5])
	if !ok {
		return 0, 0
	}
	return code, size + 5
}

func hexNumber(digits string) (number rune, ok bool) {
	for _, digit := range digits {
		switch {
		case '0' <= digit && digit <= '9':
			digit -= '0'
		case 'a' <= digit|0x20 && digit|0x20 <= 'f':
			digit = digit | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		number = number<<4 | digit
	}
	return number, true
}

func standsAlone(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return !word(before) && !word(after)
}
