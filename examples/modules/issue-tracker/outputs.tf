output "tracker" {
  description = "Name of the tracker that was chosen."
  value       = one([for name, t in var.tracker : name if t != null])
}

output "project_urls" {
  description = "Address of each project in the tracker, known once GitLab links to it."
  value = merge(
    { for project, t in gitlabservices_jira.this : project => "${trimsuffix(t.url, "/")}/projects/${local.names[project]}" },
    { for project, t in gitlabservices_redmine.this : project => t.project_url },
    { for project, t in gitlabservices_bugzilla.this : project => t.project_url },
    { for project, t in gitlabservices_custom_issue_tracker.this : project => t.project_url },
  )
}
