variable "teamcity_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_teamcity" "this" {
  group                 = "group/subgroup"
  teamcity_url          = "https://teamcity.example.com"
  build_type            = "Website_Build"
  username              = "gitlab"
  password_wo           = var.teamcity_password
  push_events           = false
  merge_requests_events = false
}
