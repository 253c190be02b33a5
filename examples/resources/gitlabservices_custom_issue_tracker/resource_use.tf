# Each project has issues of its own in the tracker.
resource "gitlabservices_custom_issue_tracker" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project       = each.value
  new_issue_url = "https://tracker.example.com/${each.key}/issues/new"
  issues_url    = "https://tracker.example.com/${each.key}/issues/:id"
  project_url   = "https://tracker.example.com/${each.key}"
}
