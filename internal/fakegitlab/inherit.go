package fakegitlab

import (
	"fmt"
	"slices"
	"time"
)

// errNoDefault is GitLab's refusal of use_inherited_settings when there is
// nothing to inherit.
var errNoDefault = badRequest("Default integration not found.")

// SetInstanceDefault makes params (parameters and event flags) the active
// default of the instance for slug, or removes the default when params is nil.
// A slug or setting that the release does not have is left out.
//
// Up to 13.x (profiles 10.5 to 13.0) the default is a template: GET shows it
// where nothing is configured, and a first PUT starts from it. On 16.0 a first PUT
// starts from it too and the record counts as inherited, although PUT may change
// it. On 18.9 and later a record that inherits ignores what PUT says, unless it says
// use_inherited_settings: false. From 16.0 on, projects added later get a copy by
// themselves; those that exist get one, and copies follow a changed default, by
// a background job: see [Server.SetPropagation]. With the default everything goes
// that inherits from it, as GitLab 18.9 has it.
//
// https://docs.gitlab.com/administration/settings/project_integration_management/
func (s *Server) SetInstanceDefault(slug string, params map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	svc := s.release.service(slug)
	if svc == nil {
		return
	}
	if params == nil {
		s.erase(s.instance, slug)
		return
	}
	def := s.release.newRecord(svc)
	def.active = true
	for name, v := range params {
		plain, err := plainValue(v)
		if err != nil {
			continue
		}
		if s.release.hasFlag(name) {
			def.flags[name] = truth(plain)
		} else if svc.param(name) != nil {
			def.params[name] = plain
		}
	}
	if prev := s.instance.records[slug]; prev != nil {
		def.id, def.created = prev.id, prev.created
	}
	svc.moveFlags(def)
	s.store(s.instance, svc, def, true)
	s.handDown(s.instance, svc)
}

// erase removes the record of a home. What inherits from it goes too, as the
// foreign key of GitLab's table has it.
func (s *Server) erase(from *home, slug string) {
	gone := from.records[slug]
	if gone == nil {
		return
	}
	delete(from.records, slug)
	for _, h := range s.everywhere() {
		rec := h.records[slug]
		switch {
		case rec == nil || rec.inheritsFrom != gone.id:
		case s.release.InstanceDefaults == "inherited":
			delete(h.records, slug)
		default:
			rec = rec.clone()
			rec.inheritsFrom = 0
			h.records[slug] = rec
		}
	}
}

// everywhere is every home there is, the highest first.
func (s *Server) everywhere() []*home {
	return slices.Concat([]*home{s.instance}, s.groups.all(), s.projects.all())
}

// holderOf is the home whose record has an id, or nil.
func (s *Server) holderOf(slug string, id int64) *home {
	for _, h := range s.everywhere() {
		if rec := h.records[slug]; rec != nil && rec.id == id {
			return h
		}
	}
	return nil
}

// handOutDefaults gives a new project or group its inherited copies.
func (s *Server) handOutDefaults(h *home) {
	if s.release.InstanceDefaults == "template" {
		return
	}
	for _, svc := range s.release.Services {
		if source := s.nearest(h, svc); source != nil && source.records[svc.Slug].active && s.holds(h, svc) {
			s.copyRecord(h, svc, source.records[svc.Slug], s.stampNow())
		}
	}
}

// holds reports whether a home can have a record of the service in this release.
func (s *Server) holds(h *home, svc *service) bool {
	return h.level == projectLevel || svc.Level != "project" && (h.level == instanceLevel || s.release.Groups)
}

// nearest is the home that a home inherits from: the nearest group above that
// has settings of its own, switched on or not, else the instance. It is nil when
// there is none.
func (s *Server) nearest(h *home, svc *service) *home {
	for _, from := range append(s.above(h), s.instance) {
		if rec := from.records[svc.Slug]; from != h && rec != nil && rec.inheritsFrom == 0 {
			return from
		}
	}
	return nil
}

// Source returns the place whose settings a service of a project or a group
// follows when it is told to: the path of a group, or [Instance]. It reports
// false when there is none.
func (s *Server) Source(place, slug string) (string, bool) {
	s.mu.look()
	defer s.mu.Unlock()
	h, svc, err := s.find(place, slug)
	if err != nil || s.release.InstanceDefaults == "template" || !s.holds(h, svc) {
		return "", false
	}
	from := s.nearest(h, svc)
	if from == nil {
		return "", false
	}
	return from.path, true
}

// Inherit has a service follow the settings of what is above it, as a person
// does in the web page who chooses the default settings. It fails when there is
// no such place or slug, or nothing to inherit.
func (s *Server) Inherit(place, slug string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	h, svc, err := s.find(place, slug)
	if err != nil {
		return err
	}
	if s.release.InstanceDefaults == "template" || !s.holds(h, svc) {
		return fmt.Errorf("%s of %s inherits nothing in GitLab %s", slug, h.name(), s.release.Profile)
	}
	_, err = s.putInherited(h, svc)
	return err
}

// unconfigured is the record that a first PUT fills in. Only a default of the
// instance shows in it, and only in a project: groups above are asked when the
// record is to inherit.
func (s *Server) unconfigured(h *home, svc *service) *record {
	def := s.instance.records[svc.Slug]
	if def == nil || h.level != projectLevel || svc.Level == "project" {
		return s.release.newRecord(svc)
	}
	rec := def.clone()
	rec.id, rec.inheritsFrom = 0, 0
	if s.release.InstanceDefaults != "template" {
		rec.inheritsFrom = def.id
	}
	return rec
}

// follows decides whether a PUT keeps or makes the record inherit, in which case
// it ignores everything else. Without the parameter things stay as they are: a
// record that inherits goes on, and so does a project that has none while the
// instance has a default.
func (s *Server) follows(h *home, svc *service, sent map[string]any) bool {
	if s.release.InstanceDefaults != "inherited" {
		return false
	}
	if use, said := sent[useInherited]; said {
		return use == true
	}
	if rec := h.records[svc.Slug]; rec != nil {
		return rec.inheritsFrom != 0
	}
	return h.level == projectLevel && s.instance.records[svc.Slug] != nil && svc.Level != "project"
}

// putInherited answers a PUT on a record that inherits. GitLab saves where the
// record inherits from, builds the answer, and only then copies the settings: the
// next GET shows them. A group's own are not copied before the default above it
// is saved again.
func (s *Server) putInherited(h *home, svc *service) (*record, error) {
	from := s.nearest(h, svc)
	if from == nil {
		return nil, errNoDefault
	}
	source := from.records[svc.Slug]
	prev := h.records[svc.Slug]
	next := s.unconfigured(h, svc)
	if prev != nil {
		next = svc.loaded(prev)
	}
	next.inheritsFrom = source.id
	if errs := s.otherTrackers(h, svc, next); len(errs) > 0 {
		return nil, s.release.invalid(errs)
	}
	svc.moveFlags(next)
	answer := s.storeRow(h, svc, next)
	if h.level == groupLevel {
		s.handDown(h, svc)
		return answer, nil
	}
	copied := s.copyRecord(h, svc, source, s.stampNow())
	if svc.DataTable != nil && !answer.active {
		// The trackers' table is read for the answer, and by then it has the copy.
		answer = answer.clone()
		answer.params = cloneValues(copied.params)
	}
	return answer, nil
}

// copyRecord makes the service of a home a copy of source, stamped now, and
// returns it.
func (s *Server) copyRecord(h *home, svc *service, source *record, now time.Time) *record {
	next := source.clone()
	next.inheritsFrom = source.id
	if source.inheritsFrom != 0 {
		next.inheritsFrom = source.inheritsFrom
	}
	prev := h.records[svc.Slug]
	if prev == nil {
		s.lastRecordID++
		next.id, next.created = s.lastRecordID, now
	} else {
		next.id, next.created = prev.id, prev.created
	}
	next.updated = stampedAfter(prev, now)
	h.records[svc.Slug] = next
	return next
}
