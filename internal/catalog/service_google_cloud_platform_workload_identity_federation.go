package catalog

var googleCloudPlatformWorkloadIdentityFederation = Service{
	Slug: "google-cloud-platform-workload-identity-federation", Title: "Google Cloud IAM",
	Docs: "google-cloud-identity-and-access-management-iam", Purpose: Deployment, Since: "16.10",
	AlsoKnownAs: []string{"workload identity federation"},
	Builds:      "GitLab.com only",
	Withheld:    true,
	Help:        "Lets jobs sign in to Google Cloud by the identity that GitLab gives them.",
	Params: []Param{
		String{Name: "workload_identity_federation_project_id", Required: true, Example: "example-project",
			Form: patterned(`[a-z0-9-]{6,30}`, "must be 6 to 30 lower-case letters, digits and hyphens", "My Project"),
			Help: "Id of the project in Google Cloud."},
		String{Name: "workload_identity_federation_project_number", Required: true, Form: wholeNumber, Example: "123456789012",
			Help: "Number of the project in Google Cloud."},
		String{Name: "workload_identity_pool_id", Required: true, Form: identityPool, Example: "gitlab-pool",
			Help: "Id of the workload identity pool."},
		String{Name: "workload_identity_pool_provider_id", Required: true, Form: identityPool, Example: "gitlab-provider",
			Help: "Id of the provider in the pool."},
	},
	Use: Use{
		For:  "Each {place} signs in by a provider of its own, so that Google Cloud can distinguish them.",
		Many: true,
		Set:  Set{"workload_identity_pool_provider_id": "gitlab-{name}"},
	},
}

var identityPool = patterned(`[a-z0-9-]{4,32}`, "must be 4 to 32 lower-case letters, digits and hyphens", "gcp")
