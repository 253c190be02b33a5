data "gitlabservices_emails_on_push" "this" {
  project = "group/project"
}
