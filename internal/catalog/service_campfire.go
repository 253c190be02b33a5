package catalog

var campfire = Service{
	Slug: "campfire", Title: "Campfire", Docs: "campfire", Purpose: Chat,
	Help: "Sends messages about pushes to a Campfire room.",
	Params: []Param{
		Secret{Name: "token", Required: true, Example: "campfire-token", Help: "API token of the Campfire user."},
		String{Name: "subdomain", Example: "example", Help: "Subdomain of the Campfire account: one label of a host name, without dots."},
		String{Name: "room", Example: "123456", Help: "Numeric id of the room; GitLab up to 12 takes its name too."},
	},
	Events: []Event{push},
	Use: Use{
		For: "Pushes show in the room of the team.",
		Set: Set{"subdomain": "example", "room": "123456"},
	},
}
