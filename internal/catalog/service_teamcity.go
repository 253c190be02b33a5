package catalog

var teamcity = Service{
	Slug: "teamcity", Title: "JetBrains TeamCity", Docs: "jetbrains-teamcity", Purpose: CI,
	Help: "Starts TeamCity builds on pushes and merge requests and shows their results.",
	Note: "The build configuration must use the build number format `%build.vcs.number%` and watch all branches.",
	Params: []Param{
		String{Name: "teamcity_url", Required: true, Form: address, Example: "https://teamcity.example.com",
			Help: "Root address of the TeamCity server."},
		String{Name: "build_type", Required: true, Example: "Website_Build", Help: "Id of the build configuration."},
		Bool{Name: "enable_ssl_verification", Default: true, Life: since("15.7"),
			Stricter: "Documented as true; a new record of a server of one's own reads false.",
			Help:     "Whether to verify the TLS certificate of the TeamCity server."},
		Login{
			Username: String{Name: "username", Example: "gitlab", Help: "User who may start builds, where TeamCity wants one."},
			Password: Secret{Name: "password", Example: "teamcity-password", Help: "Password of that user."},
			Null:     true, Each: true,
		},
	},
	Events: []Event{push, mergeRequests.since("12.1")},
	Use: Use{
		For: "Pushes start builds, by a TeamCity user who may do nothing else; merge requests start none of their own.",
		Set: Set{"username": "gitlab-trigger", "merge_requests_events": false},
	},
}
