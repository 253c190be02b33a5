# Each project has a project of its own in YouTrack.
resource "gitlabservices_youtrack" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project     = each.value
  issues_url  = "https://youtrack.example.com/issue/:id"
  project_url = "https://youtrack.example.com/projects/${each.key}"
}
