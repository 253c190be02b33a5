package catalog

var buildkite = Service{
	Slug: "buildkite", Title: "Buildkite", Docs: "buildkite", Purpose: CI,
	Help: "Starts Buildkite pipelines on pushes, tags and merge requests and shows their results.",
	Params: []Param{
		Secret{Name: "token", Required: true, Example: "buildkite-webhook-token:buildkite-status-token",
			Help: "Token that Buildkite shows in the settings of the pipeline."},
		String{Name: "project_url", Required: true, Form: address, Example: "https://buildkite.com/example/website",
			Help: "Address of the Buildkite pipeline."},
		Bool{Name: "enable_ssl_verification", Default: true, Help: "Whether to verify TLS certificates; GitLab 14 and later always do.",
			Stricter: "Documented as true; 10.5 leaves it unset."},
	},
	Events: []Event{push, mergeRequests.since("15.8"), tagPush.since("15.8")},
	Use: Use{
		For: "Buildkite builds pushes and tags; a merge request shows the build of its branch and has none of its own.",
		Set: Set{"merge_requests_events": false},
	},
}
