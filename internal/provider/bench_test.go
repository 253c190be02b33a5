package provider_test

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
)

// call is one call of the protocol, as Terraform sends it for a resource of which
// nothing has changed.
type call struct {
	name string
	// err is that of the transport, or what the provider says.
	send func(server tfprotov6.ProviderServer) ([]*tfprotov6.Diagnostic, error)
}

// callsOf sets a service up with what it must have, and gives the calls of a plan
// without a change, and the write of one.
func callsOf(t testing.TB, slug string) (tfprotov6.ProviderServer, []call) {
	t.Helper()
	lab := acctest.NewLab(t, "19.1")
	service := acctest.Service(t, slug)
	r := Connect(t, lab.Server).Resource(service)
	config := acctest.Minimal(service).Values(lab.Place)
	object := r.MustSet(Object{}, config)
	raw, err := json.Marshal(object.Values)
	r.must(err)
	state, identity := r.dynamic(r.object(r.block, object.Values)), r.identityData(object.Identity)
	changed := r.dynamic(r.object(r.block, merge(object.Values, measured[slug])))
	configured := r.dynamic(r.object(r.block, config))
	proposed := r.dynamic(r.object(r.block, r.proposed(object.Values, config)))
	ctx := t.Context()
	return r.server, []call{
		{"UpgradeResourceState", func(s tfprotov6.ProviderServer) ([]*tfprotov6.Diagnostic, error) {
			resp, err := s.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{TypeName: r.name, RawState: &tfprotov6.RawState{JSON: raw}})
			return resp.Diagnostics, err
		}},
		{"ValidateResourceConfig", func(s tfprotov6.ProviderServer) ([]*tfprotov6.Diagnostic, error) {
			resp, err := s.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: r.name, Config: configured})
			return resp.Diagnostics, err
		}},
		{"ReadResource", func(s tfprotov6.ProviderServer) ([]*tfprotov6.Diagnostic, error) {
			lab.ResetRequests()
			resp, err := s.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
				TypeName: r.name, CurrentState: state, Private: object.Private, CurrentIdentity: identity})
			return resp.Diagnostics, err
		}},
		{"PlanResourceChange", func(s tfprotov6.ProviderServer) ([]*tfprotov6.Diagnostic, error) {
			resp, err := s.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
				TypeName: r.name, Config: configured, PriorState: state, ProposedNewState: proposed, PriorPrivate: object.Private, PriorIdentity: identity})
			return resp.Diagnostics, err
		}},
		{"ApplyResourceChange", func(s tfprotov6.ProviderServer) ([]*tfprotov6.Diagnostic, error) {
			lab.ResetRequests()
			resp, err := s.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
				TypeName: r.name, Config: configured, PriorState: changed, PlannedState: state, PlannedPrivate: object.Private, PlannedIdentity: identity})
			return resp.Diagnostics, err
		}},
	}
}

// measured are the services whose calls are measured, one with the most
// attributes and one with the fewest, with what a write of them changes.
var measured = map[string]map[string]any{
	"slack":         {"channel": "#other"},
	"external-wiki": {"external_wiki_url": "https://other.example.com"},
}

// BenchmarkCalls are the calls of a plan and an apply, without the wire.
func BenchmarkCalls(b *testing.B) {
	for slug := range measured {
		server, calls := callsOf(b, slug)
		for _, c := range calls {
			b.Run(slug+"/"+c.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if diags, err := c.send(server); err != nil || len(diags) > 0 {
						b.Fatal(diagnostics(diags), err)
					}
				}
			})
		}
	}
}
