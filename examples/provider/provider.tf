terraform {
  required_providers {
    gitlabservices = {
      source = "gitlabservices/gitlabservices"
    }
  }
}

# Everything is optional: GITLAB_BASE_URL and GITLAB_TOKEN do as well.
provider "gitlabservices" {
  base_url = "https://gitlab.example.com"
}

variable "slack_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Parameters have GitLab's own names.
resource "gitlabservices_slack" "website" {
  project                      = "group/website"
  webhook_wo                   = var.slack_webhook
  channel                      = "#website"
  notify_only_broken_pipelines = true
  tag_push_events              = false
}
