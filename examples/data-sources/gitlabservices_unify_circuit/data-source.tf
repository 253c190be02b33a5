data "gitlabservices_unify_circuit" "this" {
  project = "group/project"
}
