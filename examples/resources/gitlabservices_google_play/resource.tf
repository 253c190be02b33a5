variable "google_play_service_account_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments.
resource "gitlabservices_google_play" "this" {
  project                       = "group/project"
  package_name                  = "com.example.app"
  service_account_key_file_name = "key.json"
  service_account_key_wo        = var.google_play_service_account_key
}
