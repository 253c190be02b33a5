output "projects" {
  description = "Projects that notify, known once they do."
  value       = sort([for s in local.services : s.project])
}

output "channels" {
  description = "By project and event, the channel that GitLab holds; `\"\"` is the channel of the webhook."
  value = {
    for s in local.services : s.project => {
      for event in keys(var.channels) : event => try(coalesce(s["${event}_channel"]), "")
    }
  }
}
