output "server" {
  description = "Name of the CI server that was chosen."
  value       = local.name
}

output "urls" {
  description = "By project, the address that GitLab triggers, known once it does: the server's, or that of the Buildkite pipeline."
  value = merge(
    { for project, s in gitlabservices_jenkins.this : project => s.jenkins_url },
    { for project, s in gitlabservices_teamcity.this : project => s.teamcity_url },
    { for project, s in gitlabservices_bamboo.this : project => s.bamboo_url },
    { for project, s in gitlabservices_buildkite.this : project => s.project_url },
    { for project, s in gitlabservices_drone_ci.this : project => s.drone_url },
  )
}
