package catalog

var alerts = Service{
	Slug: "alerts", Title: "Alerts endpoint", Purpose: Deployment, Since: "12.9",
	ProjectOnly: true, // Gone before groups had services, in 17.9.
	Gone:        Gone{In: "14.0", Why: "HTTP endpoints of GitLab's alert management replaced it"},
	Builds:      "GitLab Enterprise Edition up to 12.9, all since 12.10",
	Help:        "Takes alerts from other systems; GitLab generates the token that they need and shows it only in its web interface.",
	Use: Use{
		For:  "Several {place}s take alerts of other systems.",
		Many: true,
	},
}
