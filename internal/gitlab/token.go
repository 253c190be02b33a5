package gitlab

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"unicode"
)

// checkForm tells what is wrong with a token as it is written, without
// repeating it: GitLab answers to all of these as it does to an unknown token.
func checkForm(token string) error {
	inner := strings.TrimSpace(token)
	first, last := strings.IndexAny(inner, "\"'`"), strings.LastIndexAny(inner, "\"'`")
	switch {
	case first == 0 && last == len(inner)-1:
		return errors.New("is in quotes: take them out, they are no part of the token")
	case strings.ContainsAny(token[len(strings.TrimRightFunc(token, unicode.IsSpace)):], "\r\n"):
		return errors.New("has a line break at its end, as files have one: chomp() takes it off in a configuration")
	case inner != token:
		return errors.New("has blanks before or after it: take them out")
	case strings.ContainsFunc(token, unicode.IsSpace):
		return errors.New("has blanks in it: give the token alone, as GitLab showed it")
	case hasControl(token):
		return errors.New("has a control character in it")
	}
	return nil
}

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
