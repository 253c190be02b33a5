variable "squash_tm_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_squash_tm" "this" {
  group                      = "group/subgroup"
  url                        = "https://squash.example.com/squash/plugin/xsquash4gitlab/webhook/issue"
  token_wo                   = var.squash_tm_token
  issues_events              = false
  confidential_issues_events = false
}
