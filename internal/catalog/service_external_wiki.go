package catalog

var externalWiki = Service{
	Slug: "external-wiki", Title: "External wiki", Docs: "external-wiki", Purpose: Wiki,
	Help: "Replaces the link to the project's wiki by one to another wiki.",
	Params: []Param{
		String{Name: "external_wiki_url", Required: true, Form: address, Example: "https://wiki.example.com/website",
			Help: "Address of the wiki."},
	},
	Peer: Peer{Types: []string{
		"gitlab_service_external_wiki", "gitlab_integration_external_wiki", "gitlab_project_integration_external_wiki",
	}},
	Use: Use{
		For:  "Each {place} has pages of its own in one wiki.",
		Many: true,
		Set:  Set{"external_wiki_url": "https://wiki.example.com/{name}"},
	},
}
