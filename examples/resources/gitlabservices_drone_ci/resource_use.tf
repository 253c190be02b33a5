variable "drone_ci_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Drone builds branches and tags; a merge request shows the build of its branch.
resource "gitlabservices_drone_ci" "website" {
  project               = "acme/website"
  token_wo              = var.drone_ci_token
  drone_url             = "https://drone.example.com"
  merge_requests_events = false
}
