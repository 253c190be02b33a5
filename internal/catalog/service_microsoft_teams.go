package catalog

var microsoftTeams = Service{
	Slug: "microsoft-teams", Title: "Microsoft Teams notifications", Docs: "microsoft-teams-notifications", Purpose: Chat, Since: "9.1",
	Help: "Sends notifications about what happens in a project to a Microsoft Teams channel.",
	Params: []Param{
		Secret{Name: "webhook", Required: true, Form: address, Shown: "up to 15.x", Example: "https://example.webhook.office.com/webhookb2/x", Help: "Address of the incoming webhook of the channel."},
		notifyOnlyBrokenPipelines,
		branchesToBeNotified,
	},
	Events: []Event{push, issues, confidentialIssues, mergeRequests, tagPush, note, confidentialNote, pipeline, wikiPage, workItem, confidentialWorkItem},
	Peer:   Peer{Types: []string{"gitlab_service_microsoft_teams", "gitlab_integration_microsoft_teams", "gitlab_project_integration_microsoft_teams"}},
}
