package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"math"
	"slices"
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
	"github.com/vmihailenco/msgpack/v5"
	"github.com/vmihailenco/msgpack/v5/msgpcode"

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
	if !ok || req.RawState == nil || req.Version != of.schema.Version {
		return nil
	}
	state, ok := of.rewrite(req.RawState.JSON)
	if !ok {
		return nil
	}
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &tfprotov6.DynamicValue{MsgPack: state}}
}

// valid is the answer to a configuration in which nothing is wrong, nor likely
// to be; nil where the framework must look at it.
func valid(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) *tfprotov6.ValidateResourceConfigResponse {
	of, ok := typeNamed(req.TypeName)
	if !ok {
		return nil
	}
	values, ok := of.read(req.Config)
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
	state, ok := of.read(req.CurrentState)
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
	prior, ok := of.read(req.PriorState)
	if !ok {
		return nil
	}
	config, ok := of.read(req.Config)
	if !ok {
		return nil
	}
	plan := maps.Clone(prior)
	if proposed := req.ProposedNewState; proposed == nil || !bytes.Equal(proposed.MsgPack, req.PriorState.MsgPack) {
		if plan, ok = of.read(proposed); !ok {
			return nil
		}
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
	if len(planned.diags) > 0 || planned.memory.Unsettled != known.Unsettled ||
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
	if json.Unmarshal(private, &keys) != nil || len(keys) != 1 {
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
	attributes []attribute
	at         map[string]int // by name, in attributes
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
	out := &resourceType{resource: r, schema: resp.Schema, at: map[string]int{}, noIdentity: &tfprotov6.ResourceIdentityData{IdentityData: &none}}
	for _, name := range slices.Sorted(maps.Keys(resp.Schema.Attributes)) { // As the wire has them.
		a := resp.Schema.Attributes[name]
		run, ok := runOf(a)
		null, err := a.GetType().ValueFromTerraform(ctx, tftypes.NewValue(a.GetType().TerraformType(ctx), nil))
		if !ok || err != nil {
			return nil
		}
		out.at[name] = len(out.attributes)
		out.attributes = append(out.attributes, attribute{
			Attribute: a, name: name, wire: a.GetType().TerraformType(ctx),
			passes: run, null: null, initial: initial(ctx, a),
		})
	}
	return out
}

// rewrite writes an object that stands in a state file for the wire, where
// attributes that the schema does not have are ignored; false where a value is not
// of its type, and may have to be converted. The library's way takes ten times as
// much memory, a reader and a path of its own for every value.
func (t *resourceType) rewrite(state []byte) ([]byte, bool) {
	var members map[string]any
	if json.Unmarshal(state, &members) != nil || members == nil {
		return nil, false
	}
	var out bytes.Buffer
	to := msgpack.GetEncoder()
	defer msgpack.PutEncoder(to)
	to.Reset(&out)
	if to.EncodeMapLen(len(t.attributes)) != nil {
		return nil, false
	}
	for _, a := range t.attributes {
		if to.EncodeString(a.name) != nil || !write(to, a.wire, members[a.name]) {
			return nil, false
		}
	}
	return out.Bytes(), true
}

// write writes a JSON value that is of the type as it stands.
func write(to *msgpack.Encoder, of tftypes.Type, value any) bool {
	switch v := value.(type) {
	case nil:
		return to.EncodeNil() == nil
	case string:
		return of.Is(tftypes.String) && to.EncodeString(v) == nil
	case bool:
		return of.Is(tftypes.Bool) && to.EncodeBool(v) == nil
	case float64:
		const exact = 1 << 53
		return of.Is(tftypes.Number) && v == math.Trunc(v) && math.Abs(v) < exact && to.EncodeInt(int64(v)) == nil
	case []any:
		list, ok := of.(tftypes.List)
		if !ok || to.EncodeArrayLen(len(v)) != nil {
			return false
		}
		return !slices.ContainsFunc(v, func(element any) bool { return !write(to, list.ElementType, element) })
	}
	return false
}

// read reads an object from the wire; false where it is none that is wholly
// known, or a value is written in another way than Terraform writes those of its
// type. The library's way makes a path and a value of its own for each attribute,
// which was half of what a call took.
func (t *resourceType) read(wire *tfprotov6.DynamicValue) (catalog.Values, bool) {
	if wire == nil {
		return nil, false
	}
	from := msgpack.GetDecoder()
	defer msgpack.PutDecoder(from)
	from.Reset(bytes.NewReader(wire.MsgPack))
	n, err := from.DecodeMapLen()
	if err != nil || n != len(t.attributes) {
		return nil, false
	}
	values := make(catalog.Values, n)
	for range n {
		name, err := from.DecodeString()
		at, is := t.at[name]
		if err != nil || !is {
			return nil, false
		}
		value, ok := t.attributes[at].read(from)
		if !ok {
			return nil, false
		}
		values[name] = value
	}
	return values, len(values) == n
}

// attribute is one of a schema, with what it is asked for in every call.
type attribute struct {
	schema.Attribute
	name string
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

// read reads a value of the attribute; false where it is not known, or none of
// its type as it stands.
func (a attribute) read(from *msgpack.Decoder) (attr.Value, bool) {
	code, err := from.PeekCode()
	switch {
	case err != nil:
		return nil, false
	case code == msgpcode.Nil:
		return a.null, from.DecodeNil() == nil
	case a.wire.Is(tftypes.String) && msgpcode.IsString(code):
		text, err := from.DecodeString()
		return types.StringValue(text), err == nil
	case a.wire.Is(tftypes.Bool) && (code == msgpcode.True || code == msgpcode.False):
		on, err := from.DecodeBool()
		return types.BoolValue(on), err == nil
	case a.wire.Is(tftypes.Number) && (msgpcode.IsFixedNum(code) || code >= msgpcode.Uint8 && code <= msgpcode.Int64 && code != msgpcode.Uint64):
		number, err := from.DecodeInt64()
		return types.Int64Value(number), err == nil
	case msgpcode.IsFixedArray(code) || code == msgpcode.Array16:
		return a.readList(from)
	}
	return nil, false
}

// readList reads a list of texts.
func (a attribute) readList(from *msgpack.Decoder) (attr.Value, bool) {
	n, err := from.DecodeArrayLen()
	if err != nil || !a.wire.Is(tftypes.List{ElementType: tftypes.String}) {
		return nil, false
	}
	elements := make([]attr.Value, n)
	for i := range elements {
		code, err := from.PeekCode()
		if err != nil || !msgpcode.IsString(code) {
			return nil, false
		}
		text, err := from.DecodeString()
		if err != nil {
			return nil, false
		}
		elements[i] = types.StringValue(text)
	}
	list, diags := types.ListValue(types.StringType, elements)
	return list, len(diags) == 0
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
