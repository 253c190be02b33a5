# On a GitLab that has the projects demo/website and demo/api, as the fake GitLab
# has: fakegitlab -- terraform test. The first run refuses any other GitLab that
# nobody has named; the token is that of GITLAB_TOKEN.

provider "gitlabservices" {
  base_url = run.where_to_write.base_url
}

variables {
  projects = ["demo/website", "demo/api"]
  service  = "slack"
  webhook  = "https://hooks.slack.com/services/T0/B0/first"
  channels = {
    push     = "#commits"
    pipeline = "#builds,#oncall"
  }
}

run "where_to_write" {
  module {
    source = "./tests/gitlab"
  }
}

run "every_project_notifies" {
  assert {
    condition     = output.projects == tolist(["demo/api", "demo/website"])
    error_message = "Notifying: ${join(", ", output.projects)}."
  }
  assert {
    condition     = output.channels["demo/api"] == { pipeline = "#builds,#oncall", push = "#commits" }
    error_message = "GitLab holds ${jsonencode(output.channels)}."
  }
  assert {
    condition     = gitlabservices_slack.this["demo/website"].push_events && !gitlabservices_slack.this["demo/website"].issues_events
    error_message = "Only what channels lists may notify."
  }
}

# Nothing in a run tells that nothing was planned. What GitLab was asked does.
run "the_same_again_is_no_change" {
  assert {
    condition     = output.channels["demo/website"].push == "#commits"
    error_message = "GitLab answers ${jsonencode(output.channels)}."
  }
}

run "a_raised_version_sends_the_rotated_webhook" {
  variables {
    webhook         = "https://hooks.slack.com/services/T0/B0/second"
    webhook_version = 2
  }

  assert {
    condition     = alltrue([for s in gitlabservices_slack.this : s.webhook_wo_version == 2 && s.webhook == null && s.webhook_wo == null])
    error_message = "The version is in the state, and the webhook is not."
  }
}

run "an_event_that_is_left_out_falls_silent" {
  variables {
    webhook         = "https://hooks.slack.com/services/T0/B0/second"
    webhook_version = 2
    channels        = { push = "" }
  }

  assert {
    condition     = alltrue([for s in gitlabservices_slack.this : s.push_events && !s.pipeline_events])
    error_message = "Pipelines still notify."
  }
  assert {
    condition     = output.channels["demo/api"] == { push = "" }
    error_message = "GitLab holds ${jsonencode(output.channels)}."
  }
}

run "another_service_replaces_the_first" {
  variables {
    service  = "mattermost"
    webhook  = "https://mattermost.example.com/hooks/first"
    projects = ["demo/website"]
  }

  assert {
    condition     = length(gitlabservices_slack.this) == 0 && output.projects == tolist(["demo/website"])
    error_message = "Notifying: ${join(", ", output.projects)}."
  }
}

run "teams_has_one_channel" {
  variables {
    service  = "microsoft-teams"
    webhook  = "https://example.webhook.office.com/webhookb2/first"
    channels = { pipeline = "", merge_request = "" }
  }

  assert {
    condition     = output.channels["demo/api"] == { pipeline = "", merge_request = "" }
    error_message = "GitLab holds ${jsonencode(output.channels)}."
  }
}
