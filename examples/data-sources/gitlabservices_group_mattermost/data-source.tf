data "gitlabservices_group_mattermost" "this" {
  group = "group/subgroup"
}
