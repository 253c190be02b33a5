variable "matrix_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_matrix" "this" {
  group    = "group/subgroup"
  token_wo = var.matrix_token
  room     = "!qPKKM111FFKKsfoCVy:matrix.org"
}
