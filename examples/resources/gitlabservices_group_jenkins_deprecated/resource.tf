# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_jenkins_deprecated" "this" {
  group       = "group/subgroup"
  project_url = "https://jenkins.example.com/job/website/"
}
