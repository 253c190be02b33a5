package catalog

var mockCI = Service{
	Slug: "mock-ci", Title: "Mock CI", Docs: "mock-ci", Purpose: CI,
	Help:   "Replaces an external CI server in the development of GitLab itself.",
	Builds: "development and test builds of GitLab only",
	Params: []Param{
		String{Name: "mock_service_url", Required: true, Form: address, Example: "https://mock-ci.example.com",
			Help: "Address of the mock CI server."},
		Bool{Name: "enable_ssl_verification", Default: true, Help: "Whether to verify the TLS certificate of the mock CI server."},
	},
	Events: []Event{push},
	Use: Use{
		For: "The mock server has a self-signed certificate.",
		Set: Set{"enable_ssl_verification": false},
	},
}
