package catalog

var gitGuardian = Service{
	Slug: "git-guardian", Title: "GitGuardian", Docs: "gitguardian", Purpose: Security, Since: "16.9",
	Builds: "GitLab Enterprise Edition only",
	Help:   "Refuses pushes in which GitGuardian finds secrets.",
	Params: []Param{
		Secret{Name: "token", Required: true, Example: "gitguardian-token", Help: "Token of the GitGuardian API with the scope `scan`."},
		String{Name: "api_url", Life: since("19.5"), Example: "https://api.eu1.gitguardian.com",
			Form: addressAt(`https://[^\s/]\S*`, "must be an address that starts with https://", "http://api.gitguardian.com"),
			Help: "Address of the GitGuardian API; `https://api.gitguardian.com` if empty."},
	},
	Use: Use{
		For:  "Several {place}s refuse pushes with secrets, each with a token that can be revoked alone.",
		Many: true,
	},
}
