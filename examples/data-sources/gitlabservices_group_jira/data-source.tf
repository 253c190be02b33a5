data "gitlabservices_group_jira" "this" {
  group = "group/subgroup"
}
