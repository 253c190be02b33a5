import {
  to = gitlabservices_group_unify_circuit.this
  id = "group/subgroup"
}
