package catalog

var emailsOnPush = Service{
	Slug: "emails-on-push", Title: "Emails on push", Docs: "emails-on-push", Purpose: Email,
	Help: "Sends the commits and the diff of each push by e-mail.",
	Params: []Param{
		String{Name: "recipients", Required: true, Example: "dev@example.com ops@example.com", Help: "E-mail addresses.",
			Form: list(blanks, "Separated by blanks, at most 750.", 750).doubts(`,`, "GitLab takes the text apart at blanks only. "+
				"With commas it is no list of addresses, and nobody gets a mail. Separate the addresses by blanks.",
				"dev@example.com,ops@example.com")},
		Bool{Name: "disable_diffs", Help: "Whether to leave out the diffs."},
		Bool{Name: "send_from_committer_email", Help: "Whether the mail comes from the committer, where the domain permits it."},
		branchesToBeNotified.since("12.10").or("all"),
	},
	Events: []Event{push, tagPush},
	Peer: Peer{Types: []string{
		"gitlab_service_emails_on_push", "gitlab_integration_emails_on_push", "gitlab_project_integration_emails_on_push",
	}},
	Use: Use{
		For: "Two lists learn of pushes to protected branches, by mails without the code.",
		Set: Set{
			"recipients": "dev@example.com release@example.com", "disable_diffs": true,
			"branches_to_be_notified": "protected",
		},
	},
}
