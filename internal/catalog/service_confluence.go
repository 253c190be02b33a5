package catalog

var confluence = Service{
	Slug: "confluence", Title: "Confluence Workspace", Docs: "confluence-workspace", Purpose: Wiki, Since: "13.2",
	AlsoKnownAs: []string{"Atlassian Confluence Cloud"},
	Help:        "Replaces the link to the project's wiki by one to Confluence Cloud.",
	Params: []Param{
		String{Name: "confluence_url", Required: true, Example: "https://example.atlassian.net/wiki",
			Form: addressAt(`https?://[^\s/]+\.atlassian\.net/wiki(/\S*)?`,
				"must be the address of a Confluence Cloud, such as https://example.atlassian.net/wiki",
				"https://wiki.example.com", "https://example.atlassian.net"),
			Help: "Address of the Confluence workspace; self-managed Confluence is refused."},
	},
	Use: Use{
		For:  "Several {place}s lead to the wiki in Confluence.",
		Many: true,
	},
}
