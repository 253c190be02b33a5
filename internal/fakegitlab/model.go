package fakegitlab

import (
	"slices"
	"strings"
)

// put does what GitLab does with the declared parameters of a PUT: assign what
// was sent, switch the service on, validate, save. It returns the record that
// the answer shows, or a *refusal; then nothing was changed.
func (s *Server) put(h *home, svc *service, sent map[string]any) (*record, error) {
	prev := h.records[svc.Slug]
	if prev == nil && svc.CreateRefused != "" {
		return nil, refuse(422, svc.CreateRefused)
	}
	if s.follows(h, svc, sent) {
		return s.putInherited(h, svc)
	}

	next := s.unconfigured(h, svc)
	if prev != nil {
		next = svc.loaded(prev)
	}
	if s.release.InstanceDefaults == "inherited" {
		// A PUT that gets here makes the record the home's own; before 17.3 it
		// changes an inherited copy and leaves the link.
		next.inheritsFrom = 0
	}
	next.active = prev != nil && prev.active || !svc.KeepsActive
	return s.submit(h, svc, next, sent, s.validate)
}

// submit assigns what was sent to a record that is to replace the one there is,
// and saves it, unless the validation refuses it.
func (s *Server) submit(h *home, svc *service, next *record, sent map[string]any, validate validation) (*record, error) {
	if err := s.release.assign(svc, next, sent); err != nil {
		return nil, err
	}
	if prev := h.records[svc.Slug]; prev != nil {
		svc.resetSecrets(prev, next, sent)
		svc.wipePassword(prev, next, sent)
		if svc.halfClearsLogin(prev, sent) {
			return nil, errCrash
		}
	}
	if errs := validate(h, svc, next, sent); len(errs) > 0 {
		return nil, s.release.invalid(errs)
	}
	if hook := textOf(next.params[svc.Hook]); !isBlank(hook) && urlOffence(hook, "public", webSchemes) != "" {
		return nil, s.release.invalid(nil)
	}
	svc.moveFlags(next)
	if s.release.crashes(svc, next) {
		return nil, errCrash
	}
	if svc.ActiveWhen != "" {
		next.active = truth(next.params[svc.ActiveWhen]) == true
	}
	assigned := slices.ContainsFunc(svc.Params, func(p *param) bool { _, ok := sent[p.Name]; return ok && !p.Discarded })
	stored := s.store(h, svc, next, assigned)
	s.handDown(h, svc)
	return stored, nil
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
		case p.Fatal, p.JSON.crashesGitLab(v):
			return errCrash
		}
		v, err := r.rewritten(p, v)
		if err != nil {
			return err
		}
		rec.params[p.Name] = v
	}
	for _, name := range svc.Events {
		if v, ok := sent[name]; ok {
			rec.flags[name] = r.columnTruth(v)
		}
	}
	return nil
}

// rewritten is what is stored of a value.
func (r *release) rewritten(p *param, v any) (any, error) {
	if list, isList := v.([]any); isList {
		return tidyList(list), nil
	}
	text, isText := v.(string)
	if !isText {
		return v, nil
	}
	trimmed := strings.TrimSpace(text)
	if p.Blanks == "crash" && trimmed != "" && trimmed != text {
		return nil, errCrash
	}
	switch {
	case p.BlankIsNull && trimmed == "":
		return nil, nil
	case p.BooleanColumn:
		return r.columnTruth(text), nil
	case p.Blanks == "trim" && trimmed != "":
		text = trimmed
	case p.LowerCase:
		text = strings.ToLower(text)
	case p.List:
		var items []string
		for _, item := range tidyList(anyList(strings.Split(text, ","))) {
			items = append(items, textOf(item))
		}
		text = strings.Join(items, ",")
	}
	return text, nil
}

// crashes reports whether saving the record ends in an unhandled exception: null
// goes into a column that does not take it, or a text breaks the address that is
// made from it. Validation comes first, so a 400 hides this 500.
func (r *release) crashes(svc *service, rec *record) bool {
	for _, f := range r.Flags {
		if f.NotNull && rec.flags[f.Name] == nil {
			return true
		}
	}
	return slices.ContainsFunc(svc.Params, func(p *param) bool {
		v := rec.params[p.Name]
		return p.NotNull && v == nil || p.CrashesOn != nil && !isBlank(v) && p.CrashesOn.MatchString(textOf(v))
	})
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
