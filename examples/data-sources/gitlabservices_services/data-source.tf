data "gitlabservices_services" "this" {
  project = "group/project"
}

output "active" {
  value = data.gitlabservices_services.this.services[*].slug
}
