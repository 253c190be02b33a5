package provider

import (
	"cmp"
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

var _ list.ListResourceWithConfigure = (*serviceResource)(nil)

func (r *serviceResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: fmt.Sprintf("Lists each %s in which %s is active: among those that the arguments select, or, without arguments, among all in which the token's owner is a Maintainer or Owner. "+
			"Where the token may not read services, the result is a warning. Projects that are only shared with a group are left out. Terraform shows 100 results unless `limit` is set.", r.where(), r.title()),
		Attributes: map[string]schema.Attribute{},
	}
	for _, a := range r.filters() {
		if a.check != nil {
			resp.Schema.Attributes[a.name] = schema.StringAttribute{Optional: true, MarkdownDescription: a.help, Validators: a.texts()}
		} else {
			resp.Schema.Attributes[a.name] = schema.BoolAttribute{Optional: true, MarkdownDescription: a.help, Validators: a.bools()}
		}
	}
}

// List finds the service in places: one request a place, which all lists share,
// and one more for the settings of each service where they are wanted.
func (r *serviceResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var diags diag.Diagnostics
	arguments := valuesOf(ctx, req.Config, &diags)
	diags.Append(r.instance.ready()...)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	s := search{r.named(textOf(arguments[slug])), req.IncludeResource}
	stream.Results = func(push func(list.ListResult) bool) {
		look := func(ctx context.Context, c candidate) []finding { return r.look(ctx, c, s) }
		pushed := int64(0)
		for found := range inOrder(ctx, placesAtOnce, candidates(ctx, r.instance.client, r.looksAt(arguments), arguments), look) {
			for _, f := range found {
				if f.trouble != nil {
					goesOn := f.trouble.Severity() == diag.SeverityWarning && !f.stop
					if !push(list.ListResult{Diagnostics: diag.Diagnostics{f.trouble}}) || !goesOn {
						return
					}
					continue
				}
				pushed++
				if !push(r.result(ctx, req, f)) || pushed == req.Limit {
					return
				}
			}
		}
	}
}

// search is what a list looks for.
type search struct {
	// row is the service; one without a slug is all.
	row      *catalog.Service
	settings bool
}

// finding is a service of a place, or what keeps it from being found.
type finding struct {
	target target
	// answer has no properties unless they were asked for.
	answer  *gitlab.Service
	trouble diag.Diagnostic
	// stop says that no other place can have the service either.
	stop bool
}

// look finds the service, or all services, in one place.
func (r *serviceResource) look(ctx context.Context, c candidate, s search) []finding {
	failed := func(err error) []finding {
		return []finding{{trouble: c.unseen(r.subject(), err, r.instance)}}
	}
	if c.err != nil {
		return []finding{{trouble: listFailed(r.subject(), c.at, c.err, r.instance)}}
	}
	select {
	case r.instance.listSlots <- struct{}{}:
		defer func() { <-r.instance.listSlots }()
	case <-ctx.Done():
		return failed(ctx.Err())
	}
	wanted := []target{{s.row, c.at}}
	services, err := r.instance.client.ListServices(ctx, c.at)
	found := r.listed(services, c.at, s.row.Slug)
	switch {
	case err == nil && s.row.ExistsWhile != "":
		// It may be there and not be listed.
	case err == nil && s.settings:
		wanted = nil
		for _, f := range found {
			wanted = append(wanted, f.target)
		}
	case err == nil:
		return found
	case reason(err) != gitlab.NoList || s.row.Slug == "":
		return failed(err)
	}
	// GitLab before 12.7 lists no services: one is asked for by its name.
	var out []finding
	for _, t := range wanted {
		answer, err := r.instance.client.GetService(ctx, t.at, t.row.Slug)
		switch {
		case t.absent(answer, err):
		case reason(err) == gitlab.UnknownSlug:
			out = append(out, finding{trouble: listUnknown(t.row), stop: true})
		case err != nil:
			out = append(out, failed(err)...)
		default:
			out = append(out, finding{target: t, answer: answer})
		}
	}
	return out
}

// listed are those services of a list that are active: all, or that of the slug.
func (r *serviceResource) listed(services []*gitlab.Service, at gitlab.Place, slug string) []finding {
	var out []finding
	for _, s := range services {
		if s.Active && (slug == "" || slug == s.Slug) {
			out = append(out, finding{target: target{r.named(s.Slug), at}, answer: s})
		}
	}
	return out
}

// result is a service that was found, as Terraform wants it.
func (r *serviceResource) result(ctx context.Context, req list.ListRequest, found finding) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = found.target.at.Name + ": " + cmp.Or(found.answer.Title, found.target.row.Title)
	result.Diagnostics.Append(r.identify(ctx, result.Identity, found.target)...)
	if !req.IncludeResource {
		return result
	}
	// Nothing is held, so that no secret is taken: GitLab up to 15.x tells webhooks,
	// which must not get into the text that a query prints or generates.
	decoded := found.target.row.Decode(catalog.Answer{Values: found.answer.Values, Inherits: found.answer.Inherited})
	result.Diagnostics.Append(problemsOf(decoded.Problems)...)
	maps.Copy(decoded.Values, r.place(found.target))
	result.Diagnostics.Append(r.store(ctx, decoded.Values, result.Resource)...)
	return result
}
