package catalog

import "github.com/hashicorp/terraform-plugin-framework/types"

var jiraCloudApp = Service{
	Slug: "jira-cloud-app", Title: "GitLab for Jira Cloud app", Docs: "gitlab-for-jira-cloud-app", Purpose: IssueTracker, Since: "17.7",
	AlsoKnownAs: []string{"Jira Connect app"},
	Withheld:    true,
	Help:        "Shows branches, commits, builds and deployments in the issues of Jira Cloud.",
	Installation: Installation{
		In: "Install the app in Jira, from the Atlassian Marketplace, and link a group above the project there; " +
			"an administrator must have set up the app for the instance.",
		Out: "It ends when the group is unlinked in Jira.",
	},
	Params: []Param{
		String{Name: "jira_cloud_app_service_ids", Example: "b:YXJpOmNsb3VkOmdyYXBoOjpzZXJ2aWNl",
			Form: patterned(`[A-Za-z0-9=,:]*`, "must be ids as Jira shows them, separated by commas without blanks",
				"b:YXJp, b:ZGVm").upToParts(100),
			Help: "Ids of the services of Jira Service Management that a deployment changes, at most 100 separated by commas."},
		Bool{Name: "jira_cloud_app_enable_deployment_gating", Help: "Whether deployments wait until a change request in Jira is approved."},
		String{Name: "jira_cloud_app_deployment_gating_environments", Form: wordsOf("production", "staging", "testing", "development"),
			While: Condition{"jira_cloud_app_enable_deployment_gating", types.BoolValue(true)}, Example: "production,staging",
			Help: "Environments whose deployments wait."},
	},
	Use: Use{
		For: "Deployments to production and staging wait until the change request in Jira is approved.",
		Set: Set{
			"jira_cloud_app_service_ids": nil, "jira_cloud_app_enable_deployment_gating": true,
			"jira_cloud_app_deployment_gating_environments": "production,staging",
		},
	},
}
