package catalog

var phorge = Service{
	Slug: "phorge", Title: "Phorge", Docs: "phorge", Purpose: IssueTracker, Since: "16.11",
	Apart:       true,
	AlsoKnownAs: []string{"Phabricator"},
	Help:        "Replaces the project's issue tracker by Phorge.",
	Params:      trackerAddresses("https://phorge.example.com")[1:],
	Events:      []Event{push},
	Use: Use{
		For:  "Each {place} has a tag of its own in Phorge.",
		Many: true,
		Set:  Set{"project_url": "https://phorge.example.com/tag/{name}/", "issues_url": "https://phorge.example.com/T:id"},
	},
}
