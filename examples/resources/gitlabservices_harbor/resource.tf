variable "harbor_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments.
resource "gitlabservices_harbor" "this" {
  project      = "group/project"
  url          = "https://harbor.example.com"
  project_name = "website"
  username     = "robot-gitlab"
  password_wo  = var.harbor_password
}
