package catalog

import (
	"slices"
	"strings"

	data "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// DataAttributes is the schema of the service's parameters in a data source: the
// attributes of the resource but for the secrets, which GitLab does not tell,
// all of them computed. Defaults, forms and reasons to be left alone say how a
// parameter is written, so the descriptions stop short of them.
func (s *Service) DataAttributes() map[string]data.Attribute {
	var secret []string
	for _, name := range s.Secrets() {
		secret = append(secret, name, name+suffixWriteOnly, name+suffixVersion)
	}
	out := map[string]data.Attribute{}
	for name, a := range s.Attributes() {
		if slices.Contains(secret, name) {
			continue
		}
		help := firstSentence(a.GetMarkdownDescription())
		switch a := a.(type) {
		case schema.StringAttribute:
			out[name] = data.StringAttribute{Computed: true, MarkdownDescription: help}
		case schema.BoolAttribute:
			out[name] = data.BoolAttribute{Computed: true, MarkdownDescription: help}
		case schema.Int64Attribute:
			out[name] = data.Int64Attribute{Computed: true, MarkdownDescription: help}
		case schema.ListAttribute:
			out[name] = data.ListAttribute{Computed: true, ElementType: a.ElementType, MarkdownDescription: help}
		}
	}
	return out
}

// Show reads GitLab's answer for a data source. Values has those of the
// attributes of DataAttributes that GitLab answers; a default that it does not
// name is no answer.
func (s *Service) Show(wire map[string]any) Reading {
	state := s.Decode(Answer{Values: wire, As: Display})
	attributes := s.DataAttributes()
	for name := range state.Values {
		if _, answered := wire[name]; !answered || attributes[name] == nil {
			delete(state.Values, name)
		}
	}
	return state
}

// firstSentence is the Help of a row, with which every description begins.
func firstSentence(description string) string {
	first, _, found := strings.Cut(description, ". ")
	if found {
		first += "."
	}
	return first
}
