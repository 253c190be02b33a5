data "gitlabservices_group_pipelines_email" "this" {
  group = "group/subgroup"
}
