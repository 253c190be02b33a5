variable "hipchat_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_hipchat" "this" {
  group         = "group/subgroup"
  token_wo      = var.hipchat_token
  room          = "Website"
  color         = "purple"
  api_version   = "v2"
  push_events   = false
  issues_events = false
}
