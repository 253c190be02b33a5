package catalog

import "slices"

var telegram = Service{
	Slug: "telegram", Title: "Telegram", Docs: "telegram", Purpose: Chat, Since: "16.0",
	Help: "Sends notifications about what happens in a project to a Telegram chat.",
	Params: slices.Concat(
		[]Param{
			Secret{Name: "token", Required: true, Example: "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11", Help: "Token of the Telegram bot."},
			String{Name: "room", Required: true, Example: "@website", Help: "Numeric id of the chat, or `@` and the name of the channel."},
			String{Name: "thread", Form: wholeNumber, Life: since("16.11"), Example: "42", Help: "Numeric id of the thread in the chat."},
			String{Name: "hostname", Form: address, Life: since("17.1"), Example: "https://telegram.example.com",
				Help: "Root address of the Telegram API; `https://api.telegram.org` if empty."},
		},
		pipelineSettings("", "16.5"),
	),
	Events: slices.Concat(notifications, []Event{incident, vulnerability}),
	Peer:   Peer{Types: []string{"gitlab_integration_telegram", "gitlab_project_integration_telegram"}},
	Use: Use{
		For: "Failed pipelines of all branches and merge requests go to one thread of the team's chat; pushes do not.",
		Set: Set{
			"room": "-1001234567890", "thread": "42", "branches_to_be_notified": "all", "push_events": false,
			"tag_push_events": false,
		},
	},
}
