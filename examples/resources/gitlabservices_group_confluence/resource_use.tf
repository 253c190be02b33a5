# Several groups lead to the wiki in Confluence.
resource "gitlabservices_group_confluence" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group          = each.value
  confluence_url = "https://example.atlassian.net/wiki"
}
