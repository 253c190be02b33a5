# The required arguments.
resource "gitlabservices_group_external_wiki" "this" {
  group             = "group/subgroup"
  external_wiki_url = "https://wiki.example.com/website"
}
