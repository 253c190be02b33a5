package catalog

var diffblueCover = Service{
	Slug: "diffblue-cover", Title: "Diffblue Cover", Docs: "diffblue-cover", Purpose: CI, Since: "16.11",
	Help: "Gives jobs the credentials to write unit tests of Java code with Diffblue Cover.",
	Params: []Param{
		Secret{Name: "diffblue_license_key", Required: true, Example: "XXXX-YYYY-ZZZZ-WWWW", Help: "Licence key of Diffblue Cover."},
		String{Name: "diffblue_access_token_name", Required: true, Example: "diffblue",
			Help: "Name of the project access token with which jobs write to GitLab."},
		Secret{Name: "diffblue_access_token_secret", Required: true, Example: "glpat-example",
			Help: "Project access token with which jobs write to GitLab."},
	},
	Use: Use{
		For:  "Each {place} lets Diffblue Cover write with an access token of its own.",
		Many: true,
	},
}
