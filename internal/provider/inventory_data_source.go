package provider

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// inventoryDataSource lists the active services of a project.
type inventoryDataSource struct {
	instance *instance
}

var _ datasource.DataSourceWithConfigure = (*inventoryDataSource)(nil)

// inventoryModel is the data source, and activeService one of its services.
type (
	inventoryModel struct {
		Project  types.String    `tfsdk:"project"`
		Services []activeService `tfsdk:"services"`
	}
	activeService struct {
		Slug         string          `tfsdk:"slug"`
		Title        string          `tfsdk:"title"`
		ResourceType types.String    `tfsdk:"resource_type"`
		Flags        map[string]bool `tfsdk:"flags"`
		CreatedAt    types.String    `tfsdk:"created_at"`
		UpdatedAt    types.String    `tfsdk:"updated_at"`
		Inherited    types.Bool      `tfsdk:"inherited"`
	}
)

func (d *inventoryDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_services"
}

func (d *inventoryDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists all services that are set up and active in a project, those that this provider has no resource for included. Needs GitLab 12.7 or later. " +
			"See [GitLab's documentation](https://docs.gitlab.com/api/project_integrations/#list-all-active-integrations).",
		Attributes: map[string]schema.Attribute{
			gitlab.Projects.Noun: projectOfData,
			"services": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The services, sorted by slug.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"slug":  schema.StringAttribute{Computed: true, MarkdownDescription: "GitLab's name of the service in addresses."},
					"title": schema.StringAttribute{Computed: true, MarkdownDescription: "GitLab's name of the service for people. It changes between versions."},
					"resource_type": schema.StringAttribute{Computed: true,
						MarkdownDescription: "Type of this provider's resource for the service; null where there is none."},
					"flags": schema.MapAttribute{Computed: true, ElementType: types.BoolType,
						MarkdownDescription: "Which events trigger the service, by GitLab's name of the switch, such as `push_events`. GitLab shows all switches, also those that mean nothing to the service."},
					"created_at": schema.StringAttribute{Computed: true, MarkdownDescription: "When the service was first set up, in RFC 3339."},
					"updated_at": schema.StringAttribute{Computed: true, MarkdownDescription: "When the service was last written, in RFC 3339. Issue trackers keep their settings apart: changes of those do not move it."},
					"inherited": schema.BoolAttribute{Computed: true,
						MarkdownDescription: "Whether the settings are those of a group or of the instance; null in GitLab before 17.3, which does not tell."},
				}},
			},
		},
	}
}

func (d *inventoryDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.instance = instanceOf(req.ProviderData)
}

func (d *inventoryDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	ctx, waited := patient(ctx)
	defer waited(&resp.Diagnostics)
	var model inventoryModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	resp.Diagnostics.Append(d.instance.ready()...)
	if resp.Diagnostics.HasError() {
		return
	}
	at := gitlab.Place{Level: gitlab.Projects, Name: model.Project.ValueString()}
	services, err := d.instance.client.ListServices(ctx, at)
	if err != nil {
		resp.Diagnostics.Append(listFailed(nil, capital(at), err, d.instance))
		return
	}
	resourceTypes := map[string]string{}
	for _, s := range catalog.All() {
		resourceTypes[s.Slug] = s.ResourceType()
	}
	model.Services = []activeService{}
	for _, s := range services {
		if !s.Active {
			continue
		}
		model.Services = append(model.Services, activeService{
			Slug: s.Slug, Title: s.Title,
			ResourceType: textOrNull(resourceTypes[s.Slug]),
			Flags:        flags(s),
			CreatedAt:    timeOrNull(s.CreatedAt),
			UpdatedAt:    timeOrNull(s.UpdatedAt),
			Inherited:    types.BoolPointerValue(s.Inherited),
		})
	}
	slices.SortFunc(model.Services, func(a, b activeService) int { return cmp.Compare(a.Slug, b.Slug) })
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

// flags are the switches among the values of a listed service, which has no
// others. One that is null counts as off in GitLab's code.
func flags(s *gitlab.Service) map[string]bool {
	out := map[string]bool{}
	for name, value := range s.Values {
		on, isBool := value.(bool)
		if isBool || value == nil {
			out[name] = on
		}
	}
	return out
}

func textOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

func timeOrNull(t time.Time) types.String {
	if t.IsZero() {
		return types.StringNull()
	}
	return types.StringValue(t.UTC().Format(time.RFC3339Nano))
}
