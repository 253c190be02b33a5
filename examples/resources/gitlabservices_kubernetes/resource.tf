variable "kubernetes_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments.
resource "gitlabservices_kubernetes" "this" {
  project   = "group/project"
  namespace = "website"
  api_url   = "https://kubernetes.example.com"
  token_wo  = var.kubernetes_token
}
