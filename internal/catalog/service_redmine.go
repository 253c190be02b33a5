package catalog

import "slices"

var redmine = Service{
	Slug: "redmine", Title: "Redmine", Docs: "redmine", Purpose: IssueTracker,
	Apart:  true,
	Help:   "Replaces the project's issue tracker by Redmine.",
	Params: slices.Concat(trackerAddresses("https://redmine.example.com"), trackerTexts("Redmine", until("13.0"))[:1]),
	Events: []Event{push},
	Peer:   Peer{Types: []string{"gitlab_integration_redmine", "gitlab_project_integration_redmine"}},
	Use: Use{
		For:  "Each {place} has a project of its own in Redmine.",
		Many: true,
		Set: Set{
			"new_issue_url": "https://redmine.example.com/projects/{name}/issues/new",
			"issues_url":    "https://redmine.example.com/issues/:id",
			"project_url":   "https://redmine.example.com/projects/{name}",
		},
	},
}
