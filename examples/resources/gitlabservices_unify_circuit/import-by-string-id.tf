import {
  to = gitlabservices_unify_circuit.this
  id = "group/project"
}
