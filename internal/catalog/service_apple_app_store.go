package catalog

var appleAppStore = Service{
	Slug: "apple-app-store", Title: "Apple App Store Connect", Docs: "apple-app-store-connect", Purpose: Deployment, Since: "15.8",
	AlsoKnownAs: []string{"TestFlight"},
	Help:        "Gives jobs the credentials to release apps to the Apple App Store.",
	ProjectOnly: true,
	Params: []Param{
		String{Name: "app_store_issuer_id", Required: true, Example: "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
			Form: patterned(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`, "must be a UUID in lower case, as App Store Connect shows it",
				"AAAAAAAA-BBBB-CCCC-DDDD-0123456789AB"),
			Help: "Id of the issuer of the private key."},
		String{Name: "app_store_key_id", Required: true, Example: "ABC123DEFG",
			Form: patterned(`[A-Z0-9]*([A-Z][0-9]|[0-9][A-Z])[A-Z0-9]*`, "must be capital letters and digits, some of each", "abc123defg"),
			Help: "Id of the private key."},
		String{Name: "app_store_private_key_file_name", Required: true, Life: since("15.10"), Example: "AuthKey_ABC123DEFG.p8",
			Help: "Name of the file that the private key came in."},
		Secret{Name: "app_store_private_key", Required: true, Form: privateKey, Shown: Always, Example: examplePrivateKey,
			Help: "Private key of App Store Connect, in PEM."},
		Bool{Name: "app_store_protected_refs", Default: true, Life: since("16.10"),
			Help: "Whether only jobs of protected branches and tags get the key."},
	},
	Use: Use{
		For: "Feature branches may bring builds to TestFlight: jobs of branches that are not protected get the key too.",
		Set: Set{"app_store_protected_refs": false},
	},
}
