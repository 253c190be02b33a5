package catalog

import "github.com/hashicorp/terraform-plugin-framework/types"

var datadog = Service{
	Slug: "datadog", Title: "Datadog", Docs: "datadog", Purpose: Deployment, Since: "13.12",
	Help: "Sends what happens in a project, its pipelines and their jobs to Datadog.",
	Params: []Param{
		Secret{Name: "api_key", Required: true, Example: "0123456789abcdef",
			Form: patterned(`\w+`+lineEnd, "must be letters, digits and underscores alone", "abc-123"),
			Help: "API key of Datadog."},
		String{Name: "datadog_site", Default: "datadoghq.com", Unless: "api_url", Example: "datadoghq.eu",
			Form: patterned(`[\w-]+(\.[\w-]+)+`, "must be the name of a host, such as datadoghq.eu, without https://",
				"https://datadoghq.eu"),
			Help: "Datadog site that gets the data."},
		String{Name: "datadog_service", Form: trimmed, Example: "gitlab", Help: "Name of this GitLab in Datadog, as the tag `service`."},
		String{Name: "datadog_env", Form: trimmed, Example: "production", Help: "Environment of this GitLab in Datadog, as the tag `env`."},
		String{Name: "datadog_tags", Form: keyAndValue, Life: since("14.8"), Example: "team:web\nregion:eu",
			Help: "Further tags of everything that is sent."},
		Bool{Name: "datadog_ci_visibility", Life: since("17.9"), Help: "Whether pipelines and jobs are sent too."},
		Bool{Name: "archive_trace_events", Life: since("15.3"), Only: Condition{"datadog_ci_visibility", types.BoolValue(true)},
			Help: "Whether the logs of jobs are sent too."},
		String{Name: "api_url", Form: address, Example: "https://datadog.example.com",
			Help: "Address of the Datadog API, in place of the one that follows from `datadog_site`."},
	},
	// The API declares more, which are answered with 500 whatever their value;
	// those of pipelines and jobs follow datadog_ci_visibility.
	Events: []Event{push, mergeRequests, tagPush, note},
	Peer: Peer{
		Types:      []string{"gitlab_project_integration_datadog"},
		GroupTypes: []string{"gitlab_group_integration_datadog"},
	},
	Use: Use{
		For: "CI Visibility on the European site: pipelines, jobs and their logs, with tags for environment and team.",
		Set: Set{
			"datadog_site": "datadoghq.eu", "datadog_env": "production", "datadog_tags": "team:web\nregion:eu",
			"datadog_ci_visibility": true, "archive_trace_events": true,
		},
	},
}
