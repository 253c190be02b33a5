package catalog

var slackSlashCommands = Service{
	Slug: "slack-slash-commands", Title: "Slack slash commands", Purpose: Chat,
	Gone:     Gone{In: "19.0", Why: "`gitlabservices_gitlab_slack_application` replaced it"},
	Withheld: true,
	Help:     "Lets people run commands on a project from Slack.",
	Note:     "GitLab 18 and before have it only while the GitLab for Slack app is not enabled for the instance.",
	Params: []Param{
		Secret{Name: "token", Required: true, Nullable: true, Example: "slack-token",
			Help: "Token that Slack shows for the slash command."},
	},
	Use: Use{
		For:  "Each {place} has a slash command of its own in Slack.",
		Many: true,
	},
}
