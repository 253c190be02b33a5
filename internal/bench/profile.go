package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/fakegitlab"
)

// profile is a provider to measure: where it comes from, and what it calls the
// services. That of another provider is a file in JSON.
type profile struct {
	// Name is the one in the results.
	Name string
	// Source is that of required_providers.
	Source string
	// Arguments are those of the provider block; $url and $token stand for those
	// of the fake GitLab.
	Arguments map[string]any
	// Services are set up in each project.
	Services []service
	// GitLab is the version to measure with. A provider that compares secrets finds
	// a change in each plan with one that does not tell them.
	GitLab fakegitlab.Profile

	program string
}

// service is a type of resource, and one resource of it.
type service struct {
	Type string
	// Place is the argument that names the project.
	Place     string
	Arguments map[string]any
	// Change is what an update changes.
	Change map[string]any
}

// ours are five services of which GitLab's list tells all that may change. That
// of peer.json has Jira in place of one that its provider lacks.
func ours() profile {
	return profile{
		Name: "this provider", Source: "gitlabservices/gitlabservices", GitLab: fakegitlab.V19_1,
		Arguments: map[string]any{"base_url": "$url", "token": "$token", "retries": 0},
		Services: []service{
			{"gitlabservices_slack", "project", map[string]any{"webhook": "https://hooks.slack.com/services/T0/B0/x", "channel": "#builds"}, map[string]any{"channel": "#other"}},
			{"gitlabservices_external_wiki", "project", map[string]any{"external_wiki_url": "https://wiki.example.com"}, map[string]any{"external_wiki_url": "https://other.example.com"}},
			{"gitlabservices_emails_on_push", "project", map[string]any{"recipients": "dev@example.com"}, map[string]any{"recipients": "ops@example.com"}},
			{"gitlabservices_pipelines_email", "project", map[string]any{"recipients": "dev@example.com"}, map[string]any{"recipients": "ops@example.com"}},
			{"gitlabservices_microsoft_teams", "project", map[string]any{"webhook": "https://example.webhook.office.com/x"}, map[string]any{"webhook": "https://other.webhook.office.com/x"}},
		},
	}
}

// empty is the provider of emptyprovider: what the framework itself costs.
func empty() profile {
	out := profile{Name: "an empty framework provider", Source: "gitlabservices/empty", GitLab: fakegitlab.V19_1}
	for i := range 5 {
		out.Services = append(out.Services, service{fmt.Sprintf("empty_service%d", i), "project", map[string]any{"text": "a"}, map[string]any{"text": "b"}})
	}
	return out
}

// peer reads the profile of another provider.
func peer(program, file string) (profile, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return profile{}, err
	}
	out := profile{program: program, GitLab: fakegitlab.V19_1}
	if err := json.Unmarshal(raw, &out); err != nil {
		return profile{}, fmt.Errorf("%s: %w", file, err)
	}
	if len(out.Services) == 0 || out.Source == "" || out.Name == "" {
		return profile{}, fmt.Errorf("%s: it takes a Name, a Source and Services", file)
	}
	return out, nil
}

// filled has the values of the fake in the arguments of the provider.
func (p profile) filled(url, token string) map[string]any {
	out := map[string]any{}
	for name, value := range p.Arguments {
		if text, ok := value.(string); ok {
			value = strings.NewReplacer("$url", url, "$token", token).Replace(text)
		}
		out[name] = value
	}
	return out
}
