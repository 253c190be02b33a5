package catalog

var flowdock = Service{
	Slug: "flowdock", Title: "Flowdock", Purpose: Chat,
	ProjectOnly: true, // Gone before groups had services, in 17.9.
	Gone:        Gone{In: "15.7", Why: "Flowdock shut down; use Slack or Microsoft Teams"},
	Help:        "Sends messages about pushes to a Flowdock flow.",
	Params: []Param{
		Secret{Name: "token", Required: true, Example: "flowdock-token", Help: "Source token of the flow."},
	},
	Events: []Event{push},
	Use: Use{
		For:  "Each {place} posts to a flow of its own.",
		Many: true,
	},
}
