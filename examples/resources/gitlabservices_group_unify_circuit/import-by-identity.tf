import {
  to = gitlabservices_group_unify_circuit.this
  identity = {
    group = "group/subgroup"
  }
}
