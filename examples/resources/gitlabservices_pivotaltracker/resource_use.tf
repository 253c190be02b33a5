variable "pivotaltracker_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Only commits that reach the branches of releases comment on stories.
resource "gitlabservices_pivotaltracker" "website" {
  project            = "acme/website"
  token_wo           = var.pivotaltracker_token
  restrict_to_branch = "main,stable"
}
