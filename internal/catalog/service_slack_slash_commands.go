package catalog

var slackSlashCommands = Service{
	Slug: "slack-slash-commands", Title: "Slack slash commands", Docs: "slack-slash-commands", Purpose: Chat,
	Help: "Lets people run commands on a project from Slack.",
	Note: "Current GitLab has it only while the GitLab for Slack app is not enabled for the instance.",
	Params: []Param{
		Secret{Name: "token", Required: true, Example: "slack-token", Help: "Token that Slack shows for the slash command."},
	},
}
