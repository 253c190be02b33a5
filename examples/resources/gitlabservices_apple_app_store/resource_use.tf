variable "apple_app_store_app_store_private_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Feature branches may bring builds to TestFlight: jobs of branches that are not
# protected get the key too.
resource "gitlabservices_apple_app_store" "website" {
  project                         = "acme/website"
  app_store_issuer_id             = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"
  app_store_key_id                = "ABC123DEFG"
  app_store_private_key_file_name = "AuthKey_ABC123DEFG.p8"
  app_store_private_key_wo        = var.apple_app_store_app_store_private_key
  app_store_protected_refs        = false
}
