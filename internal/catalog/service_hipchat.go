package catalog

var hipchat = Service{
	Slug: "hipchat", Title: "HipChat", Purpose: Chat,
	ProjectOnly: true, // Gone before groups had services, in 17.9.
	Gone:        Gone{In: "13.12", Why: "HipChat shut down; use Slack or Mattermost (11.9.0 to 11.9.7 lack it too)"},
	Help:        "Sends messages about what happens in a project to a HipChat room.",
	Params: []Param{
		Secret{Name: "token", Required: true, Example: "hipchat-room-token", Help: "Token of the room."},
		String{Name: "room", Example: "Website", Help: "Name or numeric id of the room."},
		String{Name: "color", Example: "purple", Help: "Color of the messages, such as `yellow` or `purple`."},
		Bool{Name: "notify", Help: "Whether messages notify the people in the room."},
		String{Name: "api_version", Example: "v2", Help: "Version of the HipChat API; `v2` if empty."},
		String{Name: "server", Form: address, Example: "https://hipchat.example.com",
			Help: "Address of the HipChat server; HipChat's own if empty."},
	},
	Events: []Event{
		push, issues.since("12.0"), confidentialIssues.since("12.0"), mergeRequests.since("12.0"),
		tagPush, note, confidentialNote, pipeline,
	},
	Use: Use{
		For: "The people in the room are notified, by messages in yellow.",
		Set: Set{"room": "Website", "color": "yellow", "notify": true},
	},
}
