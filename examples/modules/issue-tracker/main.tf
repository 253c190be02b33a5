locals {
  # One of these has elements.
  jira     = var.tracker.jira == null ? {} : var.projects
  redmine  = var.tracker.redmine == null ? {} : var.projects
  bugzilla = var.tracker.bugzilla == null ? {} : var.projects
  custom   = var.tracker.custom == null ? {} : var.projects

  # Each project's name in the tracker, as in an address.
  names = { for project, name in var.projects : project => replace(urlencode(name), "+", "%20") }
  root  = trimsuffix(try(coalesce(one(var.tracker.redmine[*].url), one(var.tracker.bugzilla[*].url)), ""), "/")
}

resource "gitlabservices_jira" "this" {
  for_each = local.jira

  project                  = each.key
  url                      = var.tracker.jira.url
  api_url                  = var.tracker.jira.api_url
  jira_auth_type           = var.tracker.jira.username == null ? 1 : 0
  username                 = var.tracker.jira.username
  password_wo              = var.jira_password
  password_wo_version      = var.jira_password_version
  jira_issue_transition_id = length(var.tracker.jira.transition_ids) == 0 ? null : join(",", var.tracker.jira.transition_ids)
  issues_enabled           = var.tracker.jira.show_issues
  project_keys             = var.tracker.jira.show_issues ? [each.value] : []
}

resource "gitlabservices_redmine" "this" {
  for_each = local.redmine

  project       = each.key
  project_url   = "${local.root}/projects/${local.names[each.key]}"
  issues_url    = "${local.root}/issues/:id"
  new_issue_url = "${local.root}/projects/${local.names[each.key]}/issues/new"
}

resource "gitlabservices_bugzilla" "this" {
  for_each = local.bugzilla

  project       = each.key
  project_url   = "${local.root}/describecomponents.cgi?product=${local.names[each.key]}"
  issues_url    = "${local.root}/show_bug.cgi?id=:id"
  new_issue_url = "${local.root}/enter_bug.cgi?product=${local.names[each.key]}"
}

resource "gitlabservices_custom_issue_tracker" "this" {
  for_each = local.custom

  project       = each.key
  project_url   = replace(var.tracker.custom.project_url, "{project}", local.names[each.key])
  issues_url    = replace(var.tracker.custom.issues_url, "{project}", local.names[each.key])
  new_issue_url = replace(var.tracker.custom.new_issue_url, "{project}", local.names[each.key])
}
