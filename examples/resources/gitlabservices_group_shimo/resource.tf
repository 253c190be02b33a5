# The required arguments.
resource "gitlabservices_group_shimo" "this" {
  group             = "group/subgroup"
  external_wiki_url = "https://shimo.example.com/website"
}
