# The required arguments.
resource "gitlabservices_confluence" "this" {
  project        = "group/project"
  confluence_url = "https://example.atlassian.net/wiki"
}
