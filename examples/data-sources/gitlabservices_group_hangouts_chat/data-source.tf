data "gitlabservices_group_hangouts_chat" "this" {
  group = "group/subgroup"
}
