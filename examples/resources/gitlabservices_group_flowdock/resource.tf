variable "flowdock_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_flowdock" "this" {
  group    = "group/subgroup"
  token_wo = var.flowdock_token
}
