package catalog

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Form is what a text parameter is written in: how it is sent, which spellings
// mean the same to GitLab, and what can be told to be wrong before GitLab is
// asked. The zero Form is free text, sent as it is, equal only to itself.
type Form struct {
	// help is added to the description, to say how the text is written.
	help string
	// send makes the text that goes to GitLab; nil sends it as written.
	send func(string) string
	// canon makes the same text of all spellings that mean the same; nil: only
	// equal ones do.
	canon func(string) string
	// separator stands between the parts of a list that is written as text.
	separator string
	// blank: GitLab takes empty text for a value of its own, also where it requires
	// the parameter.
	blank bool
	// validators run at plan time.
	validators []validator.String
	// doubt says what is likely to be meant otherwise; empty or nil: nothing.
	doubt func(string) string
	// doubtful is a sample of what is doubted.
	doubtful string
}

func (f Form) sent(s string) string {
	if f.send == nil {
		return s
	}
	return f.send(s)
}

func (f Form) canonical(s string) string {
	if f.canon == nil {
		return s
	}
	return f.canon(s)
}

func (f Form) same(a, b string) bool { return f.canonical(a) == f.canonical(b) }

// rules are the validators of a parameter of this form: blank text is an error
// where GitLab wants a value, and how some write "none" elsewhere.
func (f Form) rules(required bool) []validator.String {
	var out []validator.String
	if required && !f.blank {
		out = append(out, notBlank)
	}
	for _, v := range f.validators {
		out = append(out, orEmpty{v})
	}
	return out
}

// sameText is same for attribute values, as a [reader] wants it. A user's
// empty text and no text at all mean the same to GitLab.
func (f Form) sameText(prior, got attr.Value) bool {
	a, _ := prior.(types.String)
	b, _ := got.(types.String)
	return f.same(a.ValueString(), b.ValueString())
}

// planModifiers keep the prior spelling where a new one means the same, so that
// respelling alone plans nothing.
func (f Form) planModifiers() []planmodifier.String {
	if f.canon == nil {
		return nil
	}
	return []planmodifier.String{keepSpelling{f}}
}

type keepSpelling struct{ form Form }

func (keepSpelling) Description(context.Context) string {
	return "Spellings that mean the same to GitLab are no change."
}

func (m keepSpelling) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (m keepSpelling) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.StateValue.IsNull() || req.PlanValue.IsNull() || req.PlanValue.IsUnknown() {
		return
	}
	if m.form.same(req.StateValue.ValueString(), req.PlanValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}

// address is an absolute web address. GitLab 10.5 to 12.3 trims the blanks
// around one; current versions answer them with 500 for most services, so they
// never leave.
var address = Form{
	send:       strings.TrimSpace,
	canon:      strings.TrimSpace,
	validators: []validator.String{webAddress},
}

// trimmedAddress is an address whose trailing slash current GitLab drops when
// it shows it.
var trimmedAddress = Form{
	send:       strings.TrimSpace,
	canon:      func(s string) string { return strings.TrimSuffix(strings.TrimSpace(s), "/") },
	validators: []validator.String{webAddress},
}

var webAddress = func() Check {
	c := matching(`^\s*(?i:https?)://[^\s/]\S*\s*$`,
		"must be an absolute address that starts with http:// or https://, such as https://example.com/path",
		"example.com/path", "https://example.com/a b")
	wrong := c.Wrong
	c.Wrong = func(text string) string {
		must, inner := wrong(text), strings.TrimSpace(text)
		switch {
		case inner == "":
			return must
		case !strings.Contains(inner, ":/"):
			return must + ", and this one has no scheme"
		case strings.ContainsAny(inner, blanks):
			return must + ", and this one has blanks in it: write %20 in their place"
		}
		return must
	}
	return c
}()

// addressPart is text that GitLab puts into an address as it stands. What no
// address may contain is answered with 500 (10.5 EE and 18.9).
var addressPart = Form{validators: []validator.String{Check{
	Summary: "Not part of an address",
	Samples: []string{"My Job"},
	Must:    "must be written as it stands in addresses: a blank as %20",
	Wrong: func(text string) string {
		if as := inAddress(text); as != text {
			return "must be written as it stands in addresses: " + as
		}
		return ""
	},
}}}

// inAddress escapes what the path of an address may not contain (RFC 3986, 3.3).
func inAddress(text string) string {
	return notInPath.ReplaceAllStringFunc(text, func(found string) string {
		if len(found) == 3 && found[0] == '%' {
			return found // It is escaped already.
		}
		return url.PathEscape(found)
	})
}

var notInPath = regexp.MustCompile(`%[0-9A-Fa-f]{2}|[^-A-Za-z0-9._~!$&'()*+,;=:@/]`)

// oneLine is text that GitLab puts behind an address. A secret may end in line
// breaks, which never leave.
var oneLine = Form{validators: []validator.String{
	matching(`^[^\x00-\x1f\x7f]*[\r\n]*$`, "must be one line without control characters", "two\nlines")}}

// commaSeparated is a list in which blanks may matter.
var commaSeparated = Form{help: "Separated by commas."}

// namespaceName is the name of a Kubernetes namespace. GitLab writes it in lower
// case, and has one of its own for an empty one (10.5).
var namespaceName = Form{blank: true, validators: []validator.String{matching(`^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$`,
	"must be the name of a Kubernetes namespace: at most 63 lower-case letters, digits and hyphens", "Web_Site")}}

// list is text that GitLab takes apart at any of the separators: which of them
// are used, and how many in a row, makes no difference. Max is how many parts
// current GitLab takes; 0 is any number.
func list(separators, help string, limit int) Form {
	f := Form{
		help:      help,
		separator: separators[:1],
		canon:     func(s string) string { return strings.Join(parts(s, separators), separators[:1]) },
	}
	if limit > 0 {
		f.validators = []validator.String{atMost(limit, separators)}
	}
	return f
}

// anyOrder is a list whose parts may come in any order: the official provider
// keeps it as a set, sends it in an order of its own, and tells another.
func anyOrder(separators, help string, limit int) Form {
	f := list(separators, help, limit)
	f.canon = func(s string) string {
		all := parts(s, separators)
		slices.Sort(all)
		return strings.Join(all, separators[:1])
	}
	return f
}

// doubts is the form of a text that is likely to be meant otherwise than GitLab
// takes it where it matches, as the sample does.
func (f Form) doubts(pattern, why, sample string) Form {
	matches := regexp.MustCompile(pattern)
	f.doubtful, f.doubt = sample, func(s string) string {
		if !matches.MatchString(s) {
			return ""
		}
		return why
	}
	return f
}

// parseList reads the text, or the list of its parts, which is how the official
// provider keeps some.
func (f Form) parseList(wire any) (attr.Value, bool) {
	items, isList := wire.([]any)
	if !isList {
		return parseText(wire)
	}
	var out []string
	for _, item := range items {
		text, ok := item.(string)
		if !ok {
			return nil, false
		}
		out = append(out, text)
	}
	return types.StringValue(strings.Join(out, f.separator)), true
}

func parts(s, separators string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(separators, r) })
}

const blanks = " \t\r\n"

// channelNames are chat channels: GitLab 16 and later refuse more than ten.
var channelNames = Form{validators: []validator.String{atMost(10, ",")}}.doubts(`[^\s,]\s+[#@]`,
	"GitLab takes the text apart at commas only, and this is the name of one channel with blanks in it. Separate the channels by commas.", "#builds #alerts")

// expression is a regular expression in RE2, the syntax that Go and GitLab
// share. GitLab takes at most 255 characters.
var expression = Form{
	help:       "Written in RE2 syntax, at most 255 characters.",
	validators: []validator.String{stringvalidator.UTF8LengthAtMost(255), re2},
}

var re2 = Check{Summary: "Not a regular expression", Samples: []string{"(?!WEB)"}, Must: "must be a regular expression in RE2 syntax", Wrong: func(text string) string {
	if _, err := regexp.Compile(text); err != nil {
		return fmt.Sprintf("must be a regular expression in RE2 syntax: %s", err)
	}
	return ""
}}

// transitions is a list of the numbers of Jira transitions. GitLab up to 11.8
// took one number only; newer versions take several.
var transitions = Form{
	help: "Numbers separated by commas or semicolons; a plain number works too.",
	validators: []validator.String{matching(`^(\s*\d+\s*([,;]\s*\d+\s*)*)?$`,
		"must be numbers separated by commas or semicolons, such as 31 or \"31,41\"", "31 41", "Done")},
}

// orEmpty lets empty text pass a validator: it is how some write "none".
type orEmpty struct{ validator.String }

func (v orEmpty) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.ValueString() != "" {
		v.String.ValidateString(ctx, req, resp)
	}
}

// notBlank refuses what GitLab answers with "can't be blank".
var notBlank = matching(`\S`, "must not be blank", "")
