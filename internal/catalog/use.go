package catalog

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Use is one use of a service as somebody wants it: the example that
// documentation has beside the shortest one.
type Use struct {
	// For is a sentence that says what the settings are good for. In it, {place}
	// stands for the kind of place.
	For string
	// Set are the settings that make the difference.
	Set Set
	// Many: the service is set up in several places at once, with secrets of their
	// own. In texts of Set, {name} stands for the name of the place.
	Many bool
}

// Set are parameters as somebody writes them: texts, whole numbers (int) and
// booleans. Nil is the Example of the parameter.
type Set map[string]any

// values are what of the set has a value of its own.
func (set Set) values() Values {
	out := Values{}
	for name, value := range set {
		switch v := value.(type) {
		case string:
			out[name] = types.StringValue(v)
		case int:
			out[name] = types.Int64Value(int64(v))
		case bool:
			out[name] = types.BoolValue(v)
		}
	}
	return out
}

// Least are the arguments of the shortest configuration of which something
// comes: the required ones and, where GitLab has all events off in a new record,
// the first of them.
func (s *Service) Least() []Argument {
	set := Set{}
	if event := s.firstEvent(); event != "" {
		set[event] = true
	}
	return s.arguments(set)
}

// firstEvent is the event that has to be switched on for the service to do
// anything; "" is none.
func (s *Service) firstEvent() string {
	first := ""
	for _, e := range s.Events {
		if e.Flag == "" {
			continue
		}
		if e.Default {
			return ""
		}
		if first == "" {
			first = e.Flag
		}
	}
	return first
}

// Used are the arguments of the Use: the required ones, its settings, and what
// must stand beside them, in the order of the row.
func (s *Service) Used() []Argument { return s.arguments(s.Use.Set) }

// arguments are the required ones and those of the set, with the values that it
// has.
func (s *Service) arguments(set Set) []Argument {
	all := s.Arguments()
	values, take := set.values(), map[string]bool{}
	for i, a := range all {
		value, isSet := set[a.Name]
		switch v := value.(type) {
		case nil:
		case int:
			all[i].Value = int64(v)
		default:
			all[i].Value = v
		}
		if isSet || a.Required || a.while.Param != "" && s.met(a.while, values) {
			take[a.Name] = true
		}
	}
	for _, a := range all {
		for _, beside := range a.With {
			take[beside] = take[beside] || take[a.Name]
		}
	}
	return slices.DeleteFunc(all, func(a Argument) bool { return !take[a.Name] })
}
