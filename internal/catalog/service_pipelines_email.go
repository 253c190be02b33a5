package catalog

import "slices"

var pipelinesEmail = Service{
	Slug: "pipelines-email", Title: "Pipeline status emails", Docs: "pipeline-status-emails", Purpose: Email,
	Help: "Sends the status of pipelines by e-mail.",
	Params: slices.Concat(
		[]Param{
			String{Name: "recipients", Required: true, Form: anyOrder(","+blanks, "Separated by commas or blanks, at most 30.", 30),
				Example: "dev@example.com,ops@example.com", Help: "E-mail addresses."},
		},
		pipelineSettings("", "12.3"),
		[]Param{
			notifyOnlyDefaultBranch(since("12.0"), "GitLab 12.3 replaced it by `branches_to_be_notified`, and 15.10 takes both again."),
			// GitLab 18.9 stores it and does not show it while a feature flag is off.
			Bool{Name: "notify_child_pipelines", Default: true, Life: since("18.9"), Help: "Whether to notify about child pipelines too."},
			Bool{Name: "add_pusher", Legacy: neverRead, Help: "Whether the person who pushed gets the mail too."},
		},
	),
	Events: []Event{pipeline},
	Peer: Peer{Types: []string{
		"gitlab_service_pipelines_email", "gitlab_integration_pipelines_email", "gitlab_project_integration_pipelines_email",
	}},
	Use: Use{
		For: "Two lists learn of every pipeline of protected branches, also of those that succeed.",
		Set: Set{
			"recipients": "dev@example.com,release@example.com", "notify_only_broken_pipelines": false,
			"branches_to_be_notified": "protected",
		},
	},
}
