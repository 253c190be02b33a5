package fakegitlab

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// Record is a stored service as the database sees it, for tests.
type Record struct {
	ID        int64
	Title     string // as answers show it
	Active    bool
	Inherited bool // follows what is above it

	// InheritsFrom is the place that it follows: the path of a group, or
	// [Instance].
	InheritsFrom string

	// CreatedAt and UpdatedAt have a precision of a millisecond.
	CreatedAt time.Time
	UpdatedAt time.Time

	// Flags holds every event flag the release has a column for: true, false,
	// or nil for null.
	Flags map[string]any

	// Params holds the stored settings, secrets included, as encoding/json
	// decodes them (numbers are float64). A setting that is unset is absent or
	// nil.
	Params map[string]any
}

// record is a row, never changed once it is stored: writes make a new one.
type record struct {
	id     int64
	active bool

	inheritsFrom int64 // id of another record; 0: it has its own settings

	created time.Time
	updated time.Time
	flags   map[string]any
	params  map[string]any
}

func (rec *record) clone() *record {
	c := *rec
	c.flags = maps.Clone(rec.flags)
	c.params = cloneValues(rec.params)
	return &c
}

// rowEquals reports whether no column of the row differs, settings aside.
func (rec *record) rowEquals(other *record) bool {
	return rec.active == other.active && rec.inheritsFrom == other.inheritsFrom && maps.Equal(rec.flags, other.flags)
}

func (rec *record) paramsEqual(other *record) bool {
	return equalValues(rec.params, other.params)
}

// newRecord is a record nobody has said anything about. Defaults are given to
// new records only: after a DELETE they do not come back.
func (r *release) newRecord(svc *service) *record {
	rec := &record{flags: map[string]any{}, params: map[string]any{}}
	for _, f := range r.Flags {
		rec.flags[f.Name] = f.Default
		if on, all := svc.FlagDefaults["*"]; all {
			rec.flags[f.Name] = on
		}
		if on, own := svc.FlagDefaults[f.Name]; own {
			rec.flags[f.Name] = on
		}
	}
	for _, p := range svc.Params {
		if p.Default != nil {
			rec.params[p.Name] = cloneValue(p.Default)
		}
	}
	return rec
}

// loaded is the record as the model has it after reading the row: some settings
// replace null by themselves. GET shows that without writing it, PUT writes it.
func (svc *service) loaded(rec *record) *record {
	rec = rec.clone()
	for _, p := range svc.Params {
		if rec.params[p.Name] != nil {
			continue
		}
		if p.Heals != nil {
			rec.params[p.Name] = cloneValue(p.Heals)
		} else if from := p.HealsFrom; from != nil && rec.params[from.Param] != nil {
			rec.params[p.Name] = from.value(rec.params[from.Param])
		}
	}
	return rec
}

func (h *healsFrom) value(old any) string {
	on := old == "true"
	if h.TrueIs == "any" {
		on = truth(old) == true
	}
	if on {
		return "default"
	}
	return "all"
}

// cleared is the record after DELETE: fields are null or fall back to the
// default of their column, flags and everything that is no field stay.
func (s *Server) cleared(svc *service, rec *record) *record {
	rec = rec.clone()
	for _, p := range svc.Params {
		if !p.Unlisted && !p.Discarded && !p.Fatal && (p.Needs == "" || s.has(p.Needs)) {
			rec.params[p.Name] = cloneValue(p.Cleared)
		}
	}
	rec.active = false
	return rec
}

// stampNow reads the clock for a stamp.
func (s *Server) stampNow() time.Time { return s.now().UTC().Truncate(time.Millisecond) }

// stampedAfter is the stamp of a row that replaces prev. Two writes of a row never
// share one here, however fast the clock is: a test that compares stamps must
// not depend on luck.
func stampedAfter(prev *record, now time.Time) time.Time {
	if prev != nil && !now.After(prev.updated) {
		return prev.updated.Add(time.Millisecond)
	}
	return now
}

// store makes next the row of the service, stamped by the rules of the release,
// and returns it.
func (s *Server) store(h *home, svc *service, next *record, assigned bool) *record {
	prev := h.records[svc.Slug]
	return s.save(h, svc, next, prev == nil || s.moves(svc, prev, next, assigned))
}

// moveFlags sets the flags that follow a setting.
func (svc *service) moveFlags(rec *record) {
	for _, p := range svc.Params {
		for _, flag := range p.MovesFlags {
			rec.flags[flag] = truth(rec.params[p.Name]) == true
		}
	}
}

// storeRow is store where no setting was assigned by anybody. Of services with a
// second table GitLab touches the row nevertheless, while it is active.
func (s *Server) storeRow(h *home, svc *service, next *record) *record {
	prev := h.records[svc.Slug]
	return s.save(h, svc, next, prev == nil || !prev.rowEquals(next) || (svc.DataFields || svc.Rewrites) && next.active ||
		!svc.DataFields && !prev.paramsEqual(next))
}

func (s *Server) save(h *home, svc *service, next *record, moves bool) *record {
	prev := h.records[svc.Slug]
	if moves {
		next.updated = stampedAfter(prev, s.stampNow())
	}
	if prev == nil {
		s.lastRecordID++
		next.id, next.created = s.lastRecordID, next.updated
	}
	h.records[svc.Slug] = next
	return next
}

// moves reports whether saving next over prev moves updated_at. It belongs to
// the row: settings in a second table do not touch it, and settings that are
// one encrypted blob in the row change with every write that assigns one,
// because each encryption has a fresh initialization vector.
func (s *Server) moves(svc *service, prev, next *record, assigned bool) bool {
	switch {
	case !prev.rowEquals(next), svc.columnsDiffer(prev, next):
		return true
	case svc.DataFields:
		return false
	case s.release.Stamps == "writes":
		return assigned
	}
	return !prev.paramsEqual(next)
}

// columnsDiffer reports whether settings differ that are columns of the row.
func (svc *service) columnsDiffer(a, b *record) bool {
	return slices.ContainsFunc(svc.Params, func(p *param) bool {
		return p.Column && !equalValues(a.params[p.Name], b.params[p.Name])
	})
}

// Edit changes a service as a person in the web page does, or sets it up: an
// existing record keeps what changes does not name, a new one starts with
// GitLab's defaults and is active. The keys are parameters (secrets and
// settings that the API does not take included), event flags, or "active";
// values are stored as given, so "1" stays "1", as the form of old releases
// sends it. Nothing is validated. updated_at moves by the rules of the release:
// from 15.x on every time, except for settings in a second table; before, when
// something changed. An inherited record becomes the project's own.
//
// The place is a project, by its full path or its id in digits as in the API, a
// group by its full path, or [Instance]; what is saved in a group or for the
// instance is handed down by background jobs. Errors: no such place, slug or
// setting, a service that the place cannot have, and values that JSON cannot
// express.
func (s *Server) Edit(place, slug string, changes map[string]any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	h, svc, err := s.findHolder(place, slug)
	if err != nil {
		return err
	}
	next := s.release.newRecord(svc)
	next.active = true
	if rec := h.records[slug]; rec != nil {
		next = svc.loaded(rec)
		next.inheritsFrom = 0
	}
	for name, v := range changes {
		plain, err := plainValue(v)
		if err != nil {
			return fmt.Errorf("%s of %s: %w", name, slug, err)
		}
		if name == "active" {
			next.active = truth(plain) == true
		} else if s.release.hasFlag(name) {
			next.flags[name] = truth(plain)
		} else if p := svc.param(name); p != nil && !p.Fatal {
			next.params[name] = plain
		} else {
			return fmt.Errorf("GitLab %s has no setting %q for %s", s.release.Profile, name, slug)
		}
	}
	if svc.ActiveWhen != "" {
		next.active = truth(next.params[svc.ActiveWhen]) == true
	}
	svc.moveFlags(next)
	s.store(h, svc, next, true)
	s.handDown(h, svc)
	return nil
}

// Disable switches a service off in the web page; all settings stay. It fails
// when the place or the slug does not exist or nothing was ever configured.
func (s *Server) Disable(place, slug string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	h, svc, err := s.find(place, slug)
	if err != nil {
		return err
	}
	rec := h.records[slug]
	if rec == nil {
		return fmt.Errorf("%s was never configured in %s", slug, h.name())
	}
	next := rec.clone()
	next.active = false
	s.store(h, svc, next, true)
	s.handDown(h, svc)
	return nil
}

// Erase removes the row of a service, as if it had never been configured, and
// with it the rows that inherit from it: of a group, or of the instance, that is
// what somebody does in the web page who resets it. It fails when the place or the
// slug does not exist; no row is no error.
func (s *Server) Erase(place, slug string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	h, _, err := s.find(place, slug)
	if err != nil {
		return err
	}
	s.erase(h, slug)
	return nil
}

// Record returns what is stored for a service. It reports false when there is
// no such place or slug, or no row.
func (s *Server) Record(place, slug string) (Record, bool) {
	s.mu.look()
	defer s.mu.Unlock()
	h, svc, err := s.find(place, slug)
	if err != nil || h.records[slug] == nil {
		return Record{}, false
	}
	rec := h.records[slug].clone()
	from := s.instance
	if rec.inheritsFrom != 0 {
		from = s.holderOf(slug, rec.inheritsFrom)
	}
	return Record{
		ID: rec.id, Title: svc.title(rec), Active: rec.active, Inherited: rec.inheritsFrom != 0, InheritsFrom: from.path,
		CreatedAt: rec.created, UpdatedAt: rec.updated,
		Flags: rec.flags, Params: rec.params,
	}, true
}
