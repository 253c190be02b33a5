package gitlab

import (
	"context"
	"strconv"
	"sync"
)

var tmpIDs sync.Map

func (c *Client) ID(ctx context.Context, at Place) (int64, error) {
	if at.Numeric() {
		return strconv.ParseInt(at.Name, 10, 64)
	}
	type k struct {
		c *Client
		p Place
	}
	if v, ok := tmpIDs.Load(k{c, at}); ok {
		return v.(int64), nil
	}
	h, err := c.GetHome(ctx, at)
	if err != nil {
		return 0, err
	}
	tmpIDs.Store(k{c, at}, h.ID)
	return h.ID, nil
}

func (c *Client) Differ(a, b Place) bool { return a.Numeric() && b.Numeric() && a.Name != b.Name }
