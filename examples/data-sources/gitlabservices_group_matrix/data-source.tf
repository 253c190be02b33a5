data "gitlabservices_group_matrix" "this" {
  group = "group/subgroup"
}
