terraform {
  required_version = ">= 1.11" # the first with write-only attributes

  required_providers {
    gitlabservices = {
      source = "gitlabservices/gitlabservices"
    }
  }
}

# Where GitLab is and the token for it come from GITLAB_BASE_URL and GITLAB_TOKEN.
provider "gitlabservices" {}
