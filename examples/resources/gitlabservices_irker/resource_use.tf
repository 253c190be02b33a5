# Two channels of one IRC server are told of pushes, in colour.
resource "gitlabservices_irker" "website" {
  project           = "acme/website"
  recipients        = "website ops"
  default_irc_uri   = "irc://irc.libera.chat:6697/"
  server_host       = "irker.example.com"
  colorize_messages = true
}
