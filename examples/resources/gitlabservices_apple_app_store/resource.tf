variable "apple_app_store_app_store_private_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments.
resource "gitlabservices_apple_app_store" "this" {
  project                         = "group/project"
  app_store_issuer_id             = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"
  app_store_key_id                = "ABC123DEFG"
  app_store_private_key_file_name = "AuthKey_ABC123DEFG.p8"
  app_store_private_key_wo        = var.apple_app_store_app_store_private_key
}
