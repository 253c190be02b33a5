// Package schemajson gives the provider's schemas in the JSON form of
// "terraform providers schema -json", without running Terraform: tools for
// documentation read it, and tests compare it. Unlike older CLIs, it knows all
// that the provider's protocol has, identities and list resources included.
package schemajson

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

// Object is a JSON object.
type Object map[string]any

// Dump gives the schemas of the provider, its resources and their identities,
// its data sources and its list resources.
// The error tells what the framework finds wrong with them.
func Dump(ctx context.Context) (Object, error) {
	server := provider.NewServer("dev")
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, err
	}
	for _, d := range append(schemas.Diagnostics, identities.Diagnostics...) {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			err = errors.Join(err, fmt.Errorf("%s: %s", d.Summary, d.Detail))
		}
	}
	if err != nil {
		return nil, err
	}
	identity := Object{}
	for name, s := range identities.IdentitySchemas {
		attributes := Object{}
		for _, a := range s.IdentityAttributes {
			x := Object{"type": json.RawMessage(mustType(a.Type))}
			x.text("description", a.Description)
			x.flag("required_for_import", a.RequiredForImport)
			x.flag("optional_for_import", a.OptionalForImport)
			attributes[a.Name] = x
		}
		identity[name] = Object{"version": s.Version, "attributes": attributes}
	}
	return Object{
		"provider":                  schema(schemas.Provider),
		"resource_schemas":          all(schemas.ResourceSchemas),
		"resource_identity_schemas": identity,
		"data_source_schemas":       all(schemas.DataSourceSchemas),
		"list_resource_schemas":     all(schemas.ListResourceSchemas),
	}, nil
}

// Names are those of all resources, data sources and list resources of a dump.
func (o Object) Names() iter.Seq[string] {
	names := map[string]bool{}
	for _, kind := range kinds {
		of, _ := o[kind].(Object)
		for name := range of {
			names[name] = true
		}
	}
	return maps.Keys(names)
}

// kinds are the parts of a dump by name of a type, under the keys of
// [Object.Type].
var kinds = map[string]string{
	"schema": "resource_schemas", "identity": "resource_identity_schemas",
	"data_source": "data_source_schemas", "list": "list_resource_schemas",
}

// Type gives all that goes by one name: the schema and the identity of the
// resource, the data source, and the list resource, as far as there are any.
func (o Object) Type(name string) Object {
	out := Object{}
	for key, kind := range kinds {
		of, _ := o[kind].(Object)
		if schema, ok := of[name]; ok {
			out[key] = schema
		}
	}
	return out
}

func all(schemas map[string]*tfprotov6.Schema) Object {
	out := Object{}
	for name, s := range schemas {
		out[name] = schema(s)
	}
	return out
}

func (o Object) text(key, value string) {
	if value != "" {
		o[key] = value
	}
}

func (o Object) flag(key string, value bool) {
	if value {
		o[key] = true
	}
}

func schema(s *tfprotov6.Schema) Object {
	return Object{"version": s.Version, "block": block(s.Block)}
}

func block(b *tfprotov6.SchemaBlock) Object {
	out := Object{"description_kind": kind(b.DescriptionKind)}
	out.text("description", b.Description)
	if len(b.Attributes) > 0 {
		out["attributes"] = attributes(b.Attributes)
	}
	return out
}

func attributes(list []*tfprotov6.SchemaAttribute) Object {
	out := Object{}
	for _, a := range list {
		x := Object{"description_kind": kind(a.DescriptionKind)}
		if a.NestedType != nil {
			x["nested_type"] = Object{
				"attributes":   attributes(a.NestedType.Attributes),
				"nesting_mode": strings.ToLower(a.NestedType.Nesting.String()),
			}
		} else {
			x["type"] = json.RawMessage(mustType(a.Type))
		}
		x.text("description", a.Description)
		x.flag("required", a.Required)
		x.flag("optional", a.Optional)
		x.flag("computed", a.Computed)
		x.flag("sensitive", a.Sensitive)
		x.flag("write_only", a.WriteOnly)
		out[a.Name] = x
	}
	return out
}

func kind(k tfprotov6.StringKind) string {
	return strings.ToLower(k.String())
}

func mustType(t interface{ MarshalJSON() ([]byte, error) }) []byte {
	raw, err := t.MarshalJSON()
	if err != nil {
		return []byte("null")
	}
	return raw
}
