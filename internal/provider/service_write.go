package provider

import (
	"context"
	"encoding/json"
	"maps"
	"path"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

func (r *serviceResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	ctx, waited := patient(ctx)
	defer waited(&resp.Diagnostics)
	change := catalog.Change{
		Config: valuesOf(ctx, req.Config, &resp.Diagnostics),
		Plan:   valuesOf(ctx, req.Plan, &resp.Diagnostics),
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(r.keep(ctx, r.write(ctx, change, memory{}), &resp.State, resp.Identity, resp.Private)...)
}

func (r *serviceResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	ctx, waited := patient(ctx)
	defer waited(&resp.Diagnostics)
	change := catalog.Change{
		Config: valuesOf(ctx, req.Config, &resp.Diagnostics),
		Plan:   valuesOf(ctx, req.Plan, &resp.Diagnostics),
		Prior:  valuesOf(ctx, req.State, &resp.Diagnostics),
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(r.keep(ctx, r.write(ctx, change, load(ctx, req.Private)), &resp.State, resp.Identity, resp.Private)...)
}

// write is Create and Update, which has a prior state: one PUT, whose answer
// becomes the state, and a GET where the service follows the settings above it.
func (r *serviceResource) write(ctx context.Context, c catalog.Change, known memory) written {
	if diags := r.instance.ready(); diags.HasError() {
		return written{diags: diags}
	}
	c.Adopted, c.Untold = known.Adopted, known.Untold
	to := r.target(c.Plan)
	to.row.Settle(c)
	if c.Prior != nil {
		if diags := r.settlePlace(ctx, r.target(c.Prior), to, &known); diags.HasError() {
			return written{diags: diags}
		}
		if r.onlyPlaceChanges(c) {
			return written{values: c.Plan, memory: known}
		}
	}
	if diags := problemsOf(to.row.Require(c)); diags.HasError() {
		return written{diags: diags}
	}

	verb := updates
	if c.Prior == nil {
		verb = creates
	}
	leave, err := r.instance.gate.enter(ctx, passage{to.key(), verb})
	if err != nil {
		return written{diags: failed("set", to, err, r.instance)}
	}
	defer leave()
	r.instance.claims.forgetPlans(to.key())
	body := to.row.Encode(c)
	if body.MayClear() {
		if diags := r.mayInherit(ctx, to, body); diags.HasError() {
			return written{diags: diags}
		}
	}
	answer, err := r.send(ctx, to, body)
	if err != nil {
		return written{diags: failed("set", to, err, r.instance)}
	}
	if other, twice := r.instance.claims.written(writtenRecord{to.key(), answer.ID, verb == creates}); twice {
		// It does not get into the state: neither the next plan nor destroy shall
		// believe that there are two.
		return written{diags: diag.Diagnostics{twiceCreated(to, other)}}
	}
	inherits := catalog.Inherits(c.Plan)
	var unseen error
	if inherits {
		// GitLab 18.9 answers first and copies afterwards: what is on by then may be
		// off in the answer, and the other way round.
		var copied *gitlab.Service
		if copied, unseen = r.instance.client.GetService(ctx, to.at, to.row.Slug); unseen == nil {
			answer = copied
		}
	}
	if to.row.Installation.In != "" && !answer.Active && !inherits {
		return written{diags: diag.Diagnostics{notInstalled(to)}}
	}

	out := r.took(to, answer, catalog.Answer{Prior: c.Plan, Config: c.Config, As: catalog.Written}, known)
	switch on := to.row.Exists(answer.Active, answer.Inherited, answer.Values); {
	case unseen != nil:
		out.diags.Append(outcomeUnseen(to, unseen))
	case !on && inherits && to.at.Level.CopiesLater: // As the plan has said.
	case !on && inherits:
		out.diags.Append(inheritsNothing(to, r.above(ctx, to)))
	case !on:
		out.diags.Append(leftInactive(to))
	}
	if known.anothers(answer.ID) {
		out.diags.Append(anotherRecordWritten(to, known.ID, answer.ID))
	}
	noted, contradictions := contradictions(to, c, body.Values, out.values, answer.Values, known)
	out.diags.Append(contradictions...)
	out.memory = memory{ID: answer.ID, Stamp: answer.UpdatedAt, Contradictions: noted, Mark: known.Mark, Adopted: to.row.StillAdopted(c), Untold: out.memory.Untold}
	if !inherits && maps.EqualFunc(out.values, c.Plan, attr.Value.Equal) {
		out.memory = out.memory.asRead(answer, r.instance.print(to.row), out.diags)
	}
	// Terraform's rule: the state after a write is what was planned.
	out.values = c.Plan
	return out
}

// send is the PUT. A second one follows only where the answer shows what the first
// left out because nothing was known of it, and is to be cleared; or where GitLab
// refuses the settings, which it may do for just that: from 15.1 on it wants the
// password that it has where an address changes.
func (r *serviceResource) send(ctx context.Context, t target, body catalog.Body) (*gitlab.Service, error) {
	answer, err := r.sendOnce(ctx, t, body)
	if why := reason(err); why == gitlab.NoDetail || why == gitlab.Invalid {
		if whole, ok := body.Whole(); ok {
			if second, refused := r.sendOnce(ctx, t, whole); refused == nil {
				return second, nil
			}
		}
	}
	if err != nil {
		return nil, err
	}
	if more, ok := body.Rest(answer.Values, answer.Inherited); ok {
		return r.sendOnce(ctx, t, more)
	}
	return answer, nil
}

// sendOnce sends a body, and again only where GitLab refuses it without a reason
// and the row knows of another way to say the same.
func (r *serviceResource) sendOnce(ctx context.Context, t target, body catalog.Body) (*gitlab.Service, error) {
	settings := gitlab.Settings{Values: body.Values, Secrets: body.Secrets}
	answer, err := r.instance.client.PutService(ctx, t.at, t.row.Slug, settings)
	if less, ok := body.Fallback(); ok && reason(err) == gitlab.NoDetail {
		settings.Values = less
		if second, refused := r.instance.client.PutService(ctx, t.at, t.row.Slug, settings); refused == nil {
			return second, nil
		}
	}
	return answer, err
}

// mayInherit looks whether a GitLab knows of inheritance, before it is sent what
// would have it clear secrets else. Where it has no such service, there is nothing
// to be cleared.
func (r *serviceResource) mayInherit(ctx context.Context, t target, body catalog.Body) diag.Diagnostics {
	answer, err := r.instance.client.GetService(ctx, t.at, t.row.Slug)
	if reason(err) == gitlab.ServiceNotFound {
		return nil
	}
	if err != nil {
		return failed("set", t, err, r.instance)
	}
	// Up to 13.11 one that was never set up is shown, without an id.
	if secrets := body.Clears(answer.Values); len(secrets) > 0 && answer.Inherited == nil && answer.ID != 0 {
		return diag.Diagnostics{wouldBeCleared(t, secrets)}
	}
	return nil
}

// above names what a service follows: the nearest group above that has settings
// of its own, else the instance.
func (r *serviceResource) above(ctx context.Context, t target) string {
	const unseen = "what is above it"
	home, err := r.instance.client.GetHome(ctx, t.at)
	if err != nil {
		return unseen
	}
	for name := path.Dir(home.Path); name != "."; name = path.Dir(name) {
		at := gitlab.Place{Level: container, Name: name}
		answer, err := r.instance.client.GetService(ctx, at, t.row.Slug)
		switch {
		case err != nil && reason(err) != gitlab.ServiceNotFound:
			return unseen
		case err == nil && answer.ID != 0 && (answer.Inherited == nil || !*answer.Inherited):
			return at.String()
		}
	}
	return "the instance"
}

// settlePlace asks again what the plan could not tell: whether both names are of
// one place.
func (r *serviceResource) settlePlace(ctx context.Context, from, to target, known *memory) diag.Diagnostics {
	if !known.Unsettled {
		return nil
	}
	known.Unsettled = false
	same, err := r.samePlace(ctx, from, to, known.ID)
	switch {
	case err != nil:
		return diag.Diagnostics{placesNotCompared(from, to, err)}
	case !same:
		return diag.Diagnostics{placesDiffer(from, to)}
	}
	return nil
}

// took is what an answer of GitLab becomes, after a write as at a read.
func (r *serviceResource) took(t target, answer *gitlab.Service, a catalog.Answer, known memory) written {
	a.Values, a.Slug, a.Title, a.Inherits = answer.Values, answer.Slug, answer.Title, answer.Inherited
	decoded := t.row.Decode(a)
	maps.Copy(decoded.Values, r.place(t))
	known.ID = answer.ID
	if a.As == catalog.Import {
		known.Adopted = decoded.Adopted
	}
	known.Untold = decoded.InheritUnknown
	out := written{values: decoded.Values, memory: known, diags: problemsOf(decoded.Problems)}
	if sent := slices.DeleteFunc(decoded.Forgotten, func(name string) bool { return slices.Contains(known.Adopted, name) }); len(sent) > 0 {
		out.diags.Append(writtenOutside(t, answer.UpdatedAt, sent))
	}
	if decoded.InheritUnknown {
		out.diags.Append(inheritanceUntold(t))
	}
	for _, name := range decoded.Unanswered {
		out.diags.Append(notAnswered(t, name))
	}
	return out
}

// contradictions says which of the values sent GitLab accepted and did not keep,
// and notes those that nobody configured: the next plan has nothing to show for
// them, and no apply warns of them again. Inheritance is not among them, because
// nothing else of the service is compared while it is inherited.
func contradictions(t target, c catalog.Change, sent map[string]any, answered catalog.Values, wire map[string]any, known memory) (map[string]json.RawMessage, diag.Diagnostics) {
	var diags diag.Diagnostics
	noted := map[string]json.RawMessage{}
	secrets := t.row.Secrets()
	for _, name := range slices.Sorted(maps.Keys(answered)) {
		planned := c.Plan[name]
		if _, said := sent[name]; !said || planned == nil || planned.Equal(answered[name]) {
			continue
		}
		secret := slices.Contains(secrets, name)
		configured := c.Config[name] != nil && !c.Config[name].IsNull()
		if !configured && !secret && name != catalog.UseInheritedSettings {
			noted[name] = rawJSON(wire[name])
			if known.stillContradicts(name, wire) {
				continue
			}
		}
		diags.Append(notKept(t, name, planned, answered[name], secret))
	}
	return noted, diags
}
