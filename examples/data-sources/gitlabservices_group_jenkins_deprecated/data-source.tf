data "gitlabservices_group_jenkins_deprecated" "this" {
  group = "group/subgroup"
}
