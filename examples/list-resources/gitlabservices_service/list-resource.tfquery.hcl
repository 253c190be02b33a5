# All services of a group and of the projects in it.
list "gitlabservices_service" "group" {
  provider = gitlabservices
  limit    = 1000

  config {
    group            = "group"
    include_projects = true
  }
}

# One service, with its settings, in all projects that the token's owner maintains.
list "gitlabservices_service" "one" {
  provider         = gitlabservices
  limit            = 1000
  include_resource = true

  config {
    slug = "brand-new"
  }
}
