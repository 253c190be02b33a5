package provider

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// serviceDataSource is the one data source behind all types but the list of
// services: what GitLab shows of a row of the catalog.
type serviceDataSource struct {
	*shape
	instance *instance
}

var _ datasource.DataSourceWithConfigure = (*serviceDataSource)(nil)

// The attributes of a data source beside the place and the parameters.
const (
	allowMissing = "allow_missing"
	exists       = "exists"
)

func (d *serviceDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.typeName
}

func (d *serviceDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes, err := d.named("").DataAttributes()
	if err != nil {
		resp.Diagnostics.AddError("Unable to make the schema of "+d.typeName, err.Error())
		return
	}
	for _, p := range d.address() {
		attributes[p.name] = schema.StringAttribute{Required: p.required, Optional: !p.required, MarkdownDescription: p.help, Validators: p.checks}
	}
	attributes[allowMissing] = schema.BoolAttribute{
		Optional:            true,
		MarkdownDescription: "Whether to return `exists = false` and null settings, instead of an error, where the service is not set up or switched off. Defaults to `false`.",
	}
	attributes[exists] = schema.BoolAttribute{
		Computed:            true,
		MarkdownDescription: "Whether the service is set up and active.",
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: d.summary(),
		Attributes:          attributes,
	}
}

func (d *serviceDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.instance = instanceOf(req.ProviderData)
}

func (d *serviceDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	ctx, waited := patient(ctx)
	defer waited(&resp.Diagnostics)
	values := valuesOf(ctx, req.Config, &resp.Diagnostics)
	resp.Diagnostics.Append(d.instance.ready()...)
	if resp.Diagnostics.HasError() {
		return
	}
	t := d.target(values)
	answer, err := d.instance.client.GetService(ctx, t.at, t.row.Slug)
	allowed, _ := values[allowMissing].(types.Bool)
	switch {
	case t.absent(answer, err):
		if !allowed.ValueBool() {
			resp.Diagnostics.Append(notSetUp(t))
		}
		values[exists] = types.BoolValue(false)
	case reason(err) == gitlab.UnknownSlug && allowed.ValueBool():
		values[exists] = types.BoolValue(false)
	case err != nil:
		resp.Diagnostics.Append(failed("read", t, err, d.instance)...)
	default:
		shown := t.row.Show(catalog.Answer{Values: answer.Values, Inherits: answer.Inherited})
		resp.Diagnostics.Append(problemsOf(shown.Problems)...)
		maps.Copy(values, shown.Values)
		values[exists] = types.BoolValue(true)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	// Values of the configuration are null for what is computed.
	attributeTypes := map[string]attr.Type{}
	for name, value := range values {
		attributeTypes[name] = value.Type(ctx)
	}
	object, diags := types.ObjectValue(attributeTypes, values)
	resp.Diagnostics.Append(diags...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.Set(ctx, object)...)
	}
}
