# The required arguments.
resource "gitlabservices_external_wiki" "this" {
  project           = "group/project"
  external_wiki_url = "https://wiki.example.com/website"
}
