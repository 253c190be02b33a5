package provider

import (
	"context"
	"iter"
	"regexp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/boolvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

var _ list.ListResourceWithConfigure = (*serviceResource)(nil)

// projectsAtOnce is how many projects all lists of a run look at side by side: as
// many as Terraform has operations by default.
const projectsAtOnce = 10

// listConfiguration is the config block of a list.
type listConfiguration struct {
	Project          types.String `tfsdk:"project"`
	Group            types.String `tfsdk:"group"`
	IncludeSubgroups types.Bool   `tfsdk:"include_subgroups"`
	IncludeArchived  types.Bool   `tfsdk:"include_archived"`
	Membership       types.Bool   `tfsdk:"membership"`
}

func (r *serviceResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	project, group := path.MatchRoot("project"), path.MatchRoot("group")
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists where " + r.row.Title + " is set up and active: in one project, in the projects of a group, or, where neither is set, in all projects that the token's owner maintains. " +
			"A project whose services the token may not read is a warning. Terraform shows 100 results unless `limit` says otherwise.",
		Attributes: map[string]schema.Attribute{
			"project": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: placeHelp,
				Validators:          []validator.String{projectName, stringvalidator.ConflictsWith(group)},
			},
			"group": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Group whose projects are looked at: its numeric id or its full path, such as `7` or `group/subgroup`. Projects that are only shared with it are not.",
				Validators:          []validator.String{groupName, stringvalidator.ConflictsWith(project)},
			},
			"include_subgroups": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether the projects of all groups below `group` are looked at too. Defaults to `false`. GitLab before 11.6 or so does not know it.",
				Validators:          []validator.Bool{boolvalidator.AlsoRequires(group)},
			},
			"include_archived": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether archived projects are looked at too. Defaults to `false`.",
				Validators:          []validator.Bool{boolvalidator.ConflictsWith(project)},
			},
			"membership": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether to look only at projects in which the token's owner has the role Maintainer or Owner, where neither `project` nor `group` is set. Defaults to `true`. " +
					"With `false` and the token of an administrator, all projects of the instance are looked at; other tokens see public projects too, whose services they may not read.",
				Validators: []validator.Bool{boolvalidator.ConflictsWith(project, group)},
			},
		},
	}
}

var groupName = stringvalidator.RegexMatches(regexp.MustCompile(`^[^\s/:?#%]+(/[^\s/:?#%]+)*$`),
	"must be a numeric id or a full path, such as 7 or group/subgroup")

// List finds the service in projects: one request a project, which lists of
// other services share, and one more for the settings where they are wanted.
func (r *serviceResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config listConfiguration
	diags := req.Config.Get(ctx, &config)
	diags.Append(r.instance.ready()...)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(push func(list.ListResult) bool) {
		look := func(ctx context.Context, c candidate) finding { return r.look(ctx, c, req.IncludeResource) }
		pushed := int64(0)
		for found := range inOrder(ctx, projectsAtOnce, r.candidates(ctx, config), look) {
			if found.trouble != nil {
				goesOn := found.trouble.Severity() == diag.SeverityWarning && !found.stop
				if !push(list.ListResult{Diagnostics: diag.Diagnostics{found.trouble}}) || !goesOn {
					return
				}
				continue
			}
			if found.answer == nil {
				continue
			}
			pushed++
			if !push(r.result(ctx, req, found)) || pushed == req.Limit {
				return
			}
		}
	}
}

// candidate is a project to look at, or the reason why no more are known.
type candidate struct {
	at gitlab.Place
	// named says that the user named the project, who then wants to know why it
	// cannot be looked at.
	named   bool
	trouble diag.Diagnostic
}

// candidates are the projects that the configuration asks for.
func (r *serviceResource) candidates(ctx context.Context, config listConfiguration) iter.Seq[candidate] {
	if !config.Project.IsNull() {
		return slices.Values([]candidate{{at: r.in(config.Project.ValueString()).at, named: true}})
	}
	group := config.Group.ValueString()
	projects := r.instance.client.ListProjects(ctx, gitlab.ProjectFilter{
		Group:      group,
		Subgroups:  config.IncludeSubgroups.ValueBool(),
		Archived:   config.IncludeArchived.ValueBool(),
		Maintained: group == "" && (config.Membership.IsNull() || config.Membership.ValueBool()),
	})
	return func(yield func(candidate) bool) {
		for at, err := range projects {
			c := candidate{at: at}
			switch {
			case group != "" && reason(err) == gitlab.PlaceNotFound:
				c.trouble = groupNotFound(r.row, group, err)
			case err != nil:
				c.trouble = listFailed(r.row, "The projects are not known", err, r.instance)
			}
			if !yield(c) {
				return
			}
		}
	}
}

// finding is what there is in one place.
type finding struct {
	target target
	// answer is nil where the project does not have the service. It has no
	// properties unless they were asked for.
	answer  *gitlab.Service
	trouble diag.Diagnostic
	// stop says that no other project can have the service either.
	stop bool
}

// look finds the service in one project. GitLab before 12.7 lists no services,
// and is asked for the service by its name.
func (r *serviceResource) look(ctx context.Context, c candidate, settings bool) finding {
	found := finding{target: target{r.row, c.at}, trouble: c.trouble}
	if c.trouble != nil {
		return found
	}
	select {
	case r.instance.listSlots <- struct{}{}:
		defer func() { <-r.instance.listSlots }()
	case <-ctx.Done():
		found.trouble = r.unseen(c, ctx.Err())
		return found
	}
	listed, err := r.listed(ctx, c.at)
	switch {
	case err != nil && reason(err) != gitlab.NoList:
		found.trouble = r.unseen(c, err)
		return found
	// One that exists while it has a value may be there and not be listed.
	case err == nil && r.row.ExistsWhile == "" && (listed == nil || !settings):
		found.answer = listed
		return found
	}
	answer, err := r.instance.client.GetService(ctx, c.at, r.row.Slug)
	if found.target.absent(answer, err) {
		return found
	}
	if reason(err) == gitlab.UnknownSlug {
		found.trouble, found.stop = listUnknown(r.row), true
	} else if err != nil {
		found.trouble = r.unseen(c, err)
	}
	found.answer = answer
	return found
}

// listed is the service as the list of the project's services has it, without
// its properties; nil where it is not there.
func (r *serviceResource) listed(ctx context.Context, at gitlab.Place) (*gitlab.Service, error) {
	services, err := r.instance.client.ListServices(ctx, at)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(services, func(s *gitlab.Service) bool { return s.Slug == r.row.Slug && s.Active })
	if i < 0 {
		return nil, nil
	}
	return services[i], nil
}

// unseen says why a project could not be looked at. That the token may not is a
// warning where many projects are looked at, and anything else an error: the
// list would lack what nobody knows of.
func (r *serviceResource) unseen(c candidate, err error) diag.Diagnostic {
	switch reason(err) {
	case gitlab.Forbidden, gitlab.ScopeTooSmall, gitlab.Intercepted, gitlab.PlaceNotFound:
		if !c.named {
			return placeLeftOut(target{r.row, c.at}, err)
		}
	default:
	}
	return listFailed(r.row, capital(c.at), err, r.instance)
}

// result is a service that was found, as Terraform wants it.
func (r *serviceResource) result(ctx context.Context, req list.ListRequest, found finding) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = found.target.at.Name + ": " + r.row.Title
	result.Diagnostics.Append(r.identify(ctx, result.Identity, found.target)...)
	if !req.IncludeResource {
		return result
	}
	// Nothing is held, so that no secret is taken: GitLab up to 15.x tells webhooks,
	// which must not get into the text that a query prints or generates.
	decoded := r.row.Decode(catalog.Answer{Values: found.answer.Values})
	result.Diagnostics.Append(problemsOf(decoded.Problems)...)
	decoded.Values[r.level.Noun] = types.StringValue(found.target.at.Name)
	result.Diagnostics.Append(r.store(ctx, decoded.Values, result.Resource)...)
	return result
}
