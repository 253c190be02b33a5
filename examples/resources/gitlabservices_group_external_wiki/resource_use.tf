# Each group has pages of its own in one wiki.
resource "gitlabservices_group_external_wiki" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group             = each.value
  external_wiki_url = "https://wiki.example.com/${each.key}"
}
