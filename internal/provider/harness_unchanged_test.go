package provider_test

import (
	"fmt"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/provider"
)

// comparison has every refresh and plan that is answered without the framework
// answered by the framework too, and fails the test where the answers differ. It
// sends the requests of the framework's way besides.
type comparison struct {
	// reads and plans are how many were compared.
	reads, plans atomic.Int64
}

// compareRead asks both ways.
func (r *ProtocolResource) compareRead(req *tfprotov6.ReadResourceRequest) {
	r.t.Helper()
	ctx, cancel := r.context()
	defer cancel()
	fast := provider.UnchangedRead(ctx, r.server, req)
	if fast == nil {
		return
	}
	r.compare.reads.Add(1)
	slow, err := r.framework().ReadResource(ctx, req)
	r.must(err)
	r.expectSame("ReadResource", req.CurrentState,
		inText(fast.NewState, fast.NewIdentity, fast.Private, fast.Diagnostics), inText(slow.NewState, slow.NewIdentity, slow.Private, slow.Diagnostics))
}

// comparePlan asks both ways.
func (r *ProtocolResource) comparePlan(req *tfprotov6.PlanResourceChangeRequest) {
	r.t.Helper()
	ctx, cancel := r.context()
	defer cancel()
	fast := provider.UnchangedPlan(ctx, r.server, req)
	if fast == nil {
		return
	}
	r.compare.plans.Add(1)
	slow, err := r.framework().PlanResourceChange(ctx, req)
	r.must(err)
	r.expectSame("PlanResourceChange", req.PriorState,
		inText(fast.PlannedState, fast.PlannedIdentity, fast.PlannedPrivate, fast.Diagnostics), inText(slow.PlannedState, slow.PlannedIdentity, slow.PlannedPrivate, slow.Diagnostics))
	if len(slow.RequiresReplace) > 0 || slow.Deferred != nil {
		r.t.Errorf("PlanResourceChange: the framework replaces for %s", slow.RequiresReplace)
	}
}

// framework is a server of the framework for the same GitLab, to which nothing
// has happened yet.
func (r *ProtocolResource) framework() tfprotov6.ProviderServer {
	r.t.Helper()
	server := provider.NewFrameworkServer()
	resp, err := server.ConfigureProvider(r.t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.12.0", Config: r.configured})
	r.must(err)
	if len(resp.Diagnostics) > 0 {
		r.t.Fatal(diagnostics(resp.Diagnostics))
	}
	return server
}

func (r *ProtocolResource) expectSame(call string, prior *tfprotov6.DynamicValue, fast, slow string) {
	r.t.Helper()
	if fast != slow {
		r.t.Errorf("%s of %s from %q answers without the framework\n%s\nand with it\n%s", call, r.name, prior.MsgPack, fast, slow)
	}
}

// inText is an answer to the byte.
func inText(state *tfprotov6.DynamicValue, identity *tfprotov6.ResourceIdentityData, private []byte, diags []*tfprotov6.Diagnostic) string {
	text := fmt.Sprintf("private %s, %d diagnostics", private, len(diags))
	if state != nil {
		text += fmt.Sprintf(", state %q %q", state.MsgPack, state.JSON)
	}
	if identity != nil && identity.IdentityData != nil {
		text += fmt.Sprintf(", identity %q %q", identity.IdentityData.MsgPack, identity.IdentityData.JSON)
	}
	return text
}
