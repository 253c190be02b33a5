package fakegitlab

import "fmt"

// Snapshot is all that a GitLab holds, in a form for JSON: what its places are
// called and what is stored of their services, secrets included.
type Snapshot struct {
	Profile Profile
	// Groups and Projects are full paths, in the order of the ids.
	Groups, Projects []string
	Records          []Stored
}

// Stored is a record of a place: the full path of a project or a group, or
// [Instance].
type Stored struct {
	Place, Slug string
	Record
}

// Snapshot returns what there is. Where a group or a project has been deleted, ids
// will be others after [Restore].
func (s *Server) Snapshot() Snapshot {
	out := Snapshot{Profile: s.Profile()}
	for _, at := range s.list(&out) {
		if record, ok := s.Record(at.Place, at.Slug); ok {
			out.Records = append(out.Records, Stored{at.Place, at.Slug, record})
		}
	}
	return out
}

// list names the places of a snapshot, and returns where there are records, those
// that others follow first.
func (s *Server) list(names *Snapshot) (records []Stored) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, h := range s.everywhere() {
		switch h.level {
		case groupLevel:
			names.Groups = append(names.Groups, h.path)
		case projectLevel:
			names.Projects = append(names.Projects, h.path)
		}
		for _, slug := range h.sortedSlugs() {
			records = append(records, Stored{Place: h.path, Slug: slug})
		}
	}
	return records
}

// Restore returns a GitLab that holds what a snapshot does, not started yet.
func Restore(from Snapshot) (*Server, error) {
	s := New(from.Profile)
	for _, path := range from.Groups {
		s.groups.add(path)
	}
	for _, path := range from.Projects {
		s.projects.add(path)
	}
	// Those that follow others come after them: a snapshot begins at the top.
	for _, stored := range from.Records {
		h, svc, err := s.find(stored.Place, stored.Slug)
		if err != nil {
			return nil, err
		}
		rec := &record{
			id: stored.ID, active: stored.Active, created: stored.CreatedAt, updated: stored.UpdatedAt,
			flags: stored.Flags, params: stored.Params,
		}
		if stored.Inherited {
			above, _, err := s.find(stored.InheritsFrom, stored.Slug)
			if err != nil || above.records[svc.Slug] == nil {
				return nil, fmt.Errorf("%s of %s follows what there is not: %s", stored.Slug, stored.Place, stored.InheritsFrom)
			}
			rec.inheritsFrom = above.records[svc.Slug].id
		}
		h.records[svc.Slug] = rec
		s.lastRecordID = max(s.lastRecordID, rec.id)
	}
	return s, nil
}
