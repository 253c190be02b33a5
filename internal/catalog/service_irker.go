package catalog

var irker = Service{
	Slug: "irker", Title: "irker (IRC gateway)", Docs: "irker", Purpose: Chat,
	Help: "Sends messages about pushes to IRC through an irker gateway.",
	Note: "irker has no authentication of its own: run it where only GitLab reaches it.",
	Params: []Param{
		String{Name: "recipients", Required: true, Example: "irc://irc.libera.chat/website",
			Form: list(blanks, "Separated by blanks.", 0).doubts(`,`, "GitLab takes the text apart at blanks only, "+
				"and no name of a channel has a comma in it. Separate the channels by blanks.", "website,ops"),
			Help: "IRC addresses, or channel names that `default_irc_uri` completes."},
		String{Name: "default_irc_uri", Example: "irc://irc.libera.chat:6697/",
			Help: "Address that is put before recipients that are channel names."},
		String{Name: "server_host", Example: "irker.example.com", Help: "Host of the irker gateway; `localhost` if empty."},
		Int{Name: "server_port", Min: 1, Max: 65535, Example: 6660, Help: "Port of the irker gateway; 6659 if empty."},
		Bool{Name: "colorize_messages", Help: "Whether to color the messages."},
	},
	Events: []Event{push},
	Use: Use{
		For: "Messages about pushes to two channels of one IRC server, in colour.",
		Set: Set{
			"recipients": "website ops", "default_irc_uri": "irc://irc.libera.chat:6697/",
			"server_host": "irker.example.com", "colorize_messages": true,
		},
	},
}
