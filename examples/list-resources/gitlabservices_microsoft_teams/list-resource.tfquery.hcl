# In a group and the groups below it.
list "gitlabservices_microsoft_teams" "group" {
  provider = gitlabservices
  limit    = 1000

  config {
    group             = "group"
    include_subgroups = true
  }
}

# In all projects that the token's owner maintains, with the settings.
list "gitlabservices_microsoft_teams" "all" {
  provider         = gitlabservices
  limit            = 1000
  include_resource = true
}
