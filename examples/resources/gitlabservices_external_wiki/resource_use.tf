# Each project has pages of its own in one wiki.
resource "gitlabservices_external_wiki" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project           = each.value
  external_wiki_url = "https://wiki.example.com/${each.key}"
}
