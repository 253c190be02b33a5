package catalog

import "slices"

var mattermost = Service{
	Slug: "mattermost", Title: "Mattermost notifications", Docs: "mattermost-notifications", Purpose: Chat,
	Help: "Sends notifications about what happens in a project to Mattermost channels.",
	Params: slices.Concat([]Param{
		Secret{Name: "webhook", Required: true, Form: address, Shown: "up to 15.x", Example: "https://mattermost.example.com/hooks/x", Help: "Address of the incoming webhook of Mattermost."},
	}, chatSettings),
	Events:   []Event{push, issues, confidentialIssues, mergeRequests, tagPush, note, confidentialNote, pipeline, wikiPage, deployment, incident, vulnerability},
	Channels: ChannelNames,
	Peer:     Peer{Types: []string{"gitlab_integration_mattermost", "gitlab_project_integration_mattermost"}},
}
