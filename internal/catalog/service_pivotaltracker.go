package catalog

var pivotaltracker = Service{
	Slug: "pivotaltracker", Title: "Pivotal Tracker", Docs: "pivotal-tracker", Purpose: IssueTracker,
	Help: "Adds commit messages as comments to the Pivotal Tracker stories that they mention.",
	Params: []Param{
		Secret{Name: "token", Required: true, Example: "pivotal-tracker-token",
			Help: "API token of the Pivotal Tracker user who comments."},
		String{Name: "restrict_to_branch", Form: commaSeparated, Example: "main,stable",
			Help: "Branches whose commits are looked at; all if empty."},
	},
	Events: []Event{push},
	Use: Use{
		For: "Only commits that reach the branches of releases comment on stories.",
		Set: Set{"restrict_to_branch": "main,stable"},
	},
}
