variable "hipchat_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_hipchat" "this" {
  project  = "group/project"
  token_wo = var.hipchat_token
}
