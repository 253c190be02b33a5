package catalog

import (
	"slices"
	"strings"
)

// Event is a kind of event, such as a push, that triggers a service while its
// flag is on. The flag is a column of GitLab's record, never a property, and is
// never null on the wire.
type Event struct {
	// Flag is GitLab's name of the switch; empty: the event has a channel and no
	// switch.
	Flag string
	// Channel is the name of the parameter that routes the event to a chat
	// channel. GitLab writes these in the singular where flags are plural.
	Channel string
	// Echo is the parameter whose value GitLab 14 and later show in place of a
	// blank Channel.
	Echo string
	// Default is the flag of a new record.
	Default bool
	// Life and ChannelLife are when GitLab has the flag and the channel.
	Life, ChannelLife Life
	// What names the events.
	What string
}

// off is the event where GitLab switches it off in a new record of the service.
func (e Event) off() Event {
	e.Default = false
	return e
}

// off are the events where GitLab switches all of them off in a new record.
func off(events []Event) []Event {
	out := slices.Clone(events)
	for i, e := range events {
		out[i] = e.off()
	}
	return out
}

// since is the event where the service has it from a version on.
func (e Event) since(version string) Event {
	e.Life = since(version)
	return e
}

// unswitched is the event where the service has no switch for it.
func (e Event) unswitched() Event {
	e.Flag = ""
	return e
}

func (e Event) param() Bool {
	return Bool{Name: e.Flag, Default: e.Default, Life: e.Life, Help: "Whether " + e.What + " trigger the service.", flag: true}
}

// Channels says what routes the events of a service to places of their own.
type Channels int

const (
	// NoChannels sends all events to the same place.
	NoChannels Channels = iota
	// ChannelNames gives each event a parameter with the names of chat channels.
	ChannelNames
	// ChannelSecrets gives each event a webhook of its own, written as that of the
	// service is.
	ChannelSecrets
)

// of is the parameter that routes an event, in a service that has a webhook; nil:
// there is none.
func (c Channels) of(e Event, webhook Secret) Param {
	switch c {
	case ChannelNames:
		return String{Name: e.Channel, Echo: e.Echo, Life: e.ChannelLife, Form: channelNames, Example: "#" + e.example(),
			Help: "Channel for " + e.What + ", at most 10 separated by commas; `channel` if empty."}
	case ChannelSecrets:
		return Secret{Name: e.Channel, Form: webhook.Form, Example: webhook.Example + "-" + e.example(),
			Help: "Webhook of the channel for " + e.What + "; `" + webhook.Name + "` if empty."}
	default:
		return nil
	}
}

// example is the name of the channel in examples.
func (e Event) example() string {
	return strings.TrimSuffix(strings.ReplaceAll(e.Channel, "_", "-"), "-channel")
}

// The events, with the defaults of a new record in all versions that know them.
var (
	alert = Event{Flag: "alert_events", Channel: "alert_channel", Default: true, ChannelLife: since("16.1"), What: "alerts"}

	commit = Event{Flag: "commit_events", Default: true, What: "commits"}

	confidentialIssues = Event{Flag: "confidential_issues_events", Channel: "confidential_issue_channel", Echo: "issue_channel",
		Default: true, What: "changes of confidential issues"}

	confidentialNote = Event{Flag: "confidential_note_events", Channel: "confidential_note_channel", Echo: "note_channel",
		Default: true, Life: since("10.7"), ChannelLife: since("16.1"), What: "comments on confidential issues"}

	deployment = Event{Flag: "deployment_events", Channel: "deployment_channel",
		Life: since("11.11"), ChannelLife: since("16.1"), What: "deployments that start or end"}

	incident = Event{Flag: "incident_events", Channel: "incident_channel",
		Life: since("15.7"), ChannelLife: since("15.7"), What: "changes of incidents"}

	issues = Event{Flag: "issues_events", Channel: "issue_channel", Default: true, What: "changes of issues"}

	mergeRequests = Event{Flag: "merge_requests_events", Channel: "merge_request_channel", Default: true, What: "changes of merge requests"}

	note = Event{Flag: "note_events", Channel: "note_channel", Default: true, What: "comments"}

	pipeline = Event{Flag: "pipeline_events", Channel: "pipeline_channel", Default: true, What: "pipelines that change their status"}

	push = Event{Flag: "push_events", Channel: "push_channel", Default: true, What: "pushes to the repository"}

	tagPush = Event{Flag: "tag_push_events", Channel: "tag_push_channel", Default: true, What: "new and removed tags"}

	vulnerability = Event{Flag: "vulnerability_events", Channel: "vulnerability_channel", Life: since("15.0"), ChannelLife: since("15.0"),
		What: "new vulnerabilities (GitLab Ultimate)"}

	wikiPage = Event{Flag: "wiki_page_events", Channel: "wiki_page_channel", Default: true, What: "changes of wiki pages"}
)

// notifications are the events that every chat service tells of.
var notifications = []Event{
	push, issues, confidentialIssues, mergeRequests, tagPush, note, confidentialNote, pipeline, wikiPage,
}
