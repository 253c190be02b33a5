package fakegitlab

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// put does what GitLab does with the declared parameters of a PUT: assign what
// was sent, switch the service on, validate, save. It returns the record that
// the answer shows, or a *refusal; then nothing was changed.
func (s *Server) put(pr *project, svc *service, sent map[string]any) (*record, error) {
	prev := pr.records[svc.Slug]
	inherits, err := s.inherits(svc, prev, sent)
	if err != nil {
		return nil, err
	}
	if inherits {
		return s.putInherited(pr, svc, prev), nil
	}

	next := s.unconfigured(svc)
	if prev != nil {
		next = svc.loaded(prev)
		// From 17.3 on a PUT that gets here makes the record the project's own;
		// before, it changes an inherited copy and leaves the link.
		next.inherits = prev.inherits && s.release.InstanceDefaults == "copied"
	}
	next.active = true
	if err := s.release.assign(svc, next, sent); err != nil {
		return nil, err
	}
	if prev != nil {
		svc.resetSecrets(prev, next, sent)
		svc.wipePassword(prev, next, sent)
		if svc.halfClearsLogin(prev, sent) {
			return nil, errCrash
		}
	}
	if errs := s.validate(pr, svc, next); len(errs) > 0 {
		return nil, s.release.invalid(errs)
	}
	if svc.Hook != "" && localHost(textOf(next.params[svc.Hook])) != "" {
		return nil, s.release.invalid(nil)
	}
	if s.release.nullsColumn(svc, next) {
		return nil, errCrash
	}
	if svc.ActiveWhen != "" {
		next.active = truth(next.params[svc.ActiveWhen]) == true
	}
	return s.store(pr, svc, next), nil
}

// assign writes what was sent into the record. Keys that were not sent keep
// their value: PUT is a partial update.
func (r *release) assign(svc *service, rec *record, sent map[string]any) error {
	for _, name := range svc.BrokenEvents {
		if _, ok := sent[name]; ok {
			return errCrash
		}
	}
	for _, p := range svc.Params {
		v, ok := sent[p.Name]
		switch {
		case !ok || p.Discarded:
			continue
		case p.Fatal:
			return errCrash
		}
		if text, isText := v.(string); isText {
			if trimmed := strings.TrimSpace(text); trimmed != "" && trimmed != text {
				switch p.Blanks {
				case "trim":
					text = trimmed
				case "crash":
					return errCrash
				}
			}
			if p.LowerCase {
				text = strings.ToLower(text)
			}
			v = text
		} else if list, isList := v.([]any); isList {
			v = tidyList(list)
		}
		rec.params[p.Name] = v
	}
	for _, name := range svc.Events {
		if v, ok := sent[name]; ok {
			rec.flags[name] = columnTruth(v)
		}
	}
	return nil
}

// nullsColumn reports whether saving would write null into a column that does
// not take it. Validation comes first, so a 400 hides this 500.
func (r *release) nullsColumn(svc *service, rec *record) bool {
	for _, f := range r.Flags {
		if f.NotNull && rec.flags[f.Name] == nil {
			return true
		}
	}
	for _, p := range svc.Params {
		if p.NotNull && rec.params[p.Name] == nil {
			return true
		}
	}
	return false
}

// resetSecrets nulls every secret that the request does not repeat when a
// setting changes that says where the secrets are sent (about 15.1 on). It runs
// before validation, which then refuses the record if the secret must be there.
func (svc *service) resetSecrets(prev, next *record, sent map[string]any) {
	moved := slices.ContainsFunc(svc.Params, func(p *param) bool {
		return p.ExposesSecrets && !equalValues(prev.params[p.Name], next.params[p.Name])
	})
	if !moved {
		return
	}
	for _, p := range svc.Params {
		if _, ok := sent[p.Name]; p.Hidden && !ok {
			next.params[p.Name] = nil
		}
	}
}

// wipePassword is the 10.x form of resetSecrets, for the password alone. No
// validation misses it there, so it goes without a word.
func (svc *service) wipePassword(prev, next *record, sent map[string]any) {
	if svc.Wipes == nil {
		return
	}
	if _, repeated := sent[svc.Login.Password]; repeated {
		return
	}
	moved := slices.ContainsFunc(svc.Wipes.PasswordOn, func(name string) bool {
		return !equalValues(prev.params[name], next.params[name])
	})
	if moved || svc.Wipes.PasswordWithout != "" && isBlank(next.params[svc.Wipes.PasswordWithout]) {
		if _, stored := next.params[svc.Login.Password]; stored {
			next.params[svc.Login.Password] = nil
		}
	}
}

// halfClearsLogin reports the crash of a blank user name sent without the key
// of the password while one is stored.
func (svc *service) halfClearsLogin(prev *record, sent map[string]any) bool {
	if svc.Login == nil || svc.Login.HalfCleared != "crash" {
		return false
	}
	user, userSent := sent[svc.Login.User]
	_, passwordSent := sent[svc.Login.Password]
	return userSent && isBlank(user) && !passwordSent && !isBlank(prev.params[svc.Login.Password])
}

// offences are the errors of a record, by field.
type offences []offence

type offence struct {
	field    string
	messages []string
}

func (e *offences) add(field, message string) {
	for i := range *e {
		if (*e)[i].field == field {
			(*e)[i].messages = append((*e)[i].messages, message)
			return
		}
	}
	*e = append(*e, offence{field, []string{message}})
}

// invalid is the answer for a record that was refused. Before 17.2 it does not
// say why. Empty braces mean that the web hook derived from the settings was
// refused, not the settings.
func (r *release) invalid(errs offences) error {
	if !r.DetailedErrors {
		return badRequest("400 Bad Request")
	}
	return badRequest("Failed to update integration. " + errs.String())
}

const (
	blankMessage    = "can't be blank"
	includedMessage = "is not included in the list"
)

var (
	emailPattern     = regexp.MustCompile(`^[^@\s]+@[^@\s]+$`)
	digitPattern     = regexp.MustCompile(`\d`)
	hostLabelPattern = regexp.MustCompile(`^[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?$`)
)

// validate returns what an active record is refused for.
func (s *Server) validate(pr *project, svc *service, rec *record) offences {
	var errs offences
	if s.release.OneTracker && svc.Tracker && s.otherTracker(pr, svc) {
		errs.add("base", "Another issue tracker is already in use. Only one issue tracker service can be active at a time")
	}
	for _, p := range svc.Params {
		p.validate(svc, rec, &errs)
	}
	svc.validateLogin(rec, &errs)
	return errs
}

func (s *Server) otherTracker(pr *project, svc *service) bool {
	for slug, rec := range pr.records {
		if other := s.release.service(slug); slug != svc.Slug && other != nil && other.Tracker && rec.active {
			return true
		}
	}
	return false
}

func (p *param) validate(svc *service, rec *record, errs *offences) {
	v := rec.params[p.Name]
	blank := isBlank(v)
	required := p.Present || p.PresentWhen != nil && p.PresentWhen.holds(rec)
	if required && blank {
		errs.add(p.Name, blankMessage)
	}
	if p.OneOf != nil && (!blank || required) && !slices.ContainsFunc(p.OneOf, func(x any) bool { return equalValues(x, v) }) {
		errs.add(p.Name, includedMessage)
	}
	if p.URL != "" && (!blank || required) && (p.URLWhen == "" || truth(rec.params[p.URLWhen]) == true) {
		if m := urlOffence(textOf(v), p.URL); m != "" {
			errs.add(p.Name, m)
		}
	}
	if p.MaxChannels > 0 {
		if n := len(svc.channels(p, rec)); n > p.MaxChannels {
			errs.add(p.Name, fmt.Sprintf("cannot have more than %d channels", p.MaxChannels))
		}
	}
	if blank {
		return
	}
	text := textOf(v)
	if p.Regexp {
		if _, err := regexp.Compile(text); err != nil {
			errs.add(p.Name, "not valid RE2 syntax: "+err.Error())
		}
	}
	if p.MaxLength > 0 && len([]rune(text)) > p.MaxLength {
		errs.add(p.Name, tooLong(p.MaxLength))
	}
	if m := p.MaxRecipients; m != nil && m.count(text) > m.Limit {
		errs.add(p.Name, fmt.Sprintf("can't exceed %d", m.Limit))
	}
	if p.IRC != "" && !hasIRCRecipient(text, textOf(rec.params[p.IRC])) {
		errs.add(p.Name, "are all invalid")
	}
	if p.TransitionIDs && !digitPattern.MatchString(text) {
		errs.add(p.Name, "IDs must be a list of numbers that can be split with , or ;")
	}
	if p.HostLabel {
		if !hostLabelPattern.MatchString(text) {
			errs.add(p.Name, "is invalid")
		}
		if len(text) > 63 {
			errs.add(p.Name, tooLong(63))
		}
	}
	if p.WholeNumber {
		if m := wholeNumberOffence(text); m != "" {
			errs.add(p.Name, m)
		}
	}
	if h := p.RefusedHost; h != nil && slices.ContainsFunc(h.Values, func(x any) bool { return equalValues(x, v) }) &&
		strings.HasSuffix(hostOf(textOf(rec.params[h.Param])), h.Suffix) {
		errs.add("base", h.Message)
	}
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

func (svc *service) validateLogin(rec *record, errs *offences) {
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
		needsUser = !isBlank(password)
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

func wholeNumberOffence(text string) string {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "is not a number"
	}
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil || float64(n) != f:
		return "must be an integer"
	case n <= 0:
		return "must be greater than 0"
	}
	return ""
}

func tooLong(limit int) string {
	return fmt.Sprintf("is too long (maximum is %d characters)", limit)
}

// urlOffence says what is wrong with a URL. Names are not looked up: GitLab
// accepts one that does not resolve.
func urlOffence(text, kind string) string {
	if strings.TrimSpace(text) == "" {
		return "must be a valid URL"
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https":
		return "is blocked: Only allowed schemes are http, https"
	case u.Hostname() == "":
		return "is blocked: URI is invalid"
	case kind == "public":
		if local := localHost(text); local != "" {
			return "is blocked: " + local
		}
	}
	return ""
}

func hostOf(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// sharedAddresses is the address space of carriers, which GitLab counts as
// local.
var sharedAddresses = netip.MustParsePrefix("100.64.0.0/10")

// localHost says which local network a URL leads to, or nothing.
func localHost(text string) string {
	host := hostOf(text)
	addr, err := netip.ParseAddr(host)
	switch {
	case host == "localhost" || strings.HasSuffix(host, ".localhost"):
		return "Requests to localhost are not allowed"
	case err != nil:
		return ""
	case addr.IsUnspecified():
		return "Requests to localhost are not allowed"
	case addr.IsLoopback():
		return "Requests to loopback addresses are not allowed"
	case addr.IsLinkLocalUnicast():
		return "Requests to the link local network are not allowed"
	case addr.IsPrivate():
		return "Requests to the local network are not allowed"
	case sharedAddresses.Contains(addr):
		return "Requests to the shared address space are not allowed"
	}
	return ""
}
