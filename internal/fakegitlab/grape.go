package fakegitlab

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Grape is the framework of GitLab's API. It checks the declared parameters
// before GitLab's own code sees the request: the key is there, the value can be
// read as the declared type. It names all offenders in one line, in the order of
// declaration, and drops what is not declared.

// useInherited is declared for every slug since 17.2.
const useInherited = "use_inherited_settings"

// check returns the declared parameters of a request, in the types declared,
// or the refusal that names the offenders.
func (r *release) check(svc *service, body map[string]any) (map[string]any, error) {
	sent := make(map[string]any)
	var offences offences
	one := func(name, typ string, required bool) {
		v, given := body[name]
		if !given {
			if required {
				offences.add(name, "is missing")
			}
			return
		}
		coerced, ok := r.coerce(typ, v)
		if !ok {
			offences.add(name, "is invalid")
			return
		}
		sent[name] = coerced
	}
	for _, p := range svc.Params {
		if !p.Undeclared {
			one(p.Name, p.Type, p.Required)
		}
	}
	for _, name := range svc.Events {
		typ := r.EventType
		if slices.Contains(svc.TypedEvents, name) {
			typ = "boolean"
		}
		one(name, typ, false)
	}
	for _, name := range svc.BrokenEvents {
		one(name, r.EventType, false)
	}
	if r.InstanceDefaults == "inherited" {
		one(useInherited, "boolean", false)
	}
	if len(offences) > 0 {
		said := make([]string, len(offences))
		for i, o := range offences {
			said[i] = o.field + " " + o.messages[0]
		}
		return nil, &refusal{400, map[string]any{"error": strings.Join(said, ", ")}, offences}
	}
	return sent, nil
}

// coerce reads v, as a JSON or form body gives it (numbers are json.Number),
// as the declared type. Null passes for every type. It reports false where Grape
// says "is invalid".
func (r *release) coerce(typ string, v any) (any, bool) {
	if typ == "array" {
		return r.coerceArray(v)
	}
	switch v.(type) {
	case nil:
		return nil, true
	case map[string]any, []any:
		return nil, false
	}
	switch typ {
	case "integer":
		return r.coerceInteger(v)
	case "boolean":
		return coerceBoolean(v)
	}
	if n, ok := v.(json.Number); ok {
		return n.String(), true
	}
	return textOf(v), true
}

// coerceInteger truncates numbers, takes text with blanks around a number, and
// takes "" for null. It knows no upper limit.
func (r *release) coerceInteger(v any) (any, bool) {
	switch v := v.(type) {
	case json.Number:
		f, err := v.Float64()
		return math.Trunc(f), err == nil
	case string:
		if v == "" {
			return nil, true
		}
		text := v
		if !r.StrictIntegers {
			text = strings.TrimSpace(v)
		}
		if _, err := strconv.ParseInt(text, 10, 64); err != nil && !strings.Contains(err.Error(), strconv.ErrRange.Error()) {
			return nil, false
		}
		f, err := strconv.ParseFloat(text, 64)
		return f, err == nil
	}
	return nil, false
}

// coerceBoolean takes the usual words in any case, the integers 1 and 0, and ""
// for null.
func coerceBoolean(v any) (any, bool) {
	if n, ok := v.(json.Number); ok {
		v = n.String()
	}
	if v == "" {
		return nil, true
	}
	b := truth(v)
	return b, b != nil
}

// coerceArray takes a list of scalars; null and "" are the empty list.
func (r *release) coerceArray(v any) (any, bool) {
	switch v := v.(type) {
	case nil:
		return []any{}, true
	case string:
		return []any{}, v == ""
	case []any:
		list := make([]any, 0, len(v))
		for _, item := range v {
			text, ok := r.coerce("string", item)
			if !ok {
				return nil, false
			}
			list = append(list, text)
		}
		return list, true
	}
	return nil, false
}

// tidyList is what the model makes of a list of keys: trimmed, without blank
// ones and repetitions.
func tidyList(list []any) []any {
	tidy := make([]any, 0, len(list))
	for _, item := range list {
		if text := strings.TrimSpace(textOf(item)); text != "" && !slices.Contains(tidy, any(text)) {
			tidy = append(tidy, text)
		}
	}
	return tidy
}

func anyList(texts []string) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = text
	}
	return list
}
