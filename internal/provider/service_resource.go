package provider

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// serviceResource is the one resource behind all types. Its verbs have a file
// each: service_plan.go, service_write.go, service_read.go, service_delete.go.
type serviceResource struct {
	shape
	instance *instance
}

var (
	_ resource.ResourceWithConfigure      = (*serviceResource)(nil)
	_ resource.ResourceWithIdentity       = (*serviceResource)(nil)
	_ resource.ResourceWithImportState    = (*serviceResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*serviceResource)(nil)
	_ resource.ResourceWithMoveState      = (*serviceResource)(nil)
	_ resource.ResourceWithValidateConfig = (*serviceResource)(nil)
)

func newServiceResource(s shape) *serviceResource {
	return &serviceResource{shape: s, instance: instanceOf(nil)}
}

func (r *serviceResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.typeName()
	// A project may be renamed, or be named by its id instead of its path: both
	// are updates in place, after which Terraform 1.12 and later would refuse
	// another identity.
	resp.ResourceBehavior.MutableIdentity = true
}

func (r *serviceResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := r.row.Attributes()
	attributes[r.level.Noun] = schema.StringAttribute{
		Required:            true,
		MarkdownDescription: placeHelp + " Changing it replaces the resource, except when both name the same project.",
		Validators:          []validator.String{projectName},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: r.row.Description(),
		Attributes:          attributes,
	}
}

// placeHelp describes the attribute that names the place, in all schemas.
const placeHelp = "Project: its numeric id or its full path, such as `42` or `group/project`."

func (r *serviceResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		r.level.Noun: identityschema.StringAttribute{
			RequiredForImport: true,
			Description:       "Project: its numeric id or its full path.",
		},
	}}
}

func (r *serviceResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.instance = instanceOf(req.ProviderData)
}

func (r *serviceResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	config := valuesOf(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(problemsOf(r.row.Validate(config))...)
}

// ImportState takes the numeric id or the full path of the project, as the id of
// an import or as the identity.
func (r *serviceResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	name := types.StringValue(req.ID)
	if req.ID == "" && req.Identity != nil {
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(r.level.Noun), &name)...)
	}
	t := r.in(name.ValueString())
	if why := badProject(t.at); why != "" {
		resp.Diagnostics.Append(importRefused(t, why))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(r.level.Noun), name)...)
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, t)...)
	resp.Diagnostics.Append(memory{Importing: true}.save(ctx, resp.Private)...)
}

// reason is GitLab's reason for an error; Other where there is none.
func reason(err error) gitlab.Reason {
	var e *gitlab.Error
	if errors.As(err, &e) {
		return e.Reason()
	}
	return gitlab.Other
}
