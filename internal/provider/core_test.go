package provider_test

import (
	"maps"
	"slices"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// workspace is a configuration and its state, and what Terraform's core does
// with them. Each of its commands has a process of the provider of its own, and an
// apply has one for the plan and one for what was planned. What core would call a
// bug of the provider fails the test: see the harness.
type workspace struct {
	t      tester
	server *fakegitlab.Server
	blocks map[string]*block // the configuration, by address
	state  map[string]instance
	// provider has further arguments of the provider block.
	provider map[string]any
	said     Diagnostics // by the provider, since the last command began
	// compares has answers without the framework compared with the framework's.
	compares bool
}

// block is one resource of the configuration.
type block struct {
	kind    string
	config  map[string]any
	ignored []string // by ignore_changes
	unknown []string // what is known at the apply only
}

// instance is one resource of the state.
type instance struct {
	Object
	kind    string
	tainted bool
}

// operation is what an apply is to do to one address.
type operation struct {
	address  string
	block    *block // nil: it destroys
	prior    instance
	planned  Planned
	replaces bool
}

// inPlan is the configuration as a plan sees it before core takes out what is
// ignored.
func (b *block) inPlan() map[string]any {
	out := maps.Clone(b.config)
	for _, name := range b.unknown {
		if out[name] != nil {
			out[name] = Unknown
		}
	}
	return out
}

// process begins a command.
func (w *workspace) process() *Protocol { return Connect(w.t, w.server, w.provider) }

func (w *workspace) resource(p *Protocol, kind string) *ProtocolResource {
	r := p.resource(kind)
	if w.compares {
		r.compare = new(comparison)
	}
	return r
}

func (w *workspace) hear(diags Diagnostics) bool {
	w.said = append(w.said, diags...)
	return len(diags.Errors()) == 0
}

// refresh reads what the state has. Terraform goes on with a plan only where all
// of it could be read.
func (w *workspace) refresh(p *Protocol) bool {
	ok := true
	for _, address := range slices.Sorted(maps.Keys(w.state)) {
		was := w.state[address]
		r := w.resource(p, was.kind)
		read, diags := r.Read(was.Object)
		switch {
		case !w.hear(diags):
			ok = false
		case read.Values == nil:
			delete(w.state, address)
		default:
			w.state[address] = instance{read, was.kind, was.tainted}
		}
	}
	return ok
}

// plan says what an apply would do, in the order in which it was planned, which
// Terraform leaves open. It is false where something cannot be planned.
func (w *workspace) plan(p *Protocol, backwards bool) ([]operation, bool) {
	addresses := map[string]bool{}
	for address := range w.state {
		addresses[address] = true
	}
	for address := range w.blocks {
		addresses[address] = true
	}
	order := slices.Sorted(maps.Keys(addresses))
	if backwards {
		slices.Reverse(order)
	}
	var out []operation
	ok := true
	for _, address := range order {
		o, diags := w.planOne(p, address)
		if !w.hear(diags) {
			ok = false
			if o.prior.Values != nil && !o.replaces {
				w.t.Errorf("nobody can plan, or destroy, what is in the state: %s", diags)
			}
		} else if o.prior.tainted || o.replaces || !maps.EqualFunc(o.prior.Values, o.planned.Values, same) {
			out = append(out, o)
		}
	}
	return out, ok
}

func (w *workspace) planOne(p *Protocol, address string) (operation, Diagnostics) {
	o := operation{address: address, block: w.blocks[address], prior: w.state[address]}
	var diags Diagnostics
	if o.block == nil {
		o.planned, diags = p.resource(o.prior.kind).Plan(o.prior.Object, nil)
		return o, diags
	}
	r := w.resource(p, o.block.kind)
	config, prior := o.block.inPlan(), o.prior.Object
	if o.replaces = o.prior.tainted; o.replaces {
		prior = Object{} // Core plans a create, and makes a replacement of it.
	}
	o.planned, diags = r.PlanIgnoring(prior, config, o.block.ignored...)
	if len(diags.Errors()) == 0 && len(o.planned.Replaces) > 0 {
		var more Diagnostics
		o.replaces = true
		o.planned, more = r.PlanIgnoring(Object{Private: o.planned.Private}, config)
		diags = append(diags, more...)
	}
	return o, diags
}

// apply does one operation, and gives what comes of it. What was planned becomes
// what core plans once more, now that all is known.
func (w *workspace) apply(p *Protocol, o *operation) (instance, Diagnostics) {
	if o.block == nil {
		r := p.resource(o.prior.kind)
		after, diags := r.Apply(o.prior.Object, o.planned, nil)
		return instance{after, o.prior.kind, o.prior.tainted}, diags
	}
	r := p.resource(o.block.kind)
	prior := o.prior.Object
	var said Diagnostics
	if o.replaces && prior.Values != nil {
		gone, diags := r.Apply(prior, Planned{Object: Object{Identity: prior.Identity, Private: o.planned.Private}}, nil)
		if said = diags; len(diags.Errors()) > 0 {
			return instance{gone, o.block.kind, o.prior.tainted}, said
		}
		prior = Object{}
	}
	final, diags := r.PlanIgnoring(prior, o.block.config, o.block.ignored...)
	if said = append(said, diags...); len(diags.Errors()) > 0 {
		return instance{prior, o.block.kind, o.prior.tainted}, said
	}
	r.expectFinal(o.planned.Values, final.Values)
	o.planned = final
	if prior.Values != nil && maps.EqualFunc(prior.Values, final.Values, same) {
		return o.prior, said // What was unknown is what it was.
	}
	after, diags := r.Apply(prior, final, o.block.config)
	said = append(said, diags...)
	return instance{after, o.block.kind, prior.Values == nil && len(diags.Errors()) > 0}, said
}

// keep stores what became of an operation.
func (w *workspace) keep(address string, after instance) {
	delete(w.state, address)
	if after.Values != nil {
		w.state[address] = after
	}
}

// heard reports whether the provider has said something with one of the
// summaries since the command began.
func (w *workspace) heard(summaries ...string) bool {
	return slices.ContainsFunc(w.said, func(d Diagnostic) bool {
		return slices.ContainsFunc(summaries, func(s string) bool { return strings.HasPrefix(d.Summary, s) })
	})
}
