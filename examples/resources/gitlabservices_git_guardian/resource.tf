variable "git_guardian_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments.
resource "gitlabservices_git_guardian" "this" {
  project  = "group/project"
  token_wo = var.git_guardian_token
}
