package catalog

import "strings"

// Event is a kind of event, such as a push, that triggers a service while its
// flag is on. The flag is a column of GitLab's record, never a property, and is
// never null on the wire.
type Event struct {
	// Flag is GitLab's name of the switch.
	Flag string
	// Channel is the name of the parameter that routes the event to a chat
	// channel. GitLab writes these in the singular where flags are plural.
	Channel string
	// Echo is the parameter whose value GitLab 14 and later show in place of a
	// blank Channel.
	Echo string
	// Default is the flag of a new record.
	Default bool
	// Legacy says why the flag is left alone unless configured.
	Legacy Legacy
	// What names the events.
	What string
}

// off is the event where GitLab switches it off in a new record of the service.
func (e Event) off() Event {
	e.Default = false
	return e
}

func (e Event) param() Bool {
	return Bool{Name: e.Flag, Default: e.Default, Legacy: e.Legacy, Help: "Whether " + e.What + " trigger the service.", flag: true}
}

// Channels says what routes the events of a service to places of their own.
type Channels int

const (
	// NoChannels sends all events to the same place.
	NoChannels Channels = iota
	// ChannelNames gives each event a parameter with the names of chat channels.
	ChannelNames
)

// of is the parameter that routes an event; nil: there is none.
func (c Channels) of(e Event) Param {
	if c == NoChannels {
		return nil
	}
	return String{Name: e.Channel, Echo: e.Echo, Form: channelNames, Example: "#" + strings.TrimSuffix(strings.ReplaceAll(e.Channel, "_", "-"), "-channel"),
		Help: "Channel for " + e.What + ", at most 10 separated by commas; `channel` where empty."}
}

// The events, with the defaults of a new record in all versions that know them.
var (
	alert                = Event{Flag: "alert_events", Channel: "alert_channel", Default: true, What: "alerts"}
	commit               = Event{Flag: "commit_events", Default: true, What: "commits"}
	confidentialIssues   = Event{Flag: "confidential_issues_events", Channel: "confidential_issue_channel", Echo: "issue_channel", Default: true, What: "changes of confidential issues"}
	confidentialNote     = Event{Flag: "confidential_note_events", Channel: "confidential_note_channel", Echo: "note_channel", Default: true, What: "comments on confidential issues"}
	deployment           = Event{Flag: "deployment_events", Channel: "deployment_channel", What: "deployments that start or end"}
	incident             = Event{Flag: "incident_events", Channel: "incident_channel", What: "changes of incidents"}
	issues               = Event{Flag: "issues_events", Channel: "issue_channel", Default: true, What: "changes of issues"}
	mergeRequests        = Event{Flag: "merge_requests_events", Channel: "merge_request_channel", Default: true, What: "changes of merge requests"}
	note                 = Event{Flag: "note_events", Channel: "note_channel", Default: true, What: "comments"}
	pipeline             = Event{Flag: "pipeline_events", Channel: "pipeline_channel", Default: true, What: "pipelines that change their status"}
	push                 = Event{Flag: "push_events", Channel: "push_channel", Default: true, What: "pushes to the repository"}
	tagPush              = Event{Flag: "tag_push_events", Channel: "tag_push_channel", Default: true, What: "new and removed tags"}
	vulnerability        = Event{Flag: "vulnerability_events", Channel: "vulnerability_channel", What: "new vulnerabilities (GitLab Ultimate)"}
	confidentialWorkItem = Event{Flag: "confidential_work_item_events", Default: true, Legacy: neverShown, What: "changes of confidential work items"}
	workItem             = Event{Flag: "work_item_events", Default: true, Legacy: neverShown, What: "changes of work items"}
	wikiPage             = Event{Flag: "wiki_page_events", Channel: "wiki_page_channel", Default: true, What: "changes of wiki pages"}
)

// neverShown is why a flag is legacy that GitLab takes.
var neverShown = Legacy{Why: "GitLab 19 and later take it, and no version shows it."}
