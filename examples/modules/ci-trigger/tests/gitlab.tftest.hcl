# On a GitLab that has the projects demo/website and demo/api, as the fake GitLab
# has: fakegitlab -- terraform test. The first run refuses any other GitLab that
# nobody has named; the token is that of GITLAB_TOKEN.

provider "gitlabservices" {
  base_url = run.where_to_write.base_url
}

variables {
  projects = {
    "demo/website" = { build = "website" }
    "demo/api"     = { build = "api" }
  }
  # Terraform before 1.17 cannot apply a run that leaves an ephemeral variable to
  # its default: https://github.com/hashicorp/terraform/issues/38974
  password = ""
  tokens   = {}
}

run "where_to_write" {
  module {
    source = "./tests/gitlab"
  }
}

run "jenkins_builds_pushes_and_merge_requests" {
  variables {
    server   = { jenkins = { url = "https://jenkins.example.com", username = "gitlab" } }
    password = "first-password"
    events   = ["push", "merge_request"]
  }

  assert {
    condition     = output.server == "jenkins" && output.urls["demo/api"] == "https://jenkins.example.com"
    error_message = "GitLab triggers ${output.server} at ${jsonencode(output.urls)}."
  }
  assert {
    condition     = gitlabservices_jenkins.this["demo/website"].project_name == "website"
    error_message = "Each project has a build of its own."
  }
  assert {
    condition     = alltrue([for s in gitlabservices_jenkins.this : s.push_events && s.merge_requests_events && !s.tag_push_events])
    error_message = "Only what events lists may trigger a build."
  }
  assert {
    condition     = alltrue([for s in gitlabservices_jenkins.this : s.password_wo == null && s.password == null && s.password_wo_version == 1])
    error_message = "The password is in the state."
  }
}

run "jenkins_with_a_rotated_password" {
  variables {
    server          = { jenkins = { url = "https://jenkins.example.com", username = "gitlab" } }
    password        = "second-password"
    secrets_version = 2
  }

  assert {
    condition     = alltrue([for s in gitlabservices_jenkins.this : s.password_wo_version == 2])
    error_message = "The new password was not sent."
  }
}

run "jenkins_without_a_user" {
  variables {
    server = { jenkins = { url = "https://jenkins.example.com" } }
  }

  assert {
    condition     = alltrue([for s in gitlabservices_jenkins.this : s.username == null && s.password_wo_version == null])
    error_message = "The user is still there."
  }
}

run "teamcity_in_place_of_jenkins" {
  variables {
    server   = { teamcity = { url = "https://teamcity.example.com", username = "gitlab" } }
    password = "teamcity-password"
  }

  assert {
    condition     = length(gitlabservices_jenkins.this) == 0 && gitlabservices_teamcity.this["demo/api"].build_type == "api"
    error_message = "GitLab triggers ${output.server} at ${jsonencode(output.urls)}."
  }
}

run "bamboo_is_told_a_build_key" {
  variables {
    projects = { "demo/website" = {} }
    server   = { bamboo = { url = "https://bamboo.example.com", username = "gitlab" } }
    password = "bamboo-password"
    tokens   = { "demo/website" = "WEB-MAIN" }
  }

  assert {
    condition     = gitlabservices_bamboo.this["demo/website"].build_key == null
    error_message = "The build key is in the state."
  }
}

run "buildkite_has_a_pipeline_and_a_token_for_each_project" {
  variables {
    server = { buildkite = { organization = "example" } }
    events = ["push", "tag_push", "merge_request"]
    tokens = {
      "demo/website" = "website-token"
      "demo/api"     = "api-token"
    }
  }

  assert {
    condition     = output.urls["demo/website"] == "https://buildkite.com/example/website"
    error_message = "GitLab triggers ${jsonencode(output.urls)}."
  }
}

run "drone_has_a_token_for_each_project" {
  variables {
    projects = { "demo/website" = {}, "demo/api" = {} }
    server   = { drone = { url = "https://drone.example.com" } }
    tokens = {
      "demo/website" = "website-token"
      "demo/api"     = "api-token"
    }
    enable_ssl_verification = false
  }

  assert {
    condition     = alltrue([for s in gitlabservices_drone_ci.this : !s.enable_ssl_verification && s.token_wo == null])
    error_message = "Drone's certificate is verified, or its token is in the state."
  }
}
