variable "jenkins_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Merge requests and tags start builds too, by a Jenkins user who may do nothing
# else.
resource "gitlabservices_jenkins" "website" {
  project               = "acme/website"
  jenkins_url           = "https://jenkins.example.com"
  project_name          = "website"
  username              = "gitlab-trigger"
  password_wo           = var.jenkins_password
  merge_requests_events = true
  tag_push_events       = true
}
