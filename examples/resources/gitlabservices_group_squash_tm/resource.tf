# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_squash_tm" "this" {
  group = "group/subgroup"
  url   = "https://squash.example.com/squash/plugin/xsquash4gitlab/webhook/issue"
}
