variable "diffblue_cover_diffblue_license_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "diffblue_cover_diffblue_access_token_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments.
resource "gitlabservices_group_diffblue_cover" "this" {
  group                           = "group/subgroup"
  diffblue_license_key_wo         = var.diffblue_cover_diffblue_license_key
  diffblue_access_token_name      = "diffblue"
  diffblue_access_token_secret_wo = var.diffblue_cover_diffblue_access_token_secret
}
