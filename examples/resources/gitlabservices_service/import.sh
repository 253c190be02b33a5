# By the numeric id or the full path of the project, and the slug.
terraform import gitlabservices_service.this 42:brand-new
terraform import gitlabservices_service.this group/project:brand-new

# Of a group.
terraform import gitlabservices_service.this group=group/subgroup:brand-new
