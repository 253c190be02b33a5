variable "teamcity_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Pushes start builds, by a TeamCity user who may do nothing else; merge
# requests start none of their own.
resource "gitlabservices_group_teamcity" "web" {
  group                 = "acme/web"
  teamcity_url          = "https://teamcity.example.com"
  build_type            = "Website_Build"
  username              = "gitlab-trigger"
  password_wo           = var.teamcity_password
  merge_requests_events = false
}
