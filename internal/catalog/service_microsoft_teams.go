package catalog

import "slices"

var microsoftTeams = Service{
	Slug: "microsoft-teams", Title: "Microsoft Teams notifications", Docs: "microsoft-teams-notifications", Purpose: Chat, Since: "9.1",
	AlsoKnownAs: []string{"MS Teams"},
	Help:        "Sends notifications about what happens in a project to a Microsoft Teams channel.",
	Params: slices.Concat(
		[]Param{webhook("https://example.webhook.office.com/webhookb2/x", "Address of the incoming webhook of the channel.")},
		pipelineSettings("12.1", "12.10"),
		[]Param{notifyOnlyDefaultBranch(between("12.0", "12.2"), "`branches_to_be_notified` says it in newer versions.").on()},
	),
	Events: []Event{
		push, issues.since("12.0"), confidentialIssues.since("12.0"), mergeRequests.since("12.0"),
		tagPush, note, confidentialNote, pipeline, wikiPage,
	},
	Peer: Peer{Types: []string{
		"gitlab_service_microsoft_teams", "gitlab_integration_microsoft_teams", "gitlab_project_integration_microsoft_teams",
	}, GroupTypes: []string{"gitlab_group_integration_microsoft_teams"}},
	Use: Use{
		For: "Failed pipelines of protected branches and merge requests are shown; pushes and tags are not.",
		Set: Set{"branches_to_be_notified": "protected", "push_events": false, "tag_push_events": false},
	},
}
