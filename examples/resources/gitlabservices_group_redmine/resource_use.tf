# Each group has a project of its own in Redmine.
resource "gitlabservices_group_redmine" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group         = each.value
  new_issue_url = "https://redmine.example.com/projects/${each.key}/issues/new"
  issues_url    = "https://redmine.example.com/issues/:id"
  project_url   = "https://redmine.example.com/projects/${each.key}"
}
