package catalog

import "slices"

var webexTeams = Service{
	Slug: "webex-teams", Title: "Webex Teams", Docs: "webex-teams", Purpose: Chat, Since: "13.1",
	AlsoKnownAs: []string{"Cisco Webex", "Cisco Spark"},
	Help:        "Sends notifications about what happens in a project to a space of Webex.",
	Params: slices.Concat(
		[]Param{webhook("https://api.ciscospark.com/v1/webhooks/incoming/x", "Address of the incoming webhook of the space.")},
		pipelineSettings("17.7", "17.7"),
	),
	Events: notifications,
	Use: Use{
		For: "Issues and merge requests are shown, without confidential ones; pushes are not.",
		Set: Set{"push_events": false, "confidential_issues_events": false, "confidential_note_events": false},
	},
}
