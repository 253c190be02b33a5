variable "diffblue_cover_diffblue_license_keys" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

variable "diffblue_cover_diffblue_access_token_secrets" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

# Each project lets Diffblue Cover write with an access token of its own.
resource "gitlabservices_diffblue_cover" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project                         = each.value
  diffblue_license_key_wo         = var.diffblue_cover_diffblue_license_keys[each.key]
  diffblue_access_token_name      = "diffblue"
  diffblue_access_token_secret_wo = var.diffblue_cover_diffblue_access_token_secrets[each.key]
}
