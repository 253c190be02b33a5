variable "pivotaltracker_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_pivotaltracker" "this" {
  project            = "group/project"
  token_wo           = var.pivotaltracker_token
  restrict_to_branch = "main,stable"
  push_events        = false
}
