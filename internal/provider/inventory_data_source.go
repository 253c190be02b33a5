package provider

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// inventoryDataSource lists the active services of places.
type inventoryDataSource struct {
	instance *instance
}

var _ datasource.DataSourceWithConfigure = (*inventoryDataSource)(nil)

// activeService is one of them.
type activeService struct {
	Project      types.String    `tfsdk:"project"`
	ProjectID    types.Int64     `tfsdk:"project_id"`
	Group        types.String    `tfsdk:"group"`
	Slug         string          `tfsdk:"slug"`
	Title        string          `tfsdk:"title"`
	ResourceType types.String    `tfsdk:"resource_type"`
	Flags        map[string]bool `tfsdk:"flags"`
	CreatedAt    types.String    `tfsdk:"created_at"`
	UpdatedAt    types.String    `tfsdk:"updated_at"`
	Inherited    types.Bool      `tfsdk:"inherited"`
}

func (d *inventoryDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_services"
}

func (d *inventoryDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	element := map[string]schema.Attribute{
		"project":    schema.StringAttribute{Computed: true, MarkdownDescription: "Full path of the project, or the name that was given; null for a service of a group."},
		"project_id": schema.Int64Attribute{Computed: true, MarkdownDescription: "Numeric id of the project; null for a service of a group."},
		"group":      schema.StringAttribute{Computed: true, MarkdownDescription: "Full path of the group, or the name that was given, for a service of a group; null for one of a project."},
		"slug":       schema.StringAttribute{Computed: true, MarkdownDescription: "GitLab's name of the service in addresses."},
		"title":      schema.StringAttribute{Computed: true, MarkdownDescription: "GitLab's name of the service for people. It changes between versions."},
		"resource_type": schema.StringAttribute{Computed: true,
			MarkdownDescription: "Type of this provider's resource for the service; null where there is none."},
		"flags": schema.MapAttribute{Computed: true, ElementType: types.BoolType,
			MarkdownDescription: "Which events trigger the service, by GitLab's name of the switch, such as `push_events`. GitLab shows all switches, also those that mean nothing to the service."},
		"created_at": schema.StringAttribute{Computed: true, MarkdownDescription: "When the service was first set up, in RFC 3339."},
		"updated_at": schema.StringAttribute{Computed: true, MarkdownDescription: "When the service was last written, in RFC 3339. Changes of the settings of issue trackers do not move it."},
		"inherited": schema.BoolAttribute{Computed: true,
			MarkdownDescription: "Whether the settings are those of a group or of the instance; null in GitLab before 17.3, which does not return it."},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists all active integrations (services) of a project, of the projects of a group, or, where neither is set, of all projects in which the token's owner is a Maintainer or Owner. Those that this provider has no resource for are included. " +
			"A project that the token may not read is a warning, unless it is the one in `project`. Needs GitLab 12.7 or later. " +
			"See [GitLab's documentation](https://docs.gitlab.com/api/project_integrations/#list-all-active-integrations).",
		Attributes: map[string]schema.Attribute{
			services: schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The services: of a group first, then by the id of the project, and of each sorted by slug.",
				NestedObject:        schema.NestedAttributeObject{Attributes: element},
			},
		},
	}
	for _, a := range scopeArguments(inProject, inGroup, includeGroup, includeSubgroups, includeArchived, membership) {
		if a.check != nil {
			resp.Schema.Attributes[a.name] = schema.StringAttribute{Optional: true, MarkdownDescription: a.help, Validators: a.texts()}
		} else {
			resp.Schema.Attributes[a.name] = schema.BoolAttribute{Optional: true, MarkdownDescription: a.help, Validators: a.bools()}
		}
	}
}

// services is the attribute of a data source that has them.
const services = "services"

func (d *inventoryDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.instance = instanceOf(req.ProviderData)
}

func (d *inventoryDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	ctx, waited := patient(ctx)
	defer waited(&resp.Diagnostics)
	arguments := valuesOf(ctx, req.Config, &resp.Diagnostics)
	resp.Diagnostics.Append(d.instance.ready()...)
	if resp.Diagnostics.HasError() {
		return
	}
	withGroup, _ := arguments[includeGroup].(types.Bool)
	all := []activeService{}
	for found := range inOrder(ctx, placesAtOnce, candidates(ctx, d.instance.client, lookedAt(withGroup.ValueBool()), arguments), d.look) {
		all = append(all, found.services...)
		resp.Diagnostics.Append(found.diags...)
		if resp.Diagnostics.HasError() {
			return
		}
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(services), all)...)
}

// found is what there is in one place.
type found struct {
	services []activeService
	diags    diag.Diagnostics
}

// look lists the services of one place.
func (d *inventoryDataSource) look(ctx context.Context, c candidate) found {
	const what = "services"
	if c.err != nil {
		return found{diags: diag.Diagnostics{listFailed(what, c.at, c.err, d.instance)}}
	}
	listed, err := d.instance.client.ListServices(ctx, c.at)
	if err != nil {
		return found{diags: diag.Diagnostics{c.unseen(what, err, d.instance)}}
	}
	id, err := d.instance.client.ID(ctx, c.at)
	if err != nil {
		return found{diags: diag.Diagnostics{c.unseen(what, err, d.instance)}}
	}
	var out found
	for _, s := range listed {
		if !s.Active {
			continue
		}
		out.services = append(out.services, activeService{
			Project:      named(c.at, inProject, types.StringValue(c.at.Name), types.StringNull()),
			ProjectID:    named(c.at, inProject, types.Int64Value(id), types.Int64Null()),
			Group:        named(c.at, inGroup, types.StringValue(c.at.Name), types.StringNull()),
			Slug:         s.Slug,
			Title:        s.Title,
			ResourceType: ownType(s.Slug, c.at.Level),
			Flags:        flags(s),
			CreatedAt:    timeOrNull(s.CreatedAt),
			UpdatedAt:    timeOrNull(s.UpdatedAt),
			Inherited:    types.BoolPointerValue(s.Inherited),
		})
	}
	slices.SortFunc(out.services, func(a, b activeService) int { return cmp.Compare(a.Slug, b.Slug) })
	return out
}

// named is the value where the place is of the kind, else none.
func named[V any](at gitlab.Place, noun string, value, none V) V {
	if at.Level.Noun == noun {
		return value
	}
	return none
}

// ownType is the type of the service's own resource at places of a kind.
func ownType(slug string, at *gitlab.Level) types.String {
	for _, s := range shapes() {
		if s.service != nil && s.service.Slug == slug && s.levels[0] == at {
			return types.StringValue(s.typeName)
		}
	}
	return types.StringNull()
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

func timeOrNull(t time.Time) types.String {
	if t.IsZero() {
		return types.StringNull()
	}
	return types.StringValue(t.UTC().Format(time.RFC3339Nano))
}
