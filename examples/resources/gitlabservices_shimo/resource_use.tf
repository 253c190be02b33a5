# Each project has a folder of its own in Shimo.
resource "gitlabservices_shimo" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project           = each.value
  external_wiki_url = "https://shimo.example.com/folder/${each.key}"
}
