# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_jenkins_deprecated" "this" {
  group       = "group/subgroup"
  project_url = "https://jenkins.example.com/job/website/"
}
