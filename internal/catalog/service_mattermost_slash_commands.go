package catalog

var mattermostSlashCommands = Service{
	Slug: "mattermost-slash-commands", Title: "Mattermost slash commands", Docs: "mattermost-slash-commands", Purpose: Chat,
	Help: "Lets people run commands on a project from Mattermost.",
	Params: []Param{
		Secret{Name: "token", Required: true, Nullable: true, Example: "mattermost-token",
			Help: "Token that Mattermost shows for the slash command."},
		String{Name: "username", Legacy: neverRead, Example: "gitlab", Help: "Name that the messages carry."},
	},
	Use: Use{
		For:  "Each {place} has a slash command of its own in Mattermost.",
		Many: true,
	},
}
