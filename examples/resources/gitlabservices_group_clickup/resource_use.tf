# Each group has a list of its own in ClickUp.
resource "gitlabservices_group_clickup" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group       = each.value
  issues_url  = "https://app.clickup.com/t/:id"
  project_url = "https://app.clickup.com/1234567/v/l/${each.key}"
}
