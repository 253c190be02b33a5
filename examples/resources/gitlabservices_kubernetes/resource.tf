variable "kubernetes_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_kubernetes" "this" {
  project   = "group/project"
  namespace = "website"
  api_url   = "https://kubernetes.example.com"
  token_wo  = var.kubernetes_token
  ca_pem    = "-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----"
}
