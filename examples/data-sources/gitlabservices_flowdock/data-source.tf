data "gitlabservices_flowdock" "this" {
  project = "group/project"
}
