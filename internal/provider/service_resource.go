package provider

import (
	"context"
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// serviceResource is the one resource behind all types. Its verbs have a file
// each: service_plan.go, service_write.go, service_read.go, service_delete.go.
type serviceResource struct {
	*shape
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

func newServiceResource(s *shape) *serviceResource {
	return &serviceResource{shape: s, instance: instanceOf(nil)}
}

func (r *serviceResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.typeName
	// A place may be renamed, or be named by its id instead of its path: both
	// are updates in place, after which Terraform 1.12 and later would refuse
	// another identity.
	resp.ResourceBehavior.MutableIdentity = true
}

func (r *serviceResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := r.named("").Attributes()
	for _, p := range r.address() {
		attributes[p.name] = schema.StringAttribute{
			Required:            p.required,
			Optional:            !p.required,
			MarkdownDescription: p.help + " Changing it replaces the resource" + p.except + ".",
			Validators:          p.checks,
		}
	}
	resp.Schema = schema.Schema{MarkdownDescription: r.description(), Attributes: attributes}
}

func (r *serviceResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema.Attributes = map[string]identityschema.Attribute{}
	for _, p := range r.address() {
		resp.IdentitySchema.Attributes[p.name] = identityschema.StringAttribute{
			RequiredForImport: p.required,
			OptionalForImport: !p.required,
			Description:       strings.ReplaceAll(p.help, "`", ""),
		}
	}
}

func (r *serviceResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.instance = instanceOf(req.ProviderData)
}

func (r *serviceResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	config := valuesOf(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(problemsOf(r.target(config).row.Validate(config))...)
}

// ImportState takes what names the service, as the id of an import or as the
// identity.
func (r *serviceResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	t, err := r.parse(req.ID)
	if req.ID == "" && req.Identity != nil {
		t, err = r.identified(valuesOf(ctx, req.Identity, &resp.Diagnostics))
	}
	switch why := t.wrong(); {
	case err != nil:
		resp.Diagnostics.Append(importRefused(r.subject(), err.Error()))
	case why != "":
		resp.Diagnostics.Append(importRefused(r.subject(), why+r.idForm()))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	for name, value := range r.place(t) {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), value)...)
	}
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
