# Messages about pushes to two channels of one IRC server, in colour.
resource "gitlabservices_irker" "website" {
  project           = "acme/website"
  recipients        = "website ops"
  default_irc_uri   = "irc://irc.libera.chat:6697/"
  server_host       = "irker.example.com"
  colorize_messages = true
}
