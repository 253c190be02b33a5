# Each project has a product of its own in Bugzilla.
resource "gitlabservices_bugzilla" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project       = each.value
  new_issue_url = "https://bugzilla.example.com/enter_bug.cgi?product=${each.key}"
  issues_url    = "https://bugzilla.example.com/show_bug.cgi?id=:id"
  project_url   = "https://bugzilla.example.com/describecomponents.cgi?product=${each.key}"
}
