variable "git_guardian_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments.
resource "gitlabservices_group_git_guardian" "this" {
  group    = "group/subgroup"
  token_wo = var.git_guardian_token
}
