package catalog

var clickup = Service{
	Slug: "clickup", Title: "ClickUp", Docs: "clickup", Purpose: IssueTracker, Since: "16.1",
	Apart:  true,
	Help:   "Replaces the project's issue tracker by ClickUp.",
	Params: trackerAddresses("https://app.clickup.com")[1:],
	Events: []Event{push},
}
