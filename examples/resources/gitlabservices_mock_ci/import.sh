# By the numeric id or the full path of the project.
terraform import gitlabservices_mock_ci.this 42
terraform import gitlabservices_mock_ci.this group/project
