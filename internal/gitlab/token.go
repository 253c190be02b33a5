package gitlab

import (
	"context"
	"errors"
	"net/http"
)

// CheckToken asks GitLab whether it accepts the token, with the cheapest
// request that needs one. The error is an [*Error]; of reason [Unauthorized]
// where it does not. A token without the scope to read its own user is accepted
// too: GitLab answers it with 403, which proves that it knows the token.
//
// See https://docs.gitlab.com/api/users/.
func (c *Client) CheckToken(ctx context.Context) error {
	type user = map[string]any
	_, err := decodeAnswer(ctx, c.newCall(http.MethodGet, "/user", c.mask), nil, func(body []byte) (*user, error) {
		record, err := decodeObject(body)
		return &record, err
	})
	var refused *Error
	if errors.As(err, &refused) && refused.StatusCode == http.StatusForbidden {
		return nil
	}
	return err
}
