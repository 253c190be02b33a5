package catalog

var clickup = Service{
	Slug: "clickup", Title: "ClickUp", Docs: "clickup", Purpose: IssueTracker, Since: "16.1",
	Apart:  true,
	Help:   "Replaces the project's issue tracker by ClickUp.",
	Params: trackerAddresses("https://app.clickup.com")[1:],
	Events: []Event{push},
	Use: Use{
		For:  "Each {place} has a list of its own in ClickUp.",
		Many: true,
		Set:  Set{"project_url": "https://app.clickup.com/1234567/v/l/{name}", "issues_url": "https://app.clickup.com/t/:id"},
	},
}
