variable "pivotaltracker_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_pivotaltracker" "this" {
  group    = "group/subgroup"
  token_wo = var.pivotaltracker_token
}
