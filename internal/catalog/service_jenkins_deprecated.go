package catalog

var jenkinsDeprecated = Service{
	Slug: "jenkins-deprecated", Title: "Jenkins CI (Deprecated)", Purpose: CI,
	ProjectOnly: true, // Gone before groups had services, in 17.9.
	Gone:        Gone{In: "13.0", Why: "`gitlabservices_jenkins` replaced it"},
	Help:        "Starts Jenkins builds through the GitLab Hook plugin of Jenkins.",
	Builds:      "GitLab EE only",
	Params: []Param{
		String{Name: "project_url", Required: true, Form: address, Example: "https://jenkins.example.com/job/website/",
			Help: "Address of the Jenkins project."},
		Bool{Name: "multiproject_enabled", Help: "Whether the GitLab Hook plugin runs in multi-project mode."},
		Bool{Name: "pass_unstable", Help: "Whether unstable builds count as passed."},
	},
	Events: []Event{push},
	Use: Use{
		For: "The hook serves several projects of Jenkins, and unstable builds count as passed.",
		Set: Set{"multiproject_enabled": true, "pass_unstable": true},
	},
}
