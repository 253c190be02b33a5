variable "pivotaltracker_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_pivotaltracker" "this" {
  group    = "group/subgroup"
  token_wo = var.pivotaltracker_token
}
