variable "squash_tm_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Squash TM proves itself by a token, and learns nothing of confidential issues.
resource "gitlabservices_squash_tm" "website" {
  project                    = "acme/website"
  url                        = "https://squash.example.com/squash/plugin/xsquash4gitlab/webhook/issue"
  token_wo                   = var.squash_tm_token
  confidential_issues_events = false
}
