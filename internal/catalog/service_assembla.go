package catalog

var assembla = Service{
	Slug: "assembla", Title: "Assembla", Docs: "assembla", Purpose: IssueTracker,
	Help: "Reports pushes to an Assembla space.",
	Params: []Param{
		Secret{Name: "token", Required: true, Example: "assembla-token", Help: "Authentication token."},
		String{Name: "subdomain", Example: "my-space", Help: "Subdomain of the Assembla space."},
	},
	Events: []Event{push},
	Use: Use{
		For: "Commits show in the space of the team.",
		Set: Set{"subdomain": "web-team"},
	},
}
