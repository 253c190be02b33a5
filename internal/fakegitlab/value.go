package fakegitlab

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Values are kept as encoding/json decodes them: nil, bool, float64, string and
// []any. That is what the exported Record promises, and what comparing needs.

// plainValue brings any value that JSON can express into that form.
func plainValue(v any) (any, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("not a JSON value: %w", err)
	}
	var plain any
	if err := json.Unmarshal(text, &plain); err != nil {
		return nil, fmt.Errorf("not a JSON value: %w", err)
	}
	return plain, nil
}

func cloneValue(v any) any {
	if list, ok := v.([]any); ok {
		return slices.Clone(list)
	}
	return v
}

func cloneValues(m map[string]any) map[string]any {
	c := make(map[string]any, len(m))
	for k, v := range m {
		c[k] = cloneValue(v)
	}
	return c
}

func equalValues(a, b any) bool { return reflect.DeepEqual(a, b) }

// isBlank is Rails' blank?: null, false, empty lists, and text of blanks only.
func isBlank(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case bool:
		return !v
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	}
	return false
}

// textOf is Ruby's to_s.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// truth reads a stored boolean the way GitLab does since 14.x, and its API
// parses one: true, false, or nil for anything that is neither.
func truth(v any) any {
	switch strings.ToLower(textOf(v)) {
	case "true", "t", "yes", "y", "1", "on":
		return true
	case "false", "f", "no", "n", "0", "off":
		return false
	}
	return nil
}

// columnTruth is how a database column takes a flag that the API declares as
// text: nothing is null, and of other words anything that is not false is true
// or, up to Rails 4, anything that is not true is false.
func (r *release) columnTruth(v any) any {
	text := strings.ToLower(textOf(v))
	switch {
	case text == "":
		return nil
	case r.JunkIsFalse:
		return slices.Contains([]string{"true", "t", "1", "on"}, text)
	}
	return !slices.Contains([]string{"false", "f", "0", "off"}, text)
}
