# The required arguments. All events that default to true trigger it.
resource "gitlabservices_jenkins_deprecated" "this" {
  project     = "group/project"
  project_url = "https://jenkins.example.com/job/website/"
}
