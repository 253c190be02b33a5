package provider

import (
	"context"
	"encoding/json"
	"maps"
	"math"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
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
	if !ok {
		return nil
	}
	values, ok := of.read(ctx, req.Config)
	if !ok {
		return nil
	}
	writeOnly := req.ClientCapabilities != nil && req.ClientCapabilities.WriteOnlyAttributesAllowed
	for _, a := range of.attributes {
		if !a.allows(values[a.name], writeOnly) || !a.passes(ctx, values[a.name]) {
			return nil
		}
	}
	if len(of.resource.service.Validate(values)) > 0 {
		return nil
	}
	return &tfprotov6.ValidateResourceConfigResponse{}
}

// unchangedRead is the answer to the refresh of a service that the list of its
// place proves to be as it is in the state; nil where it must be asked for, which
// alone decides what is drift and what is gone. The failure of a list is nobody's
// error.
func (i *instance) unchangedRead(ctx context.Context, req *tfprotov6.ReadResourceRequest) *tfprotov6.ReadResourceResponse {
	of, ok := typeNamed(req.TypeName)
	if !ok || i == nil || i.client == nil || !i.batchRefresh || !of.resource.service.Stamped() {
		return nil
	}
	known, _ := plainMemory(req.Private)
	if known.Mark == "" || known.ReadAt.IsZero() {
		return nil
	}
	state, ok := of.read(ctx, req.CurrentState)
	if !ok {
		return nil
	}
	t := of.resource.target(state)
	identity := of.identity(ctx, t)
	i.claims.seenInState(t.key(), known.Mark)
	ctx, waited := patient(ctx)
	listed, ok := i.client.Glance(ctx, t.at).Service(t.row.Slug)
	if !ok || identity == nil || !known.unchanged(listed, catalog.Inherits(state), i.print(t.row)) {
		return nil
	}
	resp := &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: identity}
	var warnings diag.Diagnostics
	waited(&warnings)
	for _, w := range warnings {
		resp.Diagnostics = append(resp.Diagnostics, &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityWarning, Summary: w.Summary(), Detail: w.Detail()})
	}
	return resp
}

// unchangedPlan is the answer to a plan that changes nothing; nil where there is
// something to plan, or to say. That what is proposed is what there was proves
// nothing: Terraform proposes the prior value for what is computed and not
// configured, and only the schema's default shows that somebody has switched it.
func (i *instance) unchangedPlan(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse {
	of, ok := typeNamed(req.TypeName)
	if !ok || i == nil {
		return nil
	}
	known, ok := plainMemory(req.PriorPrivate)
	if !ok {
		return nil
	}
	prior, ok := of.read(ctx, req.PriorState)
	if !ok {
		return nil
	}
	config, ok := of.read(ctx, req.Config)
	if !ok {
		return nil
	}
	plan, ok := of.read(ctx, req.ProposedNewState)
	if !ok {
		return nil
	}
	for _, a := range of.attributes {
		switch {
		case a.IsWriteOnly():
			plan[a.name] = a.null
		case a.initial != nil && config[a.name].IsNull():
			plan[a.name] = a.initial
		}
	}
	if !maps.EqualFunc(plan, prior, attr.Value.Equal) {
		return nil
	}
	r := serviceResource{of.resource.shape, i}
	planned := r.plan(ctx, catalog.Change{Config: config, Plan: plan, Prior: prior}, known)
	if len(planned.diags) > 0 || len(planned.replaces) > 0 || planned.memory.Unsettled != known.Unsettled ||
		!maps.EqualFunc(planned.values, prior, attr.Value.Equal) {
		return nil
	}
	resp := &tfprotov6.PlanResourceChangeResponse{PlannedState: req.PriorState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: req.PriorIdentity}
	if req.PriorIdentity == nil {
		resp.PlannedIdentity = of.noIdentity // Terraform before 1.12 has none.
	}
	return resp
}

// plainMemory reads private state as the framework (1.19) writes it; false where
// it is anything but the memory of a resource.
func plainMemory(private []byte) (memory, bool) {
	var keys map[string][]byte
	if json.Unmarshal(private, &keys) != nil || len(keys) != 1 || keys[memoryKey] == nil {
		return memory{}, false
	}
	return remembered(keys[memoryKey])
}

func identityType(ctx context.Context, r *serviceResource) tftypes.Type {
	object, _ := r.identity(target{})
	return object.Type(ctx).TerraformType(ctx)
}

// identity is that of a target on the wire; nil where it cannot be made.
func (t *resourceType) identity(ctx context.Context, of target) *tfprotov6.ResourceIdentityData {
	object, diags := t.resource.identity(of)
	value, err := object.ToTerraformValue(ctx)
	if diags.HasError() || err != nil {
		return nil
	}
	wire, err := tfprotov6.NewDynamicValue(object.Type(ctx).TerraformType(ctx), value)
	if err != nil {
		return nil
	}
	return &tfprotov6.ResourceIdentityData{IdentityData: &wire}
}

// resourceType is what there is to know of a type of resource once for all.
type resourceType struct {
	resource   *serviceResource
	schema     schema.Schema
	wire       tftypes.Type
	attributes []attribute
	noIdentity *tfprotov6.ResourceIdentityData
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
		out[s.typeName] = sync.OnceValue(func() *resourceType { return plainType(newServiceResource(s)) })
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
	none, err := tfprotov6.NewDynamicValue(identityType(ctx, r), tftypes.NewValue(identityType(ctx, r), nil))
	if err != nil {
		return nil
	}
	out := &resourceType{resource: r, schema: resp.Schema, wire: resp.Schema.Type().TerraformType(ctx), noIdentity: &tfprotov6.ResourceIdentityData{IdentityData: &none}}
	for name, a := range resp.Schema.Attributes {
		run, ok := runOf(a)
		null, err := a.GetType().ValueFromTerraform(ctx, tftypes.NewValue(a.GetType().TerraformType(ctx), nil))
		if !ok || err != nil {
			return nil
		}
		out.attributes = append(out.attributes, attribute{
			Attribute: a, name: name, kind: a.GetType(), wire: a.GetType().TerraformType(ctx),
			passes: run, null: null, initial: initial(ctx, a),
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
func (t *resourceType) read(ctx context.Context, wire *tfprotov6.DynamicValue) (catalog.Values, bool) {
	if wire == nil {
		return nil, false
	}
	raw, err := wire.Unmarshal(t.wire)
	var on map[string]tftypes.Value
	if err != nil || raw.IsNull() || !raw.IsFullyKnown() || raw.As(&on) != nil {
		return nil, false
	}
	values := make(catalog.Values, len(on))
	for _, a := range t.attributes {
		if values[a.name], err = a.kind.ValueFromTerraform(ctx, on[a.name]); err != nil {
			return nil, false
		}
	}
	return values, true
}

// attribute is one of a schema, with what it is asked for in every call.
type attribute struct {
	schema.Attribute
	name string
	kind attr.Type
	wire tftypes.Type
	// passes reports whether the validators of the schema have nothing to say.
	passes func(context.Context, attr.Value) bool
	// null is none, and initial what the schema has for none in a configuration;
	// nil: nothing.
	null, initial attr.Value
}

// initial is the default of an attribute, all of which are constants; no list
// has one.
func initial(ctx context.Context, of schema.Attribute) attr.Value {
	switch of := of.(type) {
	case schema.StringAttribute:
		if of.Default != nil {
			var resp defaults.StringResponse
			of.Default.DefaultString(ctx, defaults.StringRequest{}, &resp)
			return resp.PlanValue
		}
	case schema.BoolAttribute:
		if of.Default != nil {
			var resp defaults.BoolResponse
			of.Default.DefaultBool(ctx, defaults.BoolRequest{}, &resp)
			return resp.PlanValue
		}
	case schema.Int64Attribute:
		if of.Default != nil {
			var resp defaults.Int64Response
			of.Default.DefaultInt64(ctx, defaults.Int64Request{}, &resp)
			return resp.PlanValue
		}
	}
	return nil
}

// allows reports whether the schema takes the value, or that there is none.
func (a attribute) allows(value attr.Value, writeOnly bool) bool {
	if value.IsNull() {
		return !a.IsRequired()
	}
	return (a.IsRequired() || a.IsOptional()) && a.GetDeprecationMessage() == "" &&
		(!a.IsWriteOnly() || writeOnly)
}

// runOf runs the validators of an attribute, which look at its value alone; false
// for a kind of attribute, or of validators, that no row has.
func runOf(of schema.Attribute) (func(context.Context, attr.Value) bool, bool) {
	switch of := of.(type) {
	case schema.StringAttribute:
		return func(ctx context.Context, value attr.Value) bool {
			text, ok := value.(types.String)
			var resp validator.StringResponse
			for _, v := range of.Validators {
				v.ValidateString(ctx, validator.StringRequest{ConfigValue: text}, &resp)
			}
			return ok && len(resp.Diagnostics) == 0
		}, true
	case schema.BoolAttribute:
		return func(context.Context, attr.Value) bool { return true }, len(of.Validators) == 0
	case schema.Int64Attribute:
		return func(ctx context.Context, value attr.Value) bool {
			number, ok := value.(types.Int64)
			var resp validator.Int64Response
			for _, v := range of.Validators {
				v.ValidateInt64(ctx, validator.Int64Request{ConfigValue: number}, &resp)
			}
			return ok && len(resp.Diagnostics) == 0
		}, true
	case schema.ListAttribute:
		return func(ctx context.Context, value attr.Value) bool {
			list, ok := value.(types.List)
			var resp validator.ListResponse
			for _, v := range of.Validators {
				v.ValidateList(ctx, validator.ListRequest{ConfigValue: list}, &resp)
			}
			return ok && len(resp.Diagnostics) == 0
		}, true
	}
	return nil, false
}
