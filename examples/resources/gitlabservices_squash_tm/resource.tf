# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_squash_tm" "this" {
  project = "group/project"
  url     = "https://squash.example.com/squash/plugin/xsquash4gitlab/webhook/issue"
}
