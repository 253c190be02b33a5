# Several groups take alerts of other systems.
resource "gitlabservices_group_alerts" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group = each.value
}
