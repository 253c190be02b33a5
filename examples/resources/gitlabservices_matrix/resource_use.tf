variable "matrix_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# A room on a server of one's own is told of failed pipelines of all branches
# and of merge requests; not of pushes.
resource "gitlabservices_matrix" "website" {
  project                 = "acme/website"
  token_wo                = var.matrix_token
  room                    = "!website:example.com"
  hostname                = "https://matrix.example.com"
  branches_to_be_notified = "all"
  push_events             = false
  tag_push_events         = false
}
