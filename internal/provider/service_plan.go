package provider

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// ModifyPlan settles what a plan shows beyond single attributes.
func (r *serviceResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	change := catalog.Change{
		Config: valuesOf(ctx, req.Config, &resp.Diagnostics),
		Plan:   valuesOf(ctx, req.Plan, &resp.Diagnostics),
		Prior:  valuesOf(ctx, req.State, &resp.Diagnostics),
	}
	if resp.Diagnostics.HasError() {
		return
	}
	planned := r.plan(ctx, change, load(ctx, req.Private))
	resp.Diagnostics.Append(planned.diags...)
	resp.Diagnostics.Append(r.store(ctx, planned.values, &resp.Plan)...)
	if planned.replaces {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root(r.level.Noun))
	}
}

// planned is what a plan shows.
type planned struct {
	values   catalog.Values
	replaces bool
	diags    diag.Diagnostics
}

// plan decides the versions of write-only secrets, whether another name of the
// project is another project, whether another resource has the same service, and
// whether a change lacks a secret.
func (r *serviceResource) plan(ctx context.Context, c catalog.Change, known memory) planned {
	c.Adopted = known.Adopted
	r.row.Plan(c)
	out := planned{values: c.Plan}
	to := r.target(c.Plan)
	if c.Prior != nil {
		out.replaces, out.diags = r.otherPlace(ctx, r.target(c.Prior), to)
		if !out.replaces {
			out.diags.Append(r.claimStaying(to, known.Mark)...)
		}
		if maps.EqualFunc(c.Prior, c.Plan, attr.Value.Equal) {
			// Adopting a service must be possible without its secrets.
			return out
		}
	}
	out.diags.Append(attributeErrors(r.row.Require(c))...)
	if c.Prior == nil && !out.diags.HasError() {
		out.diags.Append(r.claimNew(to)...)
	}
	return out
}

// claimNew refuses the second of two new resources for one service.
func (r *serviceResource) claimNew(t target) diag.Diagnostics {
	if t.at.Name == "" || !r.instance.claims.planNew(t.key()) {
		return nil
	}
	return diag.Diagnostics{twiceNew(t)}
}

// claimStaying warns of the second of two resources in the state for one
// service.
func (r *serviceResource) claimStaying(t target, mark string) diag.Diagnostics {
	if t.at.Name == "" || !r.instance.claims.planStaying(t.key(), mark) {
		return nil
	}
	return diag.Diagnostics{twiceInState(t)}
}

// otherPlace reports whether the plan names another project than the state.
// GitLab is asked only where the text differs.
func (r *serviceResource) otherPlace(ctx context.Context, from, to target) (bool, diag.Diagnostics) {
	if from.at == to.at {
		return false, nil
	}
	if to.at.Name == "" || r.instance.client == nil {
		return true, nil
	}
	old, err := r.instance.client.GetHome(ctx, from.at)
	if reason(err) == gitlab.PlaceNotFound {
		return true, nil
	}
	if err != nil {
		return false, diag.Diagnostics{renameUnsettled(from, to, err)}
	}
	current, err := r.instance.client.GetHome(ctx, to.at)
	if err != nil {
		return false, diag.Diagnostics{renameUnsettled(from, to, err)}
	}
	return old.ID != current.ID, nil
}
