# The required arguments.
resource "gitlabservices_prometheus" "this" {
  project = "group/project"
  api_url = "https://prometheus.example.com"
}
