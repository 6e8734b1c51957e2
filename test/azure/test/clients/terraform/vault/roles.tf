# A custom role, a role with a condition, and a lock, all for one identity.

resource "azurerm_user_assigned_identity" "operator" {
  name                = "operator"
  resource_group_name = azurerm_resource_group.secrets.name
  location            = azurerm_resource_group.secrets.location
}

data "azurerm_user_assigned_identity" "operator" {
  name                = azurerm_user_assigned_identity.operator.name
  resource_group_name = azurerm_user_assigned_identity.operator.resource_group_name
}

resource "azurerm_role_definition" "restarter" {
  name              = "Site Restarter"
  scope             = data.azurerm_subscription.this.id
  description       = "May restart sites."
  assignable_scopes = [data.azurerm_subscription.this.id]

  permissions {
    actions = ["Microsoft.Web/sites/read", "Microsoft.Web/sites/restart/action"]
  }
}

resource "azurerm_role_assignment" "restarter" {
  scope              = azurerm_resource_group.secrets.id
  role_definition_id = azurerm_role_definition.restarter.role_definition_resource_id
  principal_id       = data.azurerm_user_assigned_identity.operator.principal_id
  principal_type     = "ServicePrincipal"
}

data "azurerm_role_definition" "secrets_user" {
  name  = "Key Vault Secrets User"
  scope = data.azurerm_subscription.this.id
}

# May assign that one role and no other.
resource "azurerm_role_assignment" "delegate" {
  scope                = azurerm_key_vault.secrets.id
  role_definition_name = "Role Based Access Control Administrator"
  principal_id         = azurerm_user_assigned_identity.operator.principal_id
  principal_type       = "ServicePrincipal"
  condition_version    = "2.0"
  condition = join(" AND ", [
    for action, kind in { write = "Request", delete = "Resource" } :
    "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${action}'})) OR (@${kind}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${basename(data.azurerm_role_definition.secrets_user.id)}}))"
  ])
}

resource "azurerm_management_lock" "operator" {
  name       = "keep"
  scope      = azurerm_user_assigned_identity.operator.id
  lock_level = "CanNotDelete"
  notes      = "Deleting it would cut off whoever uses it."
}
