data "gitlabservices_group_packagist" "this" {
  group = "group/subgroup"
}
