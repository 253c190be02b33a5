package provider

import (
	"context"
	"fmt"
	"path"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
)

// peerAddresses are those of the official GitLab provider in the registries of
// Terraform and OpenTofu.
var peerAddresses = []string{"registry.terraform.io/gitlabhq/gitlab", "registry.opentofu.org/gitlabhq/gitlab"}

// isPeer reports whether an address is one of the official provider: mirrors and
// its former namespace share the last part, which is all that OpenTofu up to
// 1.11.11 and 1.12.3 tells.
func isPeer(address string) bool { return path.Base(address) == "gitlab" }

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
	if req.SourceTypeName == r.typeName {
		r.rehome(ctx, from, req, resp)
		return
	}
	if !isPeer(req.SourceProviderAddress) || !slices.Contains(r.peers, req.SourceTypeName) {
		resp.Diagnostics.Append(moveRefused(r.shape, from))
		return
	}
	if req.SourceRawState.JSON == nil {
		resp.Diagnostics.Append(moveFlat(r.shape, from))
		return
	}
	noun := r.levels[0].Noun
	moved := r.service.Move(req.SourceRawState.JSON, noun)
	if why := r.target(moved.Values).wrong(); len(moved.Problems) == 0 && why != "" {
		moved.Problems = catalog.Problems{{Detail: "The " + noun + " cannot be used: " + why}}
	}
	if len(moved.Problems) > 0 {
		resp.Diagnostics.Append(moveErrors(r.shape, from, moved.Problems)...)
		return
	}
	resp.Diagnostics.Append(r.store(ctx, moved.Values, &resp.TargetState)...)
	resp.Diagnostics.Append(r.identify(ctx, resp.TargetIdentity, r.target(moved.Values))...)
}

// rehome keeps a state of our own whose provider has got another address: the
// other registry, a mirror, a fork. Terraform and some versions of OpenTofu call
// that a move too, without any moved block.
func (r *serviceResource) rehome(ctx context.Context, from string, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
	options := tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}}
	unreadable := moveErrors(r.shape, from, catalog.Problems{{
		Detail: "The state to move is not readable: a state of " + r.typeName + " as this version writes it is expected."}})
	raw, err := req.SourceRawState.UnmarshalWithOpts(resp.TargetState.Schema.Type().TerraformType(ctx), options)
	if err != nil || raw.IsNull() {
		// The error may quote the state, and with it a secret.
		resp.Diagnostics.Append(unreadable...)
		return
	}
	resp.TargetState.Raw = raw
	resp.TargetPrivate = req.SourcePrivate
	t := r.target(valuesOf(ctx, resp.TargetState, &resp.Diagnostics))
	if t.wrong() != "" {
		resp.Diagnostics.Append(unreadable...)
		return
	}
	resp.Diagnostics.Append(r.identify(ctx, resp.TargetIdentity, t)...)
}
