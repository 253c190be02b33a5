package catalog

var linear = Service{
	Slug: "linear", Title: "Linear", Docs: "linear", Purpose: IssueTracker, Since: "18.3",
	Help: "Replaces the project's issue tracker by Linear.",
	Params: []Param{
		String{Name: "workspace_url", Required: true, Example: "https://linear.app/example",
			Form: addressAt(`https://linear\.app/[a-z0-9-]{3,32}/?`,
				"must be the address of a workspace alone, such as https://linear.app/example", "https://linear.app/example/team/WEB"),
			Help: "Address of the Linear workspace."},
	},
	Events: []Event{push},
	Use: Use{
		For:  "Several {place}s link to the issues of one workspace.",
		Many: true,
	},
}
