# What the deployers' roles are not for. Each is refused, and none waits for another.

locals {
  beyond = var.beyond ? 1 : 0
}

resource "azurerm_role_assignment" "another_role" {
  count                = local.beyond
  provider             = azurerm.resource
  scope                = azurerm_storage_container.archive.id
  role_definition_name = "Storage Blob Data Owner"
  principal_id         = azuread_service_principal.application.object_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "at_home" {
  count                = local.beyond
  provider             = azurerm.home
  scope                = azurerm_resource_group.home.id
  role_definition_name = "Reader"
  principal_id         = azurerm_user_assigned_identity.site.principal_id
}

resource "azurerm_storage_account" "at_home" {
  count                    = local.beyond
  provider                 = azurerm.home
  name                     = "contosobeyond"
  resource_group_name      = azurerm_resource_group.home.name
  location                 = azurerm_resource_group.home.location
  account_tier             = "Standard"
  account_replication_type = "LRS"
}

resource "azurerm_federated_identity_credential" "identity" {
  count                     = local.beyond
  provider                  = azurerm.home
  name                      = "workflow"
  user_assigned_identity_id = azurerm_user_assigned_identity.site.id
  issuer                    = "https://token.example"
  subject                   = "anybody"
  audience                  = ["api://AzureADTokenExchange"]
}

resource "azurerm_user_assigned_identity" "elsewhere" {
  count               = local.beyond
  provider            = azurerm.resource
  name                = "elsewhere"
  resource_group_name = azurerm_resource_group.resource.name
  location            = azurerm_resource_group.resource.location
}

resource "azurerm_storage_blob" "content" {
  count                = local.beyond
  provider             = azurerm.resource
  name                 = "report.txt"
  storage_container_id = azurerm_storage_container.archive.id
  type                 = "Block"
  source_content       = "A report."
}

resource "azuread_application_federated_identity_credential" "foreign" {
  count          = local.beyond
  provider       = azuread.home
  application_id = "/applications/${var.foreign_application_id}"
  display_name   = "intruder"
  audiences      = ["api://AzureADTokenExchange"]
  issuer         = "https://token.example"
  subject        = "anybody"
}
