# A service that this provider has no resource for, by GitLab's own names.
resource "gitlabservices_service" "this" {
  project = "group/project"
  slug    = "brand-new"

  settings = {
    server_url = "https://brand-new.example.com"
  }
}
