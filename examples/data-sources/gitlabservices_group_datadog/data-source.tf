data "gitlabservices_group_datadog" "this" {
  group = "group/subgroup"
}
