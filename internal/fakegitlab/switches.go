package fakegitlab

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Edition is the build of GitLab that a server is.
type Edition int

// The editions. A new server is a Development one, so that a test has all there
// is.
const (
	Development Edition = iota // Enterprise, with the services that only development builds have
	Enterprise
	Community
)

// SetEdition makes the server another build of the same release. What is stored
// stays, as after an upgrade.
func (s *Server) SetEdition(e Edition) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r, ok := releases()[build{s.release.Profile, e}]; ok {
		s.become(r)
	}
}

// Upgrade makes the server a Development build of another release, as an
// upgrade of GitLab does. What is stored stays; a service that [Server.Serve] has
// added goes on. It fails for a profile that [Profiles] does not list.
func (s *Server) Upgrade(to Profile) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	known, ok := releases()[build{to, Development}]
	if !ok {
		return fmt.Errorf("no profile %q", to)
	}
	r := *known
	for _, svc := range s.release.Services {
		if svc.added && r.service(svc.Slug) == nil {
			r.Services = append(slices.Clone(r.Services), svc)
		}
	}
	s.become(&r)
	return nil
}

// become replaces the release, and brings what is stored to its columns.
func (s *Server) become(r *release) {
	s.release = r
	for _, h := range s.everywhere() {
		for slug, rec := range h.records {
			h.records[slug] = r.migrated(rec)
		}
	}
}

// migrated is a record with the columns that the release has beyond those of
// the one that stored it.
func (r *release) migrated(rec *record) *record {
	rec = rec.clone()
	for _, f := range r.Flags {
		if _, there := rec.flags[f.Name]; !there {
			rec.flags[f.Name] = f.Default
		}
	}
	return rec
}

// Serve adds a service to this server, or puts it in the place of the one with its
// slug, as a new release of GitLab would. The text is an entry of a contract file.
func (s *Server) Serve(contract string) error {
	var svc service
	decoder := json.NewDecoder(strings.NewReader(contract))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&svc); err != nil {
		return fmt.Errorf("contract of a service: %w", err)
	}
	svc.added = true
	s.mu.Lock()
	defer s.mu.Unlock()
	r := *s.release
	r.Services = append(filter(r.Services, func(old *service) bool { return old.Slug != svc.Slug }), &svc)
	s.release = &r
	return nil
}

// SetFeature switches something on or off that an instance may lack and services
// depend on: a licensed feature, a feature flag, an app. The names are those of
// the contract file ("features"), which says how a new server has them. It fails
// for any other name.
func (s *Server) SetFeature(name string, on bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.release.Features[name]; !known {
		return fmt.Errorf("GitLab %s has no feature %q", s.release.Profile, name)
	}
	s.features[name] = on
	return nil
}

func (s *Server) has(feature string) bool {
	on, set := s.features[feature]
	if !set {
		on = s.release.Features[feature]
	}
	return on
}

// SetAllowed leaves the services with these slugs and forbids all others, as an
// administrator of the Enterprise Edition can. What is stored stays. No slug allows
// everything again.
func (s *Server) SetAllowed(slugs ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.allowed = slugs
}

func (s *Server) forbids(slug string) bool {
	return len(s.allowed) > 0 && !slices.Contains(s.allowed, slug)
}

var errNotAvailable = badRequest("400 Integration not available")

// available returns the refusal of a service that this instance does not offer
// here, on a request that reads or deletes, or that writes.
func (s *Server) available(h *home, svc *service, writes bool) error {
	switch {
	case s.forbids(svc.Slug), svc.Needs != "" && !s.has(svc.Needs), svc.NeedsOff != "" && s.has(svc.NeedsOff):
	case svc.Level == "project" && h.level == groupLevel:
		return errNotAvailable
	case svc.Level == "group" && h.level == projectLevel, svc.Licensed != "" && !s.has(svc.Licensed):
	default:
		return nil
	}
	if writes {
		return errNotAvailable
	}
	return refuse(404, s.release.NotFound)
}
