resource "gitlabservices_jenkins_deprecated" "this" {
  project     = "group/project"
  project_url = "https://jenkins.example.com/job/website/"
  push_events = false
}
