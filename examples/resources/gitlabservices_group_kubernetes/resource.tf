variable "kubernetes_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments.
resource "gitlabservices_group_kubernetes" "this" {
  group     = "group/subgroup"
  namespace = "website"
  api_url   = "https://kubernetes.example.com"
  token_wo  = var.kubernetes_token
}
