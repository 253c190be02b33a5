variable "matrix_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_matrix" "this" {
  project  = "group/project"
  token_wo = var.matrix_token
  room     = "!qPKKM111FFKKsfoCVy:matrix.org"
}
