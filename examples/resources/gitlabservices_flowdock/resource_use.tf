variable "flowdock_tokens" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

# Each project posts to a flow of its own.
resource "gitlabservices_flowdock" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project  = each.value
  token_wo = var.flowdock_tokens[each.key]
}
