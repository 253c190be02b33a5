variable "gemnasium_api_keys" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

variable "gemnasium_tokens" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

# Several groups are watched, each by its name on gemnasium.com.
resource "gitlabservices_group_gemnasium" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group      = each.value
  api_key_wo = var.gemnasium_api_keys[each.key]
  token_wo   = var.gemnasium_tokens[each.key]
}
