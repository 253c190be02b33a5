package catalog

// Rows share these parameters to the letter.
var (
	notifyOnlyBrokenPipelines = Bool{Name: "notify_only_broken_pipelines", Default: true,
		Help: "Whether to notify only about pipelines that fail."}

	// GitLab 18.9 stores it and does not show it while a feature flag is off.
	notifyOnlyWhenPipelineStatusChanges = Bool{Name: "notify_only_when_pipeline_status_changes", Life: since("18.9"),
		Help: "Whether to notify about a pipeline only if its status differs from that of the previous one."}

	branchesToBeNotified = String{Name: "branches_to_be_notified", OneOf: branches, Default: "default",
		Refused: "main",
		Likely:  "It may be the name of a branch, where GitLab wants a word for a kind of branches: `default` is the default branch.",
		Help:    "Branches to notify about."}

	defaultChannel = String{Name: "channel", Form: channelNames, Example: "#builds",
		Help: "Channel for events without a channel of their own, at most 10 separated by commas."}

	messageName = String{Name: "username", Example: "gitlab", Help: "User name that the messages show."}
)

// branches are the words for which branches people are notified about. GitLab
// takes any text, and then notifies nobody.
var branches = []string{"all", "default", "protected", "default_and_protected"}

// since is the parameter where the service has it from a version on.
func (p String) since(version string) String {
	p.Life = since(version)
	return p
}

// or is the parameter with another default.
func (p String) or(value string) String {
	p.Default = value
	return p
}

// since is the parameter where the service has it from a version on.
func (p Bool) since(version string) Bool {
	p.Life = since(version)
	return p
}

// pipelineSettings are those of every chat service. They came in versions that
// differ; empty: with the service.
func pipelineSettings(broken, branches string) []Param {
	return []Param{
		notifyOnlyBrokenPipelines.since(broken),
		notifyOnlyWhenPipelineStatusChanges,
		branchesToBeNotified.since(branches),
	}
}

// notifyOnlyDefaultBranch is what the services had before branches_to_be_notified.
func notifyOnlyDefaultBranch(life Life, why string) Bool {
	return Bool{
		Name: "notify_only_default_branch",
		Life: life,
		Legacy: Legacy{Why: why, Successor: Successor{
			Name: branchesToBeNotified.Name,
			As:   map[string]string{"true": "default", "false": "all"},
		}},
		Help: "Whether to notify about the default branch only.",
	}
}

// labelSettings choose among the events of chat services with channels.
var labelSettings = []Param{
	String{Name: "labels_to_be_notified", Form: commaSeparated, Life: since("17.5"), Example: "~bug,~security",
		Help: "Labels of the issues, merge requests and comments to notify about; all of them if empty."},
	String{Name: "labels_to_be_notified_behavior", OneOf: []string{"match_any", "match_all"}, Default: "match_any", Refused: "any",
		Life: since("17.5"),
		Help: "Whether one of the labels is enough or all are needed."},
}

// webhooksShown is where GitLab returns the webhooks of chat services: 15.7 is
// known to, and 15.10 not to.
const webhooksShown = "before 15.10"

// webhook is the secret address that a chat service posts to.
func webhook(example, help string) Secret {
	return Secret{Name: "webhook", Required: true, Form: address, Shown: webhooksShown, Example: example, Help: help}
}

// neverRead is why a parameter that GitLab documents is legacy.
var neverRead = Legacy{Why: "GitLab documented it and never read it."}

// trackerAddresses are those of an issue tracker at the given root.
func trackerAddresses(root string) []Param {
	return []Param{
		String{Name: "new_issue_url", Required: true, Form: address, Example: root + "/issues/new",
			Help: "Address of the page for a new issue."},
		String{Name: "issues_url", Required: true, Form: address, Example: root + "/issues/:id",
			Help: "Address of an issue, with `:id` in place of its number."},
		String{Name: "project_url", Required: true, Form: address, Example: root + "/projects/website",
			Help: "Address of the project in the tracker."},
	}
}

// trackerTexts are what old versions show of an issue tracker.
func trackerTexts(title string, life Life) []Param {
	gone := Legacy{Why: "Newer versions show texts of their own."}
	return []Param{
		String{Name: "description", Life: life, Legacy: gone, Example: title + " of the web team", Help: "Description of the tracker."},
		String{Name: "title", Life: life, Legacy: gone, Titles: true, Example: title, Help: "Title of the tracker."},
	}
}
