variable "matrix_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_matrix" "this" {
  project                 = "group/project"
  token_wo                = var.matrix_token
  room                    = "!qPKKM111FFKKsfoCVy:matrix.org"
  hostname                = "https://matrix.example.com"
  branches_to_be_notified = "all"
  push_events             = false
  issues_events           = false
}
