# The GitLab that the tests beside this folder write to. Unless another one is
# named, it has to be on this machine, so that no run reaches the GitLab of the
# environment by mistake.

variable "fakegitlab_url" {
  description = "Address of a GitLab on this machine; `fakegitlab` sets it for the command that it starts."
  type        = string
  default     = ""

  validation {
    condition     = var.fakegitlab_url == "" || can(regex("^https?://(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]+)?(/.*)?$", var.fakegitlab_url))
    error_message = "fakegitlab_url is not an address of this machine: ${var.fakegitlab_url}."
  }
}

variable "gitlab_url" {
  description = "Address of any other GitLab, whose services in demo/website and demo/api are overwritten and then deleted."
  type        = string
  default     = ""
}

output "base_url" {
  value = try(coalesce(var.gitlab_url, var.fakegitlab_url), "")

  precondition {
    condition     = var.gitlab_url != "" || var.fakegitlab_url != ""
    error_message = "These tests write to a GitLab. Run them on a fake one, by \"fakegitlab -- terraform test\", or name the one to write to: terraform test -var gitlab_url=https://gitlab.example.com."
  }
}
