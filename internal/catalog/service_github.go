package catalog

var github = Service{
	Slug: "github", Title: "GitHub", Docs: "github", Purpose: CI, Since: "10.6",
	Builds:      "GitLab Enterprise Edition only, with Premium or Ultimate",
	Withheld:    true,
	ProjectOnly: true,
	Help:        "Reports the status of pipelines to commits and pull requests on GitHub.",
	Params: []Param{
		Secret{Name: "token", Required: true, Example: "ghp-example", Help: "Access token of GitHub with the scope `repo:status`."},
		String{Name: "repository_url", Required: true, Form: address, Example: "https://github.com/example/website",
			Help: "Address of the repository on GitHub."},
		Bool{Name: "static_context", Default: true, Life: since("12.9"),
			Help: "Whether the name of the status has the host of GitLab in it and not the branch, so that GitHub can require it."},
	},
	Events: []Event{pipeline},
	Peer: Peer{
		Types:     []string{"gitlab_service_github", "gitlab_integration_github", "gitlab_project_integration_github"},
		RecordIDs: true,
	},
	Use: Use{
		For:  "Each {place} reports to its mirror on GitHub.",
		Many: true,
		Set:  Set{"repository_url": "https://github.com/example/{name}"},
	},
}
