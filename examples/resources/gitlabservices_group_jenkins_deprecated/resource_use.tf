# The hook serves several projects of Jenkins, and unstable builds count as
# passed.
resource "gitlabservices_group_jenkins_deprecated" "web" {
  group                = "acme/web"
  project_url          = "https://jenkins.example.com/job/website/"
  multiproject_enabled = true
  pass_unstable        = true
}
