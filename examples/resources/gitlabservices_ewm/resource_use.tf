# Each project has a project area of its own.
resource "gitlabservices_ewm" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project       = each.value
  new_issue_url = "https://ewm.example.com/ccm/web/projects/${each.key}#action=com.ibm.team.workitem.newWorkItem"
  issues_url    = "https://ewm.example.com/ccm/resource/itemName/com.ibm.team.workitem.WorkItem/:id"
  project_url   = "https://ewm.example.com/ccm/web/projects/${each.key}"
}
