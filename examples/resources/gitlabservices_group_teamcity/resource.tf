# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_teamcity" "this" {
  group        = "group/subgroup"
  teamcity_url = "https://teamcity.example.com"
  build_type   = "Website_Build"
}
