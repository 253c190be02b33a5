package catalog

var gemnasium = Service{
	Slug: "gemnasium", Title: "Gemnasium", Purpose: Deployment,
	ProjectOnly: true, // Gone before groups had services, in 17.9.
	Gone:        Gone{In: "11.3", Why: "GitLab's own dependency scanning replaced it"},
	Help:        "Watches the project's dependencies and warns of updates and vulnerabilities.",
	Params: []Param{
		Secret{Name: "api_key", Required: true, Example: "gemnasium-api-key", Help: "Personal API key on gemnasium.com."},
		Secret{Name: "token", Required: true, Example: "website",
			Help: "Slug of the project on gemnasium.com, which GitLab treats as a secret."},
	},
	Events: []Event{push},
	Use: Use{
		For:  "Several {place}s are watched, each by its name on gemnasium.com.",
		Many: true,
	},
}
