package provider

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// shapeOf is that of the service of a project.
func shapeOf(t *testing.T, slug string) *shape {
	t.Helper()
	for _, s := range shapes() {
		if s.service != nil && s.service.Slug == slug && s.levels[0] == gitlab.Projects {
			return s
		}
	}
	t.Fatalf("no resource of %s", slug)
	return nil
}

// TestAReadKeepsTheStampOfTheLastWrite also where a replica of GitLab's database
// answers that lags behind: else the next answer would be somebody else's.
func TestAReadKeepsTheStampOfTheLastWrite(t *testing.T) {
	t.Parallel()
	r := newServiceResource(shapeOf(t, "slack"))
	written := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	answer := &gitlab.Service{ID: 5, Slug: "slack", Active: true, UpdatedAt: written.Add(-time.Second), Values: map[string]any{}}
	prior := r.service.Decode(catalog.Answer{}).Values
	prior["webhook"], prior["project"] = types.StringValue("https://hooks.example.com"), types.StringValue("g/p")
	at := target{r.service, gitlab.Place{Level: gitlab.Projects, Name: "g/p"}}
	if out := r.read(at, answer, prior, memory{ID: 5, Stamp: written}); !out.memory.Stamp.Equal(written) {
		t.Errorf("it is %s", out.memory.Stamp)
	}
	if out := r.read(at, answer, prior, memory{ID: 5}); !out.memory.Stamp.Equal(answer.UpdatedAt) {
		t.Errorf("where there was none, it is %s", out.memory.Stamp)
	}
	// A parameter of another release, of which nothing is held.
	if out := r.read(at, answer, prior, memory{Contradictions: map[string]json.RawMessage{"gone": json.RawMessage("null")}}); out.values["gone"] != nil || len(out.values) != len(prior) {
		t.Errorf("it has %v", out.values)
	} else if _, has := out.values["gone"]; has {
		t.Error("it has a value of a parameter that is gone")
	}
}

// TestWhatIsInheritedIsNoContradiction: it would be hidden for good.
func TestWhatIsInheritedIsNoContradiction(t *testing.T) {
	t.Parallel()
	yes, no := types.BoolValue(true), types.BoolValue(false)
	at := target{rowOf(t, "slack"), gitlab.Place{Level: gitlab.Projects, Name: "g/p"}}
	sent := map[string]any{catalog.UseInheritedSettings: false, "push_events": true, "unplanned": true}
	plan := catalog.Values{catalog.UseInheritedSettings: no, "push_events": yes}
	answered := catalog.Values{catalog.UseInheritedSettings: yes, "push_events": no, "unplanned": no}
	wire := map[string]any{catalog.UseInheritedSettings: true, "push_events": false}
	noted, diags := contradictions(at, catalog.Change{Plan: plan}, sent, answered, wire, memory{})
	if len(diags) != 2 || len(noted) != 1 || string(noted["push_events"]) != "false" {
		t.Errorf("noted %s%v", noted, diags)
	}
	noted, diags = contradictions(at, catalog.Change{Plan: plan}, sent, answered, wire, memory{Contradictions: noted})
	if len(diags) != 1 || len(noted) != 1 {
		t.Errorf("the second time it noted %s%v", noted, diags)
	}
}

func TestWhatIsListedAndOffIsNotFound(t *testing.T) {
	t.Parallel()
	r := newServiceResource(shapeOf(t, "slack"))
	at := gitlab.Place{Level: gitlab.Projects, Name: "g/p"}
	if found := r.listed([]*gitlab.Service{{Slug: "slack"}, {Slug: "slack", Active: true}}, at, "slack"); len(found) != 1 || !found[0].answer.Active {
		t.Errorf("it found %v", found)
	}
}

// TestAWriteThatIsCancelledBeforeItBeginsSaysSo: another one of the same service is
// under way.
func TestAWriteThatIsCancelledBeforeItBeginsSaysSo(t *testing.T) {
	t.Parallel()
	p := newProvider("test")
	configured(t, p, nil)
	r := serviceResource{shapeOf(t, "external-wiki"), p.configured.Load()}
	plan := r.service.Decode(catalog.Answer{}).Values
	plan["project"], plan["external_wiki_url"] = types.StringValue("g/p"), types.StringValue("https://wiki.example.com")
	leave, err := r.instance.gate.enter(t.Context(), passage{r.target(plan).key(), creates})
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if out := r.write(ctx, catalog.Change{Plan: plan, Config: plan}, memory{}); !out.diags.HasError() || !strings.Contains(out.diags[0].Detail(), "canceled") {
		t.Errorf("it says %v", out.diags)
	}
}

// TestAnIdentitySaysWhatAnImportNeeds, in words without Markdown.
func TestAnIdentitySaysWhatAnImportNeeds(t *testing.T) {
	t.Parallel()
	for _, s := range shapes() {
		var resp resource.IdentitySchemaResponse
		newServiceResource(s).IdentitySchema(t.Context(), resource.IdentitySchemaRequest{}, &resp)
		for name, a := range resp.IdentitySchema.Attributes {
			needed := len(s.levels) == 1 || name == slug
			if a.IsRequiredForImport() != needed || a.IsOptionalForImport() == needed {
				t.Errorf("%s.%s: needed: %t", s.typeName, name, a.IsRequiredForImport())
			}
			if a.GetDescription() == "" || strings.Contains(a.GetDescription(), "`") {
				t.Errorf("%s.%s: %s", s.typeName, name, a.GetDescription())
			}
		}
	}
}

// TestAnImportHasAnIdentityBeforeItIsRead, and one of nothing is refused.
func TestAnImportHasAnIdentityBeforeItIsRead(t *testing.T) {
	t.Parallel()
	s := NewServer("test")
	resp, err := s.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: "gitlabservices_slack", ID: "g/p"})
	if err != nil || len(resp.ImportedResources) != 1 || resp.ImportedResources[0].Identity == nil {
		t.Fatalf("%+v: %v", resp, err)
	}
	if wire := resp.ImportedResources[0].Identity.IdentityData.MsgPack; !strings.Contains(string(wire), "g/p") {
		t.Errorf("the identity is %q", wire)
	}
	resp, err = s.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: "gitlabservices_slack"})
	if err != nil || len(resp.Diagnostics) != 1 || resp.Diagnostics[0].Severity != tfprotov6.DiagnosticSeverityError {
		t.Errorf("%+v: %v", resp, err)
	}
}

// TestOnlyWhatIsConfiguredIsSaidToBeNoted: neither what is left out, nor what is a
// parameter no more.
func TestOnlyWhatIsConfiguredIsSaidToBeNoted(t *testing.T) {
	t.Parallel()
	r := newServiceResource(shapeOf(t, "slack"))
	all := r.service.Decode(catalog.Answer{}).Values
	all["project"] = types.StringValue("g/p")
	config := r.service.Decode(catalog.Answer{}).Values
	for name := range config {
		config[name] = types.StringNull()
	}
	config["push_events"] = types.BoolValue(true)
	known := memory{Contradictions: map[string]json.RawMessage{"push_events": []byte("false"), "username": []byte(`"bot"`), "gone": []byte("1")}}
	if out := r.plan(t.Context(), catalog.Change{Plan: all, Prior: all, Config: config}, known); len(out.diags) != 1 || !strings.Contains(out.diags[0].Detail(), "answered false for push_events") {
		t.Errorf("it says %v", out.diags)
	}
}
