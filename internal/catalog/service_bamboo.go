package catalog

var bamboo = Service{
	Slug: "bamboo", Title: "Atlassian Bamboo", Docs: "atlassian-bamboo", Purpose: CI,
	Help: "Starts Bamboo builds on pushes and shows their results.",
	Note: "Bamboo needs a repository trigger and automatic revision labels.",
	Params: []Param{
		String{Name: "bamboo_url", Required: true, Form: address, Example: "https://bamboo.example.com",
			Help: "Root address of the Bamboo server."},
		Secret{Name: "build_key", Required: true, Example: "WEB-MAIN", Help: "Key of the Bamboo build plan."},
		Bool{Name: "enable_ssl_verification", Default: true, Life: since("15.7"),
			Help: "Whether to verify the TLS certificate of the Bamboo server."},
		Login{
			Username: String{Name: "username", Example: "gitlab", Help: "User with access to the Bamboo API, where it wants one."},
			Password: Secret{Name: "password", Example: "bamboo-password", Help: "Password of that user."},
			Null:     true, Each: true,
		},
	},
	Events: []Event{push},
	Use: Use{
		For: "Builds are started by a Bamboo user who may do nothing else.",
		Set: Set{"build_key": nil, "username": "gitlab-trigger"},
	},
}
