variable "slack_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Merge requests and failed pipelines of all branches have channels of their
# own; pushes are not shown.
resource "gitlabservices_group_slack" "web" {
  group                   = "acme/web"
  webhook_wo              = var.slack_webhook
  channel                 = "#website"
  branches_to_be_notified = "all"
  merge_request_channel   = "#website-review"
  pipeline_channel        = "#website-builds"
  push_events             = false
}
