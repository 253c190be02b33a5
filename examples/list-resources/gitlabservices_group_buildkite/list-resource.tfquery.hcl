# In a group and the groups below it.
list "gitlabservices_group_buildkite" "group" {
  provider = gitlabservices
  limit    = 1000

  config {
    group             = "group"
    include_subgroups = true
  }
}

# In all groups that the token's owner maintains, with the settings.
list "gitlabservices_group_buildkite" "all" {
  provider         = gitlabservices
  limit            = 1000
  include_resource = true
}
