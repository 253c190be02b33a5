package catalog

import "slices"

var customIssueTracker = Service{
	Slug: "custom-issue-tracker", Title: "Custom issue tracker", Docs: "custom-issue-tracker", Purpose: IssueTracker,
	Apart:  true,
	Help:   "Replaces the project's issue tracker by any other with a web address for each issue.",
	Params: slices.Concat(trackerAddresses("https://tracker.example.com"), trackerTexts("Tracker", until("13.1"))),
	Events: []Event{push},
	Peer: Peer{Types: []string{
		"gitlab_service_custom_issue_tracker", "gitlab_integration_custom_issue_tracker", "gitlab_project_integration_custom_issue_tracker",
	}},
	Use: Use{
		For:  "Each {place} has issues of its own in the tracker.",
		Many: true,
		Set: Set{
			"new_issue_url": "https://tracker.example.com/{name}/issues/new",
			"issues_url":    "https://tracker.example.com/{name}/issues/:id",
			"project_url":   "https://tracker.example.com/{name}",
		},
	},
}
