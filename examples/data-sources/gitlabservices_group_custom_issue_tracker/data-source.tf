data "gitlabservices_group_custom_issue_tracker" "this" {
  group = "group/subgroup"
}
