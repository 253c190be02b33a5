data "gitlabservices_hangouts_chat" "this" {
  project = "group/project"
}
