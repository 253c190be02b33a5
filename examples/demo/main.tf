resource "gitlabservices_slack" "this" {
  for_each = var.projects

  project    = each.key
  webhook_wo = var.slack_webhook
  username   = "gitlab"
  channel    = each.value.channel

  branches_to_be_notified = "default_and_protected"
  wiki_page_events        = false
}

resource "gitlabservices_jira" "this" {
  for_each = var.projects

  project        = each.key
  url            = "https://jira.example.com"
  username       = "gitlab@example.com"
  password_wo    = var.jira_password
  issues_enabled = true
  project_keys   = each.value.jira_keys
}

resource "gitlabservices_pipelines_email" "this" {
  for_each = var.projects

  project                 = each.key
  recipients              = each.value.recipients
  branches_to_be_notified = "default"
}

resource "gitlabservices_jenkins" "this" {
  for_each = var.projects

  project      = each.key
  jenkins_url  = "https://jenkins.example.com"
  project_name = each.value.build
  username     = "gitlab"
  password_wo  = var.jenkins_password
}
