resource "gitlabservices_group_irker" "this" {
  group           = "group/subgroup"
  recipients      = "irc://irc.libera.chat/website"
  default_irc_uri = "irc://irc.libera.chat:6697/"
  server_host     = "irker.example.com"
  server_port     = 6660
  push_events     = false
}
