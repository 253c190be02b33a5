package catalog

var harbor = Service{
	Slug: "harbor", Title: "Harbor", Docs: "harbor", Purpose: Deployment, Since: "15.0",
	Help: "Shows the images of a Harbor project and gives jobs the credentials to push to it.",
	Params: []Param{
		String{Name: "url", Required: true, Form: address, Example: "https://harbor.example.com", Help: "Address of the Harbor server."},
		String{Name: "project_name", Required: true, Example: "website",
			Form: patterned(`[a-z0-9]+([._-][a-z0-9]+)*`,
				"must be lower-case letters and digits, with single dots, hyphens or underscores between them", "My Project").upTo(255),
			Help: "Name of the project in Harbor."},
		String{Name: "username", Required: true, Example: "robot-gitlab", Help: "User name."},
		Secret{Name: "password", Required: true, Example: "harbor-password",
			Form: patterned(`\S{8,}`+lineEnd, "must have at least 8 characters and no blanks, so that logs of jobs can mask it", "short"),
			Help: "Password or token of that user."},
	},
	Peer: Peer{
		Types:      []string{"gitlab_integration_harbor", "gitlab_project_integration_harbor"},
		GroupTypes: []string{"gitlab_group_integration_harbor"},
	},
	Use: Use{
		For:  "Each {place} pushes to a project of its own in Harbor, as a robot of that project.",
		Many: true,
		Set:  Set{"url": nil, "project_name": "{name}", "username": "robot-{name}"},
	},
}
