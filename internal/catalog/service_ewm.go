package catalog

var ewm = Service{
	Slug: "ewm", Title: "EWM", Docs: "engineering-workflow-management-ewm", Purpose: IssueTracker, Since: "13.6",
	Apart:       true,
	AlsoKnownAs: []string{"IBM Engineering Workflow Management", "Rational Team Concert"},
	Help:        "Replaces the project's issue tracker by IBM Engineering Workflow Management.",
	Params:      trackerAddresses("https://ewm.example.com"),
	Events:      []Event{push},
}
