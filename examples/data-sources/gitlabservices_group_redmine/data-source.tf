data "gitlabservices_group_redmine" "this" {
  group = "group/subgroup"
}
