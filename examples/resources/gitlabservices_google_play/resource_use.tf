variable "google_play_service_account_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Feature branches may release to the internal test track: jobs of branches that
# are not protected get the key too.
resource "gitlabservices_google_play" "website" {
  project                       = "acme/website"
  package_name                  = "com.example.app"
  service_account_key_file_name = "key.json"
  service_account_key_wo        = var.google_play_service_account_key
  google_play_protected_refs    = false
}
