package catalog

import "slices"

var customIssueTracker = Service{
	Slug: "custom-issue-tracker", Title: "Custom issue tracker", Docs: "custom-issue-tracker", Purpose: IssueTracker,
	Apart:  true,
	Help:   "Replaces the project's issue tracker by any that has web addresses.",
	Params: slices.Concat(trackerAddresses("https://tracker.example.com"), trackerTexts("Tracker", until("13.1"))),
	Events: []Event{push},
	Peer: Peer{Types: []string{
		"gitlab_service_custom_issue_tracker", "gitlab_integration_custom_issue_tracker", "gitlab_project_integration_custom_issue_tracker",
	}},
}
