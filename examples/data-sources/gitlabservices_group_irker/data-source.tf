data "gitlabservices_group_irker" "this" {
  group = "group/subgroup"
}
