package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

func (r *serviceResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	ctx, waited := patient(ctx)
	defer waited(&resp.Diagnostics)
	prior := valuesOf(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(r.remove(ctx, r.target(prior), load(ctx, req.Private))...)
}

// remove is Delete: one DELETE, unless this apply has written the service.
func (r *serviceResource) remove(ctx context.Context, t target, known memory) diag.Diagnostics {
	if diags := r.instance.ready(); diags.HasError() {
		return diags
	}
	if known.Shared {
		return diag.Diagnostics{sharedNotDeleted(t)}
	}
	r.instance.claims.seenInState(t.key(), known.Mark)
	leave, err := r.instance.gate.enter(ctx, passage{t.key(), deletes})
	if err != nil {
		return failed("delete", t, err, r.instance)
	}
	defer leave()
	written, err := r.justWritten(ctx, t, known.ID)
	if err != nil {
		return failed("delete", t, err, r.instance)
	}
	if written {
		return diag.Diagnostics{notDeleted(t)}
	}
	err = r.instance.client.DeleteService(ctx, t.at, t.row.Slug)
	if err == nil || r.offAlready(ctx, t, err) {
		return nil
	}
	if gone, warning := t.gone(nil, err, r.instance); gone {
		return warning
	}
	if t.row.Installation.Out != "" && reason(err) == gitlab.NotByAPI {
		return diag.Diagnostics{leftInstalled(t, err)}
	}
	return failed("delete", t, err, r.instance)
}

// offAlready reports whether a DELETE was refused because there is nothing to
// delete: GitLab 10.5 refuses it for some services that are off.
func (r *serviceResource) offAlready(ctx context.Context, t target, refusal error) bool {
	if why := reason(refusal); why != gitlab.Invalid && why != gitlab.NoDetail {
		return false
	}
	answer, err := r.instance.client.GetService(ctx, t.at, t.row.Slug)
	return err == nil && t.absent(answer, nil)
}

// justWritten reports whether this apply has written the service under another
// address. A state without the record's id, and a project named by its id in one
// place and by its path in the other, is the one case where GitLab must be
// asked.
func (r *serviceResource) justWritten(ctx context.Context, t target, id int64) (bool, error) {
	yes, sure := r.instance.claims.hasWritten(t.key(), id)
	if sure {
		return yes, nil
	}
	answer, err := r.instance.client.GetService(ctx, t.at, t.row.Slug)
	if gone, _ := t.gone(answer, err, r.instance); gone {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	yes, _ = r.instance.claims.hasWritten(t.key(), answer.ID)
	return yes, nil
}
