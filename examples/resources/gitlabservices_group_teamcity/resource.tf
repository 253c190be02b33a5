# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_teamcity" "this" {
  group        = "group/subgroup"
  teamcity_url = "https://teamcity.example.com"
  build_type   = "Website_Build"
}
