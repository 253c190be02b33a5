package catalog

var prometheus = Service{
	Slug: "prometheus", Title: "Prometheus", Purpose: Deployment, Since: "9.0",
	ProjectOnly: true, // Gone before groups had services, in 17.9.
	Gone:        Gone{In: "17.8", Why: "GitLab's observability replaced it"},
	// GitLab 10.5 to 12.3 do not know manual_configuration, so that the service
	// stays inactive after a PUT that set it up.
	ExistsWhile: "api_url",
	Help:        "Reads metrics of deployments from a Prometheus server.",
	Params: []Param{
		String{Name: "api_url", Required: true, Form: address, Example: "https://prometheus.example.com",
			Help: "Root address of the Prometheus API."},
		Bool{Name: "manual_configuration", Default: true, Life: between("16.1", "17.7"),
			Stricter: "Without it the service stays inactive.",
			Help:     "Whether to use these settings rather than those of a cluster."},
		String{Name: "google_iap_audience_client_id", Life: between("13.1", "17.7"), Example: "1234.apps.googleusercontent.com",
			Help: "Client id of the resource behind Google's Identity-Aware Proxy."},
		Secret{Name: "google_iap_service_account_json", Each: true, Shown: Always, Life: between("13.1", "17.7"),
			Example: "{\"type\":\"service_account\"}",
			Help:    "Credentials, in JSON, of the service account for Google's Identity-Aware Proxy."},
	},
	Use: Use{
		For: "The server is behind Google's Identity-Aware Proxy.",
		Set: Set{"google_iap_audience_client_id": nil, "google_iap_service_account_json": nil},
	},
}
