package catalog

var googleCloudPlatformArtifactRegistry = Service{
	Slug: "google-cloud-platform-artifact-registry", Title: "Google Artifact Management", Docs: "google-artifact-management",
	Purpose: Deployment, Since: "16.9",
	AlsoKnownAs: []string{"Google Artifact Registry"},
	Builds:      "GitLab.com only",
	ProjectOnly: true,
	Withheld:    true,
	Help:        "Shows the images of a repository of Google's Artifact Registry in the project.",
	Params: []Param{
		String{Name: "artifact_registry_project_id", Required: true, Example: "example-project",
			Help: "Id of the project in Google Cloud."},
		String{Name: "artifact_registry_repositories", Required: true, Example: "website", Help: "Name of the repository."},
		String{Name: "artifact_registry_location", Required: true, Example: "europe-west1", Help: "Location of the repository."},
	},
	Use: Use{
		For:  "Each {place} has a repository of its own in the registry.",
		Many: true,
		Set:  Set{"artifact_registry_repositories": "{name}"},
	},
}
