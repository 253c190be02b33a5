terraform {
  required_version = ">= 1.11" # the first with write-only attributes

  required_providers {
    gitlabservices = {
      source  = "gitlabservices/gitlabservices"
      version = ">= 1.0.0"
    }
  }
}
