package catalog

import "slices"

var mattermost = Service{
	Slug: "mattermost", Title: "Mattermost notifications", Docs: "mattermost-notifications", Purpose: Chat,
	Help: "Sends notifications about what happens in a project to Mattermost channels.",
	Params: slices.Concat(
		[]Param{
			webhook("https://mattermost.example.com/hooks/x", "Address of the incoming webhook of Mattermost."),
			messageName, defaultChannel,
		},
		pipelineSettings("", "12.3"),
		[]Param{notifyOnlyDefaultBranch(until("12.2"), "GitLab 12.3 replaced it by `branches_to_be_notified`.").on()},
		labelSettings,
	),
	// An alert_channel is declared, and answered with 500 whatever its value.
	Events:   slices.Concat(notifications, []Event{deployment, incident, vulnerability}),
	Channels: ChannelNames,
	Peer: Peer{
		Types:      []string{"gitlab_integration_mattermost", "gitlab_project_integration_mattermost"},
		GroupTypes: []string{"gitlab_group_integration_mattermost"},
	},
	Use: Use{
		For: "Merge requests and failed pipelines have channels of their own; pushes are not shown.",
		Set: Set{
			"channel": "website", "merge_request_channel": "website-review", "pipeline_channel": "website-builds",
			"push_events": false,
		},
	},
}
