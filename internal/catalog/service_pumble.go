package catalog

import "slices"

var pumble = Service{
	Slug: "pumble", Title: "Pumble", Docs: "pumble", Purpose: Chat, Since: "15.3",
	Help: "Sends notifications about what happens in a project to a Pumble channel.",
	Params: slices.Concat(
		[]Param{webhook("https://api.pumble.com/workspaces/x", "Address of the incoming webhook of the channel.")},
		pipelineSettings("17.7", "17.7"),
	),
	Events: notifications,
	Use: Use{
		For: "Failed pipelines of all branches and comments are shown; pushes and tags are not.",
		Set: Set{"branches_to_be_notified": "all", "push_events": false, "tag_push_events": false},
	},
}
