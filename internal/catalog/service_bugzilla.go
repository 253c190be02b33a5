package catalog

import "slices"

var bugzilla = Service{
	Slug: "bugzilla", Title: "Bugzilla", Docs: "bugzilla", Purpose: IssueTracker,
	Apart:  true,
	Help:   "Replaces the project's issue tracker by Bugzilla.",
	Params: slices.Concat(trackerAddresses("https://bugzilla.example.com"), trackerTexts("Bugzilla", until("13.1"))),
	Events: []Event{push},
	Use: Use{
		For:  "Each {place} has a product of its own in Bugzilla.",
		Many: true,
		Set: Set{
			"new_issue_url": "https://bugzilla.example.com/enter_bug.cgi?product={name}",
			"issues_url":    "https://bugzilla.example.com/show_bug.cgi?id=:id",
			"project_url":   "https://bugzilla.example.com/describecomponents.cgi?product={name}",
		},
	},
}
