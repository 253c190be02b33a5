# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_jenkins_deprecated" "this" {
  project     = "group/project"
  project_url = "https://jenkins.example.com/job/website/"
}
