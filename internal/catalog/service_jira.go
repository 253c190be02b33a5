package catalog

import "github.com/hashicorp/terraform-plugin-framework/types"

var jira = Service{
	Slug: "jira", Title: "Jira issues", Docs: "jira-issues", Purpose: IssueTracker,
	Apart: true,
	Help:  "Links a project to Jira, so that commits and merge requests can mention and close Jira issues.",
	Params: []Param{
		String{Name: "url", Required: true, Form: trimmedAddress, Example: "https://jira.example.com",
			Help: "Address of the Jira web interface."},
		String{Name: "api_url", Form: trimmedAddress, Example: "https://api.jira.example.com",
			While: Condition{"jira_auth_type", types.Int64Value(2)},
			Help:  "Address of the Jira API where it is not the one of the web interface."},
		Int{Name: "jira_auth_type", Default: new(int64(0)), Life: since("15.10"), Help: "How GitLab signs in to Jira.", OneOf: []Number{
			{0, "user name and password or API token"},
			{1, "personal access token, not for Jira Cloud"},
			{2, "service account of Jira Cloud, GitLab 19 or later"},
		}},
		String{Name: "username", While: Condition{"jira_auth_type", types.Int64Value(0)}, Example: "gitlab@example.com",
			Help: "User name or e-mail address of the Jira user."},
		Secret{Name: "password", Required: true, Example: "jira-api-token",
			Help: "Password, API token or personal access token of the Jira user.",
			// Flags of commits are told since 12.0. Of 12.0 to 12.2, no answer tells
			// them from 12.3.
			Unwatched: "GitLab 12.3 and later store it where no time stamp moves.", WatchedWithout: commit.Flag, Watched: "before 12.0"},
		String{Name: "jira_issue_transition_id", Form: transitions, Example: "31,41",
			Help: "Numeric ids of the transitions that close an issue, tried in this order."},
		Bool{Name: "jira_issue_transition_automatic", Life: between("13.12", "17.7"),
			Legacy: Legacy{Why: "GitLab never shows it, and newer versions take it from their own pages alone."},
			Help:   "Whether an issue is closed by whatever transition does it, rather than by `jira_issue_transition_id`."},
		String{Name: "jira_issue_prefix", Life: since("15.8"), Example: "JIRA#", Help: "Text before the issue keys that GitLab looks for."},
		String{Name: "jira_issue_regex", Form: expression, Life: since("15.8"), Example: "[A-Z]+-\\d+",
			Help: "Pattern of the issue keys that GitLab looks for."},
		Bool{Name: "comment_on_event_enabled", Default: true, Life: since("12.4"),
			Help: "Whether GitLab comments on the Jira issues that are mentioned; GitLab 17.9 to 18.8 do not take it."},
		Bool{Name: "issues_enabled", Life: since("17.0"), Help: "Whether GitLab shows the Jira issues of `project_keys` (GitLab Premium)."},
		Strings{Name: "project_keys", Life: since("17.0"), Example: []string{"WEB", "OPS"},
			Help: "Keys of the Jira projects whose issues GitLab shows."},
		Bool{Name: "vulnerabilities_enabled", Life: since("18.9"),
			Help: "Whether Jira issues can be made from vulnerabilities (GitLab Ultimate)."},
		String{Name: "vulnerabilities_issuetype", Life: since("18.9"), While: vulnerabilitiesEnabled, Example: "10001",
			Help: "Numeric id of the type of Jira issues that are made from vulnerabilities."},
		String{Name: "project_key", Life: since("18.9"), While: vulnerabilitiesEnabled, Example: "WEB",
			Help: "Key of the Jira project in which issues are made from vulnerabilities."},
		Bool{Name: "customize_jira_issue_enabled", Life: since("18.9"),
			Help: "Whether an issue from a vulnerability is completed in Jira before it is made."},
		Bool{Name: "jira_check_enabled", Life: since("18.9"),
			Help: "Whether pushes whose commits mention no fitting Jira issue are refused (GitLab Premium)."},
		Bool{Name: "jira_exists_check_enabled", Life: since("18.9"),
			Help: "Whether a pushed commit must mention a Jira issue that exists."},
		Bool{Name: "jira_assignee_check_enabled", Life: since("18.9"),
			Help: "Whether a pushed commit must mention a Jira issue that is assigned to its author."},
		Bool{Name: "jira_status_check_enabled", Life: since("18.9"),
			Help: "Whether a pushed commit must mention a Jira issue with one of `jira_allowed_statuses_as_string`."},
		String{Name: "jira_allowed_statuses_as_string", Form: commaSeparated, Life: since("18.9"), Example: "Ready,In Progress",
			Help: "Statuses that the Jira issue of a pushed commit may have."},
	},
	Events: []Event{commit, mergeRequests.since("12.0")},
	Peer: Peer{
		Types:      []string{"gitlab_service_jira", "gitlab_integration_jira", "gitlab_project_integration_jira"},
		GroupTypes: []string{"gitlab_group_integration_jira"},
	},
	Use: Use{
		For: "Only keys of one Jira project count, and a commit that closes an issue moves it through transition 41, without a comment.",
		Set: Set{"jira_issue_transition_id": "41", "jira_issue_regex": "WEB-\\d+", "comment_on_event_enabled": false},
	},
}

var vulnerabilitiesEnabled = Condition{"vulnerabilities_enabled", types.BoolValue(true)}
