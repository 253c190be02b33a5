package provider

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// peerAddresses are those of the official GitLab provider in the registries of
// Terraform and OpenTofu.
var peerAddresses = []string{"registry.terraform.io/gitlabhq/gitlab", "registry.opentofu.org/gitlabhq/gitlab"}

// MoveState takes over what the official GitLab provider has managed, when a
// moved block (Terraform 1.8 and later) says so. GitLab is not asked: the read
// that follows does that. It finds neither a stamp in private state nor the mark
// of an import, so it takes what GitLab has as the truth, and from then on
// notices writes by others.
//
// There is one mover, which answers for every source: a source that it does not
// know gets told which ones it does.
func (r *serviceResource) MoveState(context.Context) []resource.StateMover {
	return []resource.StateMover{{StateMover: r.move}}
}

func (r *serviceResource) move(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
	from := fmt.Sprintf("%s of %s (schema version %d)", req.SourceTypeName, req.SourceProviderAddress, req.SourceSchemaVersion)
	if !slices.Contains(peerAddresses, req.SourceProviderAddress) || !slices.Contains(r.service.Peer.Types, req.SourceTypeName) {
		resp.Diagnostics.Append(moveRefused(r.service, from))
		return
	}
	// Terraform 0.11 and older wrote states in another form, without JSON.
	moved := r.service.Move(req.SourceRawState.JSON)
	if why := badProject(projectOf(moved.Values)); len(moved.Problems) == 0 && why != "" {
		moved.Problems = catalog.Problems{{Attribute: catalog.Project, Detail: "The project cannot be used: " + why}}
	}
	if len(moved.Problems) > 0 {
		resp.Diagnostics.Append(moveErrors(r.service, from, moved.Problems)...)
		return
	}
	resp.Diagnostics.Append(r.store(ctx, moved.Values, &resp.TargetState)...)
	resp.Diagnostics.Append(identify(ctx, resp.TargetIdentity, projectOf(moved.Values))...)
}
