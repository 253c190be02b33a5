package catalog

var googlePlay = Service{
	Slug: "google-play", Title: "Google Play", Docs: "google-play", Purpose: Deployment, Since: "15.10",
	Help:        "Gives jobs the credentials to release apps to Google Play.",
	ProjectOnly: true,
	Params: []Param{
		String{Name: "package_name", Required: true, Example: "com.example.app",
			Form: patterned(`[A-Za-z]\w*(\.[A-Za-z]\w*)+`, "must be the name of a package, such as com.example.app", "example"),
			Help: "Name of the app's package."},
		String{Name: "service_account_key_file_name", Required: true, Example: "key.json",
			Help: "Name of the file that the key of the service account came in."},
		Secret{Name: "service_account_key", Required: true, Form: serviceAccountKey, Shown: Always, Example: exampleServiceAccountKey,
			Help: "Key of the service account of Google Cloud, in JSON."},
		Bool{Name: "google_play_protected_refs", Default: true, Life: since("16.10"),
			Help: "Whether only jobs of protected branches and tags get the key."},
	},
	Use: Use{
		For: "Feature branches may release to the internal test track: jobs of branches that are not protected get the key too.",
		Set: Set{"google_play_protected_refs": false},
	},
}
