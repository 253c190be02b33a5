# The required arguments. All events that default to true trigger it.
resource "gitlabservices_irker" "this" {
  project    = "group/project"
  recipients = "irc://irc.libera.chat/website"
}
