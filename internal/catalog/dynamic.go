package catalog

import (
	"context"
	"encoding/json"
	"maps"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// This file is about values whose type is left to those who write them: texts,
// numbers, booleans and lists of texts, in an object or a map.

// concrete is the value itself, where the type of an attribute is dynamic.
func concrete(v attr.Value) attr.Value {
	dynamic, _ := v.(types.Dynamic)
	if of := dynamic.UnderlyingValue(); of != nil {
		return of
	}
	return v
}

// given reports whether there is a value, known or not.
func given(v attr.Value) bool {
	v = concrete(v)
	return v != nil && !v.IsNull()
}

// settled reports whether there is a value, and which is known.
func settled(v attr.Value) bool { return given(v) && !concrete(v).IsUnknown() }

// members are those of an object or a map; false where it is neither.
func members(v attr.Value) (map[string]attr.Value, bool) {
	switch v := concrete(v).(type) {
	case types.Object:
		return v.Attributes(), true
	case types.Map:
		return v.Elements(), true
	}
	return nil, false
}

// items are those of a list, in any of the types that Terraform has for one;
// false where it is none.
func items(v attr.Value) ([]attr.Value, bool) {
	switch v := concrete(v).(type) {
	case types.Tuple:
		return v.Elements(), true
	case types.List:
		return v.Elements(), true
	case types.Set:
		return v.Elements(), true
	}
	return nil, false
}

// plain is the value as JSON has it; false where it is not known or of another
// kind.
func plain(v attr.Value) (any, bool) {
	if !settled(v) {
		return nil, false
	}
	switch v := concrete(v).(type) {
	case types.String:
		return v.ValueString(), true
	case types.Bool:
		return v.ValueBool(), true
	case types.Number:
		return numberText(v.ValueBigFloat())
	}
	list, ok := items(v)
	out := []string{}
	for _, item := range list {
		text, _ := concrete(item).(types.String)
		ok = ok && settled(text)
		out = append(out, text.ValueString())
	}
	return out, ok
}

// numberText is a number in JSON; false for one that is too big for GitLab, and
// for others who read JSON.
func numberText(n *big.Float) (any, bool) {
	if f, _ := n.Float64(); math.IsInf(f, 0) {
		return nil, false
	}
	if n.IsInt() {
		return json.Number(n.Text('f', 0)), true
	}
	return json.Number(n.Text('g', -1)), true
}

// cleared is what GitLab takes for nothing in the place of a value. It is false
// for a boolean: GitLab counts null as that, and answers it with 500 for some
// event flags (18.9). In a map of texts, a boolean is one.
func cleared(was attr.Value) any {
	switch was := concrete(was).(type) {
	case types.String:
		if text := was.ValueString(); text == "true" || text == "false" {
			return false
		}
		return ""
	case types.Bool:
		return false
	case types.Number:
		return nil
	}
	return []string{}
}

// empty reports whether GitLab's null or blank text says the same as a value.
func empty(v attr.Value) bool {
	switch v := concrete(v).(type) {
	case types.String:
		return strings.TrimSpace(v.ValueString()) == ""
	case types.Bool:
		return !v.ValueBool()
	case types.Number:
		return false
	}
	list, _ := items(v)
	return len(list) == 0
}

// readLike reads an answer in the light of a prior value that is known: in its
// type where that can be, and as it is where both mean the same.
func readLike(prior attr.Value, wire any) (attr.Value, bool) {
	if unset(wire) {
		if empty(prior) {
			return prior, true
		}
		return nothing(prior), true
	}
	switch was := concrete(prior).(type) {
	case types.String:
		if text, ok := parseText(wire); ok {
			if sameText(was.ValueString(), wire) {
				return prior, true
			}
			return text, true
		}
	case types.Bool:
		if is, ok := parseBool(wire); ok {
			return is, true
		}
	case types.Number:
		if is, ok := parseNumber(wire); ok {
			if sameNumber(was, is) {
				return prior, true
			}
			return is, true
		}
	default:
		if texts, ok := parseTexts(wire); ok {
			if len(texts) == 0 && empty(was) {
				return prior, true // tolist([]) does not tell of what it is a list.
			}
			return listLike(was, texts), true
		}
	}
	return readPlain(wire)
}

// nothing is what a value reads as that GitLab has cleared.
func nothing(prior attr.Value) attr.Value {
	switch was := concrete(prior).(type) {
	case types.String:
		return types.StringNull()
	case types.Bool:
		return types.BoolValue(false)
	case types.Number:
		return types.NumberNull()
	default:
		return listLike(was, nil)
	}
}

// listLike is a list of texts in the type of another.
func listLike(was attr.Value, texts []attr.Value) attr.Value {
	switch was.(type) {
	case types.List:
		return types.ListValueMust(types.StringType, texts)
	case types.Set:
		var once []attr.Value
		for _, text := range texts {
			if !slices.ContainsFunc(once, text.Equal) {
				once = append(once, text)
			}
		}
		return types.SetValueMust(types.StringType, once)
	}
	return tuple(texts)
}

// tuple is a list of texts as somebody writes it in a configuration.
func tuple(texts []attr.Value) attr.Value {
	return types.TupleValueMust(slices.Repeat([]attr.Type{types.StringType}, len(texts)), texts)
}

// readPlain reads an answer for its own sake; false for an object and what else
// there is no place for.
func readPlain(wire any) (attr.Value, bool) {
	switch w := wire.(type) {
	case nil:
		return types.StringNull(), true
	case bool:
		return types.BoolValue(w), true
	case json.Number:
		if n, ok := parseNumber(w); ok {
			return n, true
		}
		return parseText(w)
	case string:
		return parseText(w)
	}
	texts, ok := parseTexts(wire)
	if !ok {
		return nil, false
	}
	return tuple(texts), true
}

// sameText reports whether a text says what GitLab answers as a boolean or as a
// number: it stores what it declares.
func sameText(text string, wire any) bool {
	switch w := wire.(type) {
	case bool:
		is, ok := parseBool(text)
		return ok && is.Equal(types.BoolValue(w))
	case json.Number:
		a, isNumber := parseNumber(text)
		b, ok := parseNumber(w)
		return isNumber && ok && sameNumber(a, b)
	}
	return false
}

// sameNumber reports whether two numbers are one to GitLab, which has whole ones
// as they are and others to the precision of a float.
func sameNumber(a, b types.Number) bool {
	m, n := a.ValueBigFloat(), b.ValueBigFloat()
	if m.IsInt() || n.IsInt() {
		return m.Cmp(n) == 0
	}
	x, _ := m.Float64()
	y, _ := n.Float64()
	return x == y
}

func parseTexts(wire any) ([]attr.Value, bool) {
	list, ok := wire.([]any)
	if !ok {
		return nil, false
	}
	out := make([]attr.Value, 0, len(list))
	for _, item := range list {
		text, ok := parseText(item)
		if !ok {
			return nil, false
		}
		out = append(out, text)
	}
	return out, true
}

// parseNumber reads a number, also from text: see [parseInt]. An exponent could
// ask for any amount of memory where the number is written out.
func parseNumber(wire any) (types.Number, bool) {
	var text string
	switch w := wire.(type) {
	case json.Number:
		text = w.String()
	case string:
		text = strings.TrimSpace(w)
	}
	if len(text) > 400 || strings.Trim(text, "+-.0123456789eE") != "" {
		return types.NumberNull(), false
	}
	near, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return types.NumberNull(), false
	}
	n, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
	if err != nil || near == 0 && n.Sign() != 0 {
		return types.NumberNull(), false
	}
	return types.NumberValue(n), true
}

// objectLike puts values together in the type of a prior object, as far as that
// can be.
func objectLike(prior attr.Value, values map[string]attr.Value) attr.Value {
	attributeTypes := map[string]attr.Type{}
	for name, v := range values {
		attributeTypes[name] = v.Type(context.Background())
	}
	if was, ok := concrete(prior).(types.Map); ok {
		of := was.ElementType(context.Background())
		others := slices.ContainsFunc(slices.Collect(maps.Values(attributeTypes)), func(t attr.Type) bool { return !t.Equal(of) })
		if !others {
			return types.MapValueMust(of, values)
		}
	}
	return types.ObjectValueMust(attributeTypes, values)
}
