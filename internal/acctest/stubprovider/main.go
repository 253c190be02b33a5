// Command terraform-provider-gitlab stands in for the official GitLab provider
// while its resources are moved to this one: Terraform wants the provider of a
// moved resource installed. It has the resource types with the attributes of
// the recorded states beside it, and refuses to do anything with them.
package main

import (
	"context"
	"embed"
	"encoding/json"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

//go:embed states.json
var files embed.FS

func main() {
	err := providerserver.Serve(context.Background(), func() provider.Provider { return stub{} }, providerserver.ServeOpts{
		Address: "registry.terraform.io/gitlabhq/gitlab", ProtocolVersion: 6,
	})
	if err != nil {
		log.Fatal(err)
	}
}

type stub struct{}

func (stub) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "gitlab"
}

func (stub) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (stub) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (stub) DataSources(context.Context) []func() datasource.DataSource { return nil }

// Resources are those that states.json has; none where it cannot be read, which
// Terraform then complains about.
func (stub) Resources(context.Context) []func() resource.Resource {
	var states map[string]struct {
		Types, GroupTypes []string
		State             map[string]any
	}
	raw, err := files.ReadFile("states.json")
	if err != nil || json.Unmarshal(raw, &states) != nil {
		return nil
	}
	var out []func() resource.Resource
	for _, recorded := range states {
		for place, types := range map[string][]string{"project": recorded.Types, "group": recorded.GroupTypes} {
			for _, name := range types {
				out = append(out, func() resource.Resource { return stubResource{name, place, recorded.State} })
			}
		}
	}
	return out
}

type stubResource struct {
	// place is the attribute that names the place of the service.
	name, place string
	state       map[string]any
}

func (r stubResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.name
}

// Schema has an attribute of the right type for everything in the recorded state.
func (r stubResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"id":    schema.StringAttribute{Computed: true},
		r.place: schema.StringAttribute{Required: true},
	}
	for name, value := range r.state {
		switch value.(type) {
		case bool:
			attributes[name] = schema.BoolAttribute{Optional: true, Computed: true}
		case float64:
			attributes[name] = schema.NumberAttribute{Optional: true, Computed: true}
		case []any:
			attributes[name] = schema.SetAttribute{ElementType: types.StringType, Optional: true, Computed: true}
		default:
			attributes[name] = schema.StringAttribute{Optional: true, Computed: true}
		}
	}
	resp.Schema = schema.Schema{Attributes: attributes}
}

func refuse(diags *diag.Diagnostics) {
	diags.AddError("A stub was asked to work", "Only the state of this resource is of use: nothing may be asked of its provider.")
}

func (stubResource) Create(_ context.Context, _ resource.CreateRequest, resp *resource.CreateResponse) {
	refuse(&resp.Diagnostics)
}

func (stubResource) Read(_ context.Context, _ resource.ReadRequest, resp *resource.ReadResponse) {
	refuse(&resp.Diagnostics)
}

func (stubResource) Update(_ context.Context, _ resource.UpdateRequest, resp *resource.UpdateResponse) {
	refuse(&resp.Diagnostics)
}

func (stubResource) Delete(_ context.Context, _ resource.DeleteRequest, resp *resource.DeleteResponse) {
	refuse(&resp.Diagnostics)
}
