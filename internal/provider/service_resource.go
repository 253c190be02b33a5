package provider

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// serviceResource is the one resource behind all types: a row of the catalog,
// managed in a project.
type serviceResource struct {
	service *catalog.Service
	// instance is nil until the provider is configured.
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

// typeName is the type of the resource in configurations.
func (r *serviceResource) typeName() string { return r.service.ResourceType() }

func (r *serviceResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.typeName()
	// A project may be renamed, or be named by its id instead of its path: both
	// are updates in place, after which Terraform 1.12 and later would refuse
	// another identity.
	resp.ResourceBehavior.MutableIdentity = true
}

func (r *serviceResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := r.service.Attributes()
	attributes[gitlab.Projects.Noun] = schema.StringAttribute{
		Required: true,
		MarkdownDescription: "Project: its numeric id or its full path, such as `42` or `group/project`. " +
			"Changing it replaces the resource, except when both name the same project.",
		Validators: []validator.String{projectName},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: r.service.Description(),
		Attributes:          attributes,
	}
}

func (r *serviceResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		gitlab.Projects.Noun: identityschema.StringAttribute{
			RequiredForImport: true,
			Description:       "Project: its numeric id or its full path.",
		},
	}}
}

func (r *serviceResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.instance, _ = req.ProviderData.(*instance)
}

func (r *serviceResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	config, diags := valuesOf(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(attributeErrors(r.service.Validate(config))...)
}

// ModifyPlan settles what a plan shows beyond single attributes: the versions of
// write-only secrets, whether another name of the project is another project,
// and whether a change lacks a secret.
func (r *serviceResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	config, diags := valuesOf(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	plan, diags := valuesOf(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	prior, diags := valuesOf(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	change := catalog.Change{Plan: plan, Config: config, Prior: prior, Adopted: load(ctx, req.Private).Adopted}
	r.service.Plan(change)
	resp.Diagnostics.Append(r.store(ctx, plan, &resp.Plan)...)

	if prior != nil {
		replace, diags := r.otherProject(ctx, prior, plan)
		resp.Diagnostics.Append(diags...)
		if replace {
			resp.RequiresReplace = append(resp.RequiresReplace, path.Root(gitlab.Projects.Noun))
		} else {
			resp.Diagnostics.Append(r.claimKept(plan, load(ctx, req.Private).Mark)...)
		}
		if equal(prior, plan) {
			// Adopting a service must be possible without its secrets.
			return
		}
	}
	resp.Diagnostics.Append(attributeErrors(r.service.Require(change))...)
	if prior == nil && !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(r.claimFresh(plan)...)
	}
}

// claimFresh refuses the second of two new resources for one service.
func (r *serviceResource) claimFresh(plan catalog.Values) diag.Diagnostics {
	c := claim{r.service.Slug, projectOf(plan)}
	if r.instance == nil || c.project == "" || !r.instance.gate.claimFresh(c) {
		return nil
	}
	return diag.Diagnostics{twiceNew(r.service, c.project)}
}

// claimKept warns of the second of two resources in the state for one service.
func (r *serviceResource) claimKept(plan catalog.Values, mark string) diag.Diagnostics {
	c := claim{r.service.Slug, projectOf(plan)}
	if r.instance == nil || c.project == "" || !r.instance.gate.claimKept(c, mark) {
		return nil
	}
	return diag.Diagnostics{twiceKept(r.service, c.project)}
}

// otherProject reports whether the plan names another project than the state.
// GitLab is asked only where the text differs.
func (r *serviceResource) otherProject(ctx context.Context, prior, plan catalog.Values) (bool, diag.Diagnostics) {
	if plan[gitlab.Projects.Noun].Equal(prior[gitlab.Projects.Noun]) {
		return false, nil
	}
	if plan[gitlab.Projects.Noun].IsUnknown() || r.instance == nil || r.instance.client == nil {
		return true, nil
	}
	from, to := projectOf(prior), projectOf(plan)
	old, err := r.instance.client.GetHome(ctx, inProject(from))
	if reason(err) == gitlab.PlaceNotFound {
		return true, nil
	}
	if err != nil {
		return false, diag.Diagnostics{renameUnsettled(from, to, err)}
	}
	current, err := r.instance.client.GetHome(ctx, inProject(to))
	if err != nil {
		return false, diag.Diagnostics{renameUnsettled(from, to, err)}
	}
	return old.ID != current.ID, nil
}

func (r *serviceResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	r.write(ctx, req.Config, req.Plan, nil, nil, &resp.State, resp.Identity, resp.Private, &resp.Diagnostics)
}

func (r *serviceResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	r.write(ctx, req.Config, req.Plan, &req.State, req.Private, &resp.State, resp.Identity, resp.Private, &resp.Diagnostics)
}

// write is Create and Update: one PUT, whose answer becomes the state.
func (r *serviceResource) write(ctx context.Context, config tfsdk.Config, plan tfsdk.Plan, state *tfsdk.State, known privateState,
	out *tfsdk.State, identity *tfsdk.ResourceIdentity, private privateState, diags *diag.Diagnostics) {
	var change catalog.Change
	var more diag.Diagnostics
	change.Config, more = valuesOf(ctx, config)
	diags.Append(more...)
	change.Plan, more = valuesOf(ctx, plan)
	diags.Append(more...)
	var remembered memory
	if state != nil {
		change.Prior, more = valuesOf(ctx, *state)
		diags.Append(more...)
		remembered = load(ctx, known)
		change.Adopted = remembered.Adopted
	}
	if diags.HasError() {
		return
	}
	project := projectOf(change.Plan)
	if r.instance == nil || r.instance.client == nil {
		diags.Append(notConfigured(r.instance.unknownArguments()))
		return
	}
	// What was unknown when it was planned is known now.
	r.service.Plan(change)
	diags.Append(attributeErrors(r.service.Require(change))...)
	if diags.HasError() {
		return
	}

	leave, err := r.instance.gate.enter(ctx, write{slug: r.service.Slug, project: project, creates: state == nil})
	if err != nil {
		diags.Append(failed("set", r.service, project, err, r.instance)...)
		return
	}
	defer leave()
	r.instance.gate.settle(claim{r.service.Slug, project})
	body := r.service.Encode(change)
	answer, err := r.instance.client.PutService(ctx, inProject(project), r.service.Slug, gitlab.Settings{Values: body.Values, Secrets: body.Secrets})
	if err != nil {
		diags.Append(failed("set", r.service, project, err, r.instance)...)
		return
	}
	wrote := record{slug: r.service.Slug, project: project, id: answer.ID}
	r.instance.gate.remember(wrote)
	if state == nil {
		if other, twice := r.instance.gate.create(wrote); twice {
			// It does not get into the state: neither the next plan nor destroy shall
			// believe that there are two.
			diags.Append(twiceCreated(r.service, project, other))
			return
		}
	}

	decoded := r.service.Decode(catalog.Answer{Values: answer.Values, Prior: change.Plan})
	diags.Append(attributeWarnings(decoded.Problems)...)
	if !r.service.Exists(answer.Active, answer.Values) {
		diags.Append(leftInactive(r.service, project))
	}
	contradictions, more := r.contradictions(change, decoded.Values, answer.Values, remembered, project)
	diags.Append(more...)
	noted := memory{ID: answer.ID, Stamp: answer.UpdatedAt, Contradictions: contradictions, Mark: remembered.Mark}
	diags.Append(noted.marked().save(ctx, private)...)
	diags.Append(identify(ctx, identity, project)...)
	// Terraform's rule: the state after a write is what was planned.
	diags.Append(r.store(ctx, change.Plan, out)...)
}

// contradictions says which of the values sent GitLab accepted and did not keep,
// and notes those that nobody configured: the next plan has nothing to show for
// them, and no apply warns of them again.
func (r *serviceResource) contradictions(change catalog.Change, answered catalog.Values, wire map[string]any, remembered memory, project string) (map[string]json.RawMessage, diag.Diagnostics) {
	var diags diag.Diagnostics
	noted := map[string]json.RawMessage{}
	secrets := r.service.Secrets()
	for _, name := range sortedNames(answered) {
		planned := change.Plan[name]
		if planned == nil || planned.Equal(answered[name]) {
			continue
		}
		secret := slices.Contains(secrets, name)
		written := change.Config[name] != nil && !change.Config[name].IsNull()
		if !written && !secret {
			noted[name] = rawJSON(wire[name])
			if remembered.kept(name, wire) {
				continue
			}
		}
		diags.Append(notKept(r.service, project, name, planned, answered[name], secret))
	}
	return noted, diags
}

func (r *serviceResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	prior, diags := valuesOf(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	project := projectOf(prior)
	resp.Diagnostics.Append(identify(ctx, resp.Identity, project)...)
	remembered := load(ctx, req.Private)
	if r.instance == nil || r.instance.client == nil {
		unknown := r.instance.unknownArguments()
		if remembered.Importing {
			resp.Diagnostics.Append(importRefused(r.service, project, "the provider's "+quoted(unknown)+" is not known yet. Import once it is."))
			return
		}
		r.instance.warnOnce(&resp.Diagnostics, notLookedFor(unknown))
		return
	}

	r.instance.gate.claimOld(claim{r.service.Slug, project})
	answer, err := r.instance.client.GetService(ctx, inProject(project), r.service.Slug)
	if gone, warning := r.gone(project, answer, err); gone {
		if remembered.Importing {
			resp.Diagnostics.Append(importRefused(r.service, project, r.missing(answer, err)))
			return
		}
		resp.Diagnostics.Append(warning...)
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.Append(failed("read", r.service, project, err, r.instance)...)
		return
	}

	as := catalog.Refresh
	if remembered.Importing {
		as = catalog.Import
	}
	decoded := r.service.Decode(catalog.Answer{
		Values: answer.Values, Prior: prior, As: as,
		Foreign: r.instance.detectSecretDrift && remembered.foreign(answer.UpdatedAt),
	})
	resp.Diagnostics.Append(attributeErrors(decoded.Problems)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if len(decoded.Forgotten) > 0 {
		resp.Diagnostics.Append(writtenOutside(r.service, project, answer.UpdatedAt, decoded.Forgotten))
	}
	for name := range remembered.Contradictions {
		switch value, held := prior[name]; {
		case !held:
		case remembered.kept(name, answer.Values):
			decoded.Values[name] = value
		default:
			delete(remembered.Contradictions, name)
		}
	}
	remembered.ID, remembered.Adopted, remembered.Importing = answer.ID, remembered.Adopted || remembered.Importing, false
	if remembered.Stamp.IsZero() && r.service.HoldsSecret(decoded.Values) {
		// A secret without a stamp comes from an import or another provider: from
		// here on a foreign write can be noticed.
		remembered.Stamp = answer.UpdatedAt
	}
	resp.Diagnostics.Append(remembered.marked().save(ctx, resp.Private)...)
	decoded.Values[gitlab.Projects.Noun] = prior[gitlab.Projects.Noun]
	resp.Diagnostics.Append(r.store(ctx, decoded.Values, &resp.State)...)
}

// gone reports whether GitLab's answer means that there is no such service. Only
// a clear answer does: neither a token that is refused nor a wrong address ever
// drops a resource from the state.
func (r *serviceResource) gone(project string, answer *gitlab.Service, err error) (bool, diag.Diagnostics) {
	switch why := reason(err); {
	case absent(r.service, answer, err):
		return true, nil
	case why == gitlab.PlaceNotFound:
		return true, diag.Diagnostics{projectGone(r.service, project)}
	case why == gitlab.UnknownSlug:
		return true, diag.Diagnostics{serviceUnknown(r.service, project)}
	}
	return false, nil
}

// absent reports whether GitLab says that the project does not have the
// service: up to 13.11 one that was never set up answers 200 with a null id.
func absent(s *catalog.Service, answer *gitlab.Service, err error) bool {
	if err != nil {
		return reason(err) == gitlab.ServiceNotFound
	}
	return answer.ID == 0 || !s.Exists(answer.Active, answer.Values)
}

// missing says why there is nothing to import.
func (r *serviceResource) missing(answer *gitlab.Service, err error) string {
	switch why := reason(err); {
	case why == gitlab.PlaceNotFound:
		return "GitLab knows no such project, or the token may not see it."
	case why == gitlab.UnknownSlug:
		return strings.TrimSpace("this GitLab does not have the service. " + r.service.Gone.String())
	case err == nil && answer.ID != 0:
		return "the service is switched off. Leave out the import: applying the resource sets it up."
	}
	return "the service was never set up. Leave out the import: applying the resource sets it up."
}

func (r *serviceResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	prior, diags := valuesOf(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	project := projectOf(prior)
	if r.instance == nil || r.instance.client == nil {
		resp.Diagnostics.Append(notConfigured(r.instance.unknownArguments()))
		return
	}
	r.instance.gate.claimOld(claim{r.service.Slug, project})
	leave, err := r.instance.gate.enter(ctx, write{slug: r.service.Slug, project: project, deletes: true})
	if err != nil {
		resp.Diagnostics.Append(failed("delete", r.service, project, err, r.instance)...)
		return
	}
	defer leave()
	written, err := r.justWritten(ctx, record{slug: r.service.Slug, project: project, id: load(ctx, req.Private).ID})
	if err != nil {
		resp.Diagnostics.Append(failed("delete", r.service, project, err, r.instance)...)
		return
	}
	if written {
		resp.Diagnostics.Append(keptAlive(r.service, project))
		return
	}
	err = r.instance.client.DeleteService(ctx, inProject(project), r.service.Slug)
	if reason(err) == gitlab.Invalid {
		// GitLab 10.5 refuses to delete some services that are off already.
		if answer, readErr := r.instance.client.GetService(ctx, inProject(project), r.service.Slug); readErr == nil {
			if gone, _ := r.gone(project, answer, nil); gone {
				return
			}
		}
	}
	if gone, warning := r.gone(project, &gitlab.Service{}, err); gone {
		resp.Diagnostics.Append(warning...)
		return
	}
	if err != nil {
		resp.Diagnostics.Append(failed("delete", r.service, project, err, r.instance)...)
	}
}

// justWritten reports whether this apply has written the service under another
// address. A state without the record's id, and a project named by its id in one
// place and by its path in the other, is the one case where GitLab must be
// asked.
func (r *serviceResource) justWritten(ctx context.Context, old record) (bool, error) {
	yes, sure := r.instance.gate.wrote(old)
	if sure {
		return yes, nil
	}
	answer, err := r.instance.client.GetService(ctx, inProject(old.project), old.slug)
	if gone, _ := r.gone(old.project, answer, err); gone {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	old.id = answer.ID
	yes, _ = r.instance.gate.wrote(old)
	return yes, nil
}

// ImportState takes the numeric id or the full path of the project, as the id of
// an import or as the identity.
func (r *serviceResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	project := types.StringValue(req.ID)
	if req.ID == "" && req.Identity != nil {
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(gitlab.Projects.Noun), &project)...)
	}
	if why := badProject(project.ValueString()); why != "" {
		resp.Diagnostics.Append(importRefused(r.service, project.ValueString(), why))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(gitlab.Projects.Noun), project)...)
	resp.Diagnostics.Append(identify(ctx, resp.Identity, project.ValueString())...)
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

// identify sets the identity, which Terraform 1.12 and later wants on every
// successful return.
func identify(ctx context.Context, identity *tfsdk.ResourceIdentity, project string) diag.Diagnostics {
	if identity == nil {
		return nil
	}
	return identity.SetAttribute(ctx, path.Root(gitlab.Projects.Noun), project)
}

// getter is a configuration, a plan or a state.
type getter interface {
	Get(ctx context.Context, target any) diag.Diagnostics
}

// valuesOf reads all attributes; nil where there is no resource.
func valuesOf(ctx context.Context, from getter) (catalog.Values, diag.Diagnostics) {
	var object types.Object
	diags := from.Get(ctx, &object)
	if diags.HasError() || object.IsNull() {
		return nil, diags
	}
	return object.Attributes(), diags
}

// setter is a plan or a state.
type setter interface {
	Set(ctx context.Context, value any) diag.Diagnostics
}

// store writes all attributes; write-only ones are null wherever they are kept.
func (r *serviceResource) store(ctx context.Context, values catalog.Values, to setter) diag.Diagnostics {
	object, diags := types.ObjectValue(r.attributeTypes(), values)
	if diags.HasError() {
		return diags
	}
	return append(diags, to.Set(ctx, object)...)
}

func projectOf(values catalog.Values) string {
	project, _ := values[gitlab.Projects.Noun].(types.String)
	return project.ValueString()
}

func equal(a, b catalog.Values) bool {
	for name, value := range a {
		if !value.Equal(b[name]) {
			return false
		}
	}
	return len(a) == len(b)
}

func sortedNames(values map[string]attr.Value) []string {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// inProject is the place that the name of a project means.
func inProject(name string) gitlab.Place { return gitlab.Place{Level: gitlab.Projects, Name: name} }

// attributeTypes are the types of the resource's attributes.
func (r *serviceResource) attributeTypes() map[string]attr.Type {
	out := maps.Clone(r.service.AttributeTypes())
	out[gitlab.Projects.Noun] = types.StringType
	return out
}
