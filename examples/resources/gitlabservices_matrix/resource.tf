variable "matrix_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_matrix" "this" {
  project  = "group/project"
  token_wo = var.matrix_token
  room     = "!qPKKM111FFKKsfoCVy:matrix.org"
}
