package catalog

var jenkins = Service{
	Slug: "jenkins", Title: "Jenkins", Docs: "jenkins", Purpose: CI,
	ProjectOnly: true,
	Builds:      "GitLab EE up to 12.x, all since 13.x",
	Help:        "Starts Jenkins builds on pushes, tags and merge requests and shows their results.",
	Params: []Param{
		String{Name: "jenkins_url", Required: true, Form: address, Example: "https://jenkins.example.com",
			Help: "Root address of the Jenkins server."},
		String{Name: "project_name", Required: true, Form: addressPart, Example: "website",
			Help: "Name of the Jenkins project, as in its address."},
		Bool{Name: "enable_ssl_verification", Default: true, Life: since("15.7"),
			Help: "Whether to verify the TLS certificate of the Jenkins server."},
		Login{
			Username: String{Name: "username", Example: "gitlab", Help: "User of the Jenkins server, where it wants one."},
			Password: Secret{Name: "password", Example: "jenkins-api-token", Help: "Password or API token of that user."},
			Resets:   "jenkins_url",
		},
	},
	Events: []Event{push, mergeRequests.off(), tagPush.off()},
	Peer: Peer{
		Types:   []string{"gitlab_integration_jenkins", "gitlab_project_integration_jenkins"},
		Renamed: map[string]string{"merge_request_events": "merge_requests_events"},
	},
	Use: Use{
		For: "Merge requests and tags start builds too, by a Jenkins user who may do nothing else.",
		Set: Set{"username": "gitlab-trigger", "merge_requests_events": true, "tag_push_events": true},
	},
}
