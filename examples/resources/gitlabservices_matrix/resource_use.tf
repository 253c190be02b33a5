variable "matrix_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Messages about failed pipelines of all branches and merge requests, not about
# pushes, to a room of a self-managed server.
resource "gitlabservices_matrix" "website" {
  project                 = "acme/website"
  token_wo                = var.matrix_token
  room                    = "!website:example.com"
  hostname                = "https://matrix.example.com"
  branches_to_be_notified = "all"
  push_events             = false
  tag_push_events         = false
}
