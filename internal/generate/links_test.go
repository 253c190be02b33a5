package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestEveryLinkLeadsSomewhere follows the links of all pages of the repository:
// those within it to their file and heading, the others as far as one can see
// without asking. No request is sent.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	t.Parallel()
	repository := os.DirFS("../..")
	count := 0
	err := fs.WalkDir(repository, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains([]string{".git", "bin", "dist", "templates"}, name) {
			return fs.SkipDir // docs/ holds what the templates make
		}
		if path.Ext(name) != ".md" || entry.IsDir() {
			return nil
		}
		text, err := fs.ReadFile(repository, name)
		if err != nil {
			return err
		}
		for _, target := range links(string(text)) {
			count++
			if err := follow(repository, name, target); err != nil {
				t.Errorf("%s: %s: %v", name, target, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count < 50 {
		t.Errorf("only %d links were found: the services' guide alone has one for each service", count)
	}
}

var (
	fenced   = regexp.MustCompile("(?ms)^ *```.*?^ *```[ \t]*$")
	inCode   = regexp.MustCompile("`[^`\n]*`")
	linked   = regexp.MustCompile(`\]\(\s*<?([^)\s>]+)`)
	defined  = regexp.MustCompile(`(?m)^ {0,3}\[[^\]]+\]:\s*(\S+)`)
	inHTML   = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	inAngles = regexp.MustCompile(`<(https?://[^>]*)>`)
	heading  = regexp.MustCompile(`(?m)^#{1,6}\s+(.*?)\s*#*$`)
	anchored = regexp.MustCompile(`<a (?:id|name)="([^"]*)"`)
)

// links are the targets of all links and images of a page, code left out.
func links(text string) []string {
	text = fenced.ReplaceAllString(text, "")
	var out []string
	for _, form := range []*regexp.Regexp{linked, defined, inHTML, inAngles} {
		// Code inside the text of a link stands before its target; code that
		// looks like a link is none.
		for _, found := range form.FindAllStringSubmatch(inCode.ReplaceAllString(text, "code"), -1) {
			out = append(out, found[1])
		}
	}
	return out
}

// follow says what is wrong with a link of a page of the repository.
func follow(repository fs.FS, page, target string) error {
	to, err := url.Parse(target)
	if err != nil {
		return err
	}
	if to.IsAbs() {
		return public(to)
	}
	if to.Host != "" || strings.HasPrefix(to.Path, "/") {
		return errors.New("neither a path from this page nor an address")
	}
	file := page
	if to.Path != "" {
		file = path.Join(path.Dir(page), to.Path)
	}
	if strings.HasPrefix(page, "docs/") && !strings.HasPrefix(file, "docs/") {
		return errors.New("the registry shows docs/ alone: give the address on GitHub")
	}
	if !fs.ValidPath(file) {
		return errors.New("outside of the repository")
	}
	if _, err := fs.Stat(repository, file); err != nil {
		return err
	}
	if to.Fragment == "" {
		return nil
	}
	text, err := fs.ReadFile(repository, file)
	if err != nil {
		return err
	}
	if !slices.Contains(anchors(string(text)), to.Fragment) {
		return fmt.Errorf("no heading #%s there", to.Fragment)
	}
	return nil
}

// public says what keeps an address from being one of the public web.
func public(address *url.URL) error {
	host := address.Hostname()
	_, notIP := netip.ParseAddr(host)
	labels := strings.Split(host, ".")
	last := labels[len(labels)-1]
	switch {
	case address.Scheme != "https":
		return fmt.Errorf("the scheme is %q, want https", address.Scheme)
	case address.User != nil:
		return errors.New("a user is named")
	case notIP == nil, len(labels) < 2, slices.Contains(labels, ""):
		return fmt.Errorf("%q is no public host", host)
	case slices.Contains([]string{"example", "invalid", "local", "localhost", "internal", "test"}, last), slices.Contains(labels, "example"):
		return fmt.Errorf("%q exists in examples alone", host)
	}
	return nil
}

// anchors are the headings of a page as fragments name them: in lower case,
// blanks as hyphens, punctuation left out, and a number where one comes again.
func anchors(text string) []string {
	var out []string
	seen := map[string]int{}
	for _, found := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		var b strings.Builder
		for _, r := range strings.ToLower(found[1]) {
			switch {
			case r == ' ':
				b.WriteByte('-')
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				b.WriteRune(r)
			}
		}
		name := b.String()
		if n := seen[name]; n > 0 {
			name += fmt.Sprintf("-%d", n)
		}
		seen[b.String()]++
		out = append(out, name)
	}
	for _, found := range anchored.FindAllStringSubmatch(text, -1) {
		out = append(out, found[1])
	}
	return out
}

func TestALinkThatLeadsNowhereIsFound(t *testing.T) {
	t.Parallel()
	repository := os.DirFS("../..")
	for target, ok := range map[string]bool{
		"guides/drift.md":                           true,
		"guides/drift.md#ignored-differences":       true,
		"https://docs.gitlab.com/api/rest/":         true,
		"guides/drift.md#no-such-heading":           false,
		"guides/no-such-page.md":                    false,
		"../README.md":                              false,
		"../../elsewhere.md":                        false,
		"/docs/guides/drift.md":                     false,
		"//docs.gitlab.com/api":                     false,
		"http://docs.gitlab.com/api":                false,
		"https://gitlab.example.com/":               false,
		"https://localhost/":                        false,
		"https://127.0.0.1/":                        false,
		"https://user@docs.gitlab.com/":             false,
		"mailto:somebody@docs.gitlab.com":           false,
		"https://docs.gitlab.com:no-port/api/rest/": false,
	} {
		if err := follow(repository, "docs/index.md", target); (err == nil) != ok {
			t.Errorf("%s: error %v", target, err)
		}
	}
	page := "[a](x.md) ![b](y.svg \"title\") [`c`](z.md)\n`[d](code.md)`\n```sh\n[e](fenced.md)\n```\n[f]: w.md\n<img src=\"v.png\"> <https://u.org/>\n"
	if got, want := links(page), []string{"x.md", "y.svg", "z.md", "w.md", "v.png", "https://u.org/"}; !slices.Equal(got, want) {
		t.Errorf("links are %q, want %q", got, want)
	}
}
