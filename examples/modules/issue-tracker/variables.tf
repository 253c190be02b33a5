variable "projects" {
  description = "What each project is called in the tracker, by its full path or numeric id in GitLab: the key of the Jira project, the identifier of the Redmine project, the product of Bugzilla, or the text for `{project}` in the addresses of a custom tracker."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.projects) > 0
    error_message = "At least one project has to use the tracker."
  }
  validation {
    condition     = alltrue([for p in keys(var.projects) : can(regex("^([0-9]+|[^\\s/]+(/[^\\s/]+)+)$", p))])
    error_message = "A project is its full path or its numeric id, such as group/website or 42; this is neither: ${join(", ", [for p in keys(var.projects) : jsonencode(p) if !can(regex("^([0-9]+|[^\\s/]+(/[^\\s/]+)+)$", p))])}."
  }
  validation {
    condition     = alltrue([for name in values(var.projects) : name != null && name != ""])
    error_message = "Nothing says what these projects are called in the tracker: ${join(", ", [for p, name in var.projects : p if name == null || name == ""])}."
  }
  validation {
    condition     = var.tracker.jira == null || alltrue([for name in values(var.projects) : can(regex("^[A-Z][A-Z0-9_]+$", name))])
    error_message = "The key of a Jira project has capitals, digits and underscores, such as WEB; this is none: ${join(", ", [for name in values(var.projects) : jsonencode(name) if !can(regex("^[A-Z][A-Z0-9_]+$", name))])}."
  }
}

variable "tracker" {
  description = "The tracker: exactly one of `jira`, `redmine`, `bugzilla` and `custom`. Jira without a `username` takes `jira_password` for a personal access token; `show_issues` (GitLab Premium) lists the issues of Jira in GitLab. The addresses of a custom tracker may hold `{project}`, and `issues_url` has to hold `:id`."
  type = object({
    jira = optional(object({
      url            = string
      api_url        = optional(string)
      username       = optional(string)
      transition_ids = optional(list(number), [])
      show_issues    = optional(bool, false)
    }))
    redmine  = optional(object({ url = string }))
    bugzilla = optional(object({ url = string }))
    custom = optional(object({
      project_url   = string
      issues_url    = string
      new_issue_url = string
    }))
  })
  nullable = false

  validation {
    condition     = length([for t in var.tracker : t if t != null]) == 1
    error_message = "GitLab has one issue tracker a project: set exactly one of jira, redmine, bugzilla and custom, not ${length([for t in var.tracker : t if t != null])}."
  }
  validation {
    condition = alltrue([
      for url in flatten([for t in var.tracker : t == null ? [] : [for name, value in t : value if endswith(name, "url") && value != null]]) :
      can(regex("^https?://[^\\s/]+", url))
    ])
    error_message = "An address starts with https:// or http:// and a host."
  }
  validation {
    condition     = var.tracker.custom == null || strcontains(try(var.tracker.custom.issues_url, ""), ":id")
    error_message = "issues_url of a custom tracker has to hold :id, where the number of an issue goes."
  }
}

variable "jira_password" {
  description = "Password, API token or personal access token for Jira, required with `tracker.jira`. Ephemeral: it is kept neither in a plan nor in the state."
  type        = string
  default     = ""
  ephemeral   = true
  sensitive   = true
  nullable    = false

  validation {
    condition     = (var.tracker.jira != null) == (var.jira_password != "")
    error_message = "jira_password belongs to tracker.jira: set both or neither."
  }
}

variable "jira_password_version" {
  description = "Raise it to send a password that was rotated. GitLab leaves no sign of a password that was changed there, so raise it then, too."
  type        = number
  default     = 1
  nullable    = false
}
