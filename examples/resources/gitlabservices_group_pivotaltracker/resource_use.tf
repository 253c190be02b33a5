variable "pivotaltracker_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Only commits that reach the branches of releases comment on stories.
resource "gitlabservices_group_pivotaltracker" "web" {
  group              = "acme/web"
  token_wo           = var.pivotaltracker_token
  restrict_to_branch = "main,stable"
}
