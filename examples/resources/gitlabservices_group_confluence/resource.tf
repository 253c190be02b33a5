# The required arguments.
resource "gitlabservices_group_confluence" "this" {
  group          = "group/subgroup"
  confluence_url = "https://example.atlassian.net/wiki"
}
