data "gitlabservices_group_unify_circuit" "this" {
  group = "group/subgroup"
}
