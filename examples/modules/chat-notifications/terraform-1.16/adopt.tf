# Copy this file beside main.tf: Terraform 1.16 and later take import blocks in
# modules. The README says what to do before.

variable "adopt" {
  description = "Those of the projects in which the service is set up already: they are imported instead of being created. It may stay when they are."
  type        = set(string)
  default     = []
  nullable    = false
}

import {
  for_each = { for p in var.adopt : p => p if contains(keys(local.projects.slack), p) }
  to       = gitlabservices_slack.this[each.key]
  id       = each.key
}

import {
  for_each = { for p in var.adopt : p => p if contains(keys(local.projects.mattermost), p) }
  to       = gitlabservices_mattermost.this[each.key]
  id       = each.key
}

import {
  for_each = { for p in var.adopt : p => p if contains(keys(local.projects["microsoft-teams"]), p) }
  to       = gitlabservices_microsoft_teams.this[each.key]
  id       = each.key
}
