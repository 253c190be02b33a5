package gitlab

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Settings is what [Client.PutService] sends.
type Settings struct {
	// Values is the body. GitLab keeps what is left out of it as it was.
	Values map[string]any
	// Secrets are texts among the values that must never be seen: in an error or a
	// log line they read ***.
	Secrets []string
}

// Service is the settings of one service of a place, as GitLab answers a PUT
// and a GET.
type Service struct {
	// ID is the number of GitLab's record; 0 for a service that was never
	// configured, which GitLab up to 13.11 answers with null and later with 404.
	ID int64
	// Slug and Title are GitLab's names of the service, for paths and for people;
	// Slug is "" before 12.7, which does not tell it.
	Slug, Title string
	// Active tells whether the service runs. A deleted service stays behind
	// inactive, in every version.
	Active bool
	// CreatedAt and UpdatedAt are when GitLab first and last wrote the record, to
	// the millisecond; zero where there is no record.
	CreatedAt, UpdatedAt time.Time
	// Inherited tells whether the settings are those of a group or of the
	// instance; nil before 17.3, which does not tell.
	Inherited *bool
	// Values are the settings: GitLab's "properties" together with what it shows
	// beside them, such as the event flags. A name that is in both has the value
	// of the properties. Numbers are [json.Number]; null is nil.
	Values map[string]any
}

// Home is what GitLab tells of a place.
type Home struct {
	// ID is the number of the place, which survives renaming.
	ID int64
	// Path is the full path that the place has now, as in group/subgroup/name.
	Path string
}

// PutService creates or updates the service slug of a place, and gives what
// GitLab answers. It is one request; a project that was renamed since, which
// GitLab refuses with 405, costs one more, and one for its [Client.ID]. GitLab
// refuses settings with 400 or 422. The error is an [*Error].
//
// See https://docs.gitlab.com/api/project_integrations/ and
// https://docs.gitlab.com/api/group_integrations/.
func (c *Client) PutService(ctx context.Context, at Place, slug string, s Settings) (*Service, error) {
	mask := c.mask.with(s.Secrets...)
	values := s.Values
	if values == nil {
		values = map[string]any{}
	}
	body, err := json.Marshal(values)
	if err != nil {
		return nil, c.newCall(http.MethodPut, at.service(slug), mask).refusal(fmt.Errorf("the settings cannot be written as JSON: %w", err))
	}
	var service *Service
	err = c.write(ctx, at, func(at Place) error {
		call, err := c.serviceCall(http.MethodPut, at, slug, mask)
		if err != nil {
			return err
		}
		service, err = decodeAnswer(ctx, call, body, decodeService)
		return err
	})
	return service, err
}

// GetService gives the service slug of a place; the old path of a renamed
// project works while GitLab redirects it. An inactive service, and up to
// GitLab 13.11 one that was never configured, is no error: see [Service]. The
// error is an [*Error].
//
// See https://docs.gitlab.com/api/project_integrations/ and
// https://docs.gitlab.com/api/group_integrations/.
func (c *Client) GetService(ctx context.Context, at Place, slug string) (*Service, error) {
	call, err := c.serviceCall(http.MethodGet, at, slug, c.mask)
	if err != nil {
		return nil, err
	}
	return decodeAnswer(ctx, call, nil, decodeService)
}

// DeleteService switches the service slug of a place off and clears its
// settings. A service that was never configured is an [*Error] of reason
// [ServiceNotFound] from about GitLab 17.2 on, and a success before. Renamed
// projects are found as in [Client.PutService].
//
// See https://docs.gitlab.com/api/project_integrations/ and
// https://docs.gitlab.com/api/group_integrations/.
func (c *Client) DeleteService(ctx context.Context, at Place, slug string) error {
	return c.write(ctx, at, func(at Place) error {
		call, err := c.serviceCall(http.MethodDelete, at, slug, c.mask)
		if err != nil {
			return err
		}
		answer, err := call.do(ctx, nil)
		if err != nil {
			return err
		}
		// 204 has no body and the 200 of some proxies an empty or a JSON one.
		// Anything else was not GitLab's API.
		if body := bytes.TrimSpace(answer.body); len(body) > 0 && !json.Valid(body) {
			return call.garbage(answer, errNotJSON)
		}
		return nil
	})
}

// GetHome gives what a name stands for, following the redirect that GitLab
// leaves at the old path of a renamed project. The error is an [*Error].
//
// See https://docs.gitlab.com/api/projects/ and
// https://docs.gitlab.com/api/groups/.
func (c *Client) GetHome(ctx context.Context, at Place) (*Home, error) {
	call := c.newCall(http.MethodGet, at.own(), c.mask)
	if err := at.check(); err != nil {
		return nil, call.refusal(err)
	}
	return decodeAnswer(ctx, call, nil, at.Level.decodeHome)
}

// write runs try, which changes something: no list that was asked for before it
// ends is handed out after it. GitLab may do what it never answered.
func (c *Client) write(ctx context.Context, at Place, try func(at Place) error) error {
	c.overviews.drop()
	defer c.overviews.drop()
	return c.onMoved(ctx, at, try)
}

// onMoved runs try, and once more with the numeric id if GitLab says that the
// project has moved: it redirects a GET to the new place, but answers every
// other method with 405 and leaves the finding to the client
// (lib/api/helpers.rb, seen in GitLab 17-19). A path that a group had before is
// unknown to every method.
func (c *Client) onMoved(ctx context.Context, at Place, try func(at Place) error) error {
	err := try(at)
	var refused *Error
	if !errors.As(err, &refused) || !refused.moved {
		return err
	}
	id, err := c.ID(ctx, at)
	if err != nil {
		return err
	}
	at.Name = strconv.FormatInt(id, 10)
	return try(at)
}

func (c *Client) serviceCall(method string, at Place, slug string, mask masker) (*call, error) {
	call := c.newCall(method, at.service(slug), mask)
	if err := errors.Join(at.check(), checkSegment("service", slug)); err != nil {
		return nil, call.refusal(err)
	}
	return call, nil
}

// checkSegment refuses what would make another path of a request than the one
// meant: servers and proxies resolve empty and dotted segments.
func checkSegment(what, text string) error {
	switch text {
	case "", ".", "..":
		return fmt.Errorf("%q is not the name of a %s", text, what)
	}
	return nil
}

// The errors of what follows continue the sentence "the answer".

// decodeAnswer sends the request and reads its answer, reporting one that
// cannot be read as the request's error.
func decodeAnswer[T any](ctx context.Context, call *call, body []byte, decode func([]byte) (*T, error)) (*T, error) {
	answer, err := call.do(ctx, body)
	if err != nil {
		return nil, err
	}
	value, err := decode(answer.body)
	if err != nil {
		return nil, call.garbage(answer, err)
	}
	return value, nil
}

var errNotJSON = errors.New("is not JSON")

// recordKeys are the keys of an answer that describe GitLab's record rather
// than the service's settings.
var recordKeys = []string{"id", "title", "slug", "created_at", "updated_at", "active", "inherited", "properties"}

func decodeService(body []byte) (*Service, error) {
	record, err := decodeObject(body)
	if err != nil {
		return nil, err
	}
	return decodeRecord(record)
}

func decodeRecord(record map[string]any) (*Service, error) {
	// Both have been in every answer since GitLab 8. Taking their absence for 0
	// and false would read as "deleted".
	for _, key := range []string{"id", "active"} {
		if _, ok := record[key]; !ok {
			return nil, fmt.Errorf("has no key %q", key)
		}
	}
	service := &Service{Values: map[string]any{}}
	var err error
	if service.ID, err = decodeID(record["id"]); err != nil {
		return nil, err
	}
	if service.Active, err = decodeActive(record["active"]); err != nil {
		return nil, err
	}
	if service.CreatedAt, err = decodeTime("created_at", record); err != nil {
		return nil, err
	}
	if service.UpdatedAt, err = decodeTime("updated_at", record); err != nil {
		return nil, err
	}
	service.Slug, _ = record["slug"].(string)
	service.Title, _ = record["title"].(string)
	if inherited, ok := record["inherited"].(bool); ok {
		service.Inherited = &inherited
	}
	properties, ok := record["properties"].(map[string]any)
	if !ok && record["properties"] != nil {
		return nil, errors.New(`has "properties" that are no object`)
	}
	maps.Copy(service.Values, record)
	for _, key := range recordKeys {
		delete(service.Values, key)
	}
	maps.Copy(service.Values, properties)
	return service, nil
}

func (l *Level) decodeHome(body []byte) (*Home, error) {
	record, err := decodeObject(body)
	if err != nil {
		return nil, err
	}
	return l.decodeHomeRecord(record)
}

func (l *Level) decodeHomeRecord(record map[string]any) (*Home, error) {
	id, err := decodeID(record["id"])
	if err != nil {
		return nil, err
	}
	path, _ := record[l.path].(string)
	if id == 0 || path == "" {
		return nil, fmt.Errorf("has no %q or no %q", "id", l.path)
	}
	return &Home{ID: id, Path: path}, nil
}

func decodeObject(body []byte) (map[string]any, error) {
	value, err := decodeJSON(body)
	if err != nil {
		return nil, err
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, errors.New("is not a JSON object")
	}
	return object, nil
}

// decodeList reads a JSON array of objects, each by decode.
func decodeList[T any](body []byte, decode func(map[string]any) (*T, error)) ([]*T, error) {
	value, err := decodeJSON(body)
	if err != nil {
		return nil, err
	}
	elements, ok := value.([]any)
	if !ok {
		return nil, errors.New("is not a JSON array")
	}
	list := make([]*T, 0, len(elements))
	for _, element := range elements {
		object, ok := element.(map[string]any)
		if !ok {
			return nil, errors.New("has an element that is not a JSON object")
		}
		decoded, err := decode(object)
		if err != nil {
			return nil, err
		}
		list = append(list, decoded)
	}
	return list, nil
}

// decodeJSON reads one JSON value and nothing after it, with numbers as
// written.
func decodeJSON(body []byte) (any, error) {
	var value any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return nil, errNotJSON
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errNotJSON
	}
	return value, nil
}

func decodeID(value any) (int64, error) {
	switch value := value.(type) {
	case nil:
		return 0, nil
	case json.Number:
		if id, err := value.Int64(); err == nil && id > 0 {
			return id, nil
		}
	}
	return 0, errors.New(`has an "id" that is no positive whole number`)
}

func decodeActive(value any) (bool, error) {
	switch value := value.(type) {
	case nil:
		return false, nil
	case bool:
		return value, nil
	case string:
		if active, err := strconv.ParseBool(strings.ToLower(value)); err == nil {
			return active, nil
		}
	case json.Number:
		if active, err := strconv.ParseBool(value.String()); err == nil {
			return active, nil
		}
	}
	return false, errors.New(`has an "active" that is neither true nor false`)
}

func decodeTime(key string, record map[string]any) (time.Time, error) {
	value := record[key]
	if value == nil {
		return time.Time{}, nil
	}
	text, _ := value.(string)
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("has a %q that is no time", key)
	}
	return at, nil
}
