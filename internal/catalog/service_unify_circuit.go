package catalog

import "slices"

var unifyCircuit = Service{
	Slug: "unify-circuit", Title: "Unify Circuit", Docs: "unify-circuit", Purpose: Chat, Since: "12.9",
	Help: "Sends notifications about what happens in a project to a conversation of Unify Circuit.",
	Params: slices.Concat(
		[]Param{webhook("https://circuit.com/rest/v2/webhooks/incoming/x", "Address of the incoming webhook of the conversation.")},
		pipelineSettings("17.7", "17.7"),
	),
	Events: notifications,
	Use: Use{
		For: "Every pipeline of protected branches is shown, also those that succeed; comments are not.",
		Set: Set{
			"notify_only_broken_pipelines": false, "branches_to_be_notified": "protected", "note_events": false,
			"confidential_note_events": false,
		},
	},
}
