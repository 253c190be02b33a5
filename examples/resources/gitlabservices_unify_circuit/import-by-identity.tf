import {
  to = gitlabservices_unify_circuit.this
  identity = {
    project = "group/project"
  }
}
