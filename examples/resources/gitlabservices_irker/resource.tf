# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_irker" "this" {
  project    = "group/project"
  recipients = "irc://irc.libera.chat/website"
}
