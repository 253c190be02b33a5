locals {
  # The events of each service.
  every    = ["push", "tag_push", "issue", "confidential_issue", "merge_request", "note", "confidential_note", "pipeline", "wiki_page"]
  routable = concat(local.every, ["deployment", "incident", "vulnerability"])
  events = {
    slack           = concat(local.routable, ["alert"])
    mattermost      = local.routable
    microsoft-teams = local.every
  }
  all = distinct(flatten(values(local.events)))

  # By event. Without a channel of its own it goes to the webhook's.
  wanted  = { for event in local.all : event => contains(keys(var.channels), event) }
  channel = { for event in local.all : event => try(coalesce(var.channels[event]), null) }

  # Maps and not sets: Terraform takes several times as long over the
  # instances of a set.
  projects = { for service in keys(local.events) : service => { for p in var.projects : p => p if service == var.service } }

  services = concat(
    values(gitlabservices_slack.this),
    values(gitlabservices_mattermost.this),
    values(gitlabservices_microsoft_teams.this),
  )
}

resource "gitlabservices_slack" "this" {
  for_each = local.projects.slack

  project            = each.key
  webhook_wo         = var.webhook
  webhook_wo_version = var.webhook_version
  username           = var.username

  branches_to_be_notified      = var.branches
  notify_only_broken_pipelines = var.only_broken_pipelines

  push_events                = local.wanted.push
  tag_push_events            = local.wanted.tag_push
  issues_events              = local.wanted.issue
  confidential_issues_events = local.wanted.confidential_issue
  merge_requests_events      = local.wanted.merge_request
  note_events                = local.wanted.note
  confidential_note_events   = local.wanted.confidential_note
  pipeline_events            = local.wanted.pipeline
  wiki_page_events           = local.wanted.wiki_page
  deployment_events          = local.wanted.deployment
  incident_events            = local.wanted.incident
  vulnerability_events       = local.wanted.vulnerability
  alert_events               = local.wanted.alert

  push_channel               = local.channel.push
  tag_push_channel           = local.channel.tag_push
  issue_channel              = local.channel.issue
  confidential_issue_channel = local.channel.confidential_issue
  merge_request_channel      = local.channel.merge_request
  note_channel               = local.channel.note
  confidential_note_channel  = local.channel.confidential_note
  pipeline_channel           = local.channel.pipeline
  wiki_page_channel          = local.channel.wiki_page
  deployment_channel         = local.channel.deployment
  incident_channel           = local.channel.incident
  vulnerability_channel      = local.channel.vulnerability
  alert_channel              = local.channel.alert
}

resource "gitlabservices_mattermost" "this" {
  for_each = local.projects.mattermost

  project            = each.key
  webhook_wo         = var.webhook
  webhook_wo_version = var.webhook_version
  username           = var.username

  branches_to_be_notified      = var.branches
  notify_only_broken_pipelines = var.only_broken_pipelines

  push_events                = local.wanted.push
  tag_push_events            = local.wanted.tag_push
  issues_events              = local.wanted.issue
  confidential_issues_events = local.wanted.confidential_issue
  merge_requests_events      = local.wanted.merge_request
  note_events                = local.wanted.note
  confidential_note_events   = local.wanted.confidential_note
  pipeline_events            = local.wanted.pipeline
  wiki_page_events           = local.wanted.wiki_page
  deployment_events          = local.wanted.deployment
  incident_events            = local.wanted.incident
  vulnerability_events       = local.wanted.vulnerability

  push_channel               = local.channel.push
  tag_push_channel           = local.channel.tag_push
  issue_channel              = local.channel.issue
  confidential_issue_channel = local.channel.confidential_issue
  merge_request_channel      = local.channel.merge_request
  note_channel               = local.channel.note
  confidential_note_channel  = local.channel.confidential_note
  pipeline_channel           = local.channel.pipeline
  wiki_page_channel          = local.channel.wiki_page
  deployment_channel         = local.channel.deployment
  incident_channel           = local.channel.incident
  vulnerability_channel      = local.channel.vulnerability
}

resource "gitlabservices_microsoft_teams" "this" {
  for_each = local.projects["microsoft-teams"]

  project            = each.key
  webhook_wo         = var.webhook
  webhook_wo_version = var.webhook_version

  branches_to_be_notified      = var.branches
  notify_only_broken_pipelines = var.only_broken_pipelines

  push_events                = local.wanted.push
  tag_push_events            = local.wanted.tag_push
  issues_events              = local.wanted.issue
  confidential_issues_events = local.wanted.confidential_issue
  merge_requests_events      = local.wanted.merge_request
  note_events                = local.wanted.note
  confidential_note_events   = local.wanted.confidential_note
  pipeline_events            = local.wanted.pipeline
  wiki_page_events           = local.wanted.wiki_page
}
