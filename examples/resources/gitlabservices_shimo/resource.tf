# The required arguments.
resource "gitlabservices_shimo" "this" {
  project           = "group/project"
  external_wiki_url = "https://shimo.example.com/website"
}
