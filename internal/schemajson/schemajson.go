// Package schemajson gives the provider's schemas in the JSON form of
// "terraform providers schema -json", without running Terraform: tools for
// documentation read it, and tests compare it. Unlike a CLI, it knows all that
// the provider's protocol has, identities included.
package schemajson

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

// Object is a JSON object.
type Object map[string]any

// Dump gives the schemas of the provider, its resources and their identities.
// The error tells what the framework finds wrong with them.
func Dump(ctx context.Context) (Object, error) {
	server, err := providerserver.NewProtocol6WithError(provider.New("dev")())()
	if err != nil {
		return nil, err
	}
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
	resources, identity := Object{}, Object{}
	for name, s := range schemas.ResourceSchemas {
		resources[name] = schema(s)
	}
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
		"resource_schemas":          resources,
		"resource_identity_schemas": identity,
	}, nil
}

// Resource gives the schema and the identity of one resource type.
func (o Object) Resource(name string) Object {
	resources, _ := o["resource_schemas"].(Object)
	identities, _ := o["resource_identity_schemas"].(Object)
	return Object{"schema": resources[name], "identity": identities[name]}
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
	attributes := Object{}
	for _, a := range b.Attributes {
		x := Object{"type": json.RawMessage(mustType(a.Type)), "description_kind": kind(a.DescriptionKind)}
		x.text("description", a.Description)
		x.flag("required", a.Required)
		x.flag("optional", a.Optional)
		x.flag("computed", a.Computed)
		x.flag("sensitive", a.Sensitive)
		x.flag("write_only", a.WriteOnly)
		attributes[a.Name] = x
	}
	if len(attributes) > 0 {
		out["attributes"] = attributes
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
