package catalog

var kubernetes = Service{
	Slug: "kubernetes", Title: "Kubernetes", Purpose: Deployment,
	ProjectOnly: true, // Gone before groups had services, in 17.9.
	Gone:        Gone{In: "12.2", Why: "GitLab's clusters, later its agent for Kubernetes, replaced it"},
	Help:        "Connects a project to a Kubernetes or OpenShift cluster.",
	Params: []Param{
		String{Name: "namespace", Required: true, Form: namespaceName, Example: "website",
			Help: "Namespace in the cluster; GitLab's own choice if empty."},
		String{Name: "api_url", Required: true, Form: address, Example: "https://kubernetes.example.com",
			Help: "Address of the cluster's API."},
		Secret{Name: "token", Required: true, Example: "kubernetes-token", Help: "Token of a service account."},
		String{Name: "ca_pem", Example: "-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----",
			Help: "Certificates, in PEM, that the API's certificate is checked with."},
	},
	Use: Use{
		For: "The API of the cluster has a certificate of a private authority.",
		Set: Set{"namespace": "website-production", "ca_pem": nil},
	},
}
