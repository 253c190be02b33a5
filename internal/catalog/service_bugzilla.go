package catalog

import "slices"

var bugzilla = Service{
	Slug: "bugzilla", Title: "Bugzilla", Docs: "bugzilla", Purpose: IssueTracker,
	Apart:  true,
	Help:   "Replaces the project's issue tracker by Bugzilla.",
	Params: slices.Concat(trackerAddresses("https://bugzilla.example.com"), trackerTexts("Bugzilla", until("13.1"))),
	Events: []Event{push},
}
