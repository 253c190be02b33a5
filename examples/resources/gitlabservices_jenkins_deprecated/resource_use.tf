# The hook serves several projects of Jenkins, and unstable builds count as
# passed.
resource "gitlabservices_jenkins_deprecated" "website" {
  project              = "acme/website"
  project_url          = "https://jenkins.example.com/job/website/"
  multiproject_enabled = true
  pass_unstable        = true
}
