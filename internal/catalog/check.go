package catalog

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Check validates a text. Unlike the library's validators it does not repeat
// the text, which may be a secret, unless Wrong does.
type Check struct {
	// Summary is that of the error.
	Summary string
	// Must says what is taken.
	Must string
	// Wrong goes on after "Attribute x" with what is wrong with a text: most
	// often Must. It is empty for a text that is taken.
	Wrong func(text string) string
	// Samples are texts that people write and that are not taken, for the
	// documentation.
	Samples []string
}

var _ validator.String = Check{}

// Description is Must.
func (c Check) Description(context.Context) string { return c.Must }

// MarkdownDescription is Must.
func (c Check) MarkdownDescription(context.Context) string { return c.Must }

// ValidateString lets null and unknown values pass.
func (c Check) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if why := c.Wrong(req.ConfigValue.ValueString()); why != "" {
		resp.Diagnostics.AddAttributeError(req.Path, c.Summary, fmt.Sprintf("Attribute %s %s.", req.Path, why))
	}
}

// noMatch is the summary of an error about a text that is not what it must be, in
// the words of the library's validators.
const noMatch = "Invalid Attribute Value Match"

// matching takes what the pattern matches.
func matching(pattern, must string, samples ...string) Check {
	matches := regexp.MustCompile(pattern)
	return Check{Summary: noMatch, Must: must, Samples: samples, Wrong: func(text string) string {
		if matches.MatchString(text) {
			return ""
		}
		return must
	}}
}

// tooMany is the summary where a list is longer than GitLab takes it.
const tooMany = "Too many values"

// atMost takes as many parts as GitLab does.
func atMost(limit int, separators string) Check {
	c := Check{Summary: tooMany, Must: fmt.Sprintf("at most %d, separated", limit), Wrong: func(text string) string {
		if n := len(parts(text, separators)); n > limit {
			return fmt.Sprintf("names %d values; GitLab takes at most %d", n, limit)
		}
		return ""
	}}
	if limit <= 10 { // More of them say nothing to a reader.
		c.Samples = []string{strings.Repeat("a"+separators[:1], limit) + "a"}
	}
	return c
}
