# Each project has a list of its own in ClickUp.
resource "gitlabservices_clickup" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project     = each.value
  issues_url  = "https://app.clickup.com/t/:id"
  project_url = "https://app.clickup.com/1234567/v/l/${each.key}"
}
