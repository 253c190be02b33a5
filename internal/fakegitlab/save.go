package fakegitlab

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// RefusedError is GitLab's no to what a person saved: what its API says to the same
// values, and what is wrong with which setting. Releases before 17.2 know the
// latter too, and do not say it in an answer.
type RefusedError struct {
	Words  string              // of the API
	Fields map[string][]string // by the name of the setting
}

func (e *RefusedError) Error() string { return e.Words }

// refused is an error of the API as a [RefusedError].
func (svc *service) refused(err error) error {
	var r *refusal
	if !errors.As(err, &r) {
		return err
	}
	words, _ := cmp.Or(r.body["message"], r.body["error"]).(string)
	fields := make(map[string][]string)
	for _, o := range r.offences {
		name := o.field[strings.LastIndex(o.field, ".")+1:] // after the name of a second table
		for _, p := range svc.Params {
			if p.ReportedAs == o.field {
				name = p.Name
			}
		}
		fields[name] = append(fields[name], o.messages...)
	}
	return &RefusedError{Words: words, Fields: fields}
}

// Save is [Server.Edit] with the checks of the API: what it refuses, it refuses
// with a [RefusedError], and changes nothing. The values are those of a request: text
// for a number will do. As in the web page, a service that is switched off may
// hold what an active one may not, and what the changes do not name is as it was;
// GitLab still forgets secrets that are not repeated when the address changes that
// they are sent to (about 15.1 on).
func (s *Server) Save(place, slug string, changes map[string]any) error {
	text, err := json.Marshal(changes)
	if err != nil {
		return fmt.Errorf("settings of %s: %w", slug, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h, svc, err := s.findHolder(place, slug)
	if err != nil {
		return err
	}
	if err := s.available(h, svc, true); err != nil {
		return svc.refused(err)
	}
	body, err := s.release.readBody(jsonType, text)
	if err != nil {
		return svc.refused(err)
	}
	next := s.unconfigured(h, svc)
	next.active = true
	if rec := h.records[slug]; rec != nil {
		next = svc.loaded(rec)
	}
	next.inheritsFrom = 0
	if on, named := body["active"]; named {
		next.active = truth(on) == true
	}
	sent, err := s.release.checkForm(svc, body, h.records[slug] != nil)
	if err != nil {
		return svc.refused(err)
	}
	validate := s.validate
	if !next.active && svc.ActiveWhen == "" {
		validate = func(*home, *service, *record, map[string]any) offences { return nil }
	}
	_, err = s.submit(h, svc, next, sent, validate)
	return svc.refused(err)
}

// checkForm is check for a form, which leaves out what is as it was. What was
// never there is missing, unless a null would do.
func (r *release) checkForm(svc *service, body map[string]any, stored bool) (map[string]any, error) {
	var left []string
	for _, p := range svc.Params {
		if _, given := body[p.Name]; p.Required && !given && (stored || !p.Present) {
			body[p.Name] = nil
			left = append(left, p.Name)
		}
	}
	sent, err := r.check(svc, body)
	for _, name := range left {
		delete(sent, name)
	}
	return sent, err
}

// Unconfigured returns what the form of a service shows before anybody has saved
// it: GitLab's defaults, or those of the instance. It reports false when there is
// no such place or slug, and for a service that the place cannot have.
func (s *Server) Unconfigured(place, slug string) (Record, bool) {
	s.mu.look()
	defer s.mu.Unlock()
	h, svc, err := s.find(place, slug)
	if err != nil || !s.holds(h, svc) || s.available(h, svc, true) != nil {
		return Record{}, false
	}
	rec := s.unconfigured(h, svc)
	return Record{Title: svc.title(rec), Flags: rec.flags, Params: rec.params}, true
}

// Place is a project, a group, or the instance, at a glance.
type Place struct {
	Noun     string // "project", "group" or "instance"
	ID       int64  // 0 for the instance
	Path     string // [Instance] for the instance
	Services []Configured
}

// Configured says whether a service is on that has a row.
type Configured struct {
	Slug   string
	Active bool
}

// Places returns all that can have services in this release, each after what is
// above it.
func (s *Server) Places() []Place {
	s.mu.look()
	defer s.mu.Unlock()
	s.runDue()
	homes := []*home{s.instance}
	if s.release.Groups {
		homes = append(homes, s.groups.all()...)
	}
	homes = append(homes, s.projects.all()...)
	// With the slash a group's own come before those of a group whose name goes
	// on where its ends.
	slices.SortStableFunc(homes[1:], func(a, b *home) int { return strings.Compare(a.path+"/", b.path+"/") })
	places := make([]Place, len(homes))
	for i, h := range homes {
		places[i] = Place{Noun: h.level.noun, ID: h.id, Path: h.path}
		for _, svc := range s.release.Services {
			if rec := h.records[svc.Slug]; rec != nil {
				places[i].Services = append(places[i].Services, Configured{svc.Slug, rec.active})
			}
		}
	}
	return places
}
