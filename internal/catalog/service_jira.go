package catalog

import "github.com/hashicorp/terraform-plugin-framework/types"

var jira = Service{
	Slug: "jira", Title: "Jira", Docs: "jira-issues", Purpose: IssueTracker,
	Help: "Links a project to Jira, so that commits and merge requests can mention and close Jira issues.",
	Params: []Param{
		String{Name: "url", Required: true, Form: trimmedAddress, Example: "https://jira.example.com", Help: "Address of the Jira web interface."},
		String{Name: "api_url", Form: trimmedAddress, Example: "https://api.jira.example.com", Help: "Address of the Jira API where it is not the one of the web interface."},
		Int{Name: "jira_auth_type", Default: new(int64(0)), OneOf: []Number{{0, "user name and password or API token"}, {1, "personal access token, not for Jira Cloud"}, {2, "service account of Jira Cloud, GitLab 19 or later, needs `api_url`"}}, Help: "How GitLab signs in to Jira."},
		String{Name: "username", While: Condition{"jira_auth_type", types.Int64Value(0)}, Example: "gitlab@example.com", Help: "User name or e-mail address of the Jira user."},
		Secret{Name: "password", Required: true, Example: "jira-api-token", Help: "Password, API token or personal access token of the Jira user.",
			// Flags of commits are told since 12.0. Of 12.0 to 12.2, no answer tells
			// them from 12.3.
			Unwatched: "GitLab 12.3 and later keep it where no time stamp moves.", WatchedWithout: commit.Flag},
		String{Name: "jira_issue_transition_id", Form: transitions, Example: "31,41", Help: "Numeric ids of the transitions that close an issue, tried in this order."},
		String{Name: "jira_issue_prefix", Example: "JIRA#", Help: "Text before the issue keys that GitLab looks for."},
		String{Name: "jira_issue_regex", Form: expression, Example: "[A-Z]+-\\d+", Help: "Pattern of the issue keys that GitLab looks for."},
		Bool{Name: "issues_enabled", Help: "Whether GitLab shows the Jira issues of `project_keys` (GitLab Premium)."},
		Strings{Name: "project_keys", Example: []string{"WEB", "OPS"}, Help: "Keys of the Jira projects whose issues GitLab shows."},
		String{Name: "project_key", Legacy: neverRead, Example: "WEB", Help: "Key of the Jira project."},
	},
	Events: []Event{commit, mergeRequests},
	Peer:   Peer{Types: []string{"gitlab_service_jira", "gitlab_integration_jira", "gitlab_project_integration_jira"}},
}
