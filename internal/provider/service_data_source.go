package provider

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// serviceDataSource is the one data source behind all types but the list of
// services: a row of the catalog, as GitLab shows it.
type serviceDataSource struct {
	service *catalog.Service
	// instance is nil until the provider is configured.
	instance *instance
}

var _ datasource.DataSourceWithConfigure = (*serviceDataSource)(nil)

// The attributes of a data source beside [gitlab.Projects.Noun] and the parameters.
const (
	allowMissing = "allow_missing"
	exists       = "exists"
)

func (d *serviceDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.service.TypeName()
}

func (d *serviceDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes, err := d.service.DataAttributes()
	if err != nil {
		resp.Diagnostics.AddError("Unable to make the schema of "+d.service.Title, err.Error())
		return
	}
	attributes[gitlab.Projects.Noun] = projectOfData
	attributes[allowMissing] = schema.BoolAttribute{
		Optional:            true,
		MarkdownDescription: "Whether it is no error that the service is not set up, or is switched off: `exists` is `false` then, and the settings are null. Defaults to `false`.",
	}
	attributes[exists] = schema.BoolAttribute{
		Computed:            true,
		MarkdownDescription: "Whether the service is set up and active.",
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the settings of " + d.service.Title + " in a project, as GitLab shows them: all but the secrets. A setting that this version of GitLab does not show is null. " +
			d.service.Description(),
		Attributes: attributes,
	}
}

// projectOfData is the attribute that names the project of a data source.
var projectOfData = schema.StringAttribute{
	Required:            true,
	MarkdownDescription: "Project: its numeric id or its full path, such as `42` or `group/project`.",
	Validators:          []validator.String{projectName},
}

func (d *serviceDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.instance, _ = req.ProviderData.(*instance)
}

func (d *serviceDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	values, diags := valuesOf(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if d.instance == nil || d.instance.client == nil {
		resp.Diagnostics.Append(notConfigured(d.instance.unknownArguments()))
		return
	}
	project := projectOf(values)
	answer, err := d.instance.client.GetService(ctx, inProject(project), d.service.Slug)
	allowed, _ := values[allowMissing].(types.Bool)
	switch {
	case absent(d.service, answer, err):
		if !allowed.ValueBool() {
			resp.Diagnostics.Append(notSetUp(d.service, project))
			return
		}
		values[exists] = types.BoolValue(false)
	case reason(err) == gitlab.UnknownSlug && allowed.ValueBool():
		values[exists] = types.BoolValue(false)
	case err != nil:
		resp.Diagnostics.Append(failed("read", d.service, project, err, d.instance)...)
		return
	default:
		shown := d.service.Show(answer.Values)
		resp.Diagnostics.Append(attributeErrors(shown.Problems)...)
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
