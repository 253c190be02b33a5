data "gitlabservices_group_external_wiki" "this" {
  group = "group/subgroup"
}
