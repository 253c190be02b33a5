variable "drone_ci_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_drone_ci" "this" {
  group     = "group/subgroup"
  token_wo  = var.drone_ci_token
  drone_url = "https://drone.example.com"
}
