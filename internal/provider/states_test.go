package provider_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

var statesOf = flag.String("states.write", "", "write the states of this release of the provider, by the CLI at hand, into testdata/states")

// A folder of a release, a CLI and a version of GitLab has what that release left
// there: its configuration, the state of it, and what GitLab held.
const (
	statesFolder   = "testdata/states"
	configuration  = "main.tf.json"
	stateFile      = "terraform.tfstate"
	recordedGitLab = "gitlab.json"
)

// statesFrom are the versions of GitLab of which states are kept: the oldest,
// which shows secrets, one that answers otherwise than it was asked, and the
// newest.
var statesFrom = []fakegitlab.Profile{fakegitlab.V10_5, fakegitlab.V16_0, fakegitlab.V19_1}

// TestStatesOfEveryReleaseStayReadable without an error, a change or a write, by
// what the framework makes of them and by what is answered without it.
func TestStatesOfEveryReleaseStayReadable(t *testing.T) {
	t.Parallel()
	if *statesOf != "" {
		for _, profile := range statesFrom {
			failOn(t, writeStates(t, statesFolder, *statesOf, profile, sample(profile)))
		}
	}
	folders, err := filepath.Glob(filepath.Join(statesFolder, "*", "*", "*"))
	if err != nil || len(folders) == 0 {
		t.Fatalf("no states: %v", err)
	}
	for _, folder := range folders {
		for _, batch := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s batch %t", strings.TrimPrefix(folder, statesFolder+"/"), batch), func(t *testing.T) {
				t.Parallel()
				readStates(t, folder, map[string]any{"batch_refresh": batch})
			})
		}
	}
}

// TestEveryReleaseHasLeftItsStates, by the changelog, in which a release has a
// date.
func TestEveryReleaseHasLeftItsStates(t *testing.T) {
	t.Parallel()
	changelog := string(readFile(t, "../../CHANGELOG.md"))
	for _, release := range regexp.MustCompile(`(?m)^## (\S+) \((\w+)`).FindAllStringSubmatch(changelog, -1) {
		if _, err := os.Stat(filepath.Join(statesFolder, release[1])); release[2] != "Unreleased" && err != nil {
			t.Errorf("make states was not run for release %s: %v", release[1], err)
		}
	}
}

// TestStatesAreWrittenOnce and are read by the release that wrote them.
func TestStatesAreWrittenOnce(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	into := t.TempDir()
	write := func() error {
		return writeStates(t, into, "0.0.0", fakegitlab.V19_1, []*catalog.Service{acctest.Service(t, "asana")})
	}
	failOn(t, write())
	folders, err := filepath.Glob(filepath.Join(into, "*", "*", "*"))
	failOn(t, err)
	if len(folders) != 1 {
		t.Fatalf("written are %s", folders)
	}
	readStates(t, folders[0], nil)
	if err := write(); !errors.Is(err, os.ErrExist) {
		t.Errorf("written a second time: %v", err)
	}
}

// sample are services that have, together, each kind of parameter and each column
// of it that decides something, each way in which a service differs from others.
func sample(profile fakegitlab.Profile) []*catalog.Service {
	seen := map[string]bool{}
	return slices.DeleteFunc(acctest.Services(profile, gitlab.Projects), func(s *catalog.Service) bool {
		before := len(seen)
		note := func(of any, words ...string) {
			value := reflect.ValueOf(of)
			for i := range value.NumField() {
				if name := value.Type().Field(i).Name; !value.Field(i).IsZero() && !slices.Contains(words, name) {
					seen[fmt.Sprintf("%T %s", of, name)] = true
				}
			}
		}
		note(*s, "Slug", "Title", "AlsoKnownAs", "Docs", "Purpose", "Help", "Note", "Since", "Builds", "Gone", "Withheld", "Installation", "Peer", "compiled")
		seen[fmt.Sprint("channels ", s.Channels)] = true
		for _, p := range s.Params {
			note(p, "Name", "Title", "Help", "Example", "Life", "Unwatched", "Watched", "Shown")
		}
		return len(seen) == before
	})
}

// past is a configuration of many resources.
type past struct {
	resources map[string]map[string]obj // by type and name
	imports   map[string]string         // ids by address
}

func (p *past) add(kind, name string, settings obj) {
	if p.resources[kind] == nil {
		p.resources[kind] = map[string]obj{}
	}
	p.resources[kind][name] = settings
}

// writeStates has a CLI make a state of services as the configuration makes the
// most and the least of them, with secrets in both forms, of projects and groups,
// inherited, imported, and by the resource for any service. What is there is not
// overwritten.
func writeStates(t *testing.T, into, release string, profile fakegitlab.Profile, services []*catalog.Service) error {
	t.Helper()
	lab := acctest.NewLab(t, profile)
	lab.SetPropagation(0)
	workspace := acctest.Starting(t, lab.Server)
	version, err := workspace.Version(t.Context())
	failOn(t, err)
	folder := filepath.Join(into, release, strings.ToLower(version.Name)+"-"+version.Number(), string(profile))
	if _, err := os.Stat(folder); err == nil {
		return fmt.Errorf("%s: %w; a release leaves its states once", folder, os.ErrExist)
	}
	config := configurePast(t, lab, services)
	text, err := json.MarshalIndent(obj{
		"terraform": obj{"required_providers": obj{"gitlabservices": obj{"source": "gitlabservices/gitlabservices"}}},
		"resource":  config.resources,
	}, "", " ")
	failOn(t, err)
	workspace.Write(configuration, string(text)+"\n")
	for address, id := range config.imports {
		workspace.Must("import", "-no-color", address, id)
	}
	workspace.Apply()
	workspace.Apply("-refresh-only") // as a refresh leaves what a write has left
	if changes := workspace.Changes(); len(changes) > 0 {
		return fmt.Errorf("the plan after the apply has %v", changes)
	}
	held, err := json.MarshalIndent(lab.Snapshot(), "", " ")
	failOn(t, err)
	workspace.Write(recordedGitLab, string(held)+"\n")
	for _, name := range []string{configuration, stateFile, recordedGitLab} {
		writeFile(t, filepath.Join(folder, name), string(readFile(t, workspace.Path(name))))
	}
	return nil
}

func configurePast(t *testing.T, lab *acctest.Lab, services []*catalog.Service) past {
	t.Helper()
	p := past{map[string]map[string]obj{}, map[string]string{}}
	for _, s := range services {
		full, slug := acctest.Full(s, lab.Profile()), s.TypeName()
		place := func(name string) string { return lab.AddProject("projects/" + slug + "-" + name).Path }
		p.add(s.ResourceType(), "full", full.Values(place("full")))
		p.add(s.ResourceType(), "minimal", acctest.Minimal(s).Values(place("minimal")))
		if len(s.Secrets()) > 0 {
			p.add(s.ResourceType(), "write_only", full.WriteOnly().Values(place("write-only")))
		}
		untold := func(a catalog.Argument) bool {
			return a.WriteOnly != "" && (a.Shown == "" || lab.Profile() != statesFrom[0])
		}
		least := acctest.Minimal(s)
		open := slices.DeleteFunc(slices.Clone(least), func(a catalog.Argument) bool { return a.WriteOnly != "" })
		if !slices.ContainsFunc(least, untold) {
			// As a person sets it up; whoever adopts it has no secret to write.
			at := place("imported")
			settings := least.Values(at)
			delete(settings, gitlab.Projects.Noun)
			failOn(t, lab.Edit(at, s.Slug, settings))
			p.add(s.ResourceType(), "imported", open.Values(at))
			p.imports[acctest.Address(s, "imported")] = at
		}
		if !lab.GroupsHaveServices() || s.ProjectOnly {
			continue
		}
		group := lab.Subject(s, gitlab.Groups)
		p.add(group.Type(), "full", group.Values(full))
		follows := lab.AddProject(group.At.Name + "/follows").Path
		p.add(s.ResourceType(), "follows", merge(open.Values(follows), obj{
			"use_inherited_settings": true, "depends_on": []string{group.Type() + ".full"},
		}))
	}
	for _, s := range services {
		settings, secrets := obj{}, obj{}
		for _, a := range acctest.Full(s, lab.Profile()) {
			if a.WriteOnly != "" {
				secrets[a.Name] = a.Value
			} else {
				settings[a.Name] = a.Value
			}
		}
		whole := obj{"project": "projects/" + s.TypeName() + "-any", "slug": s.Slug, "settings": settings, "secret_settings_wo": secrets}
		if diags := NewProtocol(t).resource(anyService).Validate(whole); len(diags.Errors()) > 0 {
			continue // It has a parameter with a name that GitLab uses otherwise.
		}
		lab.AddProject("projects/" + s.TypeName() + "-any")
		p.add(anyService, s.TypeName(), whole)
	}
	return p
}

// kept is a state as a CLI keeps it.
type kept struct {
	Resources []struct {
		Mode, Type, Name string
		Instances        []struct {
			Version    int64 `json:"schema_version"`
			Attributes json.RawMessage
			Private    []byte
			Identity   json.RawMessage
			IdentityAt int64 `json:"identity_schema_version"`
		}
	}
}

// readStates holds that each resource of a folder is read and planned by this
// version without anything to say or to change, against a GitLab that holds what
// it held.
func readStates(t *testing.T, folder string, block obj) {
	t.Helper()
	var state kept
	var config struct{ Resource map[string]map[string]obj }
	var held fakegitlab.Snapshot
	for name, into := range map[string]any{stateFile: &state, configuration: &config, recordedGitLab: &held} {
		failOn(t, json.Unmarshal(readFile(t, filepath.Join(folder, name)), into))
	}
	server, err := fakegitlab.Restore(held)
	failOn(t, err)
	failOn(t, server.Start())
	t.Cleanup(server.Close)
	p := Connect(t, server, block)
	found := 0
	for _, resource := range state.Resources {
		for _, instance := range resource.Instances {
			found++
			r, name := p.resource(resource.Type), resource.Type+"."+resource.Name
			old := r.upgraded(instance.Version, instance.Attributes, instance.IdentityAt, instance.Identity)
			old.Private = instance.Private
			read, diags := r.Read(old)
			if got := differing(old.Values, read.Values); len(diags) > 0 || got != nil {
				t.Errorf("%s: a refresh changes %s and says %s", name, got, diags)
			}
			settings := maps.Clone(config.Resource[resource.Type][resource.Name])
			delete(settings, "depends_on")
			planned, diags := r.Plan(read, settings)
			// That a service has a resource of its own is said of its slug at any time.
			diags = slices.DeleteFunc(diags, func(d Diagnostic) bool { return !d.Error && d.Attribute == "slug" })
			if got := differing(read.Values, planned.Values); len(diags) > 0 || got != nil || len(planned.Replaces) > 0 {
				t.Errorf("%s: a plan changes %s, replaces for %s and says %s", name, got, planned.Replaces, diags)
			}
		}
	}
	if found == 0 {
		t.Error("the state is empty")
	}
	if counts := server.Counts(); len(counts) != 1 || counts["GET"] == 0 {
		t.Errorf("GitLab got %v", counts)
	}
}

// upgraded is an object of a state file, as Terraform has the provider make one of
// today of it before anything else.
func (r *ProtocolResource) upgraded(version int64, attributes []byte, identityVersion int64, identity []byte) Object {
	r.t.Helper()
	ctx, cancel := r.context()
	defer cancel()
	resp, err := r.server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{
		TypeName: r.name, Version: version, RawState: &tfprotov6.RawState{JSON: attributes},
	})
	r.must(err)
	if len(resp.Diagnostics) > 0 {
		r.t.Fatal(diagnostics(resp.Diagnostics))
	}
	if identity == nil || identityVersion == r.identity.Version {
		held := r.held(resp.UpgradedState, nil, nil) // Core upgrades no identity of this version.
		if identity != nil {
			r.must(json.Unmarshal(identity, &held.Identity))
		}
		return held
	}
	known, err := r.server.UpgradeResourceIdentity(ctx, &tfprotov6.UpgradeResourceIdentityRequest{
		TypeName: r.name, Version: identityVersion, RawIdentity: &tfprotov6.RawState{JSON: identity},
	})
	r.must(err)
	if len(known.Diagnostics) > 0 {
		r.t.Fatal(diagnostics(known.Diagnostics))
	}
	return r.held(resp.UpgradedState, known.UpgradedIdentity, nil)
}
