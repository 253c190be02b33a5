package catalog

var shimo = Service{
	Slug: "shimo", Title: "Shimo", Purpose: Wiki, Since: "14.5",
	ProjectOnly: true, // Gone before groups had services, in 17.9.
	Gone:        Gone{In: "16.0", Why: "`gitlabservices_external_wiki` can link to it"},
	Help:        "Replaces the link to the project's wiki by one to Shimo.",
	Note:        "GitLab before 15.4 has it only behind a feature flag.",
	Params: []Param{
		String{Name: "external_wiki_url", Required: true, Form: address, Example: "https://shimo.example.com/website",
			Help: "Address in Shimo."},
	},
	Use: Use{
		For:  "Each {place} has a folder of its own in Shimo.",
		Many: true,
		Set:  Set{"external_wiki_url": "https://shimo.example.com/folder/{name}"},
	},
}
