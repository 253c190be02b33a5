variable "jenkins_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_jenkins" "this" {
  project               = "group/project"
  jenkins_url           = "https://jenkins.example.com"
  project_name          = "website"
  username              = "gitlab"
  password_wo           = var.jenkins_password
  push_events           = false
  merge_requests_events = true
}
