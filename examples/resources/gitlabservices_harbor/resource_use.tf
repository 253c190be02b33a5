variable "harbor_passwords" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

# Each project pushes to a project of its own in Harbor, as a robot of that
# project.
resource "gitlabservices_harbor" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project      = each.value
  url          = "https://harbor.example.com"
  project_name = each.key
  username     = "robot-${each.key}"
  password_wo  = var.harbor_passwords[each.key]
}
