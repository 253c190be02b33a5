# What is required.
resource "gitlabservices_group_alerts" "this" {
  group = "group/subgroup"
}
