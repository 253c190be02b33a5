variable "asana_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Only commits that reach the branches of releases comment on Asana tasks and
# close them.
resource "gitlabservices_asana" "website" {
  project            = "acme/website"
  api_key_wo         = var.asana_api_key
  restrict_to_branch = "main,stable"
}
