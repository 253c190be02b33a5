variable "pivotaltracker_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_pivotaltracker" "this" {
  group              = "group/subgroup"
  token_wo           = var.pivotaltracker_token
  restrict_to_branch = "main,stable"
  push_events        = false
}
