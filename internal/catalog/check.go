package catalog

import (
	"context"
	"fmt"
	"regexp"

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

// matching takes what the pattern matches.
func matching(pattern, must string) Check {
	matches := regexp.MustCompile(pattern)
	return Check{Summary: "Invalid Attribute Value Match", Must: must, Wrong: func(text string) string {
		if matches.MatchString(text) {
			return ""
		}
		return must
	}}
}

// atMost takes as many parts as GitLab does.
func atMost(limit int, separators string) Check {
	return Check{Summary: "Too many values", Must: fmt.Sprintf("at most %d, separated", limit), Wrong: func(text string) string {
		if n := len(parts(text, separators)); n > limit {
			return fmt.Sprintf("names %d values; GitLab takes at most %d", n, limit)
		}
		return ""
	}}
}
