data "gitlabservices_group_emails_on_push" "this" {
  group = "group/subgroup"
}
