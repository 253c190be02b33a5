package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/cli"
)

// commands measures Terraform with each provider.
func (b *bench) commands(ctx context.Context, profiles []profile, r *results) error {
	for _, of := range profiles {
		for _, latency := range latencies {
			for _, projects := range append(slices.Clone(b.size.applied), b.size.written...) {
				written := slices.Contains(b.size.written, projects)
				if err := b.life(ctx, of, latency, projects, written, r); err != nil {
					return fmt.Errorf("%s: %w", of.Name, err)
				}
			}
		}
	}
	return nil
}

// life is that of all services of so many projects, from their creation, or from
// a state that has them, to their end. No project is one with the second service
// alone.
func (b *bench) life(ctx context.Context, of profile, latency time.Duration, projects int, written bool, r *results) error {
	if projects == 0 {
		of.Services, projects = of.Services[1:2], 1
	}
	lab, err := newGitLab(of.GitLab, projects)
	if err != nil {
		return err
	}
	defer lab.close()
	w, err := b.workspace(of, lab, projects)
	if err != nil {
		return err
	}
	line := measured{provider: of.Name, latency: latency, resources: projects * len(of.Services)}
	say("%s: Terraform with %d resources, GitLab takes %s", of.Name, line.resources, latency)
	if written {
		if err := b.writeState(ctx, w, projects); err != nil {
			return err
		}
	}
	lab.setLatency(latency)
	for _, c := range []struct {
		what   string
		change bool
		args   []string
	}{
		{"create", false, []string{"apply", "-auto-approve"}},
		{"plan", false, []string{"plan", "-detailed-exitcode"}},
		{"update", true, []string{"apply", "-auto-approve"}},
		{"destroy", true, []string{"destroy", "-auto-approve"}},
	} {
		if c.what == "create" && written {
			continue
		}
		if err := w.configure(c.change); err != nil {
			return err
		}
		lab.ResetRequests()
		begun := time.Now()
		if _, err := w.Must(ctx, c.args...); err != nil {
			return err
		}
		line.what, line.took = c.what, time.Since(begun)
		line.requests, line.connections = len(lab.Requests()), lab.Connections()
		if line.usage, err = takeUsage(w.Path("usage")); err != nil {
			return err
		}
		if line.floor, err = lab.floor(ctx); err != nil {
			return err
		}
		r.commands = append(r.commands, line)
	}
	return nil
}

// workspace is a folder with a configuration of one provider.
type workspace struct {
	*cli.Folder
	of       profile
	lab      *gitlab
	projects int
}

func (b *bench) workspace(of profile, lab *gitlab, projects int) (*workspace, error) {
	dir, err := os.MkdirTemp(b.dir, "workspace-*")
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	wrapper := filepath.Join(dir, "plugin", cli.Executable("terraform-provider-"+path.Base(of.Source)))
	if err := errors.Join(os.Mkdir(filepath.Dir(wrapper), 0o755), os.Symlink(self, wrapper)); err != nil {
		return nil, err
	}
	w := &workspace{of: of, lab: lab, projects: projects}
	w.Folder = cli.New(dir, b.terraform, append(environment(), wrappedProgram+"="+of.program, wrappedUsage+"="+filepath.Join(dir, "usage")))
	return w, w.Override(map[string]string{of.Source: wrapper})
}

// configure writes the configuration, with or without the changes.
func (w *workspace) configure(change bool) error {
	name := path.Base(w.of.Source)
	resources := map[string]any{}
	for _, s := range w.of.Services {
		block := maps.Clone(s.Arguments)
		if change {
			maps.Copy(block, s.Change)
		}
		block["for_each"], block[s.Place] = "${local.projects}", "${each.key}"
		resources[s.Type] = map[string]any{"this": block}
	}
	text, err := json.MarshalIndent(map[string]any{
		"terraform": map[string]any{"required_providers": map[string]any{name: map[string]any{"source": w.of.Source}}},
		"provider":  map[string]any{name: w.of.filled(w.lab.URL(), w.lab.Token())},
		"locals":    map[string]any{"projects": fmt.Sprintf(`${{for i in range(%d) : "bench/p${i}" => i}}`, w.projects)},
		"resource":  resources,
	}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(w.Path("main.tf.json"), text, 0o600)
}

// writeState sets the services up over the protocol and writes the state that
// Terraform would have written.
func (b *bench) writeState(ctx context.Context, w *workspace, projects int) error {
	var all []*instance
	var types map[string]resourceSchema
	err := b.session(ctx, w.of, w.lab, func(p *running) error {
		made, err := b.instances(ctx, w.of, p, projects, func(time.Duration) error { return nil })
		all, types = made, p.types
		return err
	})
	if err != nil {
		return err
	}
	version, err := w.Version(ctx)
	if err != nil {
		return err
	}
	text, err := stateFile(w.of.Source, version.Number(), types, all)
	if err != nil {
		return err
	}
	return os.WriteFile(w.Path("terraform.tfstate"), text, 0o600)
}

// stateFile is a state in Terraform's format 4.
func stateFile(source, version string, types map[string]resourceSchema, all []*instance) ([]byte, error) {
	instances := map[string][]any{}
	for _, i := range all {
		held := map[string]any{
			"index_key": i.place, "schema_version": types[i.kind].version,
			"attributes": json.RawMessage(i.json), "private": base64.StdEncoding.EncodeToString(i.private),
		}
		var sensitive []any
		for _, name := range types[i.kind].sensitive {
			if i.holds(name) {
				sensitive = append(sensitive, []any{map[string]any{"type": "get_attr", "value": name}})
			}
		}
		held["sensitive_attributes"] = sensitive
		if len(i.identity) > 0 {
			data, err := parse(i.identity)
			if err != nil {
				return nil, err
			}
			identity, err := data.object()
			if err != nil {
				return nil, err
			}
			if held["identity"], err = identity.members(); err != nil {
				return nil, err
			}
			held["identity_schema_version"] = 0
		}
		instances[i.kind] = append(instances[i.kind], held)
	}
	var resources []any
	for kind, held := range instances {
		resources = append(resources, map[string]any{
			"mode": "managed", "type": kind, "name": "this",
			"provider": fmt.Sprintf("provider[%q]", "registry.terraform.io/"+source), "instances": held,
		})
	}
	return json.Marshal(map[string]any{
		"version": 4, "terraform_version": version, "serial": 1, "lineage": "bench", "outputs": map[string]any{}, "resources": resources,
	})
}
