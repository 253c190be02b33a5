data "gitlabservices_services" "this" {
  project = "group/project"
}

output "active" {
  value = data.gitlabservices_services.this.services[*].slug
}

# A rule over all projects of a group and the groups below it.
check "nobody_mails_on_push" {
  data "gitlabservices_services" "group" {
    group             = "group"
    include_subgroups = true
  }

  assert {
    condition     = !contains(data.gitlabservices_services.group.services[*].slug, "emails-on-push")
    error_message = "E-mail on push is for no project of the group."
  }
}
