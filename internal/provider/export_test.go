package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// UnchangedSeed draws the calls that are compared with the framework's answers.
var UnchangedSeed = unchangedSeed

// Variables are the environment variables that stand in for arguments.
var Variables = variables

// NewFrameworkServer is the provider without what stands around the framework's
// server, not configured yet.
func NewFrameworkServer() tfprotov6.ProviderServer {
	return providerserver.NewProtocol6(newProvider("test"))()
}

// UnchangedRead is the answer to a refresh without the framework; nil where it is
// left to it.
func UnchangedRead(ctx context.Context, of tfprotov6.ProviderServer, req *tfprotov6.ReadResourceRequest) *tfprotov6.ReadResourceResponse {
	s, _ := of.(*server)
	return s.provider.configured.Load().unchangedRead(ctx, req)
}

// UnchangedPlan is the answer to a plan without the framework; nil where it is
// left to it.
func UnchangedPlan(ctx context.Context, of tfprotov6.ProviderServer, req *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse {
	s, _ := of.(*server)
	return s.provider.configured.Load().unchangedPlan(ctx, req)
}
