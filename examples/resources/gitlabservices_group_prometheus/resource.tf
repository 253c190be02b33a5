# The required arguments.
resource "gitlabservices_group_prometheus" "this" {
  group   = "group/subgroup"
  api_url = "https://prometheus.example.com"
}
