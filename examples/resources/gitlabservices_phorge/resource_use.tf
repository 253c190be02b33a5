# Each project has a tag of its own in Phorge.
resource "gitlabservices_phorge" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project     = each.value
  issues_url  = "https://phorge.example.com/T:id"
  project_url = "https://phorge.example.com/tag/${each.key}/"
}
