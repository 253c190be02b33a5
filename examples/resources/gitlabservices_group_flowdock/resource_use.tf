variable "flowdock_tokens" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

# Each group posts to a flow of its own.
resource "gitlabservices_group_flowdock" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group    = each.value
  token_wo = var.flowdock_tokens[each.key]
}
