package provider

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// shape is all that differs between types of resources: the row, and the kind
// of place where it lives. The attribute that names the place is at the same
// time the identity and the id of an import.
type shape struct {
	row   *catalog.Service
	level *gitlab.Level
}

// shapes are all types of resources, lists and data sources that are made of a
// row.
func shapes() []shape {
	var out []shape
	for _, row := range catalog.All() {
		out = append(out, shape{row, gitlab.Projects})
	}
	return out
}

// typeName is the type in configurations.
func (s shape) typeName() string { return s.row.ResourceType() }

// attributeTypes are the types of all attributes of the resource.
func (s shape) attributeTypes() map[string]attr.Type {
	out := maps.Clone(s.row.AttributeTypes())
	out[s.level.Noun] = types.StringType
	return out
}

// target is the service that values are about. Its place has no name while that
// is unknown.
func (s shape) target(values catalog.Values) target {
	name, _ := values[s.level.Noun].(types.String)
	return s.in(name.ValueString())
}

// in is the service in the place of that name.
func (s shape) in(name string) target {
	return target{s.row, gitlab.Place{Level: s.level, Name: name}}
}

// target is one service of one place: what a request, a claim or a message is
// about.
type target struct {
	row *catalog.Service
	at  gitlab.Place
}

// String is the target in a message: the title of the service, and the place.
func (t target) String() string { return t.row.Title + " of " + t.at.String() }

// key is a target that can be compared.
type key struct {
	slug string
	at   gitlab.Place
}

func (t target) key() key { return key{t.row.Slug, t.at} }
