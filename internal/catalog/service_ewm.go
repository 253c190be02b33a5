package catalog

var ewm = Service{
	Slug: "ewm", Title: "EWM", Docs: "engineering-workflow-management-ewm", Purpose: IssueTracker, Since: "13.6",
	Apart:       true,
	AlsoKnownAs: []string{"IBM Engineering Workflow Management", "Rational Team Concert"},
	Help:        "Replaces the project's issue tracker by IBM Engineering Workflow Management.",
	Params:      trackerAddresses("https://ewm.example.com"),
	Events:      []Event{push},
	Use: Use{
		For:  "Each {place} has a project area of its own.",
		Many: true,
		Set: Set{
			"new_issue_url": "https://ewm.example.com/ccm/web/projects/{name}#action=com.ibm.team.workitem.newWorkItem",
			"issues_url":    "https://ewm.example.com/ccm/resource/itemName/com.ibm.team.workitem.WorkItem/:id",
			"project_url":   "https://ewm.example.com/ccm/web/projects/{name}",
		},
	},
}
