# Each group has a folder of its own in Shimo.
resource "gitlabservices_group_shimo" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group             = each.value
  external_wiki_url = "https://shimo.example.com/folder/${each.key}"
}
