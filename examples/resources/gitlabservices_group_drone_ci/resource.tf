variable "drone_ci_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_drone_ci" "this" {
  group     = "group/subgroup"
  token_wo  = var.drone_ci_token
  drone_url = "https://drone.example.com"
}
