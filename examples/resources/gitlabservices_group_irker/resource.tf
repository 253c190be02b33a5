# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_irker" "this" {
  group      = "group/subgroup"
  recipients = "irc://irc.libera.chat/website"
}
