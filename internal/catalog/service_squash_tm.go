package catalog

var squashTM = Service{
	Slug: "squash-tm", Title: "Squash TM", Docs: "squash-tm", Purpose: IssueTracker, Since: "15.10",
	Help: "Sends changes of issues to Squash TM.",
	Note: "GitLab removes the token when `url` changes and the token is not sent: keep it in the configuration.",
	Params: []Param{
		String{Name: "url", Required: true, Form: address, Example: "https://squash.example.com/squash/plugin/xsquash4gitlab/webhook/issue",
			Help: "Address of the webhook of Squash TM."},
		Secret{Name: "token", Example: "squash-token", Help: "Secret token of the webhook."},
	},
	Events: []Event{issues, confidentialIssues},
	Use: Use{
		For: "Squash TM proves itself by a token, and learns nothing of confidential issues.",
		Set: Set{"token": nil, "confidential_issues_events": false},
	},
}
