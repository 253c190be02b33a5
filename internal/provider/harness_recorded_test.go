package provider_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/hcltext"
)

// recorder is a provider that remembers what Terraform asks it for.
type recorder struct {
	tfprotov6.ProviderServer
	mu      sync.Mutex
	plans   []*tfprotov6.PlanResourceChangeRequest
	applies []*tfprotov6.ApplyResourceChangeRequest
}

func (r *recorder) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	r.mu.Lock()
	r.plans = append(r.plans, req)
	r.mu.Unlock()
	return r.ProviderServer.PlanResourceChange(ctx, req)
}

func (r *recorder) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	r.mu.Lock()
	r.applies = append(r.applies, req)
	r.mu.Unlock()
	return r.ProviderServer.ApplyResourceChange(ctx, req)
}

// since gives what was asked since the last time.
func (r *recorder) since() ([]*tfprotov6.PlanResourceChangeRequest, []*tfprotov6.ApplyResourceChangeRequest) {
	r.mu.Lock()
	defer r.mu.Unlock()
	plans, applies := r.plans, r.applies
	r.plans, r.applies = nil, nil
	return plans, applies
}

// TestTheProtocolAsksWhatTerraformAsks compares what a [ProtocolResource]
// proposes with what the real CLI proposes, from the same state and
// configuration.
func TestTheProtocolAsksWhatTerraformAsks(t *testing.T) {
	t.Parallel()
	known := NewProtocol(t)
	slack, jenkins, email := acctest.Service(t, "slack"), acctest.Service(t, "jenkins"), acctest.Service(t, "pipelines-email")
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddProject("g/p")
	recorded := &recorder{ProviderServer: known.server}
	workspace := acctest.InProcess(t, server, recorded)

	ignored := []string{"channel", "push_events", "webhook"}
	ignoring := func(block string) string {
		return strings.TrimSuffix(block, "}\n") + "\n  lifecycle {\n    ignore_changes = [" + strings.Join(ignored, ", ") + "]\n  }\n}\n"
	}
	hook := acctest.Minimal(slack).With("channel", "#a")
	const changesIgnored = "changes are ignored"
	type step struct {
		name   string
		blocks []string
	}
	steps := []step{
		{"create from little", []string{acctest.Minimal(slack).Resource(slack, "this", "g/p"), acctest.Minimal(email).Resource(email, "this", "g/p")}},
		{"update to everything", []string{acctest.Full(slack, fakegitlab.V19_1).Resource(slack, "this", "g/p"), acctest.Full(email, fakegitlab.V19_1).Resource(email, "this", "g/p")}},
		{"back to the defaults", []string{hook.Resource(slack, "this", "g/p"), acctest.Minimal(email).Resource(email, "this", "g/p")}},
		{"nothing changes", []string{hook.Resource(slack, "this", "g/p"), acctest.Minimal(email).Resource(email, "this", "g/p")}},
		{changesIgnored, []string{ignoring(hook.With("channel", "#b").With("push_events", false).With("username", "x").Resource(slack, "this", "g/p")), acctest.Minimal(email).Resource(email, "this", "g/p")}},
		{"a login", []string{acctest.Full(jenkins, fakegitlab.V19_1).Resource(jenkins, "this", "g/p")}},
	}
	if acctest.Has(t, acctest.WriteOnly) {
		steps = append(steps,
			step{"write-only secrets", []string{hook.WriteOnly().Resource(slack, "this", "g/p"), acctest.Full(jenkins, fakegitlab.V19_1).WriteOnly().Resource(jenkins, "this", "g/p")}},
			step{"a rotated secret, and one that goes", []string{hook.WriteOnly().With("webhook_wo_version", int64(2)).Resource(slack, "this", "g/p"), acctest.Minimal(jenkins).Resource(jenkins, "this", "g/p")}})
	}
	if acctest.Has(t, acctest.TerraformData) {
		steps = append(steps, step{"a value that is not known", []string{"resource \"terraform_data\" \"name\" {\n  input = \"x\"\n}\n",
			hook.With("username", hcltext.Raw("terraform_data.name.output")).Resource(slack, "this", "g/p")}})
	}
	for _, step := range append(steps, step{name: "destroy"}) {
		workspace.Configure(step.blocks...)
		workspace.Apply()
		plans, applies := recorded.since()
		if len(plans) == 0 {
			t.Errorf("%s: Terraform has planned nothing", step.name)
		}
		for _, req := range plans {
			r := known.resource(req.TypeName)
			prior, config := r.held(req.PriorState, nil, nil), r.held(req.Config, nil, nil).Values
			want := r.held(req.ProposedNewState, nil, nil).Values
			if got := differing(r.values(r.object(r.block, r.proposed(prior.Values, config))), want); got != nil {
				t.Errorf("%s: of %s Terraform proposes another %s", step.name, req.TypeName, got)
			}
			if step.name != changesIgnored || req.TypeName != slack.ResourceType() {
				continue
			}
			if len(applies) != 1 {
				t.Fatalf("%s: Terraform has applied %d changes", step.name, len(applies))
			}
			written := r.held(applies[0].Config, nil, nil).Values
			if got := differing(Ignoring(prior, written, ignored...), config); got != nil {
				t.Errorf("%s: Terraform plans with another %s", step.name, got)
			}
			if got := differing(written, config); !slices.Equal(got, []string{"channel", "push_events"}) {
				t.Errorf("%s: Terraform plans and applies with different %s", step.name, got)
			}
		}
	}
}

// differing names the attributes whose values differ, sorted; nil values and no
// values differ.
func differing(a, b map[string]any) []string {
	if (a == nil) != (b == nil) {
		return []string{"existence"}
	}
	var names []string
	for name, value := range b {
		if !reflect.DeepEqual(a[name], value) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
