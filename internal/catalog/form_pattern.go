package catalog

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// patterned is text of a pattern. A secret may come from a file, so that its
// pattern ends with lineEnd.
func patterned(pattern, must string, samples ...string) Form {
	return Form{validators: []validator.String{matching(`^(`+pattern+`)$`, must, samples...)}}
}

// lineEnd are line breaks that are never sent.
const lineEnd = `[\r\n]*`

// addressAt is an address of a pattern.
func addressAt(pattern, must string, samples ...string) Form {
	f := address
	f.validators = []validator.String{matching(`^\s*(`+pattern+`)\s*$`, must, samples...)}
	return f
}

// upTo is the form where GitLab takes at most so many characters.
func (f Form) upTo(characters int) Form {
	f.validators = append(slices.Clone(f.validators), stringvalidator.UTF8LengthAtMost(characters))
	return f
}

// upToParts is the form where GitLab takes at most so many, separated by commas.
func (f Form) upToParts(limit int) Form {
	f.validators = append(slices.Clone(f.validators), atMost(limit, ","))
	return f
}

// wholeNumber is a number that GitLab keeps as text.
var wholeNumber = patterned(`-?\d+`, "must be a whole number", "forty-two")

// trimmed is text of which GitLab tells the blanks around it in one answer and
// not in another, so that they never leave.
var trimmed = Form{send: strings.TrimSpace, canon: strings.TrimSpace}

// keyAndValue is a list of tags, one a line.
var keyAndValue = Form{
	help:  "One `key:value` a line.",
	send:  strings.TrimSpace,
	canon: strings.TrimSpace,
	validators: []validator.String{matching(`^(\s*([^\s:]+:.*)?(\n|$))*$`,
		"must have key:value in each line, such as team:web", "team=web")},
}

// wordsOf is a list of some of the words, which GitLab writes without blanks and
// each one once.
func wordsOf(words ...string) Form {
	take := func(s string) []string {
		var out []string
		for _, part := range parts(s, ","+blanks) {
			if !slices.Contains(out, part) {
				out = append(out, part)
			}
		}
		return out
	}
	must := "must be some of " + strings.Join(words, ", ") + ", separated by commas"
	join := func(s string) string { return strings.Join(take(s), ",") }
	return Form{
		help:  "Some of `" + strings.Join(words, "`, `") + "`, separated by commas.",
		send:  join,
		canon: join,
		validators: []validator.String{Check{Summary: noMatch, Must: must, Samples: []string{"prod"}, Wrong: func(text string) string {
			if slices.ContainsFunc(take(text), func(word string) bool { return !slices.Contains(words, word) }) {
				return must
			}
			return ""
		}}},
	}
}
