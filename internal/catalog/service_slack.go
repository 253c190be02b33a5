package catalog

import "slices"

var slack = Service{
	Slug: "slack", Title: "Slack notifications", Docs: "slack-notifications", Purpose: Chat,
	Help: "Sends notifications about what happens in a project to Slack channels.",
	Params: slices.Concat([]Param{
		Secret{Name: "webhook", Required: true, Form: address, Shown: "up to 15.x", Example: "https://hooks.slack.com/services/T0000/B0000/x", Help: "Address of the incoming webhook of the Slack app."},
	}, chatSettings),
	Events:   []Event{push, issues, confidentialIssues, mergeRequests, tagPush, note, confidentialNote, pipeline, wikiPage, alert, deployment, incident, vulnerability},
	Channels: ChannelNames,
	Peer: Peer{
		Types: []string{"gitlab_service_slack", "gitlab_integration_slack"},
		// It mirrors what GitLab stores, whether somebody configured it or not;
		// branches_to_be_notified has replaced it.
		Dropped: []string{"notify_only_default_branch"},
	},
}
