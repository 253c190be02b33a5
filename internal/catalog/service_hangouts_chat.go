package catalog

import "slices"

var hangoutsChat = Service{
	Slug: "hangouts-chat", Title: "Google Chat", Docs: "google-chat", Purpose: Chat, Since: "11.2",
	AlsoKnownAs: []string{"Hangouts Chat"},
	Help:        "Sends notifications about what happens in a project to a space of Google Chat.",
	Params: slices.Concat(
		[]Param{webhook("https://chat.googleapis.com/v1/spaces/x", "Address of the webhook of the space.")},
		pipelineSettings("17.7", "13.1"),
	),
	Events: []Event{
		push, issues.since("11.9"), confidentialIssues.since("11.9"), mergeRequests.since("11.9"),
		tagPush, note, confidentialNote, pipeline, wikiPage,
	},
	Peer: Peer{Types: []string{"gitlab_project_integration_google_chat"}},
	Use: Use{
		For: "Failed pipelines of all branches and merge requests are shown; pushes and tags are not.",
		Set: Set{"branches_to_be_notified": "all", "push_events": false, "tag_push_events": false},
	},
}
