# Copy this file beside main.tf: Terraform 1.16 and later take import blocks in
# modules. The README says what to do before.

variable "adopt" {
  description = "Those of the projects in which the service is set up already: they are imported instead of being created. It may stay when they are."
  type        = set(string)
  default     = []
  nullable    = false
}

import {
  for_each = { for p in var.adopt : p => p if contains(keys(local.jira), p) }
  to       = gitlabservices_jira.this[each.key]
  id       = each.key
}

import {
  for_each = { for p in var.adopt : p => p if contains(keys(local.redmine), p) }
  to       = gitlabservices_redmine.this[each.key]
  id       = each.key
}

import {
  for_each = { for p in var.adopt : p => p if contains(keys(local.bugzilla), p) }
  to       = gitlabservices_bugzilla.this[each.key]
  id       = each.key
}

import {
  for_each = { for p in var.adopt : p => p if contains(keys(local.custom), p) }
  to       = gitlabservices_custom_issue_tracker.this[each.key]
  id       = each.key
}
