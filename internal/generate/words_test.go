package main

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// idioms are words of this project's own that readers of reference English, and
// those who search, stumble over: GitLab returns a value and does not tell it,
// and a secret is stored in the state and does not stand in it.
var idioms = regexp.MustCompile(`(?i)\b(tells?|told|stands?|stood|guests?|nobody)\b`)

func TestPagesForUsersAreInPlainWords(t *testing.T) {
	t.Parallel()
	repository := os.DirFS("../..")
	for _, root := range []string{"README.md", "SECURITY.md", "docs", "examples/modules"} {
		err := fs.WalkDir(repository, root, func(name string, _ fs.DirEntry, err error) error {
			if err != nil || path.Ext(name) != ".md" {
				return err
			}
			text, err := fs.ReadFile(repository, name)
			if err != nil {
				return err
			}
			// What commands print and checks say is worded elsewhere.
			prose := printed.ReplaceAllString(string(text), "")
			for line := range strings.Lines(prose) {
				if word := idioms.FindString(line); word != "" {
					t.Errorf("%s says %q: %s", name, word, strings.TrimSpace(line))
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

var printed = regexp.MustCompile("(?ms)^ *```text.*?^ *```[ \t]*$|^\\| `\\w+ = [^\n]*$")
