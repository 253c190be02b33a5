# Needs no GitLab and no network: the mock answers in GitLab's place. The
# validation of variables is the module's own, and attributes are still checked
# by the provider.

mock_provider "gitlabservices" {}

variables {
  projects = { "group/website" = "WEB" }
  tracker  = { redmine = { url = "https://redmine.example.com" } }
}

run "one_tracker_is_set_up" {
  command = plan

  assert {
    condition     = output.tracker == "redmine" && keys(gitlabservices_redmine.this) == ["group/website"]
    error_message = "Redmine was asked for, on one project."
  }
  assert {
    condition     = length(gitlabservices_jira.this) + length(gitlabservices_bugzilla.this) + length(gitlabservices_custom_issue_tracker.this) == 0
    error_message = "A second tracker is planned."
  }
}

run "no_tracker_is_refused" {
  command = plan

  variables {
    tracker = {}
  }

  expect_failures = [var.tracker]
}

run "two_trackers_are_refused" {
  command = plan

  variables {
    tracker = {
      redmine  = { url = "https://redmine.example.com" }
      bugzilla = { url = "https://bugzilla.example.com" }
    }
  }

  expect_failures = [var.tracker]
}

run "an_address_without_a_scheme_is_refused" {
  command = plan

  variables {
    tracker = { redmine = { url = "redmine.example.com" } }
  }

  expect_failures = [var.tracker]
}

run "issues_of_a_custom_tracker_have_a_number" {
  command = plan

  variables {
    tracker = {
      custom = {
        project_url   = "https://issues.example.com/{project}"
        issues_url    = "https://issues.example.com/{project}/issue"
        new_issue_url = "https://issues.example.com/{project}/new"
      }
    }
  }

  expect_failures = [var.tracker]
}

run "jira_wants_a_password" {
  command = plan

  variables {
    tracker = { jira = { url = "https://jira.example.com" } }
  }

  expect_failures = [var.jira_password]
}

run "a_password_wants_jira" {
  command = plan

  variables {
    jira_password = "password"
  }

  expect_failures = [var.jira_password]
}

run "jira_has_keys_in_capitals" {
  command = plan

  variables {
    projects      = { "group/website" = "website" }
    tracker       = { jira = { url = "https://jira.example.com" } }
    jira_password = "password"
  }

  expect_failures = [var.projects]
}

run "a_project_is_a_path_or_an_id" {
  command = plan

  variables {
    projects = { "website" = "WEB" }
  }

  expect_failures = [var.projects]
}

run "a_project_has_a_name_in_the_tracker" {
  command = plan

  variables {
    projects = { "group/website" = "" }
  }

  expect_failures = [var.projects]
}

run "no_project_is_refused" {
  command = plan

  variables {
    projects = {}
  }

  expect_failures = [var.projects]
}
