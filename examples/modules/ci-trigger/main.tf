locals {
  # What varies by server. A token is the server's secret for one project; a build
  # that is part of it has no name of its own.
  servers = {
    jenkins   = { title = "Jenkins", events = ["push", "tag_push", "merge_request"], token = false, build = true }
    teamcity  = { title = "TeamCity", events = ["push", "merge_request"], token = false, build = true }
    bamboo    = { title = "Bamboo", events = ["push"], token = true, build = false }
    buildkite = { title = "Buildkite", events = ["push", "tag_push", "merge_request"], token = true, build = true }
    drone     = { title = "Drone", events = ["push", "tag_push", "merge_request"], token = true, build = false }
  }
  # The first of several; the validation of var.server refuses those, and none.
  name   = try([for name, s in var.server : name if s != null][0], "jenkins")
  server = local.servers[local.name]

  projects = { for name in keys(local.servers) : name => name == local.name ? var.projects : {} }
  username = try(var.server[local.name].username, null)
  password = local.username == null ? null : var.password
  # A version without a secret would be refused.
  password_version = local.username == null ? null : var.secrets_version
}

resource "gitlabservices_jenkins" "this" {
  for_each = local.projects.jenkins

  project                 = each.key
  jenkins_url             = var.server.jenkins.url
  project_name            = each.value.build
  username                = local.username
  password_wo             = local.password
  password_wo_version     = local.password_version
  enable_ssl_verification = var.enable_ssl_verification

  push_events           = contains(var.events, "push")
  tag_push_events       = contains(var.events, "tag_push")
  merge_requests_events = contains(var.events, "merge_request")
}

resource "gitlabservices_teamcity" "this" {
  for_each = local.projects.teamcity

  project                 = each.key
  teamcity_url            = var.server.teamcity.url
  build_type              = each.value.build
  username                = local.username
  password_wo             = local.password
  password_wo_version     = local.password_version
  enable_ssl_verification = var.enable_ssl_verification

  push_events           = contains(var.events, "push")
  merge_requests_events = contains(var.events, "merge_request")
}

resource "gitlabservices_bamboo" "this" {
  for_each = local.projects.bamboo

  project                 = each.key
  bamboo_url              = var.server.bamboo.url
  build_key_wo            = var.tokens[each.key]
  build_key_wo_version    = var.secrets_version
  username                = local.username
  password_wo             = local.password
  password_wo_version     = local.password_version
  enable_ssl_verification = var.enable_ssl_verification

  push_events = contains(var.events, "push")
}

resource "gitlabservices_buildkite" "this" {
  for_each = local.projects.buildkite

  project          = each.key
  project_url      = "https://buildkite.com/${var.server.buildkite.organization}/${each.value.build}"
  token_wo         = var.tokens[each.key]
  token_wo_version = var.secrets_version

  push_events           = contains(var.events, "push")
  tag_push_events       = contains(var.events, "tag_push")
  merge_requests_events = contains(var.events, "merge_request")
}

resource "gitlabservices_drone_ci" "this" {
  for_each = local.projects.drone

  project                 = each.key
  drone_url               = var.server.drone.url
  token_wo                = var.tokens[each.key]
  token_wo_version        = var.secrets_version
  enable_ssl_verification = var.enable_ssl_verification

  push_events           = contains(var.events, "push")
  tag_push_events       = contains(var.events, "tag_push")
  merge_requests_events = contains(var.events, "merge_request")
}
