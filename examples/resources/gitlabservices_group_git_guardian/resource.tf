variable "git_guardian_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required.
resource "gitlabservices_group_git_guardian" "this" {
  group    = "group/subgroup"
  token_wo = var.git_guardian_token
}
