package gitlab

import (
	"context"
	"strconv"
	"strings"
	"time"
)

// idLife is how long the client believes that a path leads where it led. A run
// of Terraform is shorter, and a path that another place takes over meanwhile is
// rare.
const idLife = time.Hour

// ID gives the number of a place, which survives renaming and by which two
// names of one place can be told from names of two. GitLab is asked once for
// each name, in whatever letter case; one that is a number already needs no
// request, nor does one that [Client.Places] has given. The error is an
// [*Error], and asked for again.
//
// See https://docs.gitlab.com/api/projects/#get-a-single-project, which
// gitlab.com limits to 400 requests a minute, and
// https://docs.gitlab.com/api/groups/#get-a-single-group.
func (c *Client) ID(ctx context.Context, at Place) (int64, error) {
	if id, ok := at.number(); ok {
		return id, nil
	}
	id, err := c.ids.get(ctx, at.folded(), func(ctx context.Context) (int64, error) {
		home, err := c.GetHome(ctx, at)
		if err != nil {
			return 0, err
		}
		c.ids.put(Place{at.Level, home.Path}.folded(), home.ID)
		return home.ID, nil
	})
	return id, c.ofOneself(ctx, at.own(), err)
}

// Differ tells whether a and b are known to be two places. It asks nobody, and
// false is "perhaps the same": see [Client.ID] for what makes names known.
func (c *Client) Differ(a, b Place) bool {
	if a.Level != b.Level {
		return true
	}
	one, ok := c.knownID(a)
	other, otherOK := c.knownID(b)
	return ok && otherOK && one != other
}

func (c *Client) knownID(at Place) (int64, bool) {
	if id, ok := at.number(); ok {
		return id, true
	}
	return c.ids.peek(at.folded())
}

// number gives the id that a name is, if it is one.
func (p Place) number() (int64, bool) {
	if !p.Numeric() {
		return 0, false
	}
	id, err := strconv.ParseInt(p.Name, 10, 64)
	return id, err == nil
}

// folded gives one spelling for all letter cases of a path, which mean nothing
// to GitLab.
func (p Place) folded() Place { return Place{p.Level, strings.ToLower(p.Name)} }
