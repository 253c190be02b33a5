package fakegitlab

import (
	"cmp"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
)

// offences are the errors of a record, by field.
type offences []offence

type offence struct {
	field    string
	messages []string
}

// add adds an error, unless the message is empty.
func (e *offences) add(field, message string) {
	if message == "" {
		return
	}
	for i := range *e {
		if (*e)[i].field == field {
			(*e)[i].messages = append((*e)[i].messages, message)
			return
		}
	}
	*e = append(*e, offence{field, []string{message}})
}

// String prints the errors of a record the way Ruby prints the hash:
// {:webhook=>["can't be blank"]}.
func (e offences) String() string {
	fields := make([]string, len(e))
	for i, o := range e {
		quoted := make([]string, len(o.messages))
		for j, m := range o.messages {
			quoted[j] = strconv.Quote(m)
		}
		name := o.field
		if strings.Contains(name, ".") {
			name = strconv.Quote(name)
		}
		fields[i] = fmt.Sprintf(":%s=>[%s]", name, strings.Join(quoted, ", "))
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

// invalid is the answer for a record that was refused. Before 17.2 it does not
// say why. Empty braces mean that the web hook derived from the settings was
// refused, not the settings.
func (r *release) invalid(errs offences) error {
	refused := badRequest("400 Bad Request")
	if r.DetailedErrors {
		refused = badRequest("Failed to update integration. " + errs.String())
	}
	refused.offences = errs
	return refused
}

const (
	blankMessage    = "can't be blank"
	includedMessage = "is not included in the list"
)

var emailPattern = regexp.MustCompile(`^[^@\s]+@[^@\s]+$`)

// validation returns what a record is refused for.
type validation func(h *home, svc *service, rec *record, sent map[string]any) offences

// validate returns what an active record is refused for.
func (s *Server) validate(h *home, svc *service, rec *record, sent map[string]any) offences {
	errs := s.otherTrackers(h, svc, rec)
	for _, p := range svc.Params {
		x := svc.setting(p, rec)
		for _, rule := range rules {
			errs.add(cmp.Or(p.ReportedAs, p.Name), rule(x))
		}
		errs.add("base", x.refusedValue())
		if table := svc.DataTable; table != nil {
			errs.add(table.Name+"."+p.Name, tooLong(textOf(x.value), table.MaxLength))
		}
	}
	svc.validateLogin(rec, sent, &errs)
	return errs
}

// otherTrackers refuses a second active issue tracker: a rule of projects.
func (s *Server) otherTrackers(h *home, svc *service, rec *record) offences {
	if !s.release.OneTracker || !svc.Tracker || !rec.active || h.level != projectLevel {
		return nil
	}
	var errs offences
	for slug, rec := range h.records {
		if other := s.release.service(slug); slug != svc.Slug && other != nil && other.Tracker && rec.active {
			errs.add("base", "Another issue tracker is already in use. Only one issue tracker service can be active at a time")
			break
		}
	}
	return errs
}

// setting is one parameter of a record under validation.
type setting struct {
	*param
	svc      *service
	rec      *record
	value    any
	blank    bool
	required bool
}

func (svc *service) setting(p *param, rec *record) setting {
	v := rec.params[p.Name]
	return setting{
		param: p, svc: svc, rec: rec, value: v, blank: isBlank(v),
		required: p.Present || p.PresentWhen != nil && p.PresentWhen.holds(rec) ||
			p.PresentUnless != "" && isBlank(rec.params[p.PresentUnless]),
	}
}

// rules are what a setting is checked for, in the order of the messages. Each
// reads its own column of the contract and returns what is wrong, or nothing.
var rules = []func(setting) string{
	setting.missing, setting.unlistedWord, setting.badURL, setting.tooManyChannels,
	setting.badRegexp, setting.badLength, setting.tooManyRecipients, setting.noIRCRecipient,
	setting.badPattern, setting.badNumber, setting.badWords, setting.badKey, setting.badJSON, setting.lacksOther,
}

func (x setting) missing() string {
	switch {
	case !x.required || !x.blank:
		return ""
	case x.PresentWhen != nil && x.PresentWhen.Message != "":
		return x.PresentWhen.Message
	}
	return blankMessage
}

func (x setting) unlistedWord() string {
	optional := x.blank && !x.required && !contains(x.OneOf, true) // false is blank, and null is no boolean
	if x.OneOf == nil || optional || contains(x.OneOf, x.value) {
		return ""
	}
	return includedMessage
}

func (x setting) badURL() string {
	if x.URL == "" || x.blank && (!x.required || x.URLWhenGiven) || x.URLWhen != "" && truth(x.rec.params[x.URLWhen]) != true {
		return ""
	}
	schemes := x.Schemes
	if schemes == nil {
		schemes = webSchemes
	}
	return urlOffence(textOf(x.value), x.URL, schemes)
}

func (x setting) tooManyChannels() string {
	if x.MaxChannels > 0 && len(x.svc.channels(x.param, x.rec)) > x.MaxChannels {
		return fmt.Sprintf("cannot have more than %d channels", x.MaxChannels)
	}
	return ""
}

func (x setting) badRegexp() string {
	if x.Regexp && !x.blank {
		var broken *syntax.Error
		if _, err := regexp.Compile(textOf(x.value)); errors.As(err, &broken) {
			// Ruby's library for it has the same words, but for this one.
			return fmt.Sprintf("not valid RE2 syntax: %s: %s", strings.Replace(string(broken.Code), "closing ", "", 1), broken.Expr)
		}
	}
	return ""
}

func (x setting) badLength() string {
	if x.MaxLength == 0 {
		return ""
	}
	return tooLong(textOf(x.value), x.MaxLength)
}

func tooLong(text string, limit int) string {
	if len([]rune(text)) <= limit {
		return ""
	}
	return fmt.Sprintf("is too long (maximum is %d characters)", limit)
}

func (x setting) tooManyRecipients() string {
	if m := x.MaxRecipients; m != nil && m.count(textOf(x.value)) > m.Limit {
		return fmt.Sprintf("can't exceed %d", m.Limit)
	}
	return ""
}

func (x setting) noIRCRecipient() string {
	if x.IRC != "" && textOf(x.value) != "" && !hasIRCRecipient(textOf(x.value), textOf(x.rec.params[x.IRC])) {
		return "are all invalid"
	}
	return ""
}

func (x setting) badPattern() string {
	if x.Pattern == nil || x.blank && !x.Pattern.Blank || x.Pattern.Is.MatchString(textOf(x.value)) {
		return ""
	}
	return x.Pattern.Message
}

func (x setting) badNumber() string {
	if x.Number == nil || x.blank && !x.Number.Blank {
		return ""
	}
	return x.Number.offence(textOf(x.value))
}

func (x setting) badWords() string {
	if x.Words == nil || x.blank {
		return ""
	}
	for word := range strings.SplitSeq(textOf(x.value), ",") {
		if !slices.Contains(x.Words.Of, word) {
			return x.Words.Message
		}
	}
	return ""
}

func (x setting) badKey() string {
	if !x.PEM {
		return ""
	}
	block, _ := pem.Decode([]byte(textOf(x.value)))
	if block != nil {
		for _, parse := range []func([]byte) error{
			func(der []byte) error { _, err := x509.ParsePKCS8PrivateKey(der); return err },
			func(der []byte) error { _, err := x509.ParsePKCS1PrivateKey(der); return err },
			func(der []byte) error { _, err := x509.ParseECPrivateKey(der); return err },
		} {
			if parse(block.Bytes) == nil {
				return ""
			}
		}
	}
	return "must be a valid PEM private key"
}

func (x setting) badJSON() string {
	if x.JSON == nil {
		return ""
	}
	var object map[string]any
	if err := json.Unmarshal([]byte(textOf(x.value)), &object); err != nil || object["type"] != x.JSON.Type {
		return x.JSON.Message
	}
	for _, key := range x.JSON.Keys {
		if _, there := object[key]; !there {
			return x.JSON.Message
		}
	}
	return ""
}

// crashesGitLab reports whether a text that is no JSON stands where GitLab parses
// it without a look.
func (j *jsonShape) crashesGitLab(v any) bool {
	return j != nil && v != nil && !json.Valid([]byte(textOf(v)))
}

func (x setting) lacksOther() string {
	if r := x.Requires; r != nil && truth(x.value) == true && truth(x.rec.params[r.Param]) != true {
		return r.Message
	}
	return ""
}

// refusedValue is an error of the whole record.
func (x setting) refusedValue() string {
	h := x.RefusedHost
	if h != nil && contains(h.Values, x.value) && strings.HasSuffix(hostOf(textOf(x.rec.params[h.Param])), h.Suffix) {
		return h.Message
	}
	return ""
}

func contains(list []any, v any) bool {
	return slices.ContainsFunc(list, func(x any) bool { return equalValues(x, v) })
}

func (c *condition) holds(rec *record) bool {
	v := rec.params[c.Param]
	return slices.ContainsFunc(c.Is, func(x any) bool {
		if _, isBool := x.(bool); isBool {
			return truth(v) == x
		}
		return equalValues(v, x)
	})
}

func (svc *service) validateLogin(rec *record, sent map[string]any, errs *offences) {
	if svc.Login == nil {
		return
	}
	user, password := rec.params[svc.Login.User], rec.params[svc.Login.Password]
	var needsUser, needsPassword bool
	switch svc.Login.Rule {
	case bothOrNull:
		needsUser, needsPassword = password != nil, user != nil
	case bothOrBlank:
		needsUser, needsPassword = !isBlank(password), !isBlank(user)
	case userWithPassword:
		_, needsUser = sent[svc.Login.Password]
	case userWithGiven:
		needsUser = !isBlank(sent[svc.Login.Password])
	}
	if needsUser && isBlank(user) {
		errs.add(svc.Login.User, blankMessage)
	}
	if needsPassword && isBlank(password) {
		errs.add(svc.Login.Password, blankMessage)
	}
}

// channels are the channels that an event's messages would go to: its own, or
// those of the event it echoes, or the default ones.
func (svc *service) channels(p *param, rec *record) []string {
	text := textOf(rec.params[p.Name])
	if strings.TrimSpace(text) == "" && p.Echoes != "" {
		text = textOf(rec.params[p.Echoes])
	}
	if strings.TrimSpace(text) == "" {
		text = textOf(rec.params[svc.DefaultChannel])
	}
	var channels []string
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(channels, name) {
			channels = append(channels, name)
		}
	}
	return channels
}

// count returns the number of mail addresses in text, which is what the limits
// count: anything that is no address is skipped.
func (m *maxRecipients) count(text string) int {
	blanks := func(r rune) bool { return strings.ContainsRune(" \t\r\n\f\v", r) }
	separates := blanks
	if m.Separators == "commas and blanks" {
		text = strings.NewReplacer("<", "", ">", "").Replace(text)
		separates = func(r rune) bool { return r == ',' || blanks(r) }
	}
	seen := make(map[string]bool)
	for _, word := range strings.FieldsFunc(text, separates) {
		if emailPattern.MatchString(word) {
			seen[strings.ToLower(word)] = true
		}
	}
	return len(seen)
}

// hasIRCRecipient reports whether one of the recipients is a URI that irker can
// serve, by itself or with the base URI before it.
func hasIRCRecipient(recipients, base string) bool {
	isIRC := func(text string) bool {
		u, err := url.Parse(text)
		return err == nil && (u.Scheme == "irc" || u.Scheme == "ircs")
	}
	words := strings.Fields(recipients)
	return slices.ContainsFunc(words, isIRC) || len(words) > 0 && isIRC(base)
}

func (n *number) offence(text string) string {
	f, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return "is not a number"
	}
	whole, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	switch {
	case err != nil || float64(whole) != f:
		return "must be an integer"
	case n.Positive && whole <= 0:
		return "must be greater than 0"
	}
	return ""
}
