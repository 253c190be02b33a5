# By the numeric id or the full path of the project.
terraform import gitlabservices_unify_circuit.this 42
terraform import gitlabservices_unify_circuit.this group/project
