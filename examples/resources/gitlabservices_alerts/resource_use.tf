# Several projects take alerts of other systems.
resource "gitlabservices_alerts" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project = each.value
}
