# Needs no GitLab and no network: the mock answers in GitLab's place. The
# validation of variables is the module's own, and attributes are still checked
# by the provider.

mock_provider "gitlabservices" {}

variables {
  projects = { "group/website" = { build = "website" } }
  server   = { jenkins = { url = "https://jenkins.example.com" } }
}

run "one_server_is_set_up" {
  command = plan

  assert {
    condition     = output.server == "jenkins" && keys(gitlabservices_jenkins.this) == ["group/website"]
    error_message = "Jenkins was asked for, on one project."
  }
  assert {
    condition     = length(gitlabservices_teamcity.this) + length(gitlabservices_bamboo.this) + length(gitlabservices_buildkite.this) + length(gitlabservices_drone_ci.this) == 0
    error_message = "A second server is planned."
  }
}

run "no_server_is_refused" {
  command = plan

  variables {
    server = {}
  }

  expect_failures = [var.server]
}

run "two_servers_are_refused" {
  command = plan

  variables {
    server = {
      jenkins  = { url = "https://jenkins.example.com" }
      teamcity = { url = "https://teamcity.example.com" }
    }
  }

  expect_failures = [var.server]
}

run "an_address_without_a_scheme_is_refused" {
  command = plan

  variables {
    server = { jenkins = { url = "jenkins.example.com" } }
  }

  expect_failures = [var.server]
}

run "a_project_is_a_path_or_an_id" {
  command = plan

  variables {
    projects = { "website" = { build = "website" } }
  }

  expect_failures = [var.projects]
}

run "jenkins_wants_to_know_what_to_build" {
  command = plan

  variables {
    projects = { "group/website" = {} }
  }

  expect_failures = [var.projects]
}

run "drone_wants_a_token_for_each_project" {
  command = plan

  variables {
    projects = { "group/website" = {}, "group/api" = {} }
    server   = { drone = { url = "https://drone.example.com" } }
    tokens   = { "group/website" = "token" }
  }

  expect_failures = [var.tokens]
}

run "a_token_wants_its_project" {
  command = plan

  variables {
    projects = { "group/website" = {} }
    server   = { drone = { url = "https://drone.example.com" } }
    tokens   = { "group/website" = "token", "group/web-site" = "token" }
  }

  expect_failures = [var.tokens]
}

run "drone_wants_no_build" {
  command = plan

  variables {
    server = { drone = { url = "https://drone.example.com" } }
    tokens = { "group/website" = "token" }
  }

  expect_failures = [var.projects]
}

run "jenkins_wants_no_token" {
  command = plan

  variables {
    tokens = { "group/website" = "token" }
  }

  expect_failures = [var.tokens]
}

run "a_password_wants_a_user" {
  command = plan

  variables {
    password = "password"
  }

  expect_failures = [var.password]
}

run "a_user_wants_a_password" {
  command = plan

  variables {
    server = { teamcity = { url = "https://teamcity.example.com", username = "gitlab" } }
  }

  expect_failures = [var.password]
}

run "bamboo_knows_no_tags" {
  command = plan

  variables {
    projects = { "group/website" = {} }
    server   = { bamboo = { url = "https://bamboo.example.com" } }
    tokens   = { "group/website" = "WEB-MAIN" }
    events   = ["push", "tag_push"]
  }

  expect_failures = [var.events]
}

run "some_event_has_to_trigger" {
  command = plan

  variables {
    events = []
  }

  expect_failures = [var.events]
}

run "buildkite_is_always_verified" {
  command = plan

  variables {
    server                  = { buildkite = { organization = "example" } }
    tokens                  = { "group/website" = "token" }
    enable_ssl_verification = false
  }

  expect_failures = [var.enable_ssl_verification]
}
