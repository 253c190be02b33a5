# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_teamcity" "this" {
  project      = "group/project"
  teamcity_url = "https://teamcity.example.com"
  build_type   = "Website_Build"
}
