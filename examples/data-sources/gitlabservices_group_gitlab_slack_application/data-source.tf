data "gitlabservices_group_gitlab_slack_application" "this" {
  group = "group/subgroup"
}
