package provider_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/acctest"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/catalog"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/gitlab"
)

// TestMovedFromTheOfficialProvider takes over, by moved blocks, every resource
// type that the official GitLab provider has ever had for a service of ours.
// Where the configuration has the secret as the old one had, nothing changes;
// where it has it write-only, it leaves the state by one update.
func TestMovedFromTheOfficialProvider(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TypeMoves)
	for i, profile := range fakegitlab.Profiles() {
		for _, written := range []string{"SDK", "framework"} {
			t.Run(fmt.Sprintf("state of the %s on %s", written, profile), func(t *testing.T) {
				t.Parallel()
				server := acctest.Server(t, profile)
				workspace := acctest.NewTerraform(t, server)
				states := map[string]map[string]any{}
				var moved, readable, writeOnly []string
				rotated := map[string][]string{}
				for _, peer := range acctest.PeerStates(t) {
					if !slices.Contains(fakegitlab.Slugs(profile), peer.Slug) {
						continue
					}
					service := acctest.Service(t, peer.Slug)
					take := func(kind string, at gitlab.Place) {
						if written == "SDK" {
							states[kind+".old"] = peer.SDK(at)
						} else {
							states[kind+".old"] = peer.Framework(profile, at)
						}
						address := acctest.AddressAt(at.Level, service, kind)
						moved = append(moved, fmt.Sprintf("moved {\n  from = %s.old\n  to   = %s\n}\n", kind, address))
						settings := peer.Settings(t, profile)
						readable = append(readable, settings.ResourceAt(at.Level, service, kind, at.Name))
						writeOnly = append(writeOnly, settings.WriteOnly().ResourceAt(at.Level, service, kind, at.Name))
						for _, secret := range service.Secrets() {
							rotated[address] = []string{secret, secret + "_wo_version"}
						}
					}
					for _, kind := range peer.Types {
						project := server.AddProject("group/" + kind)
						putService(t, server, project.ID, peer.Slug, peer.Body(profile))
						take(kind, gitlab.Place{Level: gitlab.Projects, Name: project.Path})
					}
					if !server.GroupsHaveServices() {
						continue
					}
					for _, kind := range peer.GroupTypes {
						group := server.AddGroup("group/" + kind + "/of")
						failOn(t, server.Edit(group.Path, peer.Slug, peer.Body(profile)))
						take(kind, gitlab.Place{Level: gitlab.Groups, Name: group.Path})
					}
				}
				workspace.Peer([]string{"registry.terraform.io", "registry.opentofu.org"}[i%2], states)
				server.ResetRequests()

				workspace.Configure(append(readable, moved...)...)
				if changes := workspace.Changes(); len(changes) != 0 {
					t.Errorf("the plan that moves shows %v", changes)
				}
				expectTraffic(t, server, "plan", 1, map[string]int{"GET": len(states)})

				// Again from the start, and out of the state by the same plan.
				workspace.Configure(append(writeOnly, moved...)...)
				if changes := workspace.Changes(); !maps.EqualFunc(changes, rotated, slices.Equal) {
					t.Errorf("the plan that moves to write-only secrets shows\n%v\nwant\n%v", changes, rotated)
				}
				server.ResetRequests()
				workspace.Apply()
				expectTraffic(t, server, "apply", 2, map[string]int{"GET": len(states), "PUT": len(rotated)})
				state := readFile(t, workspace.Path("terraform.tfstate"))
				for _, text := range []string{"secret", "gitlabhq"} {
					if bytes.Contains(state, []byte(text)) {
						t.Errorf("the state still holds %q", text)
					}
				}
				if changes := workspace.Changes(); len(changes) != 0 {
					t.Errorf("the plan after apply shows %v", changes)
				}
			})
		}
	}
}

func TestEveryTypeOfTheOfficialProviderHasARecordedState(t *testing.T) {
	t.Parallel()
	recorded := map[string][]string{}
	for _, peer := range acctest.PeerStates(t) {
		recorded[peer.Slug] = append(peer.Types, peer.GroupTypes...)
	}
	for _, s := range catalog.All() {
		if types := append(slices.Clone(s.Peer.Types), s.Peer.GroupTypes...); !slices.Equal(types, recorded[s.Slug]) {
			t.Errorf("the row of %s takes over %v, recorded are %v", s.Slug, types, recorded[s.Slug])
		}
	}
}

// TestAMoveThatCannotBeSaysWhatCan: nothing is guessed, nothing panics, and no
// error quotes a state.
func TestAMoveThatCannotBeSaysWhatCan(t *testing.T) {
	t.Parallel()
	const official = "registry.terraform.io/gitlabhq/gitlab"
	protocol := NewProtocol(t)
	for name, test := range map[string]struct {
		slug, provider, kind, state string
		want                        []string
	}{
		"another provider": {"slack", "registry.terraform.io/example/gitea", "gitlab_integration_slack", `{}`,
			[]string{"gitlab_integration_slack of registry.terraform.io/example/gitea", "gitlab_service_slack or gitlab_integration_slack", official, "registry.opentofu.org/gitlabhq/gitlab"}},
		"another service":      {"slack", official, "gitlab_integration_jira", `{}`, []string{"gitlab_integration_jira", "gitlab_service_slack or gitlab_integration_slack"}},
		"a service of our own": {"asana", official, "gitlab_integration_asana", `{}`, []string{"gitlabservices_asana", "import"}},
		"a broken state of ours": {"slack", "registry.example.com/fork/gitlabservices", "gitlabservices_slack", `{"project":["xoxb-secret"]}`,
			[]string{"a state of gitlabservices_slack as this version writes it is expected"}},
		"no JSON":              {"slack", official, "gitlab_integration_slack", `xoxb-secret`, []string{"one JSON object is expected", "schema version 0"}},
		"no state":             {"slack", official, "gitlab_integration_slack", ``, []string{"one JSON object is expected"}},
		"null":                 {"slack", official, "gitlab_integration_slack", `null`, []string{"one JSON object is expected"}},
		"two objects":          {"slack", official, "gitlab_integration_slack", `{"project":"1"} {"webhook":"xoxb-secret"}`, []string{"one JSON object is expected"}},
		"no project":           {"slack", official, "gitlab_integration_slack", `{"webhook":"xoxb-secret"}`, []string{"null for `project`"}},
		"a nameless project":   {"slack", official, "gitlab_integration_slack", `{"project":"website"}`, []string{`"website"`, "group/project"}},
		"an impossible secret": {"slack", official, "gitlab_integration_slack", `{"project":"1","webhook":["xoxb-secret"]}`, []string{"a list for `webhook`, where text is expected"}},
		"an impossible flag":   {"slack", official, "gitlab_integration_slack", `{"project":"1","push_events":"xoxb-secret"}`, []string{"text for `push_events`, where true or false is expected"}},
		"an impossible list":   {"pipelines-email", official, "gitlab_integration_pipelines_email", `{"project":"1","recipients":[{}]}`, []string{"a list for `recipients`, where text or a list of texts is expected"}},
		"impossible texts":     {"jira", official, "gitlab_integration_jira", `{"project":{},"url":{},"project_keys":"WEB"}`, []string{"an object for `url`", "text for `project_keys`", "an object for `project`"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, diags := protocol.Resource(acctest.Service(t, test.slug)).Move(test.provider, test.kind, []byte(test.state), nil)
			if len(diags.Errors()) == 0 {
				t.Fatal("the move succeeds")
			}
			for _, text := range test.want {
				if !strings.Contains(diags.String(), text) {
					t.Errorf("the error does not say %q: %s", text, diags)
				}
			}
			if strings.Contains(diags.String(), "xoxb") {
				t.Errorf("the error quotes the state: %s", diags)
			}
		})
	}
}

// TestAnotherAddressOfTheProviderIsNoChange: a team that changes the registry
// keeps its state, and what the provider remembers beside it. Terraform 1.15 and
// some versions of OpenTofu ask for a move then, without any moved block.
func TestAnotherAddressOfTheProviderIsNoChange(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	project := server.AddProject("group/project")
	slack := acctest.Service(t, "slack")
	resource := Connect(t, server).Resource(slack)
	config := acctest.Minimal(slack).WriteOnly().Values(project.Path)
	written := resource.MustSet(Object{}, config)
	state, err := json.Marshal(written.Values)
	if err != nil {
		t.Fatal(err)
	}

	moved, diags := resource.Move("registry.example.com/mirror/gitlabservices", "gitlabservices_slack", state, written.Private)
	if len(diags) > 0 || !reflect.DeepEqual(moved.Values, written.Values) || !reflect.DeepEqual(moved.Identity, written.Identity) {
		t.Errorf("the move gives %v of %v, not %v of %v%s", moved.Values, moved.Identity, written.Values, written.Identity, diags)
	}
	later := time.Now().Add(time.Hour)
	server.SetClock(func() time.Time { return later })
	if err := server.Edit(project.Path, slack.Slug, map[string]any{"webhook": "https://hooks.slack.com/services/OTHER"}); err != nil {
		t.Fatal(err)
	}
	read, diags := Connect(t, server).Resource(slack).Read(moved)
	if len(diags.Warnings()) != 1 || read.Values["webhook_wo_version"] != nil {
		t.Errorf("a foreign write after the move is not noticed: %v%s", read.Values, diags)
	}
}

// TestAMovedResourceIsWatchedFromThenOn: identity and values are complete at
// once, and a foreign write after the move is noticed.
func TestAMovedResourceIsWatchedFromThenOn(t *testing.T) {
	t.Parallel()
	server := acctest.Server(t, fakegitlab.V19_1)
	project := server.AddProject("group/project")
	slack := acctest.Service(t, "slack")
	webhook := acctest.Minimal(slack)[0].Value
	putService(t, server, project.ID, slack.Slug, map[string]any{"webhook": webhook})

	for state, from := range map[string]string{
		// As written by the old SDK, by an import of an old version, and by the
		// id of the project.
		fmt.Sprintf(`{"id":"31337","project":%q,"webhook":%q,"push_channel":"","job_events":true,"surprise":{"a":[1]}}`, project.Path, webhook): "registry.terraform.io/gitlabhq/gitlab",
		fmt.Sprintf(`{"id":%q,"project":"","webhook":%q}`, project.Path, webhook):                                                               "registry.opentofu.org/gitlabhq/gitlab",
		// OpenTofu told less in old versions.
		fmt.Sprintf(`{"id":"31337","project":"%d","webhook":%q}`, project.ID, webhook): "gitlab",
	} {
		// One resource is moved in one run: two for one service are warned of.
		resource := Connect(t, server).Resource(slack)
		moved, diags := resource.Move(from, "gitlab_service_slack", []byte(state), nil)
		if len(diags) > 0 {
			t.Fatalf("moving %s: %s", state, diags)
		}
		name, _ := moved.Values["project"].(string)
		if moved.Identity["project"] != name || name != project.Path && name != strconv.FormatInt(project.ID, 10) {
			t.Errorf("%s has become project %q, identity %v", state, name, moved.Identity)
		}
		if moved.Values["webhook"] != webhook || moved.Values["push_channel"] != nil {
			t.Errorf("%s has become %v", state, moved.Values)
		}
		planned, diags := resource.Plan(moved, map[string]any{"project": name, "webhook": webhook})
		if len(diags) > 0 || !maps.Equal(planned.Values, moved.Values) {
			t.Errorf("the plan after the move of %s changes\n%v to\n%v%s", state, moved.Values, planned.Values, diags)
		}
	}
}

// TestAMovedServiceOfAGroupFollowsAsBefore: the official provider has the same
// word for it.
func TestAMovedServiceOfAGroupFollowsAsBefore(t *testing.T) {
	t.Parallel()
	const official = "registry.terraform.io/gitlabhq/gitlab"
	server := acctest.Server(t, fakegitlab.V19_1)
	server.AddGroup("acme/web")
	harbor := acctest.Service(t, "harbor")
	config := map[string]any{"group": "acme/web", "use_inherited_settings": true}
	for _, a := range acctest.Minimal(harbor) {
		config[a.Name] = a.Value
	}
	failOn(t, server.Edit("acme", harbor.Slug, map[string]any{"url": "https://other.example.com"}))
	failOn(t, server.Inherit("acme/web", harbor.Slug))
	server.Propagate()
	state, err := json.Marshal(merge(config, map[string]any{"id": "acme/web"}))
	failOn(t, err)
	resource := Connect(t, server).resource(harbor.GroupResourceType())
	moved, diags := resource.Move(official, "gitlab_group_integration_harbor", state, nil)
	if len(diags) > 0 || moved.Values["use_inherited_settings"] != true || !reflect.DeepEqual(moved.Identity, map[string]any{"group": "acme/web"}) {
		t.Fatalf("the move gives %v, identity %v%s", moved.Values, moved.Identity, diags)
	}
	if planned, diags := resource.Plan(moved, config); len(diags) > 0 || !maps.Equal(planned.Values, moved.Values) {
		t.Errorf("the plan after the move changes\n%v to\n%v%s", moved.Values, planned.Values, diags)
	}
	// A resource of projects does not become one of groups, nor the other way round.
	for kind, at := range map[string]string{"gitlab_project_integration_harbor": harbor.GroupResourceType(), "gitlab_group_integration_harbor": harbor.ResourceType()} {
		if _, diags := Connect(t, server).resource(at).Move(official, kind, state, nil); !strings.Contains(diags.Errors().String(), "cannot become "+at) {
			t.Errorf("from %s to %s:%s", kind, at, diags)
		}
	}
}
