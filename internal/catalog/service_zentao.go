package catalog

var zentao = Service{
	Slug: "zentao", Title: "ZenTao", Purpose: IssueTracker, Since: "14.5",
	Apart: true,
	Help:  "Shows the issues of a ZenTao product in the project.",
	Note:  "Of today's GitLab only JiHu's build has it for projects: others answer \"Integration not available\".",
	Params: []Param{
		String{Name: "url", Required: true, Form: address, Example: "https://zentao.example.com",
			Help: "Address of the ZenTao web interface."},
		String{Name: "api_url", Form: address, Example: "https://api.zentao.example.com",
			Help: "Address of the ZenTao API where it is not the one of the web interface."},
		Secret{Name: "api_token", Required: true, Example: "zentao-token", Help: "Token of the ZenTao API.",
			Unwatched: "GitLab stores it where no time stamp moves."},
		String{Name: "zentao_product_xid", Required: true, Example: "1", Help: "Number of the product in ZenTao."},
	},
	Use: Use{
		For: "The API has an address of its own, and the product is not the first one.",
		Set: Set{"api_url": nil, "zentao_product_xid": "12"},
	},
}
