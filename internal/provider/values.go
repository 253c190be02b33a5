package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// getter is a configuration, a plan or a state.
type getter interface {
	Get(ctx context.Context, target any) diag.Diagnostics
}

// valuesOf reads all attributes; nil where there is no resource.
func valuesOf(ctx context.Context, from getter, diags *diag.Diagnostics) catalog.Values {
	var object types.Object
	diags.Append(from.Get(ctx, &object)...)
	if diags.HasError() || object.IsNull() {
		return nil
	}
	return object.Attributes()
}

// setter is a plan or a state.
type setter interface {
	Set(ctx context.Context, value any) diag.Diagnostics
}

// store writes all attributes; write-only ones are null wherever they are kept.
func (s *shape) store(ctx context.Context, values catalog.Values, to setter) diag.Diagnostics {
	object, diags := types.ObjectValue(s.types(), values)
	if diags.HasError() {
		return diags
	}
	return append(diags, to.Set(ctx, object)...)
}

// identify sets the identity, which Terraform 1.12 and later wants on every
// successful return.
func (s *shape) identify(ctx context.Context, identity *tfsdk.ResourceIdentity, t target) diag.Diagnostics {
	if identity == nil {
		return nil
	}
	object, diags := s.identity(t)
	return append(diags, identity.Set(ctx, object)...)
}

// identity is what names a target, as an identity has it.
func (s *shape) identity(t target) (types.Object, diag.Diagnostics) {
	values := s.place(t)
	attributeTypes := map[string]attr.Type{}
	for name := range values {
		attributeTypes[name] = types.StringType
	}
	return types.ObjectValue(attributeTypes, values)
}

// written is what a Create, an Update or a Read leaves behind.
type written struct {
	// values is the new state; nil where there is none.
	values catalog.Values
	memory memory
	diags  diag.Diagnostics
}

// keep stores it. Nothing is stored where there are no values: the state stays
// what Terraform makes of the diagnostics.
func (r *serviceResource) keep(ctx context.Context, w written, state setter, identity *tfsdk.ResourceIdentity, private privateState) diag.Diagnostics {
	if w.values == nil {
		return w.diags
	}
	w.diags.Append(w.memory.marked().save(ctx, private)...)
	w.diags.Append(r.identify(ctx, identity, r.target(w.values))...)
	w.diags.Append(r.store(ctx, w.values, state)...)
	return w.diags
}
