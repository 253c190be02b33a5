# Somebody set this up by hand, long ago.
resource "gitlabservices_irker" "website" {
  project     = "demo/website"
  recipients  = "irc://irc.example.net/website"
  server_host = "irker.example.com"
}
