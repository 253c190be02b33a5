package catalog

import "slices"

var discord = Service{
	Slug: "discord", Title: "Discord Notifications", Docs: "discord-notifications", Purpose: Chat, Since: "11.6",
	Help: "Sends notifications about what happens in a project to Discord channels.",
	Note: "Webhooks for single events need GitLab 16.1 or later.",
	Params: slices.Concat(
		[]Param{
			Secret{Name: "webhook", Required: true, Shown: webhooksShown, Example: "https://discord.com/api/webhooks/1/x",
				Form: addressAt(`https://discord\.com(/\S*)?`,
					"must be an address at https://discord.com, such as https://discord.com/api/webhooks/1/x",
					"https://discordapp.com/api/webhooks/1/x"),
				Help: "Address of the webhook of the channel."},
		},
		pipelineSettings("16.1", ""),
	),
	// An alert_channel is declared, and answered with 500 whatever its value.
	Events: []Event{
		push, issues.since("12.0"), confidentialIssues.since("12.0"), mergeRequests.since("12.0"),
		tagPush, note, confidentialNote, pipeline, wikiPage, deployment, incident.unswitched(), vulnerability.unswitched(),
	},
	Channels: ChannelSecrets,
	Use: Use{
		For: "Merge requests have a channel of their own, and failed pipelines of all branches are shown; pushes are not.",
		Set: Set{"merge_request_channel": nil, "branches_to_be_notified": "all", "push_events": false, "tag_push_events": false},
	},
}
