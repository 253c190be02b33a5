package catalog

import "slices"

// all is the table, sorted by slug: one word a service.
var all = []Service{
	asana,
	assembla,
	bamboo,
	bugzilla,
	buildkite,
	campfire,
	customIssueTracker,
	droneCI,
	emailsOnPush,
	externalWiki,
	flowdock,
	gemnasium,
	hipchat,
	irker,
	jenkins,
	jenkinsDeprecated,
	jira,
	kubernetes,
	mattermost,
	mattermostSlashCommands,
	microsoftTeams,
	mockCI,
	packagist,
	pipelinesEmail,
	pivotaltracker,
	prometheus,
	pushover,
	redmine,
	slack,
	slackSlashCommands,
	teamcity,
}

// All is every service, sorted by slug. The caller owns the slice.
func All() []Service { return slices.Clone(all) }
