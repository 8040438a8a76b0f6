data "customerio_workspaces" "this" {}

output "workspaces" {
  value = { for workspace in data.customerio_workspaces.this.workspaces : workspace.name => workspace.id }
}
