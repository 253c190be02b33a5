package gitlab

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Filter says which places [Client.Places] gives. With nothing but a level it is
// all that the token may see, public ones included, except the archived.
type Filter struct {
	// Level is the kind of the places.
	Level *Level
	// Group is the numeric id or the full path of the group that they are in; "" is
	// no matter which. Groups are all those below it, at any depth.
	Group string
	// Subgroups adds the projects of all groups below Group. GitLab before 11.6 or
	// so ignores it.
	Subgroups bool
	// Archived adds archived projects.
	Archived bool
	// Maintained leaves out places in which the token's owner, even an
	// administrator, is not a member with the role Maintainer or Owner. GitLab
	// before 11.2 or so looks at the membership only.
	Maintained bool
}

const (
	// listLife is how long the answer to a list is good for those who want the same
	// list: for one run of Terraform. What is added to GitLab meanwhile is missed
	// for so long.
	listLife = 10 * time.Minute
	// pagesRoom is how much memory the pages of places may take, in bytes. It is
	// enough for some 70,000 projects.
	pagesRoom = 8 << 20
	// perPage is the most that GitLab gives at once. A project of the simple form
	// is less than 2 kB.
	perPage = "100"
	// maintainer is GitLab's number of the role.
	maintainer = "40"
)

// query is that of the first page. Ordered by id, no place is seen twice or
// missed because another one is added meanwhile. What is for projects only,
// GitLab drops from a request for groups.
func (f Filter) query() url.Values {
	q := url.Values{"simple": {"true"}, "order_by": {"id"}, "sort": {"asc"}, "per_page": {perPage}}
	if !f.Archived {
		q.Set("archived", "false")
	}
	if f.Maintained {
		q.Set("membership", "true")
		q.Set("min_access_level", maintainer)
	}
	if f.Group == "" {
		if f.Level.keyset {
			// Since 12.7; older ones ignore it and number the pages. Beyond 50,000
			// projects GitLab gives no other pages.
			q.Set("pagination", "keyset")
		}
		return q
	}
	// The list of a group has numbered pages only. Projects that are merely shared
	// with it belong to others.
	q.Set("include_subgroups", strconv.FormatBool(f.Subgroups))
	q.Set("with_shared", "false")
	return q
}

// Places gives the places that the filter lets pass, each by its path, by
// ascending id. It asks for a page of a hundred only when the one before has
// been used up, and for none that another list with the same filter has had
// within the last ten minutes. An error ends it, is an [*Error], and is asked
// for again; its reason is [PlaceNotFound] where there is no such group, or the
// token may not see it.
//
// See https://docs.gitlab.com/api/projects/#list-all-projects,
// https://docs.gitlab.com/api/groups/#list-projects,
// https://docs.gitlab.com/api/groups/#list-groups,
// https://docs.gitlab.com/api/groups/#list-descendant-groups (13.5 and later) and
// https://docs.gitlab.com/api/rest/#pagination.
func (c *Client) Places(ctx context.Context, filter Filter) iter.Seq2[Place, error] {
	path := strings.TrimSuffix(filter.Level.collection, "/")
	var invalid error
	if filter.Group != "" {
		group := Place{Groups, filter.Group}
		path, invalid = group.home()+filter.Level.below, group.check()
	}
	return func(yield func(Place, error) bool) {
		if invalid != nil {
			yield(Place{}, c.newCall(http.MethodGet, path, c.mask).refusal(invalid))
			return
		}
		seen := map[int64]bool{}
		for query, more := filter.query().Encode(), true; more; {
			page, err := c.placePage(ctx, filter.Level, path+"?"+query)
			if err != nil {
				yield(Place{}, err)
				return
			}
			known := len(seen)
			for _, home := range page.homes {
				if seen[home.ID] {
					continue
				}
				seen[home.ID] = true
				if !yield(Place{filter.Level, home.Path}, nil) {
					return
				}
			}
			query, more = page.next, page.next != ""
			if more && len(seen) == known {
				yield(Place{}, page.call.senseless(http.StatusOK, errRepeats))
				return
			}
		}
	}
}

// errRepeats continues the sentence "the answer".
var errRepeats = errors.New("repeats the page before and names a next one")

// placePage is a page of places, and the query of the next one, "" where there is
// none.
type placePage struct {
	call  *call
	homes []*Home
	next  string
}

// size is about how much memory the page takes, in bytes.
func (p *placePage) size() int {
	size := 512
	for _, home := range p.homes {
		size += 64 + len(home.Path)
	}
	return size
}

// placePage gives the page of places that a request asks for, as it was first
// answered.
func (c *Client) placePage(ctx context.Context, level *Level, request string) (*placePage, error) {
	first, err := c.pages.get(ctx, request, func(ctx context.Context) (*placePage, error) {
		call := c.newCall(http.MethodGet, request, c.mask)
		answer, err := call.do(ctx, nil)
		if err != nil {
			return nil, err
		}
		homes, err := decodeList(answer.body, level.decodeHomeRecord)
		if err != nil {
			return nil, call.garbage(answer, err)
		}
		for _, home := range homes {
			c.ids.put(Place{level, home.Path}.folded(), home.ID)
		}
		next, _ := nextPage(answer.header)
		return &placePage{call, homes, next}, nil
	})
	return first, c.ofOneself(ctx, request, err)
}

// ofOneself makes an [*Error] of the one of a memo: where ctx ended while the
// request of another caller went on, it is a request of this one that was
// interrupted.
func (c *Client) ofOneself(ctx context.Context, request string, err error) error {
	var e *Error
	if err == nil || errors.As(err, &e) {
		return err
	}
	return c.newCall(http.MethodGet, request, c.mask).interrupted(ctx)
}

// nextLink is the address of the next page among those of a Link header.
var nextLink = regexp.MustCompile(`<([^<>]*)>\s*;[^<>]*?\brel="?next\b`)

// nextPage gives the query of the next page, and false where there is none.
// Only the query is taken of the address: GitLab builds it from its own
// external_url, which need not be where it was reached, and the token must go
// nowhere else. A keyset page is followed by an empty one, which has no next
// page.
//
// GitLab 12.7 to 13.0 calls the header of keyset pages Links.
func nextPage(header http.Header) (query string, more bool) {
	for _, name := range []string{"Link", "Links"} {
		for _, value := range header.Values(name) {
			match := nextLink.FindStringSubmatch(value)
			if match == nil {
				continue
			}
			if next, err := url.Parse(match[1]); err == nil && next.RawQuery != "" {
				return next.RawQuery, true
			}
		}
	}
	return "", false
}
