# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_squash_tm" "this" {
  group = "group/subgroup"
  url   = "https://squash.example.com/squash/plugin/xsquash4gitlab/webhook/issue"
}
