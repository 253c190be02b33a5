package fakegitlab

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Project is what AddProject made.
type Project struct {
	ID   int64  // from 1 up
	Path string // full path, as in "group/name"
}

// Group is what AddGroup made.
type Group struct {
	ID   int64  // from 1 up; groups are counted apart from projects
	Path string // full path, as in "group/subgroup"
}

// level is a kind of home. What differs between them is asked of them.
type level struct {
	noun     string
	pathKey  string // of the full path in GET
	notFound *refusal
	orders   []string // that a list may have, the usual one first
	sort     string   // of a list, the usual one
}

var (
	projectLevel = &level{"project", "path_with_namespace", refuse(404, "404 Project Not Found"),
		[]string{"created_at", "id", "name", "path", "updated_at", "last_activity_at"}, "desc"}
	groupLevel = &level{"group", "full_path", refuse(404, "404 Group Not Found"), []string{"name", "path", "id"}, "asc"}
	// The API does not serve the instance, so it is never looked for there.
	instanceLevel = &level{noun: "instance"}
)

// home is whatever can hold services: a project, a group, or the instance with
// its defaults. The path says which groups are above it; the instance has none,
// and is above all.
type home struct {
	level    *level
	id       int64
	path     string
	archived bool
	records  map[string]*record // by slug
}

func newHome(l *level, id int64, path string) *home {
	return &home{level: l, id: id, path: path, records: make(map[string]*record)}
}

// name is what errors call it.
func (h *home) name() string {
	if h.level == instanceLevel {
		return "the instance"
	}
	return h.path
}

// inherits reports whether a home is somewhere below another.
func (h *home) inherits(from *home) bool {
	return from.level == instanceLevel || h.below(from.path)
}

// below reports whether a home is in the group with that path, or in a group
// below it.
func (h *home) below(path string) bool {
	return len(h.path) > len(path) && h.path[len(path)] == '/' && strings.EqualFold(h.path[:len(path)], path)
}

// in reports whether a home is in the group itself.
func (h *home) in(group *home) bool {
	return h.below(group.path) && !strings.Contains(h.path[len(group.path)+1:], "/")
}

// sortedSlugs returns the slugs of the records in the order in which they were
// first saved.
func (h *home) sortedSlugs() []string {
	return slices.SortedFunc(maps.Keys(h.records), func(a, b string) int {
		return cmp.Compare(h.records[a].id, h.records[b].id)
	})
}

// homes are the homes of one level.
type homes struct {
	level  *level
	byID   map[int64]*home
	byPath map[string]*home // folded: GitLab finds a path in any letter case
	former map[string]*home // by paths that they had before
	lastID int64
}

func newHomes(l *level) *homes {
	return &homes{level: l, byID: make(map[int64]*home), byPath: make(map[string]*home), former: make(map[string]*home)}
}

// find resolves an id segment: all digits are an id, the rest is a path. It is
// nil when there is no such home.
func (hs *homes) find(segment string) *home {
	if id, err := strconv.ParseInt(segment, 10, 64); err == nil {
		return hs.byID[id]
	}
	return hs.byPath[strings.ToLower(segment)]
}

func (hs *homes) add(path string) *home {
	hs.lastID++
	h := newHome(hs.level, hs.lastID, path)
	hs.byID[h.id] = h
	hs.place(h, path)
	return h
}

// place gives a home a path.
func (hs *homes) place(h *home, path string) {
	delete(hs.byPath, strings.ToLower(h.path))
	h.path = path
	hs.byPath[strings.ToLower(path)] = h
	delete(hs.former, strings.ToLower(path))
}

func (hs *homes) remove(h *home) {
	delete(hs.byID, h.id)
	delete(hs.byPath, strings.ToLower(h.path))
	maps.DeleteFunc(hs.former, func(_ string, to *home) bool { return to == h })
}

// all are the homes by id.
func (hs *homes) all() []*home {
	list := make([]*home, 0, len(hs.byID))
	for _, id := range slices.Sorted(maps.Keys(hs.byID)) {
		list = append(list, hs.byID[id])
	}
	return list
}

// above are the groups that a home is in, the nearest first.
func (s *Server) above(h *home) []*home {
	var list []*home
	path := h.path
	for at := strings.LastIndex(path, "/"); at > 0; at = strings.LastIndex(path, "/") {
		path = path[:at]
		if group := s.groups.find(path); group != nil {
			list = append(list, group)
		}
	}
	return list
}

// AddProject adds a project, and the groups that its path names, and returns
// it. Its id is the next one from 1 up. A path that exists already gives the
// project that has it.
func (s *Server) AddProject(path string) Project {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h := s.projects.byPath[strings.ToLower(path)]; h != nil {
		return Project{h.id, h.path}
	}
	s.addGroups(path)
	h := s.projects.add(path)
	s.handOutDefaults(h)
	return Project{h.id, path}
}

// AddGroup adds a group, and the ones above it that its path names, and returns
// it, as AddProject does.
func (s *Server) AddGroup(path string) Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.addGroups(path + "/")
	h := s.groups.byPath[strings.ToLower(path)]
	return Group{h.id, h.path}
}

// addGroups adds the groups that the path of something in them names.
func (s *Server) addGroups(path string) {
	for i, r := range path {
		if r == '/' && s.groups.byPath[strings.ToLower(path[:i])] == nil {
			s.handOutDefaults(s.groups.add(path[:i]))
		}
	}
}

// Projects returns the projects there are, by id.
func (s *Server) Projects() []Project {
	s.mu.look()
	defer s.mu.Unlock()
	list := []Project{}
	for _, h := range s.projects.all() {
		list = append(list, Project{h.id, h.path})
	}
	return list
}

// Groups returns the groups there are, by id.
func (s *Server) Groups() []Group {
	s.mu.look()
	defer s.mu.Unlock()
	list := []Group{}
	for _, h := range s.groups.all() {
		list = append(list, Group{h.id, h.path})
	}
	return list
}

// GroupsHaveServices reports whether groups of this release have services of
// their own (17.9 on).
func (s *Server) GroupsHaveServices() bool { return s.current().Groups }

// Group returns the id of the group with that path. It reports false when there
// is no such group.
func (s *Server) Group(path string) (int64, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.groups.byPath[strings.ToLower(path)]
	if h == nil {
		return 0, false
	}
	return h.id, true
}

// RenameProject gives a project another path. On 16.0 and later the old path
// leads GET to the new place (301) and refuses other methods (405); on older
// ones it is unknown from then on. It fails when there is no such project or the
// path is taken.
func (s *Server) RenameProject(id int64, newPath string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	h, err := s.movable(s.projects, id, newPath)
	if err != nil {
		return err
	}
	s.addGroups(newPath)
	s.move(s.projects, h, newPath)
	return nil
}

// RenameGroup gives a group another path, and with it all that is in it. It
// fails when there is no such group or the path is taken.
func (s *Server) RenameGroup(id int64, newPath string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	group, err := s.movable(s.groups, id, newPath)
	if err != nil {
		return err
	}
	s.addGroups(newPath)
	old := group.path
	for _, hs := range []*homes{s.groups, s.projects} {
		for _, h := range hs.all() {
			if h.below(old) {
				s.move(hs, h, newPath+h.path[len(old):])
			}
		}
	}
	s.move(s.groups, group, newPath)
	return nil
}

// movable is a home that may take a path.
func (s *Server) movable(hs *homes, id int64, newPath string) (*home, error) {
	h, taken := hs.byID[id], hs.byPath[strings.ToLower(newPath)]
	switch {
	case h == nil:
		return nil, fmt.Errorf("no %s %d", hs.level.noun, id)
	case taken != nil && (taken != h || h.path == newPath):
		return nil, fmt.Errorf("the path %s is taken", newPath)
	}
	return h, nil
}

func (s *Server) move(hs *homes, h *home, newPath string) {
	old := strings.ToLower(h.path)
	hs.place(h, newPath)
	if s.release.Redirects && hs.byPath[old] == nil {
		hs.former[old] = h
	}
}

// DeleteProject removes a project and its services. It fails when there is none
// with that id.
func (s *Server) DeleteProject(id int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.projects.byID[id]
	if h == nil {
		return fmt.Errorf("no project %d", id)
	}
	s.projects.remove(h)
	return nil
}

// DeleteGroup removes a group with all that is in it. It fails when there is none
// with that id.
func (s *Server) DeleteGroup(id int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	group := s.groups.byID[id]
	if group == nil {
		return fmt.Errorf("no group %d", id)
	}
	gone := []*home{group}
	for _, hs := range []*homes{s.groups, s.projects} {
		for _, h := range hs.all() {
			if h.below(group.path) {
				gone = append(gone, h)
				hs.remove(h)
			}
		}
	}
	s.groups.remove(group)
	for _, h := range gone {
		for slug := range h.records {
			s.erase(h, slug) // a project that was moved out may still inherit
		}
	}
	return nil
}

// ArchiveProject makes a project one that lists can leave out. Its services work
// on. It fails when there is none with that id.
func (s *Server) ArchiveProject(id int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.projects.byID[id]
	if h == nil {
		return fmt.Errorf("no project %d", id)
	}
	h.archived = true
	return nil
}

// Instance is the place of the instance's defaults, for [Server.Edit] and its
// like.
const Instance = ""

// find resolves what the methods for tests take: a project by its path or its id
// in digits, a group by its path, or the instance, and a slug of the release.
func (s *Server) find(place, slug string) (*home, *service, error) {
	s.runDue()
	svc := s.release.service(slug)
	if svc == nil {
		return nil, nil, fmt.Errorf("GitLab %s has no service %q", s.release.Profile, slug)
	}
	if place == Instance {
		return s.instance, svc, nil
	}
	h := s.projects.find(place)
	if h == nil {
		h = s.groups.byPath[strings.ToLower(place)]
	}
	if h == nil {
		return nil, nil, fmt.Errorf("no project or group %q", place)
	}
	return h, svc, nil
}

// findHolder is find where the place must be one that can have the service.
func (s *Server) findHolder(place, slug string) (*home, *service, error) {
	h, svc, err := s.find(place, slug)
	if err == nil && !s.holds(h, svc) {
		err = fmt.Errorf("%s of GitLab %s is not for %s", slug, s.release.Profile, h.name())
	}
	return h, svc, err
}
