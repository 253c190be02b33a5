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
}
