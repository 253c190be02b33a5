package provider

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

func (r *serviceResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	ctx, waited := patient(ctx)
	defer waited(&resp.Diagnostics)
	prior := valuesOf(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	t := r.target(prior)
	// Terraform wants an identity even where nothing has been read.
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, t)...)
	known := load(ctx, req.Private)
	r.instance.claims.seenInState(t.key(), known.Mark)
	if r.instance.client == nil {
		if known.Importing {
			resp.Diagnostics.Append(importRefused(t.row.Title, capital(t.at.String())+": the provider's "+joined(r.instance.unknown)+" is not known yet. Import once it is."))
			return
		}
		resp.Diagnostics.Append(r.instance.warnOnce(notLookedFor(r.instance.unknown))...)
		return
	}

	answer, err := r.instance.client.GetService(ctx, t.at, t.row.Slug)
	if gone, warning := t.gone(answer, err, r.instance); gone {
		if known.Importing {
			resp.Diagnostics.Append(importRefused(t.row.Title, capital(t.at.String())+": "+t.missing(answer, err, r.instance)))
			return
		}
		resp.Diagnostics.Append(warning...)
		resp.State.RemoveResource(ctx)
		return
	}
	if known.Importing && crashed(err) {
		resp.Diagnostics.Append(importRefused(t.row.Title, capital(t.at.String())+": GitLab fails to show the service, as 12.x does where an issue tracker was never set up. Leave out the import: applying the resource sets it up."))
		return
	}
	if err != nil {
		resp.Diagnostics.Append(failed("read", t, err, r.instance)...)
		return
	}
	if known.anothers(answer.ID) {
		resp.Diagnostics.Append(anotherRecord(t, known.ID, answer.ID))
		resp.State.RemoveResource(ctx)
		return
	}
	resp.Diagnostics.Append(r.keep(ctx, r.read(t, answer, prior, known), &resp.State, resp.Identity, resp.Private)...)
}

// crashed reports whether GitLab itself, and no proxy before it, answered with
// 500.
func crashed(err error) bool {
	var e *gitlab.Error
	return errors.As(err, &e) && e.StatusCode == http.StatusInternalServerError && e.Key == "message"
}

// read is what GitLab's answer makes of the prior state.
func (r *serviceResource) read(t target, answer *gitlab.Service, prior catalog.Values, known memory) written {
	as := catalog.Refresh
	if known.Importing {
		as = catalog.Import
	}
	a := catalog.Answer{Prior: prior, As: as, Inherits: answer.Inherited}
	a.Foreign = r.instance.detectSecretDrift && (known.foreign(answer.UpdatedAt) || a.TakenOver())
	out := r.took(t, answer, a, known)
	for name := range known.Contradictions {
		switch value, held := prior[name]; {
		case !held:
		case known.stillContradicts(name, answer.Values):
			out.values[name] = value
		default:
			delete(out.memory.Contradictions, name)
		}
	}
	out.memory.Importing = false
	out.memory = out.memory.asRead(answer, r.instance.print(t.row), out.diags)
	if known.Stamp.IsZero() && t.row.HoldsSecret(out.values, answer.Inherited) {
		// A secret without a stamp comes from an import or another provider: from
		// here on a foreign write can be noticed.
		out.memory.Stamp = answer.UpdatedAt
	}
	return out
}

// gone reports whether GitLab's answer means that there is no such service. Only
// a clear answer does: neither a token that is refused nor a wrong address ever
// drops a resource from the state.
func (t target) gone(answer *gitlab.Service, err error, inst *instance) (bool, diag.Diagnostics) {
	switch why := reason(err); {
	case t.absent(answer, err):
		return true, nil
	case why == gitlab.PlaceNotFound:
		return true, diag.Diagnostics{placeGone(t, inst)}
	case why == gitlab.UnknownSlug:
		return true, diag.Diagnostics{serviceUnknown(t, inst)}
	}
	return false, nil
}

// absent reports whether GitLab says that the place does not have the
// service: up to 13.11 one that was never set up answers 200 with a null id.
func (t target) absent(answer *gitlab.Service, err error) bool {
	if err != nil {
		return reason(err) == gitlab.ServiceNotFound
	}
	return answer.ID == 0 || !t.row.Exists(answer.Active, answer.Inherited, answer.Values)
}

// missing says why there is nothing to import.
func (t target) missing(answer *gitlab.Service, err error, inst *instance) string {
	switch why := reason(err); {
	case why == gitlab.PlaceNotFound:
		return inst.who() + " knows no such " + t.at.Level.Noun + ", or the token may not see it. Import by the numeric id or the full path, as in the address of its page." + otherType(t)
	case why == gitlab.UnknownSlug:
		return strings.TrimSpace(inst.who() + " does not have the service. " + t.row.Gone.String())
	case err == nil && answer.ID != 0:
		return "the service is switched off. Leave out the import: applying the resource sets it up."
	}
	return "the service was never set up. Leave out the import: applying the resource sets it up."
}
