# The required arguments. All events that default to true trigger it.
resource "gitlabservices_squash_tm" "this" {
  project = "group/project"
  url     = "https://squash.example.com/squash/plugin/xsquash4gitlab/webhook/issue"
}
