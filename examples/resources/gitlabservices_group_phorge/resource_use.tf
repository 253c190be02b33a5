# Each group has a tag of its own in Phorge.
resource "gitlabservices_group_phorge" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group       = each.value
  issues_url  = "https://phorge.example.com/T:id"
  project_url = "https://phorge.example.com/tag/${each.key}/"
}
