variable "projects" {
  description = "Projects whose changes trigger builds, by full path or numeric id. `build` is what they trigger: the name of the Jenkins project, the id of the TeamCity build configuration, or the slug of the Buildkite pipeline; Bamboo and Drone want none."
  type        = map(object({ build = optional(string) }))
  nullable    = false

  validation {
    condition     = length(var.projects) > 0
    error_message = "At least one project has to trigger builds."
  }
  validation {
    condition     = alltrue([for p in keys(var.projects) : can(regex("^([0-9]+|[^\\s/]+(/[^\\s/]+)+)$", p))])
    error_message = "A project is its full path or its numeric id, such as group/website or 42; this is neither: ${join(", ", [for p in keys(var.projects) : jsonencode(p) if !can(regex("^([0-9]+|[^\\s/]+(/[^\\s/]+)+)$", p))])}."
  }
  validation {
    condition     = alltrue([for p in var.projects : (p.build != null) == local.server.build])
    error_message = local.server.build ? "${local.server.title} has to know what to build; build is missing for ${join(", ", [for path, p in var.projects : path if p.build == null])}." : "${local.server.title} finds the build by the project's token: leave build out and set tokens."
  }
}

variable "server" {
  description = "The CI server: exactly one of `jenkins`, `teamcity`, `bamboo`, `buildkite` and `drone`. A `username` goes with `password`."
  type = object({
    jenkins   = optional(object({ url = string, username = optional(string) }))
    teamcity  = optional(object({ url = string, username = optional(string) }))
    bamboo    = optional(object({ url = string, username = optional(string) }))
    buildkite = optional(object({ organization = string }))
    drone     = optional(object({ url = string }))
  })
  nullable = false

  validation {
    condition     = length([for s in var.server : s if s != null]) == 1
    error_message = "Set exactly one of jenkins, teamcity, bamboo, buildkite and drone, not ${length([for s in var.server : s if s != null])}."
  }
  validation {
    condition     = alltrue([for s in var.server : can(regex("^https?://[^\\s/]+", s.url)) if can(s.url)])
    error_message = "url starts with https:// or http:// and a host."
  }
}

variable "password" {
  description = "Password or API token of `username`. Ephemeral: it is kept neither in a plan nor in the state."
  type        = string
  default     = ""
  ephemeral   = true
  sensitive   = true
  nullable    = false

  validation {
    condition     = (var.password != "") == (local.username != null)
    error_message = "password belongs to the username of jenkins, teamcity or bamboo: set both or neither."
  }
}

variable "tokens" {
  description = "By project, the secret by which the server knows it: the token of Buildkite or Drone, the build key of Bamboo. The others want none. Ephemeral: kept neither in a plan nor in the state."
  type        = map(string)
  default     = {}
  ephemeral   = true
  sensitive   = true
  nullable    = false

  validation {
    condition     = !local.server.token || length(setsubtract(keys(var.projects), [for p, token in var.tokens : p if token != null && token != ""])) == 0
    error_message = "${local.server.title} wants a token for each project: tokens needs a key for each of ${join(", ", keys(var.projects))}."
  }
  validation {
    condition     = length(setsubtract(keys(var.tokens), keys(var.projects))) == 0
    error_message = "tokens has a key that is none of the projects: ${join(", ", keys(var.projects))}."
  }
  validation {
    condition     = local.server.token || length(var.tokens) == 0
    error_message = "${local.server.title} wants no tokens: leave them out."
  }
}

variable "secrets_version" {
  description = "Raise it to send a password or tokens that were rotated."
  type        = number
  default     = 1
  nullable    = false
}

variable "events" {
  description = "What triggers a build: `push`, `tag_push` (not TeamCity and Bamboo), `merge_request` (not Bamboo)."
  type        = set(string)
  default     = ["push"]
  nullable    = false

  validation {
    condition     = length(var.events) > 0
    error_message = "events has to name at least one event: nothing would trigger a build."
  }
  validation {
    condition     = length(setsubtract(var.events, local.server.events)) == 0
    error_message = "${local.server.title} is not triggered by ${join(", ", setsubtract(var.events, local.server.events))}; it has ${join(", ", local.server.events)}."
  }
}

variable "enable_ssl_verification" {
  description = "Whether GitLab verifies the TLS certificate of the server; it always does with Buildkite."
  type        = bool
  default     = true
  nullable    = false

  validation {
    condition     = var.enable_ssl_verification || var.server.buildkite == null
    error_message = "Buildkite's certificate is always verified: leave enable_ssl_verification out."
  }
}
