package catalog

import "slices"

var youtrack = Service{
	Slug: "youtrack", Title: "YouTrack", Docs: "youtrack", Purpose: IssueTracker, Since: "11.9",
	Apart:       true,
	AlsoKnownAs: []string{"JetBrains YouTrack"},
	Help:        "Replaces the project's issue tracker by YouTrack.",
	Params:      slices.Concat(trackerAddresses("https://youtrack.example.com")[1:], trackerTexts("YouTrack", between("11.9", "13.1"))[:1]),
	Events:      []Event{push},
	Peer:        Peer{Types: []string{"gitlab_project_integration_youtrack"}},
	Use: Use{
		For:  "Each {place} has a project of its own in YouTrack.",
		Many: true,
		Set: Set{
			"project_url": "https://youtrack.example.com/projects/{name}",
			"issues_url":  "https://youtrack.example.com/issue/:id",
		},
	},
}
