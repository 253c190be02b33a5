package catalog

var droneCI = Service{
	Slug: "drone-ci", Title: "Drone", Docs: "drone", Purpose: CI,
	Help: "Starts Drone builds on pushes, tags and merge requests and shows their results.",
	Params: []Param{
		Secret{Name: "token", Required: true, Form: oneLine, Example: "drone-token", Help: "Token that Drone issued for the project."},
		String{Name: "drone_url", Required: true, Form: address, Example: "https://drone.example.com",
			Help: "Address of the Drone server."},
		Bool{Name: "enable_ssl_verification", Default: true, Help: "Whether to verify the TLS certificate of the Drone server.",
			Stricter: "Documented as true; a new record of a server of one's own reads false."},
	},
	Events: []Event{push, mergeRequests.since("12.0"), tagPush},
	Use: Use{
		For: "Drone builds branches and tags; a merge request shows the build of its branch.",
		Set: Set{"merge_requests_events": false},
	},
}
