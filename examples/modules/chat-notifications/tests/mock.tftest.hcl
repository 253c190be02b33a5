# Needs no GitLab and no network: the mock answers in GitLab's place. The
# validation of variables is the module's own, and attributes are still checked
# by the provider.

mock_provider "gitlabservices" {}

variables {
  projects = ["group/website", "42"]
  service  = "slack"
  webhook  = "https://hooks.slack.com/services/T0/B0/x"
  channels = {
    alert = "#oncall"
    push  = "#commits"
  }
}

run "one_service_is_set_up_on_every_project" {
  command = plan

  assert {
    condition     = keys(gitlabservices_slack.this) == ["42", "group/website"]
    error_message = "Slack was asked for, on both projects."
  }
  assert {
    condition     = length(gitlabservices_mattermost.this) + length(gitlabservices_microsoft_teams.this) == 0
    error_message = "A second service is planned."
  }
  assert {
    condition     = output.channels["42"] == { alert = "#oncall", push = "#commits" }
    error_message = "The channels are ${jsonencode(output.channels)}."
  }
}

run "what_is_not_listed_does_not_notify" {
  command = plan

  assert {
    condition     = gitlabservices_slack.this["42"].alert_events && gitlabservices_slack.this["42"].push_events
    error_message = "Alerts and pushes were asked for."
  }
  assert {
    condition = alltrue([
      for name, value in gitlabservices_slack.this["42"] : !value if endswith(name, "_events") && !contains(["alert_events", "push_events"], name)
    ])
    error_message = "Something else notifies."
  }
}

run "no_project_is_refused" {
  command = plan

  variables {
    projects = []
  }

  expect_failures = [var.projects]
}

run "a_project_is_a_path_or_an_id" {
  command = plan

  variables {
    projects = ["website"]
  }

  expect_failures = [var.projects]
}

run "an_unknown_service_is_refused" {
  command = plan

  variables {
    service = "teams"
  }

  expect_failures = [var.service]
}

run "a_webhook_is_an_address" {
  command = plan

  variables {
    webhook = "T0/B0/x"
  }

  expect_failures = [var.webhook]
}

run "silence_is_refused" {
  command = plan

  variables {
    channels = {}
  }

  expect_failures = [var.channels]
}

run "an_unknown_event_is_refused" {
  command = plan

  variables {
    channels = { pushes = "#commits" }
  }

  expect_failures = [var.channels]
}

run "mattermost_knows_no_alerts" {
  command = plan

  variables {
    service = "mattermost"
  }

  expect_failures = [var.channels]
}

run "eleven_channels_are_too_many" {
  command = plan

  variables {
    channels = { push = "#1,#2,#3,#4,#5,#6,#7,#8,#9,#10,#11" }
  }

  expect_failures = [var.channels]
}

run "teams_takes_no_channel" {
  command = plan

  variables {
    service  = "microsoft-teams"
    channels = { push = "#commits" }
  }

  expect_failures = [var.channels]
}

run "teams_takes_no_user_name" {
  command = plan

  variables {
    service  = "microsoft-teams"
    channels = { push = "" }
    username = "gitlab"
  }

  expect_failures = [var.username]
}

run "an_unknown_choice_of_branches_is_refused" {
  command = plan

  variables {
    branches = "main"
  }

  expect_failures = [var.branches]
}
