package main

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"time"
)

// measured is one line of the results.
type measured struct {
	provider string
	latency  time.Duration
	what     string
	// resources are how many there are.
	resources             int
	requests, connections int
	took, floor           time.Duration
	usage
}

// protocol measures a refresh and a plan of many resources by the calls that
// Terraform makes, in the order in which it makes them: resources of all
// projects and types mixed.
func (b *bench) protocol(ctx context.Context, profiles []profile, r *results) error {
	for _, of := range profiles {
		lab, err := newGitLab(of.GitLab, b.size.protocol)
		if err != nil {
			return err
		}
		err = b.protocolOf(ctx, of, lab, r)
		lab.close()
		if err != nil {
			return fmt.Errorf("%s: %w", of.Name, err)
		}
	}
	return nil
}

func (b *bench) protocolOf(ctx context.Context, of profile, lab *gitlab, r *results) error {
	var all []*instance
	for _, latency := range latencies {
		line := measured{provider: of.Name, latency: latency, resources: b.size.protocol * len(of.Services)}
		lab.setLatency(latency)
		say("%s: %d resources over the protocol, GitLab takes %s", of.Name, line.resources, latency)
		if all == nil {
			err := b.session(ctx, of, lab, func(p *running) error {
				made, err := b.instances(ctx, of, p, b.size.protocol, func(work time.Duration) error {
					return r.note(ctx, line, "create", p, lab, work)
				})
				all = made
				return err
			})
			if err != nil {
				return err
			}
			rand.New(rand.NewPCG(1, 1)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		}
		err := b.session(ctx, of, lab, func(p *running) error {
			first := max(1, len(all)/5)
			for _, part := range []struct {
				what string
				of   []*instance
				work func(context.Context, *instance) error
			}{
				{"refresh, the first fifth", all[:first], p.refresh},
				{"refresh, the rest", all[first:], p.refresh},
				{"plan", all, p.plan},
			} {
				took, err := each(part.of, func(i **instance) error { return part.work(ctx, *i) })
				if err != nil {
					return err
				}
				line.resources = len(part.of)
				if err := r.note(ctx, line, part.what, p, lab, took); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// session is a provider process from its start to its end.
func (b *bench) session(ctx context.Context, of profile, lab *gitlab, work func(*running) error) error {
	p, err := start(ctx, of.program)
	if err != nil {
		return err
	}
	defer p.stop()
	if err := p.configure(ctx, of.filled(lab.URL(), lab.Token())); err != nil {
		return err
	}
	lab.ResetRequests()
	if p.used, err = usageOf(p.pid); err != nil {
		return err
	}
	return work(p)
}

// instances creates all services in so many projects. Terraform itself takes
// time that is quadratic in their number.
func (b *bench) instances(ctx context.Context, of profile, p *running, projects int, done func(time.Duration) error) ([]*instance, error) {
	var all []*instance
	for _, s := range of.Services {
		for i := range projects {
			arguments := maps.Clone(s.Arguments)
			arguments[s.Place] = place(i)
			all = append(all, &instance{kind: s.Type, place: place(i), arguments: arguments})
		}
	}
	took, err := each(all, func(i **instance) error { return p.create(ctx, *i) })
	if err != nil {
		return nil, err
	}
	return all, done(took)
}

// note notes what a provider has used since the last time.
func (r *results) note(ctx context.Context, line measured, what string, p *running, lab *gitlab, took time.Duration) error {
	now, err := usageOf(p.pid)
	if err != nil {
		return err
	}
	line.what, line.took = what, took
	line.usage = usage{now.CPU - p.used.CPU, now.Peak}
	line.requests, line.connections = len(lab.Requests()), lab.Connections()
	line.floor, err = lab.floor(ctx)
	p.used = now
	r.protocol = append(r.protocol, line)
	return err
}
