package catalog

var pipelinesEmail = Service{
	Slug: "pipelines-email", Title: "Pipeline status emails", Docs: "pipeline-status-emails", Purpose: Email,
	Help: "Sends the status of pipelines by e-mail.",
	Params: []Param{
		String{Name: "recipients", Required: true, Form: anyOrder(","+blanks, "Separated by commas or blanks, at most 30.", 30), Example: "dev@example.com,ops@example.com", Help: "E-mail addresses."},
		notifyOnlyBrokenPipelines,
		branchesToBeNotified,
		notifyOnlyDefaultBranch,
		Bool{Name: "notify_only_when_pipeline_status_changes", Help: "Whether to notify only when the status differs from that of the pipeline before (GitLab 19 or later)."},
		Bool{Name: "notify_child_pipelines", Default: true, Help: "Whether to notify about child pipelines too (GitLab 19 or later)."},
		Bool{Name: "add_pusher", Legacy: neverRead, Help: "Whether the person who pushed gets the mail too."},
	},
	Events: []Event{pipeline},
	Peer:   Peer{Types: []string{"gitlab_service_pipelines_email", "gitlab_integration_pipelines_email", "gitlab_project_integration_pipelines_email"}},
}
