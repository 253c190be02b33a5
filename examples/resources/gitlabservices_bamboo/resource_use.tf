variable "bamboo_build_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "bamboo_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Builds are started by a Bamboo user who may do nothing else.
resource "gitlabservices_bamboo" "website" {
  project      = "acme/website"
  bamboo_url   = "https://bamboo.example.com"
  build_key_wo = var.bamboo_build_key
  username     = "gitlab-trigger"
  password_wo  = var.bamboo_password
}
