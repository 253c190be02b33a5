package fakegitlab

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Group returns the id of a group that the path of a project names. It reports
// false when there is no such group.
func (s *Server) Group(path string) (int64, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id, ok := s.groups[path]
	return id, ok
}

// addGroups adds the groups that the path of a project names.
func (s *Server) addGroups(path string) {
	for i, r := range path {
		if r != '/' || s.groups[path[:i]] != 0 {
			continue
		}
		s.lastGroupID++
		s.groups[path[:i]] = s.lastGroupID
	}
}

// ArchiveProject makes a project one that lists can leave out. Its services work
// on. It fails when there is none with that id.
func (s *Server) ArchiveProject(id int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	pr := s.projects[id]
	if pr == nil {
		return fmt.Errorf("no project %d", id)
	}
	pr.archived = true
	return nil
}

// SetAccess makes a token worth less in one project: TokenReporter may see the
// project and do nothing with its services, TokenStranger may not see it. The
// empty kind takes that back. It fails when there is no project with that id.
func (s *Server) SetAccess(token string, id int64, kind string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.projects[id] == nil {
		return fmt.Errorf("no project %d", id)
	}
	if kind == "" {
		delete(s.access, access{token, id})
		return nil
	}
	s.access[access{token, id}] = kind
	return nil
}

// kindIn is the kind that the token of a call counts as in a project.
func (s *Server) kindIn(c call, kind string, pr *project) string {
	token, _ := c.token()
	return cmp.Or(s.access[access{token, pr.id}], kind)
}

// listProjects lists all projects that the token may see.
//
// https://docs.gitlab.com/api/projects/#list-all-projects
func (s *Server) listProjects(c call) (*answer, error) {
	kind, err := s.authorize(c)
	if err != nil {
		return nil, err
	}
	list, err := s.filtered(c, kind, func(*project) bool { return true }, false)
	if err != nil {
		return nil, err
	}
	if textOf(c.params["pagination"]) == "keyset" && s.release.Keyset {
		return s.keysetPage(c, list)
	}
	return s.offsetPage(c, list)
}

// listGroupProjects lists the projects of a group. Its pages have numbers in
// every release.
//
// https://docs.gitlab.com/api/groups/#list-projects
func (s *Server) listGroupProjects(c call, segment string) (*answer, error) {
	kind, err := s.authorize(c)
	if err != nil {
		return nil, err
	}
	path := s.groupPath(segment)
	if path == "" || kind == TokenStranger {
		return nil, errNoGroup
	}
	nested := s.release.GroupSubgroups && truth(c.params["include_subgroups"]) == true
	// Up to 10.x the list of a group, unlike that of all projects, has archived
	// projects only where they are asked for.
	list, err := s.filtered(c, kind, func(pr *project) bool {
		name, below := strings.CutPrefix(pr.path, path+"/")
		return below && (nested || !strings.Contains(name, "/"))
	}, !s.release.GroupSubgroups)
	if err != nil {
		return nil, err
	}
	return s.offsetPage(c, list)
}

// groupPath resolves an id segment: all digits are an id, the rest is a path. It
// is "" when there is no such group.
func (s *Server) groupPath(segment string) string {
	id, err := strconv.ParseInt(segment, 10, 64)
	for path, has := range s.groups {
		if has == id || err != nil && path == segment {
			return path
		}
	}
	return ""
}

// filtered is the projects that a call may see and asks for, in its order. hides
// says that archived ones are left out unless the call asks for them.
func (s *Server) filtered(c call, kind string, in func(*project) bool, hides bool) ([]*project, error) {
	order := cmp.Or(textOf(c.params["order_by"]), "created_at")
	sort := cmp.Or(textOf(c.params["sort"]), "desc")
	if !slices.Contains([]string{"id", "name", "path", "created_at", "updated_at", "last_activity_at"}, order) {
		return nil, &refusal{400, map[string]any{"error": "order_by does not have a valid value"}}
	}
	if sort != "asc" && sort != "desc" {
		return nil, &refusal{400, map[string]any{"error": "sort does not have a valid value"}}
	}
	level, _ := strconv.Atoi(textOf(c.params["min_access_level"]))
	const maintainer = 40
	var list []*project
	for _, id := range slices.Sorted(maps.Keys(s.projects)) {
		pr := s.projects[id]
		role := s.kindIn(c, kind, pr)
		archived := truth(c.params["archived"])
		switch {
		case !in(pr), role == TokenStranger:
		case role == TokenReporter && level >= maintainer && s.release.MinAccessLevel:
		case archived != nil && pr.archived != archived, archived == nil && hides && pr.archived:
		default:
			list = append(list, pr)
		}
	}
	// Ids stand for times: here nothing is done to a project once it is added.
	if order == "name" || order == "path" {
		slices.SortStableFunc(list, func(a, b *project) int { return strings.Compare(a.path, b.path) })
	}
	if sort == "desc" {
		slices.Reverse(list)
	}
	return list, nil
}

// perPage is how many projects a page has.
func (c call) perPage() int {
	n, err := strconv.Atoi(textOf(c.params["per_page"]))
	if err != nil || n < 1 {
		return 20
	}
	return min(n, 100)
}

// offsetPage is a page by number.
func (s *Server) offsetPage(c call, list []*project) (*answer, error) {
	size := c.perPage()
	number, err := strconv.Atoi(textOf(c.params["page"]))
	if err != nil || number < 1 {
		number = 1
	}
	last := max(1, (len(list)+size-1)/size)
	from := min((number-1)*size, len(list))
	header := http.Header{
		"X-Page": {strconv.Itoa(number)}, "X-Per-Page": {strconv.Itoa(size)}, "X-Total": {strconv.Itoa(len(list))},
		"X-Total-Pages": {strconv.Itoa(last)}, "X-Next-Page": {""},
	}
	var links []string
	link := func(page int, rel string) {
		links = append(links, s.link(c, rel, map[string]string{"page": strconv.Itoa(page), "per_page": strconv.Itoa(size)}))
	}
	if number > 1 {
		link(number-1, "prev")
	}
	if number < last {
		header.Set("X-Next-Page", strconv.Itoa(number+1))
		link(number+1, "next")
	}
	link(1, "first")
	link(last, "last")
	header.Set("Link", strings.Join(links, ", "))
	return s.projectPage(c, list[from:min(from+size, len(list))], header), nil
}

// keysetPage is a page of what comes after an id. Every page that is not empty
// names a next one: GitLab does not look whether there is any.
func (s *Server) keysetPage(c call, list []*project) (*answer, error) {
	if textOf(c.params["order_by"]) != "id" {
		return nil, &refusal{405, map[string]any{"error": "Keyset pagination is not yet available for this type of request"}}
	}
	bound, passed := "id_before", func(id, after int64) bool { return id < after }
	if textOf(c.params["sort"]) == "asc" {
		bound, passed = "id_after", func(id, after int64) bool { return id > after }
	}
	if after, err := strconv.ParseInt(textOf(c.params[bound]), 10, 64); err == nil {
		list = slices.DeleteFunc(list, func(pr *project) bool { return !passed(pr.id, after) })
	}
	list = list[:min(c.perPage(), len(list))]
	header := http.Header{}
	if len(list) > 0 {
		header.Set("Link", s.link(c, "next", map[string]string{bound: strconv.FormatInt(list[len(list)-1].id, 10)}))
	}
	return s.projectPage(c, list, header), nil
}

// link is the address of a call with other parameters. GitLab builds it from its
// configured address, whatever the call came through.
func (s *Server) link(c call, rel string, changes map[string]string) string {
	query, err := url.ParseQuery(c.r.URL.RawQuery)
	if err != nil {
		query = url.Values{}
	}
	for name, value := range changes {
		query.Set(name, value)
	}
	path := strings.TrimPrefix(c.r.URL.EscapedPath(), s.root)
	return "<" + cmp.Or(s.external, s.base(c)) + path + "?" + query.Encode() + `>; rel="` + rel + `"`
}

func (s *Server) projectPage(c call, list []*project, header http.Header) *answer {
	page := make([]any, len(list))
	for i, pr := range list {
		page[i] = s.projectEntity(c, pr)
	}
	a := jsonAnswer(http.StatusOK, page)
	a.header = header
	return a
}
