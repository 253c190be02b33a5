package catalog

import (
	"fmt"
	"slices"

	data "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// DataAttributes is the schema of the service's parameters in a data source: all
// but the secrets, which GitLab does not tell, and all of them computed. Their
// descriptions are no more than the Help of the row: defaults and forms say how
// a parameter is written. An error is a mistake in a kind of parameter.
func (s *Service) DataAttributes() (map[string]data.Attribute, error) {
	made := s.made()
	out := map[string]data.Attribute{}
	for _, a := range made.shown() {
		switch of := made.attributes[a.Name].(type) {
		case schema.StringAttribute:
			out[a.Name] = data.StringAttribute{Computed: true, MarkdownDescription: a.Help}
		case schema.BoolAttribute:
			out[a.Name] = data.BoolAttribute{Computed: true, MarkdownDescription: a.Help}
		case schema.Int64Attribute:
			out[a.Name] = data.Int64Attribute{Computed: true, MarkdownDescription: a.Help}
		case schema.DynamicAttribute:
			out[a.Name] = data.DynamicAttribute{Computed: true, MarkdownDescription: a.Help}
		case schema.ListAttribute:
			out[a.Name] = data.ListAttribute{Computed: true, ElementType: of.ElementType, MarkdownDescription: a.Help}
		default:
			return nil, fmt.Errorf("%s of %s is a %T, which data sources do not know", a.Name, s.Slug, of)
		}
	}
	return out, nil
}

// Show reads GitLab's answer for a data source. Values has those of the
// parameters in DataAttributes that stand in the answer. What GitLab leaves out
// is missing there, also where the parameter has a default. Settings that are
// inherited are shown as they are.
func (s *Service) Show(a Answer) Reading {
	a.As = Display
	read := s.Decode(a)
	out := Reading{Values: Values{}, Problems: read.Problems}
	for _, p := range s.made().shown() {
		if _, answered := a.Values[p.Name]; answered || p.apart {
			out.Values[p.Name] = read.Values[p.Name]
		}
	}
	return out
}

// shown are the parameters that a data source has.
func (s *Service) shown() []Argument {
	out := slices.DeleteFunc(s.Arguments(), func(a Argument) bool { return a.WriteOnly != "" })
	for _, p := range s.params() {
		if p, ok := p.(showing); ok {
			out = append(out, p.shown()...)
		}
	}
	return out
}
