package catalog

import "slices"

var gitlabSlackApplication = Service{
	Slug: "gitlab-slack-application", Title: "GitLab for Slack app", Docs: "gitlab-for-slack-app", Purpose: Chat, Since: "16.11",
	AlsoKnownAs: []string{"Slack application"},
	Withheld:    true,
	Help:        "Sends notifications about what happens in a project to Slack, and runs commands from there.",
	Installation: Installation{
		In: "Install the app in GitLab, under Settings > Integrations of the project or of a group above it; " +
			"an administrator must have set up the app for the instance.",
	},
	Params: slices.Concat([]Param{defaultChannel}, pipelineSettings("", ""), labelSettings),
	// GitLab has none of them on in a new record.
	Events:   off(slices.Concat(notifications, []Event{alert, deployment, incident, vulnerability})),
	Channels: ChannelNames,
	Use: Use{
		For: "Merge requests have a channel of their own, and failed pipelines of protected branches are shown.",
		Set: Set{
			"channel": "#website", "merge_request_channel": "#website-review", "branches_to_be_notified": "protected",
			"merge_requests_events": true, "pipeline_events": true,
		},
	},
}
