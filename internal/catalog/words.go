package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// oneOf takes the words of the enumeration. Of another one it says which of them
// it resembles, else what is likely to be meant.
func (p String) oneOf() Check {
	must := "must be " + either(p.OneOf)
	return Check{Summary: noMatch, Must: must, Samples: []string{p.Refused}, Wrong: func(text string) string {
		if slices.Contains(p.OneOf, text) {
			return ""
		}
		if strings.TrimSpace(text) == "" {
			return must + ", and is blank"
		}
		likely := p.Likely
		if near := nearest(text, p.OneOf); near != "" {
			likely = "What is meant may be " + near
		}
		return strings.TrimRight(fmt.Sprintf("%s, and is %q. %s", must, text, likely), ". ")
	}}
}

// either lists choices in a sentence.
func either(choices []string) string {
	if n := len(choices); n > 1 {
		return strings.Join(choices[:n-1], ", ") + " or " + choices[n-1]
	}
	return strings.Join(choices, "")
}

// nearest is the one word that a text may be meant for: written in another way,
// in part, or with a slip; "" where it is none or more than one.
func nearest(text string, words []string) string {
	plain := strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(strings.TrimSpace(text)))
	for _, resembles := range []func(word string) bool{
		func(word string) bool { return plain == word },
		func(word string) bool { return len(word) > 3 && distance(plain, word) <= 2 },
		func(word string) bool { return len(plain) > 2 && strings.Contains(word, plain) },
	} {
		var found []string
		for _, word := range words {
			if resembles(word) {
				found = append(found, word)
			}
		}
		if len(found) == 1 {
			return found[0]
		}
	}
	return ""
}

// distance is how many letters must be put in, taken out or changed to make one
// text of the other.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, before+1)
		}
	}
	return row[len(b)]
}

// numbers validates a whole number.
type numbers struct {
	must   string
	taken  func(int64) bool
	sample int64 // is not taken
}

// oneOf takes the numbers that mean something.
func (p Int) oneOf() numbers {
	var choices []string
	highest := int64(0)
	for _, n := range p.OneOf {
		choices = append(choices, fmt.Sprintf("%d (%s)", n.Value, n.Meaning))
		highest = max(highest, n.Value)
	}
	return numbers{
		must:   "must be " + either(choices),
		taken:  func(v int64) bool { return slices.ContainsFunc(p.OneOf, func(n Number) bool { return n.Value == v }) },
		sample: highest + 1,
	}
}

func (n numbers) Description(context.Context) string { return n.must }

func (n numbers) MarkdownDescription(context.Context) string { return n.must }

func (n numbers) ValidateInt64(_ context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	value := req.ConfigValue
	if value.IsNull() || value.IsUnknown() || n.taken(value.ValueInt64()) {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, noMatch, fmt.Sprintf("Attribute %s %s, and is %d.", req.Path, n.must, value.ValueInt64()))
}
