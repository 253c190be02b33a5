# Copy this file beside main.tf: Terraform 1.16 and later take import blocks in
# modules. The README says what to do before.

variable "adopt" {
  description = "Those of the projects in which the service is set up already: they are imported instead of being created. It may stay when they are."
  type        = set(string)
  default     = []
  nullable    = false
}

import {
  for_each = { for p in var.adopt : p => p if contains(keys(local.projects.jenkins), p) }
  to       = gitlabservices_jenkins.this[each.key]
  id       = each.key
}

import {
  for_each = { for p in var.adopt : p => p if contains(keys(local.projects.teamcity), p) }
  to       = gitlabservices_teamcity.this[each.key]
  id       = each.key
}

import {
  for_each = { for p in var.adopt : p => p if contains(keys(local.projects.bamboo), p) }
  to       = gitlabservices_bamboo.this[each.key]
  id       = each.key
}

import {
  for_each = { for p in var.adopt : p => p if contains(keys(local.projects.buildkite), p) }
  to       = gitlabservices_buildkite.this[each.key]
  id       = each.key
}

import {
  for_each = { for p in var.adopt : p => p if contains(keys(local.projects.drone), p) }
  to       = gitlabservices_drone_ci.this[each.key]
  id       = each.key
}
