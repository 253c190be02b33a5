package catalog

var asana = Service{
	Slug: "asana", Title: "Asana", Docs: "asana", Purpose: IssueTracker,
	Help: "Adds commit messages as comments to the Asana tasks that they mention, and closes tasks.",
	Params: []Param{
		Secret{Name: "api_key", Required: true, Example: "0/68a9e79b868c6789e79a124c30b0",
			Help: "Personal access token of the Asana user who comments."},
		String{Name: "restrict_to_branch", Form: commaSeparated, Example: "main,stable",
			Help: "Branches whose commits are looked at; all if empty."},
	},
	Events: []Event{push},
	Use: Use{
		For: "Only commits that reach the branches of releases comment on Asana tasks and close them.",
		Set: Set{"restrict_to_branch": "main,stable"},
	},
}
