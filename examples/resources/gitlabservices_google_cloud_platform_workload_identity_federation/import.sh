# By the numeric id or the full path of the project.
terraform import gitlabservices_google_cloud_platform_workload_identity_federation.this 42
terraform import gitlabservices_google_cloud_platform_workload_identity_federation.this group/project
