package provider

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// ModifyPlan settles what a plan shows beyond single attributes.
func (r *serviceResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	known := load(ctx, req.Private)
	if req.Plan.Raw.IsNull() {
		prior := valuesOf(ctx, req.State, &resp.Diagnostics)
		t := r.target(prior)
		resp.Diagnostics.Append(leavesOff(t, prior)...)
		// Also where it is not: an earlier plan may have said so and not been applied.
		known.Shared = r.instance.claims.planLeaving(t.key(), known.ID, known.Mark)
		resp.Diagnostics.Append(known.save(ctx, resp.Private)...)
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
	planned := r.plan(ctx, change, known)
	resp.Diagnostics.Append(planned.diags...)
	resp.Diagnostics.Append(r.store(ctx, planned.values, &resp.Plan)...)
	for _, name := range planned.replaces {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root(name))
	}
	if planned.memory.Unsettled == known.Unsettled && planned.memory.Shared == known.Shared {
		return
	}
	resp.Diagnostics.Append(planned.memory.save(ctx, resp.Private)...)
}

// planned is what a plan shows.
type planned struct {
	values catalog.Values
	memory memory
	// replaces are the attributes that name another place or service.
	replaces []string
	diags    diag.Diagnostics
}

// plan decides the versions of write-only secrets, whether another name of the
// place is another place, whether another resource has the same service, and
// whether a change lacks a secret.
//
// A resource that is in the state gets no error here: destroy makes an ordinary
// plan first, so that one would keep the whole workspace from being destroyed.
// What cannot work is a warning, and [serviceResource.write] refuses it before
// it sends anything.
func (r *serviceResource) plan(ctx context.Context, c catalog.Change, known memory) planned {
	c.Adopted, c.Untold = known.Adopted, known.Untold
	to := r.target(c.Plan)
	to.row.Plan(c)
	out := planned{values: c.Plan, memory: known}
	if catalog.Inherits(c.Plan) && !catalog.Inherits(c.Prior) && to.at.Level.CopiesLater {
		out.diags.Append(followsLater(to))
	}
	if c.Prior == nil {
		out.diags.Append(createErrors(to.row.Require(c))...)
		if !out.diags.HasError() {
			out.diags.Append(r.claimNew(to, known)...)
		}
		return out
	}
	from := r.target(c.Prior)
	out.memory.Unsettled, out.memory.Shared = false, false
	same, err := r.samePlace(ctx, from, to, known.ID)
	switch {
	case err != nil:
		out.memory.Unsettled = true
		out.diags.Append(renameUnsettled(from, to, err))
	case !same:
		out.replaces = r.changed(c.Prior, c.Plan)
		out.memory.Shared = r.instance.claims.planLeaving(from.key(), known.ID, known.Mark)
		out.diags.Append(leavesOff(from, c.Prior)...)
		return out
	}
	out.diags.Append(r.claimStaying(to, known)...)
	// Adopting a service must be possible without its secrets.
	if !r.onlyPlaceChanges(c) {
		out.diags.Append(warningsOf(to.row.Require(c))...)
		return out
	}
	// Nothing is sent, and a read takes what was noted for what is in the state: it
	// does not know that the default has been configured since.
	for _, name := range slices.Sorted(maps.Keys(known.Contradictions)) {
		if value := c.Config[name]; value != nil && !value.IsNull() {
			out.diags.Append(notedAndConfigured(to, name, value, known.Contradictions[name]))
		}
	}
	return out
}

// onlyPlaceChanges reports whether a change is one of the state and not of
// GitLab: nothing, or nothing but another name of the same place.
func (r *serviceResource) onlyPlaceChanges(c catalog.Change) bool {
	address := r.place(target{})
	for name, value := range c.Plan {
		if _, names := address[name]; !names && !value.Equal(c.Prior[name]) {
			return false
		}
	}
	return true
}

// claimNew refuses the second of two new resources for one service.
func (r *serviceResource) claimNew(t target, replaced memory) diag.Diagnostics {
	if !t.known() || !r.instance.claims.planNew(t.key(), replaced.Mark) {
		return nil
	}
	return diag.Diagnostics{twiceNew(t)}
}

// claimStaying warns of the second of two resources in the state for one
// service.
func (r *serviceResource) claimStaying(t target, known memory) diag.Diagnostics {
	switch twice, leaving := r.instance.claims.planStaying(t.key(), known.ID, known.Mark); {
	case twice:
		return diag.Diagnostics{twiceInState(t)}
	case leaving:
		return diag.Diagnostics{endsWithAnother(t)}
	}
	return nil
}

// samePlace reports whether two names are of one service of one place. GitLab is asked only
// where they are spelled differently, once a name. That the new one cannot be
// looked up is an error.
//
// The old name need not lead there any more: GitLab 10.5 forgets it, and another
// project may take it, also between a plan and its apply, which Terraform has
// plan once more and which must come to the same. Then the record with the id,
// found under the new name, tells that both are one place.
func (r *serviceResource) samePlace(ctx context.Context, from, to target, id int64) (bool, error) {
	switch {
	case from.row.Slug != to.row.Slug, from.at.Level != to.at.Level:
		return false, nil
	case from.at.Same(to.at):
		return true, nil
	case !to.known(), r.instance.client == nil:
		return false, nil
	}
	old, err := r.instance.client.ID(ctx, from.at)
	if reason(err) == gitlab.PlaceNotFound {
		return r.hasRecord(ctx, to, id)
	}
	if err != nil {
		return false, err
	}
	current, err := r.instance.client.ID(ctx, to.at)
	if err != nil || old == current {
		return err == nil, err
	}
	same, err := r.hasRecord(ctx, to, id)
	if crashed(err) {
		// GitLab 12.x fails to show a tracker that was never set up: so it is elsewhere.
		if stays, _ := r.hasRecord(ctx, from, id); stays {
			return false, nil
		}
	}
	return same, err
}

// hasRecord reports whether GitLab's record of the service has the id, of which
// 0 is none.
func (r *serviceResource) hasRecord(ctx context.Context, t target, id int64) (bool, error) {
	if id == 0 {
		return false, nil
	}
	answer, err := r.instance.client.GetService(ctx, t.at, t.row.Slug)
	if err == nil {
		return answer.ID == id, nil
	}
	if gone, _ := t.gone(answer, err, r.instance); gone {
		return false, nil
	}
	return false, err
}
