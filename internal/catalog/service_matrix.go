package catalog

import "slices"

var matrix = Service{
	Slug: "matrix", Title: "Matrix notifications", Docs: "matrix-notifications", Purpose: Chat, Since: "17.3",
	AlsoKnownAs: []string{"Element"},
	Help:        "Sends notifications about what happens in a project to a Matrix room.",
	Params: slices.Concat(
		[]Param{
			Secret{Name: "token", Required: true, Example: "syt-zyx57W2v1u123ew11", Help: "Access token of the Matrix user who posts."},
			String{Name: "room", Required: true, Example: "!qPKKM111FFKKsfoCVy:matrix.org", Help: "Id of the room."},
			String{Name: "hostname", Form: address, Example: "https://matrix.example.com",
				Help: "Root address of the Matrix server; `https://matrix.org` if empty."},
		},
		pipelineSettings("", ""),
	),
	Events: slices.Concat(notifications, []Event{incident, vulnerability}),
	Peer:   Peer{Types: []string{"gitlab_project_integration_matrix"}},
	Use: Use{
		For: "Messages about failed pipelines of all branches and merge requests, not about pushes, to a room of a self-managed server.",
		Set: Set{
			"room": "!website:example.com", "hostname": "https://matrix.example.com", "branches_to_be_notified": "all",
			"push_events": false, "tag_push_events": false,
		},
	},
}
