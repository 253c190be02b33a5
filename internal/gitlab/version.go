package gitlab

import (
	"context"
	"errors"
	"net/http"
)

// Version is the release of the GitLab, such as 18.9.1-ee. The error is an
// [*Error].
//
// See https://docs.gitlab.com/api/version/.
func (c *Client) Version(ctx context.Context) (string, error) {
	version, err := decodeAnswer(ctx, c.newCall(http.MethodGet, "/version", c.mask), nil, func(body []byte) (*string, error) {
		record, err := decodeObject(body)
		if err != nil {
			return nil, err
		}
		version, _ := record["version"].(string)
		if version == "" {
			return nil, errors.New("has no version")
		}
		return &version, nil
	})
	if err != nil {
		return "", err
	}
	return *version, nil
}
