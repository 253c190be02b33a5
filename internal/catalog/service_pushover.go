package catalog

var pushover = Service{
	Slug: "pushover", Title: "Pushover", Docs: "pushover", Purpose: Chat,
	Help: "Sends notifications about pushes to devices through Pushover.",
	Params: []Param{
		Secret{Name: "api_key", Required: true, Example: "azGDORePK8gMaC0QOYAMyEEuzJnyUi", Help: "API token of the Pushover application."},
		Secret{Name: "user_key", Required: true, Example: "uQiRzpo4DXghDmr9QzzfQu27cmVRsG", Help: "Key of the Pushover user or group."},
		String{Name: "priority", Required: true, OneOf: []string{"-2", "-1", "0", "1"}, Example: "0",
			Refused: "high", Likely: "Pushover writes priorities as numbers, from -2 for the lowest to 1 for a high one.",
			Help: "Priority of the notifications, from lowest to high."},
		String{Name: "device", Example: "phone", Help: "Devices, separated by commas; all that are active if empty."},
		String{Name: "sound", Example: "bike", Help: "Name of the sound; the user's choice if empty."},
	},
	Events: []Event{push},
	Use: Use{
		For: "Pushes ring one phone, also in its quiet hours.",
		Set: Set{"priority": "1", "device": "phone", "sound": "siren"},
	},
}
