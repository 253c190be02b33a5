# Merge requests have a channel of their own, and failed pipelines of protected
# branches are shown.
resource "gitlabservices_group_gitlab_slack_application" "web" {
  group                   = "acme/web"
  channel                 = "#website"
  branches_to_be_notified = "protected"
  merge_request_channel   = "#website-review"
  merge_requests_events   = true
  pipeline_events         = true
}
