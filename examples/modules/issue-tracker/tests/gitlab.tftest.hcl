# On a GitLab that has the projects demo/website and demo/api, as the fake GitLab
# has: fakegitlab -- terraform test. The first run refuses any other GitLab that
# nobody has named; the token is that of GITLAB_TOKEN.

provider "gitlabservices" {
  base_url = run.where_to_write.base_url
}

variables {
  projects = {
    "demo/website" = "WEB"
    "demo/api"     = "API"
  }
  # Terraform before 1.17 cannot apply a run that leaves an ephemeral variable to
  # its default: https://github.com/hashicorp/terraform/issues/38974
  jira_password = ""
}

run "where_to_write" {
  module {
    source = "./tests/gitlab"
  }
}

run "jira_with_a_password" {
  variables {
    tracker = {
      jira = {
        url            = "https://jira.example.com"
        username       = "gitlab@example.com"
        transition_ids = [31, 41]
        show_issues    = true
      }
    }
    jira_password = "first-password"
  }

  assert {
    condition     = output.tracker == "jira" && output.project_urls["demo/api"] == "https://jira.example.com/projects/API"
    error_message = "The tracker is ${output.tracker}, at ${jsonencode(output.project_urls)}."
  }
  assert {
    condition     = gitlabservices_jira.this["demo/website"].project_keys == tolist(["WEB"])
    error_message = "Each project shows the issues of its own Jira project."
  }
  assert {
    condition     = gitlabservices_jira.this["demo/website"].password_wo == null && gitlabservices_jira.this["demo/website"].password == null
    error_message = "The password is in the state."
  }
}

run "jira_with_a_rotated_token" {
  variables {
    tracker               = { jira = { url = "https://jira.example.com" } }
    jira_password         = "personal-access-token"
    jira_password_version = 2
  }

  assert {
    condition     = alltrue([for t in gitlabservices_jira.this : t.jira_auth_type == 1 && t.username == null && !t.issues_enabled])
    error_message = "Without a user name it is a personal access token."
  }
}

# GitLab refuses a second tracker, so the first has to go in the same apply.
run "redmine_in_place_of_jira" {
  variables {
    projects = { "demo/website" = "web site" }
    tracker  = { redmine = { url = "https://redmine.example.com/" } }
  }

  assert {
    condition     = output.project_urls == { "demo/website" = "https://redmine.example.com/projects/web%20site" }
    error_message = "Redmine is at ${jsonencode(output.project_urls)}."
  }
  assert {
    condition     = length(gitlabservices_jira.this) == 0
    error_message = "Jira is still there."
  }
}

run "bugzilla_in_place_of_redmine" {
  variables {
    tracker = { bugzilla = { url = "https://bugzilla.example.com" } }
  }

  assert {
    condition     = gitlabservices_bugzilla.this["demo/api"].new_issue_url == "https://bugzilla.example.com/enter_bug.cgi?product=API"
    error_message = "New issues go to ${gitlabservices_bugzilla.this["demo/api"].new_issue_url}."
  }
}

run "a_tracker_of_ones_own" {
  variables {
    tracker = {
      custom = {
        project_url   = "https://issues.example.com/{project}"
        issues_url    = "https://issues.example.com/{project}/:id"
        new_issue_url = "https://issues.example.com/{project}/new"
      }
    }
  }

  assert {
    condition     = gitlabservices_custom_issue_tracker.this["demo/website"].issues_url == "https://issues.example.com/WEB/:id"
    error_message = "Issues are at ${gitlabservices_custom_issue_tracker.this["demo/website"].issues_url}."
  }
}
