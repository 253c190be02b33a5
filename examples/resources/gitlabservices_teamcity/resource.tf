# The required arguments. All events that default to true trigger it.
resource "gitlabservices_teamcity" "this" {
  project      = "group/project"
  teamcity_url = "https://teamcity.example.com"
  build_type   = "Website_Build"
}
