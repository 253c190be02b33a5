# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_jenkins" "this" {
  project      = "group/project"
  jenkins_url  = "https://jenkins.example.com"
  project_name = "website"
}
