variable "kubernetes_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The API of the cluster has a certificate of a private authority.
resource "gitlabservices_kubernetes" "website" {
  project   = "acme/website"
  namespace = "website-production"
  api_url   = "https://kubernetes.example.com"
  token_wo  = var.kubernetes_token
  ca_pem    = "-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----"
}
