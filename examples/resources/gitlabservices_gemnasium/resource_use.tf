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

# Several projects are watched, each by its name on gemnasium.com.
resource "gitlabservices_gemnasium" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project    = each.value
  api_key_wo = var.gemnasium_api_keys[each.key]
  token_wo   = var.gemnasium_tokens[each.key]
}
