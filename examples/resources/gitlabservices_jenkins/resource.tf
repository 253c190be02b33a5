# The required arguments. All events that default to true trigger it.
resource "gitlabservices_jenkins" "this" {
  project      = "group/project"
  jenkins_url  = "https://jenkins.example.com"
  project_name = "website"
}
