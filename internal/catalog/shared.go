package catalog

// Rows share these parameters to the letter.
var (
	notifyOnlyBrokenPipelines = Bool{Name: "notify_only_broken_pipelines", Default: true, Help: "Whether to stay silent about pipelines that succeed."}
	branchesToBeNotified      = String{Name: "branches_to_be_notified", OneOf: branches, Default: "default", Help: "Branches to notify about."}
	notifyOnlyDefaultBranch   = Bool{Name: "notify_only_default_branch", Legacy: Legacy{
		Why:       "GitLab 12.3 replaced it by `branches_to_be_notified`.",
		Successor: Successor{Name: "branches_to_be_notified", As: map[string]string{"true": "default", "false": "all"}},
	}, Help: "Whether to notify about the default branch only."}
)

// branches are the words for which branches people are notified about. GitLab
// takes any text, and then notifies nobody.
var branches = []string{"all", "default", "protected", "default_and_protected"}

// neverRead is why a parameter that GitLab documents is legacy.
var neverRead = Legacy{Why: "GitLab documented it and never read it."}

// chatSettings are those of the chat services that post to channels by name.
var chatSettings = []Param{
	String{Name: "username", Example: "gitlab", Help: "Name that the messages carry."},
	String{Name: "channel", Form: channelNames, Example: "#builds", Help: "Channel for events that have none of their own, at most 10 separated by commas."},
	notifyOnlyBrokenPipelines,
	branchesToBeNotified,
	notifyOnlyDefaultBranch.on(),
	String{Name: "labels_to_be_notified", Form: commaSeparated, Example: "~bug,~security", Help: "Labels that an issue, merge request or comment must have to be notified about; any where empty."},
	String{Name: "labels_to_be_notified_behavior", OneOf: []string{"match_any", "match_all"}, Default: "match_any", Help: "Whether one of the labels is enough or all are wanted."},
}

// trackerAddresses are those of an issue tracker at the given root.
func trackerAddresses(root string) []Param {
	return []Param{
		String{Name: "new_issue_url", Required: true, Form: address, Example: root + "/issues/new", Help: "Address where a new issue is written."},
		String{Name: "issues_url", Required: true, Form: address, Example: root + "/issues/:id", Help: "Address of an issue, in which `:id` stands for its number."},
		String{Name: "project_url", Required: true, Form: address, Example: root + "/projects/website", Help: "Address of the project in the tracker."},
	}
}

// trackerTexts are what old versions show of an issue tracker.
func trackerTexts(title string) []Param {
	gone := Legacy{Why: "GitLab 14 and later do not have it."}
	return []Param{
		String{Name: "description", Legacy: gone, Example: title + " of the web team", Help: "Description of the tracker."},
		String{Name: "title", Legacy: gone, Example: title, Help: "Title of the tracker."},
	}
}
