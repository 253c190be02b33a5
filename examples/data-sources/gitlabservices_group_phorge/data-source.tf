data "gitlabservices_group_phorge" "this" {
  group = "group/subgroup"
}
