# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_irker" "this" {
  group      = "group/subgroup"
  recipients = "irc://irc.libera.chat/website"
}
