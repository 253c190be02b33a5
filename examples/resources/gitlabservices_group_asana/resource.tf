variable "asana_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_asana" "this" {
  group              = "group/subgroup"
  api_key_wo         = var.asana_api_key
  restrict_to_branch = "main,stable"
  push_events        = false
}
