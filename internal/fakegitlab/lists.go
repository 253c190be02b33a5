package fakegitlab

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// listHomes lists all projects or all groups that the token may see. Those of
// projects have keyset pages too. Groups have some for whoever has no token.
//
// https://docs.gitlab.com/api/projects/#list-all-projects,
// https://docs.gitlab.com/api/groups/#list-groups
func (s *Server) listHomes(c call, hs *homes) (*answer, error) {
	kind, err := s.authorize(c)
	if err != nil {
		return nil, err
	}
	list, err := s.filtered(c, kind, hs, func(*home) bool { return true }, false)
	if err != nil {
		return nil, err
	}
	if textOf(c.params["pagination"]) == "keyset" && s.release.Keyset {
		return s.keysetPage(c, hs, list)
	}
	return s.offsetPage(c, list)
}

// listBelow lists the projects of a group, or all groups below it. Its pages have
// numbers in every release.
//
// https://docs.gitlab.com/api/groups/#list-projects,
// https://docs.gitlab.com/api/groups/#list-descendant-groups
func (s *Server) listBelow(c call, segment string, hs *homes) (*answer, error) {
	kind, err := s.authorize(c)
	if err != nil {
		return nil, err
	}
	group := s.groups.find(segment)
	if group == nil || s.kindIn(c, kind, group) == TokenStranger {
		return nil, groupLevel.notFound
	}
	nested := hs == s.groups || s.release.GroupSubgroups && truth(c.params["include_subgroups"]) == true
	// Up to 10.x the list of a group, unlike that of all projects, has archived
	// projects only where they are asked for.
	list, err := s.filtered(c, kind, hs, func(h *home) bool {
		return h.in(group) || nested && h.below(group.path)
	}, !s.release.GroupSubgroups)
	if err != nil {
		return nil, err
	}
	return s.offsetPage(c, list)
}

// filtered is the homes that a call may see and asks for, in its order. hides
// says that archived ones are left out unless the call asks for them. Whoever
// sees a group is a member here, so that all_available makes no difference.
func (s *Server) filtered(c call, kind string, hs *homes, in func(*home) bool, hides bool) ([]*home, error) {
	order := cmp.Or(textOf(c.params["order_by"]), hs.level.orders[0])
	sort := cmp.Or(textOf(c.params["sort"]), hs.level.sort)
	if !slices.Contains(hs.level.orders, order) {
		return nil, &refusal{status: 400, body: map[string]any{"error": "order_by does not have a valid value"}}
	}
	if sort != "asc" && sort != "desc" {
		return nil, &refusal{status: 400, body: map[string]any{"error": "sort does not have a valid value"}}
	}
	level, _ := strconv.Atoi(textOf(c.params["min_access_level"]))
	const maintainer = 40
	var list []*home
	for _, h := range hs.all() {
		role := s.kindIn(c, kind, h)
		archived := truth(c.params["archived"])
		switch {
		case !in(h), role == TokenStranger:
		case role == TokenReporter && level >= maintainer && s.release.MinAccessLevel:
		case archived != nil && h.archived != archived, archived == nil && hides && h.archived:
		default:
			list = append(list, h)
		}
	}
	// Ids stand for times: here nothing is done to a project once it is added.
	if order == "name" || order == "path" {
		slices.SortStableFunc(list, func(a, b *home) int { return strings.Compare(a.path, b.path) })
	}
	if sort == "desc" {
		slices.Reverse(list)
	}
	return list, nil
}

// perPage is how many homes a page has.
func (c call) perPage() int {
	n, err := strconv.Atoi(textOf(c.params["per_page"]))
	if err != nil || n < 1 {
		return 20
	}
	return min(n, 100)
}

// offsetPage is a page by number.
func (s *Server) offsetPage(c call, list []*home) (*answer, error) {
	size := c.perPage()
	number, err := strconv.Atoi(textOf(c.params["page"]))
	if err != nil || number < 1 {
		number = 1
	}
	last := max(1, (len(list)+size-1)/size)
	from := min((number-1)*size, len(list))
	header := http.Header{
		"X-Page": {strconv.Itoa(number)}, "X-Per-Page": {strconv.Itoa(size)}, "X-Total": {strconv.Itoa(len(list))},
		"X-Total-Pages": {strconv.Itoa(last)}, "X-Prev-Page": {""}, "X-Next-Page": {""},
	}
	var links []string
	link := func(page int, rel string) {
		links = append(links, s.link(c, rel, map[string]string{"page": strconv.Itoa(page), "per_page": strconv.Itoa(size)}))
	}
	if number > 1 {
		header.Set("X-Prev-Page", strconv.Itoa(number-1))
		link(number-1, "prev")
	}
	if number < last {
		header.Set("X-Next-Page", strconv.Itoa(number+1))
		link(number+1, "next")
	}
	link(1, "first")
	link(last, "last")
	header.Set("Link", strings.Join(links, ", "))
	return s.homePage(c, list[from:min(from+size, len(list))], header), nil
}

// keysetPage is a page of what comes after an id. Every page that is not empty
// names a next one: GitLab does not look whether there is any.
func (s *Server) keysetPage(c call, hs *homes, list []*home) (*answer, error) {
	if hs != s.projects || textOf(c.params["order_by"]) != "id" {
		return nil, &refusal{status: 405, body: map[string]any{"error": "Keyset pagination is not yet available for this type of request"}}
	}
	bound, passed := "id_before", func(id, after int64) bool { return id < after }
	if textOf(c.params["sort"]) == "asc" {
		bound, passed = "id_after", func(id, after int64) bool { return id > after }
	}
	if after, err := strconv.ParseInt(textOf(c.params[bound]), 10, 64); err == nil {
		list = slices.DeleteFunc(list, func(h *home) bool { return !passed(h.id, after) })
	}
	list = list[:min(c.perPage(), len(list))]
	header := http.Header{}
	if len(list) > 0 {
		header.Set("Link", s.link(c, "next", map[string]string{bound: strconv.FormatInt(list[len(list)-1].id, 10)}))
	}
	return s.homePage(c, list, header), nil
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

func (s *Server) homePage(c call, list []*home, header http.Header) *answer {
	page := make([]any, len(list))
	for i, h := range list {
		page[i] = s.homeEntity(c, h)
	}
	a := jsonAnswer(http.StatusOK, page)
	a.header = header
	return a
}
