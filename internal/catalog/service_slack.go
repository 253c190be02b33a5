package catalog

import "slices"

var slack = Service{
	Slug: "slack", Title: "Slack notifications", Docs: "slack-notifications", Purpose: Chat,
	Help: "Sends notifications about what happens in a project to Slack channels.",
	Params: slices.Concat(
		[]Param{
			webhook("https://hooks.slack.com/services/T0000/B0000/x", "Address of the incoming webhook of the Slack app."),
			messageName, defaultChannel,
		},
		pipelineSettings("", "12.3"),
		[]Param{notifyOnlyDefaultBranch(until("12.2"), "GitLab 12.3 replaced it by `branches_to_be_notified`.").on()},
		labelSettings,
	),
	Events:   slices.Concat(notifications, []Event{alert, deployment, incident, vulnerability}),
	Channels: ChannelNames,
	Peer: Peer{
		Types: []string{"gitlab_service_slack", "gitlab_integration_slack"},
		// It mirrors what GitLab stores, whether somebody configured it or not;
		// branches_to_be_notified has replaced it.
		Dropped: []string{"notify_only_default_branch"},
	},
	Use: Use{
		For: "Merge requests and failed pipelines of all branches have channels of their own; pushes are not shown.",
		Set: Set{
			"channel": "#website", "branches_to_be_notified": "all", "merge_request_channel": "#website-review",
			"pipeline_channel": "#website-builds", "push_events": false,
		},
	},
}
