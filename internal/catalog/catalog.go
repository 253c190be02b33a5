package catalog

import (
	"slices"
	"sync"
)

// table is every row, sorted by slug: one word a service.
var table = []Service{
	alerts,
	appleAppStore,
	asana,
	assembla,
	bamboo,
	bugzilla,
	buildkite,
	campfire,
	clickup,
	confluence,
	customIssueTracker,
	datadog,
	diffblueCover,
	discord,
	droneCI,
	emailsOnPush,
	ewm,
	externalWiki,
	flowdock,
	gemnasium,
	gitGuardian,
	github,
	gitlabSlackApplication,
	googleCloudPlatformArtifactRegistry,
	googleCloudPlatformWorkloadIdentityFederation,
	googlePlay,
	hangoutsChat,
	harbor,
	hipchat,
	irker,
	jenkins,
	jenkinsDeprecated,
	jira,
	jiraCloudApp,
	kubernetes,
	linear,
	matrix,
	mattermost,
	mattermostSlashCommands,
	microsoftTeams,
	mockCI,
	packagist,
	phorge,
	pipelinesEmail,
	pivotaltracker,
	prometheus,
	pumble,
	pushover,
	redmine,
	shimo,
	slack,
	slackSlashCommands,
	squashTM,
	teamcity,
	telegram,
	unifyCircuit,
	webexTeams,
	youtrack,
	zentao,
}

// All is every service, sorted by slug. The caller owns the slice, and nobody
// changes what is in it.
func All() []*Service { return slices.Clone(compiledTable()) }

var compiledTable = sync.OnceValue(func() []*Service {
	out := make([]*Service, 0, len(table))
	for _, s := range table {
		s.compiled = sync.OnceValue(s.compile)
		out = append(out, &s)
	}
	return out
})
