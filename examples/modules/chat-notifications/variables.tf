variable "projects" {
  description = "Projects that notify: full paths or numeric ids."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.projects) > 0
    error_message = "At least one project has to notify."
  }
  validation {
    condition     = alltrue([for p in var.projects : can(regex("^([0-9]+|[^\\s/]+(/[^\\s/]+)+)$", p))])
    error_message = "A project is its full path or its numeric id, such as group/website or 42; this is neither: ${join(", ", [for p in var.projects : jsonencode(p) if !can(regex("^([0-9]+|[^\\s/]+(/[^\\s/]+)+)$", p))])}."
  }
}

variable "service" {
  description = "Where the notifications go: `slack`, `mattermost` or `microsoft-teams`."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["slack", "mattermost", "microsoft-teams"], var.service)
    error_message = "service is one of slack, mattermost and microsoft-teams."
  }
}

variable "webhook" {
  description = "Address of the incoming webhook. Ephemeral: it is kept neither in a plan nor in the state."
  type        = string
  ephemeral   = true
  sensitive   = true
  nullable    = false

  validation {
    condition     = can(regex("^https?://[^\\s/]+/\\S+$", var.webhook))
    error_message = "webhook is the whole address of an incoming webhook, which starts with https:// or http://."
  }
}

variable "webhook_version" {
  description = "Raise it to send a webhook that was rotated."
  type        = number
  default     = 1
  nullable    = false
}

variable "channels" {
  description = "Channel by event; up to 10 channels separated by commas. `\"\"` is the channel of the webhook, and the only one for Microsoft Teams. What is not listed does not notify. Events: `push`, `tag_push`, `issue`, `confidential_issue`, `merge_request`, `note`, `confidential_note`, `pipeline`, `wiki_page`; not for Microsoft Teams: `deployment`, `incident`, `vulnerability`; for Slack alone: `alert`."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.channels) > 0
    error_message = "channels has to name at least one event: a service without any would be silent."
  }
  validation {
    condition     = length(setsubtract(keys(var.channels), lookup(local.events, var.service, local.all))) == 0
    error_message = "${var.service} has no event ${join(", ", setsubtract(keys(var.channels), lookup(local.events, var.service, local.all)))}; it has ${join(", ", lookup(local.events, var.service, local.all))}."
  }
  validation {
    condition     = var.service != "microsoft-teams" || alltrue([for c in values(var.channels) : c == ""])
    error_message = "Microsoft Teams posts to the channel of its webhook alone: every event's channel has to be \"\"."
  }
  validation {
    condition     = alltrue([for c in values(var.channels) : c == null ? false : length(split(",", c)) <= 10])
    error_message = "An event has at most 10 channels, separated by commas; \"\" is the channel of the webhook, and null is not allowed."
  }
}

variable "branches" {
  description = "Branches that notify: `all`, `default`, `protected` or `default_and_protected`."
  type        = string
  default     = "default"
  nullable    = false

  validation {
    condition     = contains(["all", "default", "protected", "default_and_protected"], var.branches)
    error_message = "branches is one of all, default, protected and default_and_protected."
  }
}

variable "only_broken_pipelines" {
  description = "Whether to stay silent about pipelines that succeed."
  type        = bool
  default     = true
  nullable    = false
}

variable "username" {
  description = "Name that the messages carry; Slack and Mattermost."
  type        = string
  default     = null

  validation {
    condition     = var.username == null || var.service != "microsoft-teams"
    error_message = "Microsoft Teams shows no user name: leave username out."
  }
}
