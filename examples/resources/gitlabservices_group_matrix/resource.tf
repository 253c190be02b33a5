variable "matrix_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_matrix" "this" {
  group                   = "group/subgroup"
  token_wo                = var.matrix_token
  room                    = "!qPKKM111FFKKsfoCVy:matrix.org"
  hostname                = "https://matrix.example.com"
  branches_to_be_notified = "all"
  push_events             = false
  issues_events           = false
}
