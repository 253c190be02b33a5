# Several projects lead to the wiki in Confluence.
resource "gitlabservices_confluence" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project        = each.value
  confluence_url = "https://example.atlassian.net/wiki"
}
