variable "projects" {
  description = "What each project is set up with, by the project's full path."
  type = map(object({
    channel    = string
    jira_keys  = list(string)
    recipients = string
    build      = string
  }))
  default = {
    "demo/website" = {
      channel    = "#website"
      jira_keys  = ["WEB"]
      recipients = "web@example.com,oncall@example.com"
      build      = "website"
    }
    "demo/api" = {
      channel    = "#api"
      jira_keys  = ["API", "OPS"]
      recipients = "api@example.com"
      build      = "api"
    }
  }
}

# Ephemeral values are in no plan and in no state.

variable "slack_webhook" {
  description = "Incoming webhook of the Slack app."
  type        = string
  ephemeral   = true
  sensitive   = true
}

variable "jira_password" {
  description = "API token of the Jira user."
  type        = string
  ephemeral   = true
  sensitive   = true
}

variable "jenkins_password" {
  description = "API token of the Jenkins user."
  type        = string
  ephemeral   = true
  sensitive   = true
}
