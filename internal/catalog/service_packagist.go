package catalog

var packagist = Service{
	Slug: "packagist", Title: "Packagist", Docs: "packagist", Purpose: Deployment, Since: "10.2",
	Help: "Updates the project's package on Packagist on pushes, tags and merge requests.",
	Params: []Param{
		String{Name: "username", Required: true, Example: "example", Help: "User name on Packagist."},
		Secret{Name: "token", Required: true, Example: "packagist-api-token", Help: "API token of that user."},
		String{Name: "server", Form: address, Example: "https://packagist.example.com",
			Help: "Address of the Packagist server; `https://packagist.org` if empty."},
	},
	Events: []Event{push, mergeRequests.since("12.0"), tagPush},
	Use: Use{
		For: "A Packagist server of one's own learns of pushes and tags; merge requests publish nothing.",
		Set: Set{"server": nil, "merge_requests_events": false},
	},
}
