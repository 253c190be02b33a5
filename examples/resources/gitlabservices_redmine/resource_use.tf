# Each project has a project of its own in Redmine.
resource "gitlabservices_redmine" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project       = each.value
  new_issue_url = "https://redmine.example.com/projects/${each.key}/issues/new"
  issues_url    = "https://redmine.example.com/issues/:id"
  project_url   = "https://redmine.example.com/projects/${each.key}"
}
