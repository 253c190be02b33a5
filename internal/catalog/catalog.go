package catalog

import (
	"slices"
	"sync"
)

// table is every row, sorted by slug: one word a service.
var table = []Service{
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

// All is every service, sorted by slug. The caller owns the slice, and nobody
// changes what is in it.
func All() []*Service { return slices.Clone(compiledTable()) }

var compiledTable = sync.OnceValue(func() []*Service {
	out := make([]*Service, 0, len(table))
	for _, s := range table {
		s.compiled = s.compile()
		out = append(out, &s)
	}
	return out
})
