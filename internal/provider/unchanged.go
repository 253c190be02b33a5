package provider

import (
	"context"
	"encoding/json"
	"math"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// Here are the answers to calls in which there is nothing to decide: most of
// the calls of a plan. The framework (1.19) copies all attributes of a schema at
// each step of a path, which is quadratic work in calls that come once a
// resource.
//
// Nothing here has a rule of its own. A condition is a function that the
// framework's way calls too, and what is not plain is left to the framework: no
// answer here is nil there. A test compares the two.

// upgraded is a state of this version of the schema as the wire has it; nil
// where the framework must look at it.
func upgraded(req *tfprotov6.UpgradeResourceStateRequest) *tfprotov6.UpgradeResourceStateResponse {
	of, ok := typeNamed(req.TypeName)
	if !ok || req.RawState == nil || req.RawState.JSON == nil || req.Version != of.schema.Version {
		return nil
	}
	state, ok := of.parse(req.RawState.JSON)
	if !ok {
		return nil
	}
	value, err := tfprotov6.NewDynamicValue(of.wire, state)
	if err != nil {
		return nil
	}
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &value}
}

// valid is the answer to a configuration in which nothing is wrong, nor likely
// to be; nil where the framework must look at it.
func valid(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) *tfprotov6.ValidateResourceConfigResponse {
	of, ok := typeNamed(req.TypeName)
	if !ok || req.Config == nil {
		return nil
	}
	raw, values, ok := of.read(ctx, req.Config)
	if !ok {
		return nil
	}
	as := asked{config: tfsdk.Config{Raw: raw, Schema: of.schema}}
	as.client.WriteOnlyAttributesAllowed = req.ClientCapabilities != nil && req.ClientCapabilities.WriteOnlyAttributesAllowed
	for _, a := range of.attributes {
		if !a.allows(values[a.name], as) || !a.passes(ctx, as, values[a.name]) {
			return nil
		}
	}
	if len(of.resource.row.Validate(values)) > 0 {
		return nil
	}
	return &tfprotov6.ValidateResourceConfigResponse{}
}

// resourceType is what there is to know of a type of resource once for all.
type resourceType struct {
	resource   *serviceResource
	schema     schema.Schema
	wire       tftypes.Type
	attributes []attribute
}

// typeNamed is the type of that name; false where there is none that is plain.
func typeNamed(name string) (*resourceType, bool) {
	get, ok := resourceTypes()[name]
	if !ok {
		return nil, false
	}
	out := get()
	return out, out != nil
}

// resourceTypes has each type when it is asked for first: a run has few of them.
var resourceTypes = sync.OnceValue(func() map[string]func() *resourceType {
	out := map[string]func() *resourceType{}
	for _, s := range shapes() {
		out[s.typeName()] = sync.OnceValue(func() *resourceType { return plainType(newServiceResource(s)) })
	}
	return out
})

// plainType is nil for a schema that has more than attributes of the kinds that
// runOf knows.
func plainType(r *serviceResource) *resourceType {
	ctx := context.Background()
	var resp resource.SchemaResponse
	r.Schema(ctx, resource.SchemaRequest{}, &resp)
	_, more := any(r).(resource.ResourceWithConfigValidators)
	if more || len(resp.Diagnostics) > 0 || len(resp.Schema.Blocks) > 0 || resp.Schema.DeprecationMessage != "" {
		return nil
	}
	out := &resourceType{resource: r, schema: resp.Schema, wire: resp.Schema.Type().TerraformType(ctx)}
	for name, a := range resp.Schema.Attributes {
		run, ok := runOf(a)
		if !ok {
			return nil
		}
		out.attributes = append(out.attributes, attribute{
			Attribute: a, name: name, kind: a.GetType(), wire: a.GetType().TerraformType(ctx),
			at: path.Root(name), matches: path.MatchRoot(name), run: run,
		})
	}
	return out
}

// parse reads an object as it stands in a state file, where attributes that the
// schema does not have are ignored; false where a value is not of its type, and
// may have to be converted. The library's way takes ten times as much memory, a
// reader of its own for every value.
func (t *resourceType) parse(state []byte) (tftypes.Value, bool) {
	var members map[string]any
	if json.Unmarshal(state, &members) != nil || members == nil {
		return tftypes.Value{}, false
	}
	on := make(map[string]tftypes.Value, len(t.attributes))
	for _, a := range t.attributes {
		value, ok := plain(a.wire, members[a.name])
		if !ok {
			return tftypes.Value{}, false
		}
		on[a.name] = value
	}
	return tftypes.NewValue(t.wire, on), true
}

// plain is a JSON value that is of the type as it stands.
func plain(of tftypes.Type, value any) (tftypes.Value, bool) {
	switch v := value.(type) {
	case nil:
		return tftypes.NewValue(of, nil), true
	case string:
		return tftypes.NewValue(tftypes.String, v), of.Is(tftypes.String)
	case bool:
		return tftypes.NewValue(tftypes.Bool, v), of.Is(tftypes.Bool)
	case float64:
		const exact = 1 << 53
		whole := v == math.Trunc(v) && math.Abs(v) < exact
		return tftypes.NewValue(tftypes.Number, v), whole && of.Is(tftypes.Number)
	case []any:
		list, ok := of.(tftypes.List)
		elements := make([]tftypes.Value, len(v))
		for i := range v {
			if ok {
				elements[i], ok = plain(list.ElementType, v[i])
			}
		}
		if !ok {
			return tftypes.Value{}, false
		}
		return tftypes.NewValue(of, elements), true
	}
	return tftypes.Value{}, false
}

// read reads an object from the wire; false where it is none that is wholly
// known.
func (t *resourceType) read(ctx context.Context, wire *tfprotov6.DynamicValue) (tftypes.Value, catalog.Values, bool) {
	raw, err := wire.Unmarshal(t.wire)
	var on map[string]tftypes.Value
	if err != nil || raw.IsNull() || !raw.IsFullyKnown() || raw.As(&on) != nil {
		return raw, nil, false
	}
	values := make(catalog.Values, len(on))
	for _, a := range t.attributes {
		if values[a.name], err = a.kind.ValueFromTerraform(ctx, on[a.name]); err != nil {
			return raw, nil, false
		}
	}
	return raw, values, true
}

// attribute is one of a schema, with what it is asked for in every call.
type attribute struct {
	schema.Attribute
	name    string
	kind    attr.Type
	wire    tftypes.Type
	at      path.Path
	matches path.Expression
	run     func(context.Context, attribute, asked, attr.Value) bool
}

// asked is what a validator may want to know beside its value.
type asked struct {
	config tfsdk.Config
	client validator.ValidateSchemaClientCapabilities
}

// allows reports whether the schema takes the value, or that there is none.
func (a attribute) allows(value attr.Value, as asked) bool {
	if value.IsNull() {
		return !a.IsRequired()
	}
	return (a.IsRequired() || a.IsOptional()) && a.GetDeprecationMessage() == "" &&
		(!a.IsWriteOnly() || as.client.WriteOnlyAttributesAllowed)
}

// passes reports whether the validators of the schema have nothing to say.
func (a attribute) passes(ctx context.Context, as asked, value attr.Value) bool {
	return a.run(ctx, a, as, value)
}

// runOf runs the validators of an attribute; false for a kind of attribute that
// no row has.
func runOf(of schema.Attribute) (func(context.Context, attribute, asked, attr.Value) bool, bool) {
	switch of := of.(type) {
	case schema.StringAttribute:
		return func(ctx context.Context, a attribute, as asked, value attr.Value) bool {
			text, ok := value.(types.String)
			req := validator.StringRequest{Path: a.at, PathExpression: a.matches, Config: as.config, ClientCapabilities: as.client, ConfigValue: text}
			var resp validator.StringResponse
			for _, v := range of.Validators {
				v.ValidateString(ctx, req, &resp)
			}
			return ok && len(resp.Diagnostics) == 0
		}, true
	case schema.BoolAttribute:
		return func(ctx context.Context, a attribute, as asked, value attr.Value) bool {
			yes, ok := value.(types.Bool)
			req := validator.BoolRequest{Path: a.at, PathExpression: a.matches, Config: as.config, ClientCapabilities: as.client, ConfigValue: yes}
			var resp validator.BoolResponse
			for _, v := range of.Validators {
				v.ValidateBool(ctx, req, &resp)
			}
			return ok && len(resp.Diagnostics) == 0
		}, true
	case schema.Int64Attribute:
		return func(ctx context.Context, a attribute, as asked, value attr.Value) bool {
			number, ok := value.(types.Int64)
			req := validator.Int64Request{Path: a.at, PathExpression: a.matches, Config: as.config, ClientCapabilities: as.client, ConfigValue: number}
			var resp validator.Int64Response
			for _, v := range of.Validators {
				v.ValidateInt64(ctx, req, &resp)
			}
			return ok && len(resp.Diagnostics) == 0
		}, true
	case schema.ListAttribute:
		return func(ctx context.Context, a attribute, as asked, value attr.Value) bool {
			list, ok := value.(types.List)
			req := validator.ListRequest{Path: a.at, PathExpression: a.matches, Config: as.config, ClientCapabilities: as.client, ConfigValue: list}
			var resp validator.ListResponse
			for _, v := range of.Validators {
				v.ValidateList(ctx, req, &resp)
			}
			return ok && len(resp.Diagnostics) == 0
		}, true
	}
	return nil, false
}
