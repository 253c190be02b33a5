data "gitlabservices_group_kubernetes" "this" {
  group = "group/subgroup"
}
