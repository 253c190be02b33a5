variable "harbor_passwords" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

# Each group pushes to a project of its own in Harbor, as a robot of that
# project.
resource "gitlabservices_group_harbor" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group        = each.value
  url          = "https://harbor.example.com"
  project_name = each.key
  username     = "robot-${each.key}"
  password_wo  = var.harbor_passwords[each.key]
}
