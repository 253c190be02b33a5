package catalog

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Refusal is something that people write and that is refused, or warned of,
// before GitLab is asked for anything.
type Refusal struct {
	// Set is what is wrong beside the [Service.Least]. Nil is a value that is
	// right, and wrong where it stands.
	Set Set
	// Without are arguments that are missing.
	Without []string

	// why is the same for refusals that say the same of another parameter.
	why string
}

// refusing kinds have samples of what they refuse, or doubt, beyond the checks
// of their attributes.
type refusing interface {
	refusals(s *Service) []Refusal
}

// Refusals are samples of what the service refuses, in the order of the row:
// those of the checks, then those of the kinds. What is said of several
// parameters alike stands once, for the first of them.
func (s *Service) Refusals() []Refusal {
	var all []Refusal
	for _, a := range s.Arguments() {
		if !a.Legacy {
			name := cmp.Or(a.WriteOnly, a.Name)
			all = append(all, samplesOf(name, s.made().attributes[name])...)
		}
	}
	for _, p := range s.params() {
		if r, ok := p.(refusing); ok {
			all = append(all, r.refusals(s)...)
		}
		if r, ok := p.(replaced); ok {
			name, legacy := r.legacy()
			all = append(all, legacy.refusals(name)...)
		}
	}
	var out []Refusal
	seen := map[string]bool{}
	for _, r := range all {
		if !seen[r.why] {
			out = append(out, r)
		}
		seen[r.why] = true
	}
	return out
}

// samplesOf are those of the checks of an attribute.
func samplesOf(name string, a schema.Attribute) []Refusal {
	var out []Refusal
	add := func(must string, sample any) {
		out = append(out, Refusal{Set: Set{name: sample}, why: fmt.Sprint(must, sample)})
	}
	switch a := a.(type) {
	case schema.StringAttribute:
		for _, v := range a.Validators {
			if optional, ok := v.(orEmpty); ok {
				v = optional.String
			}
			if check, ok := v.(Check); ok {
				for _, sample := range check.Samples {
					add(check.Must, sample)
				}
			}
		}
	case schema.Int64Attribute:
		for _, v := range a.Validators {
			if check, ok := v.(numbers); ok {
				add(check.must, int(check.sample))
			}
		}
	}
	return out
}

// inSet is a value as it stands in a [Set].
func inSet(v attr.Value) any {
	switch v := v.(type) {
	case types.String:
		return v.ValueString()
	case types.Int64:
		return int(v.ValueInt64())
	case types.Bool:
		return v.ValueBool()
	}
	return nil
}

func (p String) refusals(s *Service) []Refusal {
	var out []Refusal
	if p.Form.doubtful != "" {
		out = append(out, Refusal{Set: Set{p.Name: p.Form.doubtful}, why: "doubt " + p.Form.doubtful})
	}
	if p.While.Param != "" {
		set := Set{p.While.Param: inSet(p.While.Is)}
		for _, other := range s.params() {
			if o, ok := other.(String); ok && o.Name != p.Name && o.While == p.While {
				set[o.Name] = nil
			}
		}
		out = append(out, Refusal{Set: set, Without: []string{p.Name}, why: "while " + p.Name})
	}
	if p.Unless != "" {
		out = append(out, Refusal{Set: Set{p.Name: ""}, Without: []string{p.Unless}, why: "unless " + p.Name})
	}
	return out
}

func (p Bool) refusals(*Service) []Refusal {
	if p.Only.Param == "" {
		return nil
	}
	return []Refusal{{Set: Set{p.Name: true}, Without: []string{p.Only.Param}, why: "only " + p.Name}}
}

func (p Strings) refusals(*Service) []Refusal {
	return []Refusal{{Set: Set{p.Name: trimmedText.Samples}, why: "strings"}}
}

func (p Secret) refusals(*Service) []Refusal {
	return []Refusal{
		{Set: Set{p.Name: nil, p.Name + suffixWriteOnly: nil}, why: "two values"},
		{Set: Set{p.Name + suffixVersion: 2}, Without: []string{p.Name + suffixWriteOnly}, why: "a version alone"},
	}
}

func (p Login) refusals(s *Service) []Refusal {
	out := p.Password.refusals(s)
	for _, r := range out {
		if _, given := r.Set[p.Password.Name]; given {
			r.Set[p.Username.Name] = nil
		}
	}
	return append(out, Refusal{Set: Set{p.Password.Name + suffixWriteOnly: nil}, Without: []string{p.Username.Name}, why: "half a login"})
}

// refusals has the parameter contradict its successor.
func (l Legacy) refusals(name string) []Refusal {
	values := slices.Sorted(maps.Keys(l.Successor.As))
	if len(values) < 2 {
		return nil
	}
	other := l.Successor.As[values[1]]
	return []Refusal{{Set: Set{name: values[0] == "true", l.Successor.Name: other}, why: "contradiction"}}
}
