package catalog

var phorge = Service{
	Slug: "phorge", Title: "Phorge", Docs: "phorge", Purpose: IssueTracker, Since: "16.11",
	Apart:       true,
	AlsoKnownAs: []string{"Phabricator"},
	Help:        "Replaces the project's issue tracker by Phorge.",
	Params:      trackerAddresses("https://phorge.example.com")[1:],
	Events:      []Event{push},
}
