# The required arguments.
resource "gitlabservices_group_alerts" "this" {
  group = "group/subgroup"
}
